// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "transfer/import_plan.h"
#include "transfer/import_rows.h"

#include <memory>

namespace dewpoint::transfer {

/// Rows that are ready to be written: their values in the order of mappedColumns().
struct ReadyRow {
    const Record* record = nullptr;
    const std::vector<Value>* values = nullptr;
};

/// The engine's own quickest way to write many rows of one table inside a transaction.
class ImportSink
{
public:
    static std::unique_ptr<ImportSink> make(drivers::Connection& connection, const ImportPlan& plan,
                                            QList<BadRow>& bad);
    virtual ~ImportSink() = default;
    ImportSink(const ImportSink&) = delete;
    ImportSink& operator=(const ImportSink&) = delete;

    virtual Result<> begin() = 0;
    /// Now or with the rows that follow. A refused row goes to the bad ones; an error ends the import. From the
    /// first row to flush() nobody else may use the connection.
    virtual Result<> add(const ReadyRow& row) = 0;
    virtual Result<> flush() = 0;
    /// Once, when all is flushed; of an upsert only.
    virtual Result<Upserted> upserted() = 0;

protected:
    ImportSink() = default;
};

std::unique_ptr<ImportSink> makeSqliteSink(drivers::Connection& connection, const ImportPlan& plan,
                                           QList<BadRow>& bad);
std::unique_ptr<ImportSink> makePostgresSink(drivers::Connection& connection, const ImportPlan& plan,
                                             QList<BadRow>& bad);

/// The database refused this row, and would take others.
bool isAboutRow(ErrorKind kind);
/// Why, and in which column where that is said.
BadRow badRow(const ImportPlan& plan, const Record& record, const Error& error, const QString& column = {});
/// "a", "b"
QString quotedNames(const ImportPlan& plan);
/// " ON CONFLICT (key) DO UPDATE SET …", or nothing.
QString conflictClause(const ImportPlan& plan);

}  // namespace dewpoint::transfer
