// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::ledger {

/// A row of a tool's tracking table, in words that all tools share.
struct AppliedRow {
    enum class Mark { Applied, Failed, Partial, Baseline };

    QString version;
    QString name;
    QString key;        ///< as Migration::key, where the tool's rows are not found by version
    QString appliedAt;  ///< UTC, exactly as the database writes it; empty when the tool keeps none
    QString checksum;   ///< as list() writes it; empty when the tool keeps none
    Mark mark = Mark::Applied;

    bool operator==(const AppliedRow&) const = default;
};

/// The name of a tracking table. Without a schema it means what the tool's unqualified name means: the
/// first of search_path that has it, SQLite's main.
struct Table {
    QString schema;
    QString name;

    bool operator==(const Table&) const = default;
};

QString quoted(const Table& table);     ///< always in double quotes
QString displayed(const Table& table);  ///< for people: schema.name

Result<bool> exists(drivers::Connection& connection, const Table& table);

/// Names of its columns, in order; empty when there is no such table.
Result<QStringList> columnsOf(drivers::Connection& connection, const Table& table);

/// "$1" or "?".
QString parameter(Engine engine, int number);

/// Runs the tool's own CREATE. Two at once: not every tool says IF NOT EXISTS, and PostgreSQL's does not
/// see the table that another session is just creating and fails on the catalog's unique index; what
/// counts is that the table is there.
Result<> create(drivers::Connection& connection, const Table& table, const QByteArray& script);

/// One statement that changes rows; how many does not matter.
Result<> change(drivers::Connection& connection, const QString& sql, const QList<Value>& parameters);

}  // namespace dewpoint::ledger
