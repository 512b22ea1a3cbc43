// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "rows/staged_edits.h"
#include "runtime/session.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace dewpoint::items {

/// Why staged cells cannot be stored. Much is known at once; whether a text is an array, a range, an
/// address, a domain's value … only PostgreSQL can tell: it is asked as soon as the text is staged, so that
/// nobody has to wait for the commit. Rows go by their encoded key, new ones by their id's digits.
class Refusals final : public QObject
{
    Q_OBJECT
public:
    /// Whether this is still what is staged in a row's column.
    using IsStaged = std::function<bool(const QByteArray& row, const QString& column, const Value& value)>;
    Refusals(runtime::Session& session, const rows::Relation& relation, IsStaged isStaged);

    QString at(const QByteArray& row, const QString& column) const;
    QString inRow(const QByteArray& row) const;  ///< any of its columns
    bool isEmpty() const { return m_reasons.isEmpty(); }
    void set(const QByteArray& row, const QString& column, const QString& reason);
    void remove(const QByteArray& row, const QString& column);
    void clear();
    /// On the server, where only it reads texts of such a column.
    void check(const QByteArray& row, const rows::RelationColumn& column, const rows::EditValue& value);

Q_SIGNALS:
    void found();  ///< the server refuses some that were to be checked

private:
    struct Check {
        QByteArray row;
        QString column;
        QString type;
        Value value;
    };
    void sendChecks();

    runtime::Session& m_session;
    Engine m_engine;
    IsStaged m_isStaged;
    QHash<QByteArray, QString> m_reasons;  ///< by row and column
    QList<Check> m_checks;                 ///< not sent yet
    runtime::Job m_job;
    bool m_checking = false;
};

}  // namespace dewpoint::items
