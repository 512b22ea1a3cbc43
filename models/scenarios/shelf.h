// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "scenarios/scenario.h"
#include "transfer/progress.h"

#include <optional>

namespace dewpoint::scenarios {

/// The scenarios of one database, in a folder. A value; its functions read and write files. A scenario is there
/// when all of it is.
class Shelf final
{
public:
    explicit Shelf(QString folder) : m_folder(std::move(folder)) {}

    QList<Scenario> scenarios() const;  ///< newest first
    std::optional<Scenario> named(const QString& name) const;
    QString fileOf(const Scenario& scenario) const;  ///< of its rows
    /// Keeps the rows as they are now; of one name there is one, and the earlier goes when the new one is there.
    Result<Scenario> save(drivers::Connection& connection, const QString& name,
                          transfer::Progress& progress) const;
    Result<> remove(const Scenario& scenario) const;

private:
    QString m_folder;
};

/// Where the scenarios of this database are, whatever the guard level; made when missing.
QString shelfFolder(const drivers::Target& target);

}  // namespace dewpoint::scenarios
