// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/target.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::store {

/// A difference between a database and its migrations that a person does not want to hear of.
struct IgnoredDifference {
    QString key;   ///< drift::Item::key
    QString text;  ///< for people, also when the difference is there no more
    QDateTime since;
    bool operator==(const IgnoredDifference&) const = default;
};

/// What the last comparison found, and of what.
struct LastDrift {
    QByteArray database;    ///< fingerprint of what was there
    QByteArray migrations;  ///< fingerprint of what should have been
    QStringList keys;       ///< of all differences
    QDateTime at;
    bool operator==(const LastDrift&) const = default;
};

/// What is kept of one database against one project, on this machine: a value; its functions read and
/// write the file.
class DriftMemory final
{
public:
    explicit DriftMemory(QString file) : m_file(std::move(file)) {}
    DriftMemory(const drivers::Target& database, const QString& projectFolder);

    QList<IgnoredDifference> ignored() const;  ///< the newest first
    QStringList ignoredKeys() const;
    Result<> ignore(const QList<IgnoredDifference>& differences) const;
    Result<> heed(const QStringList& keys) const;  ///< what ignore() did, taken back

    bool comparesPrivileges() const;  ///< not, until it is asked for
    Result<> comparePrivileges(bool yes) const;

    std::optional<LastDrift> last() const;
    Result<> keep(const LastDrift& found) const;

private:
    QString m_file;
};

}  // namespace dewpoint::store
