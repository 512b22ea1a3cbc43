// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/row_probe.h"

#include "base/words.h"
#include "rows/blame.h"
#include "rows/statement_writer.h"
#include "sql/dialect.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

RowProbe::RowProbe(drivers::Connection& connection, const TableEdits& table, const PlannedChange& change)
    : m_connection(connection), m_table(table), m_change(change)
{}

Result<QList<Violation>> RowProbe::violations(Violation first)
{
    m_found = {std::move(first)};
    if (setColumns(m_change).isEmpty() || (m_change.edit && m_change.edit->deleted))
        return m_found;  // no CHECK says no to what goes
    const bool untold =
        m_found.first().column.isEmpty() && m_found.first().error.kind == ErrorKind::ForeignKey;
    return tryCasts()
        .and_then([&] { return untold ? tryReferences() : Result<>(); })
        .and_then([this] { return tryWithout(); })
        .and_then([this] { return tellRules(); })
        .transform([this] { return m_found; });
}

Result<> RowProbe::tellRules()
{
    for (Violation& violation : m_found) {
        if (auto told = tellRule(m_connection, m_table.relation.quotedName(), violation.error); !told)
            return told;
    }
    return {};
}

bool RowProbe::isKnown(const QString& column) const
{
    return std::ranges::contains(m_found, column, &Violation::column);
}

void RowProbe::add(const QString& column, Error error)
{
    // The first refusal could not be told from any column: this is which it was.
    if (m_found.first().column.isEmpty() && m_found.first().error.kind == error.kind)
        m_found.first().column = column;
    else
        m_found += Violation{.row = m_change.row, .column = column, .error = std::move(error)};
}

/// Null for DEFAULT and for what the change does not set.
const Value* RowProbe::given(const QString& column) const
{
    const EditValue* value = givenValue(m_change, column);
    return value ? std::get_if<Value>(value) : nullptr;
}

/// What the database answers to a statement, of which nothing stays.
Result<Result<RowBatch>> RowProbe::undone(const Query& query)
{
    if (auto made = m_connection.execute(u"SAVEPOINT dewpoint_probe"_s); !made)
        return fail(made.error());
    auto done = m_connection.query(query.sql, query.parameters);
    const bool isLost = !m_connection.isOpen() || !m_connection.inTransaction();
    if (!done && (isLost || done.error().kind == ErrorKind::Cancelled))
        return fail(done.error());
    for (const QString& end :
         {u"ROLLBACK TO SAVEPOINT dewpoint_probe"_s, u"RELEASE SAVEPOINT dewpoint_probe"_s}) {
        if (auto ended = m_connection.execute(end); !ended)
            return fail(ended.error());
    }
    return done;
}

// PostgreSQL stops at the first value that it cannot read, before any constraint is looked at.
Result<> RowProbe::tryCasts()
{
    if (m_connection.engine() != Engine::Postgres)
        return {};
    const Error first = m_found.first().error;
    for (const QString& name : setColumns(m_change)) {
        const Value* value = given(name);
        const int column = m_table.relation.indexOf(name);
        if (!value || column < 0 || isKnown(name) || !mayBeOfValue(first, m_table.relation.columns[column]))
            continue;
        const auto cast =
            undone({u"SELECT CAST(CAST($1 AS text) AS %1)"_s.arg(m_table.relation.columns[column].declared()),
                    {*value}});
        if (!cast)
            return fail(cast.error());
        if (!*cast)
            add(name, cast->error());
    }
    return {};
}

// SQLite says that a foreign key failed, and not which; and where a column's stand-in clashes with the row it
// is of, no statement gets as far as the foreign keys.
Result<> RowProbe::tryReferences()
{
    const Relation& relation = m_table.relation;
    const bool postgres = m_connection.engine() == Engine::Postgres;
    for (const RelationForeignKey& key : relation.foreignKeys) {
        const QString column = key.columns.value(0);
        const Value* value = given(column);
        if (key.columns.size() != 1 || key.targetColumns.size() != 1 || !value || isNull(*value)
            || isKnown(column))
            continue;
        const Relation target{.engine = relation.engine,
                              .schema = key.targetSchema.isEmpty() ? relation.schema : key.targetSchema,
                              .name = key.targetTable};
        const auto there = undone(
            {u"SELECT count(*) FROM %1 WHERE %2 = %3"_s.arg(
                 target.quotedName(), sql::quoted(key.targetColumns.first()), postgres ? u"$1"_s : u"?1"_s),
             {*value}});
        if (!there)
            return fail(there.error());
        if (*there && displayText((*there)->at(0, 0)) == u"0"_s)
            add(column, {.kind = ErrorKind::ForeignKey,
                         .message = Words::tr("%1 has no row with this key.").arg(key.targetTable)});
    }
    return {};
}

// Some other row's value: the constraints have let it through.
Result<Value> RowProbe::standIn(const QString& column)
{
    const auto some = undone({u"SELECT %1 FROM %2 WHERE %1 IS NOT NULL LIMIT 1"_s.arg(
                                  sql::quoted(column), m_table.relation.quotedName()),
                              {}});
    if (!some)
        return fail(some.error());
    return *some && (*some)->rowCount() == 1 ? (*some)->at(0, 0) : Value(Null{});
}

/// An old row keeps its values where the new ones are wrong; a new one gets what may stand there.
Result<Query> RowProbe::withoutWrong()
{
    StatementWriter writer(m_table.relation, StatementWriter::Values::Bound);
    if (m_change.edit) {
        RowEdit edit = *m_change.edit;
        for (const Violation& violation : std::as_const(m_found))
            edit.cells.erase(violation.column);
        return edit.cells.empty() ? Query{} : writer.change(edit);
    }
    NewRow row = *m_table.edits.newRow(m_change.row.newId);
    for (const Violation& violation : std::as_const(m_found)) {
        row.values.erase(violation.column);
        const int column = m_table.relation.indexOf(violation.column);
        if (column < 0 || mayBeLeftOut(m_table.relation.columns[column]))
            continue;
        const auto value = standIn(violation.column);
        if (!value)
            return fail(value.error());
        row.values.insert_or_assign(violation.column, *value);
    }
    return writer.insert(row);
}

Result<> RowProbe::tryWithout()
{
    if (m_found.first().column.isEmpty())
        return {};
    for (qsizetype tries = m_table.relation.columns.size(); tries > 0; --tries) {
        const auto query = withoutWrong();
        if (!query)
            return fail(query.error());
        if (query->sql.isEmpty())
            return {};
        const auto done = undone(*query);
        if (!done)
            return fail(done.error());
        if (*done)
            return {};
        Error refused = done->error();
        QStringList left = setColumns(m_change);
        left.removeIf([this](const QString& column) { return isKnown(column); });
        QString column = blamedColumn(refused, m_table.relation, setColumns(m_change));
        if (column.isEmpty() && left.size() == 1)
            column = left.first();
        const bool missing = refused.kind == ErrorKind::NotNull && !given(column);
        // A fault of what was put in its place, or of nobody knows what, is none of the row's own.
        if (column.isEmpty() || isKnown(column) || (!left.contains(column) && !missing))
            return tryReferences();
        // Its detail is the row, with what stands in for the other columns.
        if (refused.kind == ErrorKind::Check || refused.kind == ErrorKind::NotNull)
            refused.detail.clear();
        if (missing)
            refused.message = Words::tr("%1 needs a value.").arg(column);
        add(column, std::move(refused));
    }
    return {};
}

}  // namespace dewpoint::rows
