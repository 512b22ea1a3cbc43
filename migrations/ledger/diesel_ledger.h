// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"

#include <QList>
#include <QString>

namespace dewpoint::ledger {

/// A row of the tracking table.
struct AppliedRow {
    QString version;
    QString appliedAt;  ///< UTC, exactly as the database writes it; empty when NULL
    bool operator==(const AppliedRow&) const = default;
};

/// Diesel's tracking table, with Diesel's own statements: no hash, no name, no status flag.
class DieselLedger final
{
public:
    explicit DieselLedger(drivers::Connection& connection) : m_connection(connection) {}

    static QString name();  ///< __diesel_schema_migrations

    Result<bool> exists();

    /// Ascending by version; empty when the table does not exist. A pure read.
    Result<QList<AppliedRow>> rows();

    Result<bool> contains(const QString& version);
    Result<> create();  ///< CREATE TABLE IF NOT EXISTS, the tool's text
    Result<> insert(const QString& version);
    Result<> remove(const QString& version);

private:
    QString placeholder() const;
    QString quote(QLatin1StringView identifier) const;

    drivers::Connection& m_connection;
};

}  // namespace dewpoint::ledger
