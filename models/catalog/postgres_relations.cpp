// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/postgres_relations.h"

#include "catalog/cells.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::catalog {

using namespace schema;

namespace {

TableKind tableKind(const QString& relkind)
{
    return relkind == u"p" ? TableKind::Partitioned : relkind == u"f" ? TableKind::Foreign : TableKind::Table;
}

Table tableFrom(const Cells& cells)
{
    Table table{.schema = cells.text(1), .name = cells.text(2), .kind = tableKind(cells.text(3))};
    table.unlogged = cells.text(4) == u"u";
    table.rowSecurity = cells.flag(5);
    table.forceRowSecurity = cells.flag(6);
    table.storageOptions = table.kind == TableKind::Foreign ? cells.text(14) : cells.text(7);
    table.estimatedRows = cells.number(8);
    table.partitionKey = cells.text(9);
    table.partitionBound = cells.text(10);
    table.comment = cells.text(11);
    table.inherits = cells.list(12);
    table.foreignServer = cells.text(13);
    table.oid = cells.oid(0);
    return table;
}

/// pg_get_viewdef ends with a semicolon, which no place that embeds it wants.
View viewFrom(const Cells& cells)
{
    View view{.schema = cells.text(1), .name = cells.text(2), .materialized = cells.text(3) == u"m"};
    view.definition = cells.text(15).trimmed();
    if (view.definition.endsWith(u';'))
        view.definition.chop(1);
    view.options = cells.text(7);
    view.comment = cells.text(11);
    view.oid = cells.oid(0);
    return view;
}

Column columnFrom(const Cells& cells)
{
    Column column{.name = cells.text(2), .type = cells.text(3), .notNull = cells.flag(4)};
    const QString identity = cells.text(5);
    column.identity = identity == u"a"   ? Identity::Always
                      : identity == u"d" ? Identity::ByDefault
                                         : Identity::None;
    const QString generated = cells.text(6);
    column.generated = generated == u"s"   ? Generated::Stored
                       : generated == u"v" ? Generated::Virtual
                                           : Generated::None;
    if (column.generated != Generated::None)
        column.generatedSql = cells.text(7);
    else if (!cells.isNull(7))
        column.defaultSql = cells.text(7);
    column.collation = cells.text(8);
    column.comment = cells.text(9);
    return column;
}

ConstraintKind constraintKind(const QString& contype)
{
    switch (contype.isEmpty() ? u'c' : contype.front().unicode()) {
    case u'p': return ConstraintKind::PrimaryKey;
    case u'u': return ConstraintKind::Unique;
    case u'f': return ConstraintKind::ForeignKey;
    case u'x': return ConstraintKind::Exclusion;
    case u'n': return ConstraintKind::NotNull;
    default: return ConstraintKind::Check;
    }
}

QString action(const QString& code)
{
    switch (code.isEmpty() ? u'a' : code.front().unicode()) {
    case u'r': return u"RESTRICT"_s;
    case u'c': return u"CASCADE"_s;
    case u'n': return u"SET NULL"_s;
    case u'd': return u"SET DEFAULT"_s;
    default: return u"NO ACTION"_s;
    }
}

QString policyCommand(const QString& code)
{
    switch (code.isEmpty() ? u'*' : code.front().unicode()) {
    case u'r': return u"SELECT"_s;
    case u'a': return u"INSERT"_s;
    case u'w': return u"UPDATE"_s;
    case u'd': return u"DELETE"_s;
    default: return u"ALL"_s;
    }
}

void sortParts(Table& table)
{
    std::ranges::sort(table.constraints, [](const Constraint& a, const Constraint& b) {
        const bool aKey = a.kind == ConstraintKind::PrimaryKey;
        const bool bKey = b.kind == ConstraintKind::PrimaryKey;
        return aKey != bKey ? aKey : a.name < b.name;
    });
    std::ranges::sort(table.indexes, {}, &Index::name);
    std::ranges::sort(table.triggers, {}, &Trigger::name);
    std::ranges::sort(table.policies, {}, &Policy::name);
}

template <class T>
bool bySchemaAndName(const T& a, const T& b)
{
    return a.schema != b.schema ? a.schema < b.schema : a.name < b.name;
}

}  // namespace

Result<> PostgresRelations::read()
{
    using Step = Result<> (PostgresRelations::*)();
    for (const Step step : {&PostgresRelations::readRelations, &PostgresRelations::readColumns,
                            &PostgresRelations::readConstraints, &PostgresRelations::readIndexes,
                            &PostgresRelations::readTriggers, &PostgresRelations::readPolicies}) {
        if (const Result<> done = (this->*step)(); !done)
            return done;
    }
    return {};
}

Result<> PostgresRelations::readRelations()
{
    const Result<RowBatch> rows = runCatalogQuery(m_connection, u"postgres_relations"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        const QString relkind = cells.text(3);
        if (relkind == u"v" || relkind == u"m")
            m_views.insert(cells.oid(0), viewFrom(cells));
        else
            m_tables.insert(cells.oid(0), tableFrom(cells));
    }
    return {};
}

Result<> PostgresRelations::readColumns()
{
    const Result<RowBatch> rows = runCatalogQuery(m_connection, u"postgres_columns"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        const int number = static_cast<int>(cells.number(1));
        m_columns[cells.oid(0)].insert(number, columnFrom(cells));
        if (cells.oid(10) != 0)
            m_collations[cells.oid(0)].insert(number, cells.oid(10));
    }
    return {};
}

QStringList PostgresRelations::columnNames(quint32 relation, const QList<int>& numbers) const
{
    QStringList names;
    const QMap<int, Column> columns = m_columns.value(relation);
    for (const int number : numbers)
        names.append(columns.value(number).name);
    return names;
}

Result<> PostgresRelations::readConstraints()
{
    const Result<RowBatch> rows = runCatalogQuery(m_connection, u"postgres_constraints"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        const auto table = m_tables.find(cells.oid(0));
        if (table == m_tables.end())
            continue;
        Constraint constraint{.kind = constraintKind(cells.text(2)), .name = cells.text(1)};
        constraint.columns = columnNames(cells.oid(0), cells.numbers(3));
        constraint.definition = cells.text(4);
        constraint.deferrable = cells.flag(12);
        constraint.initiallyDeferred = cells.flag(13);
        constraint.validated = cells.flag(14);
        constraint.comment = cells.text(15);
        if (constraint.kind == ConstraintKind::ForeignKey) {
            constraint.targetSchema = cells.text(6);
            constraint.targetTable = cells.text(7);
            constraint.targetColumns = columnNames(cells.oid(5), cells.numbers(8));
            constraint.onUpdate = action(cells.text(9));
            constraint.onDelete = action(cells.text(10));
            constraint.match = cells.text(11) == u"f" ? u"FULL"_s : u"SIMPLE"_s;
        }
        if (constraint.kind == ConstraintKind::PrimaryKey) {
            const QList<int> numbers = cells.numbers(3);
            for (qsizetype i = 0; i < numbers.size(); ++i)
                m_columns[cells.oid(0)][numbers.at(i)].keyPosition = static_cast<int>(i) + 1;
        }
        table->constraints.append(constraint);
    }
    return {};
}

Result<> PostgresRelations::readIndexes()
{
    const Result<RowBatch> rows = runCatalogQuery(m_connection, u"postgres_indexes"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        const quint32 owner = cells.oid(0);
        Index index{
            .name = cells.text(1), .unique = cells.flag(2), .valid = cells.flag(3), .method = cells.text(4)};
        index.predicate = cells.text(8);
        index.definition = cells.text(9);
        index.constraint = cells.text(10);
        index.implicit = cells.flag(11);
        index.comment = cells.text(12);
        const QList<int> keys = cells.numbers(5);
        const QList<int> options = cells.numbers(6);
        const qsizetype keyCount = cells.number(7);
        const QStringList expressions = cells.list(13);
        const QStringList classes = cells.list(14);
        const QStringList collationOids = cells.text(15).split(u' ');
        const QStringList collations = cells.list(16);
        index.included = columnNames(owner, keys.sliced(qMin(keyCount, keys.size())));
        for (qsizetype i = 0; i < qMin(keyCount, keys.size()); ++i) {
            IndexPart part{.opclass = classes.value(i)};
            if (keys.at(i) == 0)
                part.expression = expressions.value(i);
            else
                part.column = m_columns.value(owner).value(keys.at(i)).name;
            part.descending = (options.value(i) & 1) != 0;  // INDOPTION_DESC
            part.nullsFirst = (options.value(i) & 2) != 0;  // INDOPTION_NULLS_FIRST
            if (keys.at(i) == 0
                || collationOids.value(i).toUInt() != m_collations.value(owner).value(keys.at(i)))
                part.collation = collations.value(i);
            index.parts.append(part);
        }
        if (const auto table = m_tables.find(owner); table != m_tables.end())
            table->indexes.append(index);
        else if (const auto view = m_views.find(owner); view != m_views.end())
            view->indexes.append(index);
    }
    return {};
}

Result<> PostgresRelations::readTriggers()
{
    const Result<RowBatch> rows = runCatalogQuery(m_connection, u"postgres_triggers"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        Trigger trigger{.name = cells.text(1),
                        .definition = cells.text(2),
                        .enabled = cells.text(3),
                        .comment = cells.text(4)};
        if (const auto table = m_tables.find(cells.oid(0)); table != m_tables.end()) {
            trigger.table = table->name;
            table->triggers.append(trigger);
        } else if (const auto view = m_views.find(cells.oid(0)); view != m_views.end()) {
            trigger.table = view->name;
            view->triggers.append(trigger);
        }
    }
    return {};
}

Result<> PostgresRelations::readPolicies()
{
    const Result<RowBatch> rows = runCatalogQuery(m_connection, u"postgres_policies"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        const auto table = m_tables.find(cells.oid(0));
        if (table == m_tables.end())
            continue;
        Policy policy{
            .name = cells.text(1), .command = policyCommand(cells.text(2)), .permissive = cells.flag(3)};
        policy.roles = cells.list(4);
        policy.usingSql = cells.text(5);
        policy.checkSql = cells.text(6);
        table->policies.append(policy);
    }
    return {};
}

QString PostgresRelations::relationName(quint32 relation) const
{
    return m_tables.contains(relation) ? m_tables.value(relation).name : m_views.value(relation).name;
}

Column* PostgresRelations::column(quint32 relation, int number)
{
    const auto columns = m_columns.find(relation);
    if (columns == m_columns.end() || !columns->contains(number))
        return nullptr;
    return &(*columns)[number];
}

void PostgresRelations::moveInto(Database& database)
{
    for (Table& table : m_tables) {
        table.columns = columns(table.oid);
        sortParts(table);
        database.tables.append(std::move(table));
    }
    for (View& view : m_views) {
        view.columns = columns(view.oid);
        std::ranges::sort(view.indexes, {}, &Index::name);
        std::ranges::sort(view.triggers, {}, &Trigger::name);
        database.views.append(std::move(view));
    }
    std::ranges::sort(database.tables, bySchemaAndName<Table>);
    std::ranges::sort(database.views, bySchemaAndName<View>);
}

}  // namespace dewpoint::catalog
