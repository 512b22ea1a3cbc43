// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/statement_writer.h"

#include "rows/query_writer.h"
#include "rows/staged_edits.h"

#include <algorithm>
#include <ranges>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

bool sameColumns(const std::map<QString, CellEdit>& one, const std::map<QString, CellEdit>& other)
{
    return std::ranges::equal(one, other, [](const auto& left, const auto& right) {
        return left.first == right.first && left.second.after.index() == right.second.after.index();
    });
}

/// What decides over the text of a change; values do not.
bool sameForm(const RowEdit& one, const RowEdit& other)
{
    return one.deleted == other.deleted && one.key.values.size() == other.key.values.size()
           && sameColumns(one.cells, other.cells)
           && std::ranges::equal(one.original | std::views::keys, other.original | std::views::keys);
}

}  // namespace

void StatementWriter::Form::add(const Gap& gap)
{
    gaps += gap;
    text += QString();
}

void StatementWriter::finish(Form& form) const
{
    form.sql = form.text.first();
    for (qsizetype i = 0; i < form.gaps.size(); ++i) {
        form.sql += m_relation.engine == Engine::Postgres ? u'$' + QString::number(i + 1) : u"?"_s;
        form.sql += form.text[i + 1];
    }
}

Query StatementWriter::filled(const Form& form, const std::function<const Value&(const Gap&)>& valueOf) const
{
    Query query;
    if (m_values == Values::Bound) {
        query.sql = form.sql;
        query.parameters.resize(form.gaps.size());
        std::ranges::transform(form.gaps, query.parameters.begin(), valueOf);
        return query;
    }
    query.sql = form.text.first();
    for (qsizetype i = 0; i < form.gaps.size(); ++i)
        query.sql += sql::literal(valueOf(form.gaps[i]), m_relation.engine) + form.text[i + 1];
    return query;
}

void StatementWriter::addNew(Form& form, const RelationColumn& column, const EditValue& value) const
{
    if (std::holds_alternative<Value>(value))
        form.add(Gap{.source = Gap::Source::New, .column = column.name});
    else if (m_relation.engine == Engine::Postgres)
        form.add(u"DEFAULT"_s);
    else  // SQLite has no SET c = DEFAULT (manual, "UPDATE").
        form.add(column.defaultSql.isEmpty() ? u"NULL"_s : u'(' + column.defaultSql + u')');
}

void StatementWriter::addKey(Form& form, const RowKey& key) const
{
    if (std::ssize(key.values) != m_relation.keyColumns.size()) {
        form.add(u"FALSE"_s);  // a key of another table
        return;
    }
    for (qsizetype i = 0; i < m_relation.keyColumns.size(); ++i) {
        form.add((i ? u" AND "_s : QString()) + comparedRef(m_relation, m_relation.keyColumns[i]) + u" = "_s);
        form.add(Gap{.source = Gap::Source::Key, .column = {}, .part = static_cast<size_t>(i)});
    }
}

// An update compares what it overwrites, so that two people may change different columns of a row; a
// delete, and a row known only by its place (ctid, rowid), compare everything that was read.
void StatementWriter::addOldValues(Form& form, const RowEdit& edit) const
{
    const bool whole = edit.deleted || m_relation.hasHiddenKey();
    for (const RelationColumn& column : std::as_const(m_relation.columns)) {
        const bool isKey = m_relation.keyColumns.contains(column.name) && !column.collated;
        const bool known = edit.original.contains(column.name) && !isKey;
        if (!known || (!whole && !edit.cells.contains(column.name)))
            continue;
        form.add(u" AND "_s + m_relation.columnRef(column.name));
        if (m_relation.engine == Engine::Sqlite)
            form.add(column.collated ? u" COLLATE BINARY IS "_s : u" IS "_s);
        else
            form.add(column.comparable ? u" IS NOT DISTINCT FROM "_s : u"::text IS NOT DISTINCT FROM "_s);
        form.add(Gap{.source = Gap::Source::Old, .column = column.name});
    }
}

// Thousands of rows that change the same columns have one statement, which is written once.
const StatementWriter::Form& StatementWriter::formOf(const RowEdit& edit)
{
    if (!m_form.sql.isEmpty() && sameForm(m_formed, edit))
        return m_form;
    m_form = {};
    m_formed = edit;
    m_form.add((edit.deleted ? u"DELETE FROM "_s : u"UPDATE "_s) + m_relation.quotedName());
    QString next = u" SET "_s;
    for (const RelationColumn& column : std::as_const(m_relation.columns)) {
        const auto cell = edit.cells.find(column.name);
        if (edit.deleted || cell == edit.cells.end())
            continue;
        m_form.add(std::exchange(next, u", "_s) + sql::quoted(column.name) + u" = "_s);
        addNew(m_form, column, cell->second.after);
    }
    m_form.add(u" WHERE "_s);
    addKey(m_form, edit.key);
    addOldValues(m_form, edit);
    finish(m_form);
    return m_form;
}

Query StatementWriter::change(const RowEdit& edit)
{
    return filled(formOf(edit), [&](const Gap& gap) -> const Value& {
        switch (gap.source) {
        case Gap::Source::Key: return edit.key.values[gap.part];
        case Gap::Source::Old: return edit.original.at(gap.column);
        case Gap::Source::New: break;
        }
        return std::get<Value>(edit.cells.at(gap.column).after);
    });
}

Query StatementWriter::insert(const NewRow& row)
{
    QStringList columns;
    Form values;
    bool overriding = false;
    for (const RelationColumn& column : std::as_const(m_relation.columns)) {
        const auto value = row.values.find(column.name);
        // What the database computes itself may not be named, also where a whole row is put back.
        if (!takesBack(column) || value == row.values.end() || std::holds_alternative<Default>(value->second))
            continue;
        values.add(columns.isEmpty() ? QString() : u", "_s);
        addNew(values, column, value->second);
        columns += sql::quoted(column.name);
        overriding = overriding || column.numbered;
    }
    const QString into = u"INSERT INTO "_s + m_relation.quotedName();
    if (columns.isEmpty())
        return {.sql = into + u" DEFAULT VALUES"_s, .parameters = {}};
    values.text.first().prepend(into + u" ("_s + columns.join(u", "_s)
                                + (overriding ? u") OVERRIDING SYSTEM VALUE VALUES ("_s : u") VALUES ("_s));
    values.add(u")"_s);
    finish(values);
    return filled(values,
                  [&](const Gap& gap) -> const Value& { return std::get<Value>(row.values.at(gap.column)); });
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
    Form form;
    form.add(u"SELECT "_s + columns.join(u", "_s) + u" FROM "_s + m_relation.quotedName() + u" WHERE "_s);
    addKey(form, key);
    finish(form);
    return filled(form, [&](const Gap& gap) -> const Value& { return key.values[gap.part]; });
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
