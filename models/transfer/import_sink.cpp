// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/import_sink.h"

#include "rows/blame.h"

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

bool isAboutRow(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Other:
    case ErrorKind::Unique:
    case ErrorKind::ForeignKey:
    case ErrorKind::NotNull:
    case ErrorKind::Check:
    case ErrorKind::Exclusion:
    case ErrorKind::Type:
    case ErrorKind::InvalidInput: return true;
    default: return false;
    }
}

BadRow badRow(const ImportPlan& plan, const Record& record, const Error& error, const QString& column)
{
    QStringList names;
    for (const MappedColumn& mapped : mappedColumns(plan))
        names += plan.relation.columns[mapped.column].name;
    const QString name = column.isEmpty() ? rows::blamedColumn(error, plan.relation, names) : column;
    return {.record = record, .column = plan.relation.indexOf(name), .message = error.oneLine()};
}

QString quotedNames(const ImportPlan& plan)
{
    QStringList names;
    for (const MappedColumn& mapped : mappedColumns(plan))
        names += sql::quoted(plan.relation.columns[mapped.column].name);
    return names.join(u", "_s);
}

QString conflictClause(const ImportPlan& plan)
{
    if (plan.mode != ImportMode::Upsert)
        return {};
    const QStringList key = upsertKey(plan);
    QStringList quotedKey;
    for (const QString& name : key)
        quotedKey += sql::quoted(name);
    QStringList sets;
    for (const MappedColumn& mapped : mappedColumns(plan)) {
        const QString& name = plan.relation.columns[mapped.column].name;
        if (!key.contains(name))
            sets += sql::quoted(name) + u" = excluded."_s + sql::quoted(name);
    }
    return u" ON CONFLICT (%1) DO "_s.arg(quotedKey.join(u", "_s))
           + (sets.isEmpty() ? u"NOTHING"_s : u"UPDATE SET "_s + sets.join(u", "_s));
}

std::unique_ptr<ImportSink> ImportSink::make(drivers::Connection& connection, const ImportPlan& plan,
                                             QList<BadRow>& bad)
{
    return connection.engine() == Engine::Sqlite ? makeSqliteSink(connection, plan, bad)
                                                 : makePostgresSink(connection, plan, bad);
}

}  // namespace dewpoint::transfer
