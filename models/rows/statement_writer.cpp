// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/statement_writer.h"

#include "rows/staged_edits.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

Query StatementWriter::finished(QString sql)
{
    return {std::move(sql), std::exchange(m_parameters, {})};
}

QString StatementWriter::put(const Value& value)
{
    if (m_values == Values::Literal)
        return sql::literal(value, m_relation.engine);
    m_parameters += value;
    return m_relation.engine == Engine::Postgres ? u"$%1"_s.arg(m_parameters.size()) : u"?"_s;
}

QString StatementWriter::put(const EditValue& value, const RelationColumn& column)
{
    if (const auto* plain = std::get_if<Value>(&value))
        return put(*plain);
    if (m_relation.engine == Engine::Postgres)
        return u"DEFAULT"_s;
    // SQLite has no SET c = DEFAULT (manual, "UPDATE").
    return column.defaultSql.isEmpty() ? u"NULL"_s : u'(' + column.defaultSql + u')';
}

QString StatementWriter::matchesKey(const RowKey& key)
{
    QStringList parts;
    if (std::ssize(key.values) != m_relation.keyColumns.size())
        return u"FALSE"_s;  // a key of another table
    for (int i = 0; i < m_relation.keyColumns.size(); ++i)
        parts += m_relation.columnRef(m_relation.keyColumns[i]) + u" = "_s
                 + put(key.values[static_cast<size_t>(i)]);
    return parts.join(u" AND "_s);
}

QString StatementWriter::matchesOld(const RelationColumn& column, const Value& old)
{
    const QString ref = m_relation.columnRef(column.name);
    if (m_relation.engine == Engine::Sqlite)
        return ref + (column.collated ? u" COLLATE BINARY IS "_s : u" IS "_s) + put(old);
    return ref + (column.comparable ? QString() : u"::text"_s) + u" IS NOT DISTINCT FROM "_s + put(old);
}

// An update compares what it overwrites, so that two people may change different columns of a row; a
// delete, and a row known only by its place (ctid, rowid), compare everything that was read.
QString StatementWriter::oldValues(const RowEdit& edit)
{
    QString text;
    const bool whole = edit.deleted || m_relation.hasHiddenKey();
    for (const RelationColumn& column : std::as_const(m_relation.columns)) {
        const auto old = edit.original.find(column.name);
        const bool isKey = m_relation.keyColumns.contains(column.name) && !column.collated;
        const bool known = old != edit.original.end() && !isKey;
        if (known && (whole || edit.cells.contains(column.name)))
            text += u" AND "_s + matchesOld(column, old->second);
    }
    return text;
}

Query StatementWriter::change(const RowEdit& edit)
{
    if (edit.deleted) {
        const QString sql = u"DELETE FROM "_s + m_relation.quotedName() + u" WHERE "_s + matchesKey(edit.key);
        return finished(sql + oldValues(edit));
    }
    QStringList sets;
    for (const RelationColumn& column : std::as_const(m_relation.columns)) {
        if (const auto cell = edit.cells.find(column.name); cell != edit.cells.end())
            sets += sql::quoted(column.name) + u" = "_s + put(cell->second.after, column);
    }
    const QString sql = u"UPDATE "_s + m_relation.quotedName() + u" SET "_s + sets.join(u", "_s)
                        + u" WHERE "_s + matchesKey(edit.key);
    return finished(sql + oldValues(edit));
}

Query StatementWriter::insert(const NewRow& row)
{
    QStringList columns;
    QStringList values;
    bool overriding = false;
    for (const RelationColumn& column : std::as_const(m_relation.columns)) {
        const auto value = row.values.find(column.name);
        // What the database computes itself may not be named, also where a whole row is put back.
        if (!takesBack(column) || value == row.values.end() || std::holds_alternative<Default>(value->second))
            continue;
        columns += sql::quoted(column.name);
        values += put(value->second, column);
        overriding = overriding || column.numbered;
    }
    QString sql = u"INSERT INTO "_s + m_relation.quotedName();
    if (columns.isEmpty())
        sql += u" DEFAULT VALUES"_s;
    else
        sql += u" ("_s + columns.join(u", "_s)
               + (overriding ? u") OVERRIDING SYSTEM VALUE VALUES ("_s : u") VALUES ("_s)
               + values.join(u", "_s) + u')';
    return finished(sql);
}

Query StatementWriter::insertReturningKey(const NewRow& row)
{
    Query query = insert(row);
    QStringList key;
    for (const QString& column : m_relation.keyColumns)
        key += m_relation.hasHiddenKey() ? column : sql::quoted(column);
    query.sql += u" RETURNING "_s + key.join(u", "_s);
    return query;
}

Query StatementWriter::current(const RowKey& key)
{
    QStringList columns;
    for (const RelationColumn& column : std::as_const(m_relation.columns))
        columns += m_relation.columnRef(column.name);
    const QString sql = u"SELECT "_s + columns.join(u", "_s) + u" FROM "_s + m_relation.quotedName()
                        + u" WHERE "_s + matchesKey(key);
    return finished(sql);
}

QStringList preview(const Relation& relation, const StagedEdits& edits, qsizetype most)
{
    QStringList all;
    StatementWriter writer(relation, StatementWriter::Values::Literal);
    for (const bool deleted : {true, false}) {
        for (const auto& [bytes, edit] : edits.rows()) {
            if (edit.deleted == deleted && all.size() < most)
                all += writer.change(edit).sql + u';';
        }
    }
    for (const int id : edits.newRowIds()) {
        if (all.size() < most)
            all += writer.insert(*edits.newRow(id)).sql + u';';
    }
    return all;
}

}  // namespace dewpoint::rows
