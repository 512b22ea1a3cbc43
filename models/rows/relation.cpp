// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/relation.h"

#include "base/words.h"
#include "schema/type_below.h"

#include <QSet>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

ColumnFamily sqliteFamily(const QString& type)
{
    const QString upper = type.toUpper();
    if (upper.contains(u"INT"_s))
        return ColumnFamily::Integer;
    if (upper.contains(u"CHAR"_s) || upper.contains(u"CLOB"_s) || upper.contains(u"TEXT"_s))
        return ColumnFamily::Text;
    if (upper.isEmpty() || upper.contains(u"BLOB"_s))
        return upper.isEmpty() || upper == u"ANY"_s ? ColumnFamily::Other : ColumnFamily::Binary;
    if (upper.contains(u"REAL"_s) || upper.contains(u"FLOA"_s) || upper.contains(u"DOUB"_s))
        return ColumnFamily::Real;
    return upper == u"ANY"_s ? ColumnFamily::Other : ColumnFamily::Numeric;
}

QString baseName(const QString& type)
{
    const qsizetype bracket = type.indexOf(u'(');
    if (bracket < 0)
        return type;
    // "timestamp(3) with time zone" keeps what follows its precision.
    const qsizetype close = type.indexOf(u')', bracket);
    return (type.left(bracket) + type.mid(close + 1)).trimmed();
}

ColumnFamily postgresFamily(const QString& type)
{
    if (type.endsWith(u"[]"_s))
        return ColumnFamily::Other;
    static const QHash<QString, ColumnFamily> families{
        {u"smallint"_s, ColumnFamily::Integer},
        {u"integer"_s, ColumnFamily::Integer},
        {u"bigint"_s, ColumnFamily::Integer},
        {u"oid"_s, ColumnFamily::Integer},
        {u"real"_s, ColumnFamily::Real},
        {u"double precision"_s, ColumnFamily::Real},
        {u"numeric"_s, ColumnFamily::Numeric},
        {u"money"_s, ColumnFamily::Numeric},
        {u"boolean"_s, ColumnFamily::Boolean},
        {u"bytea"_s, ColumnFamily::Binary},
        {u"json"_s, ColumnFamily::Json},
        {u"jsonb"_s, ColumnFamily::Json},
        {u"text"_s, ColumnFamily::Text},
        {u"character varying"_s, ColumnFamily::Text},
        {u"character"_s, ColumnFamily::Text},
        {u"bpchar"_s, ColumnFamily::Text},
        {u"name"_s, ColumnFamily::Text},
        {u"date"_s, ColumnFamily::Temporal},
        {u"time without time zone"_s, ColumnFamily::Temporal},
        {u"time with time zone"_s, ColumnFamily::Temporal},
        {u"timestamp without time zone"_s, ColumnFamily::Temporal},
        {u"timestamp with time zone"_s, ColumnFamily::Temporal},
        {u"interval"_s, ColumnFamily::Temporal},
    };
    return families.value(baseName(type), ColumnFamily::Other);
}

// Types whose = compares whole values. Everything else goes through its text: json, xml and point have
// no =, box and circle compare areas, path compares lengths (PostgreSQL manual, "Geometric Operators"),
// citext ignores case, and a domain that is not looked into may stand for any of them.
bool comparesWhole(const QString& type, ColumnFamily family)
{
    return (family != ColumnFamily::Other && family != ColumnFamily::Json) || type == u"uuid"_s;
}

RelationColumn columnOf(const schema::Column& column, Engine engine)
{
    RelationColumn out{.name = column.name, .type = column.type, .family = familyOf(column.type, engine)};
    out.nullable = !column.notNull;
    out.readOnly = column.generated != schema::Generated::None || column.identity == schema::Identity::Always;
    out.numbered = column.identity == schema::Identity::Always;
    out.comparable = engine == Engine::Sqlite || comparesWhole(column.type, out.family);
    out.collated = !column.collation.isEmpty() && column.collation.toUpper() != u"BINARY"_s;
    out.hasDefault = column.defaultSql.has_value() || column.identity != schema::Identity::None;
    out.defaultSql = column.defaultSql.value_or(QString());
    return out;
}

bool isRowidAlias(const schema::Table& table, const QStringList& key)
{
    const schema::Column* column = key.size() == 1 ? table.column(key.first()) : nullptr;
    return column && !table.withoutRowid && column->type.compare(u"INTEGER"_s, Qt::CaseInsensitive) == 0;
}

bool allNotNull(const schema::Table& table, const QStringList& columns)
{
    return !columns.isEmpty() && std::ranges::all_of(columns, [&](const QString& name) {
        const schema::Column* column = table.column(name);
        return column && column->notNull;
    });
}

QStringList plainColumns(const schema::Index& index)
{
    QStringList columns;
    for (const schema::IndexPart& part : index.parts) {
        if (part.column.isEmpty())
            break;
        columns += part.column;
    }
    return columns;
}

QStringList uniqueKey(const schema::Table& table)
{
    for (const schema::Index& index : table.indexes) {
        const QStringList columns = plainColumns(index);
        if (index.unique && index.valid && index.predicate.isEmpty() && columns.size() == index.parts.size()
            && allNotNull(table, columns))
            return columns;
    }
    for (const schema::Constraint& constraint : table.constraints) {
        if (constraint.kind == schema::ConstraintKind::Unique && !constraint.initiallyDeferred
            && allNotNull(table, constraint.columns))
            return constraint.columns;
    }
    return {};
}

// A column may be called rowid; then one of the other two names still reaches the real one.
QString freeRowidName(const schema::Table& table)
{
    for (const QString& name : {u"rowid"_s, u"_rowid_"_s, u"oid"_s}) {
        const bool taken = std::ranges::any_of(table.columns, [&](const schema::Column& column) {
            return column.name.compare(name, Qt::CaseInsensitive) == 0;
        });
        if (!taken)
            return name;
    }
    return {};
}

void chooseHiddenKey(Relation& relation, const schema::Table& table)
{
    if (relation.engine == Engine::Postgres && table.kind == schema::TableKind::Table) {
        relation.keyKind = KeyKind::Ctid;
        relation.keyColumns = {u"ctid"_s};
    } else if (relation.engine == Engine::Sqlite && table.kind == schema::TableKind::Table
               && !table.withoutRowid) {
        const QString name = freeRowidName(table);
        if (name.isEmpty())
            return;
        relation.keyKind = KeyKind::RowId;
        relation.keyColumns = {name};
    }
}

void chooseKey(Relation& relation, const schema::Table& table)
{
    const QStringList primary = table.primaryKey();
    const bool sqlite = relation.engine == Engine::Sqlite;
    const bool sure =
        sqlite ? isRowidAlias(table, primary) || table.withoutRowid || allNotNull(table, primary) : true;
    if (!primary.isEmpty() && sure) {
        relation.keyKind = KeyKind::PrimaryKey;
        relation.keyColumns = primary;
    } else if (const QStringList unique = uniqueKey(table); !unique.isEmpty()) {
        relation.keyKind = KeyKind::Unique;
        relation.keyColumns = unique;
    } else {
        chooseHiddenKey(relation, table);
    }
    for (RelationColumn& column : relation.columns) {
        if (!relation.keyColumns.contains(column.name))
            continue;
        column.nullable = false;
        column.automatic = sqlite && isRowidAlias(table, primary);
    }
}

void chooseEditable(Relation& relation, const schema::Table& table, bool readOnlyConnection)
{
    if (readOnlyConnection)
        relation.reason = Words::tr("This connection is read-only: every write is refused.");
    else if (table.kind == schema::TableKind::Virtual)
        relation.reason =
            Words::tr("The rows of a virtual table come from its module and are read-only here.");
    else if (relation.keyKind == KeyKind::None)
        relation.reason =
            Words::tr("This table has no key that tells its rows apart. Add a primary key to edit it.");
    relation.editable = relation.reason.isEmpty();
}

// An expression of SQLite's has no declared type: its first value says what is in the column.
ColumnFamily familyOfValues(const RowBatch& result, int column)
{
    for (int row = 0; row < result.rowCount(); ++row) {
        const Value& value = result.at(row, column);
        if (isNull(value))
            continue;
        if (std::holds_alternative<qint64>(value))
            return ColumnFamily::Integer;
        if (std::holds_alternative<double>(value))
            return ColumnFamily::Real;
        return std::holds_alternative<Blob>(value) ? ColumnFamily::Binary : ColumnFamily::Text;
    }
    return ColumnFamily::Other;
}

// The one table behind a result, where there is one; rows copied as INSERTs name it.
QString originOf(const RowBatch& result)
{
    const QString first = result.columns.isEmpty() ? QString() : result.columns.first().originTable;
    const bool one = !first.isEmpty() && std::ranges::all_of(result.columns, [&](const ColumnInfo& column) {
        return column.originTable == first;
    });
    return one ? first : u"result"_s;
}

}  // namespace

int Relation::indexOf(const QString& column) const
{
    for (int i = 0; i < columns.size(); ++i) {
        if (columns[i].name == column)
            return i;
    }
    return -1;
}

bool Relation::isIndexed(const QString& column) const
{
    if (keyColumns.value(0) == column)
        return true;
    return std::ranges::any_of(indexed, [&](const QStringList& parts) { return parts.first() == column; });
}

QString Relation::quotedName() const
{
    return sql::quoted(schema, name);
}

QString Relation::columnRef(const QString& column) const
{
    if (hasHiddenKey() && keyColumns.first() == column)
        return column;
    // SQLite takes a lone name in double quotes that no column has for a text (sqlite.org/quirks.html,
    // "Double-quoted String Literals Are Accepted"): a column that is gone would show its name as data.
    return engine == Engine::Sqlite ? sql::quoted(name, column) : sql::quoted(column);
}

bool takesBack(const RelationColumn& column)
{
    return !column.readOnly || column.numbered;
}

bool hasServerValue(const RelationColumn& column)
{
    return column.hasDefault || column.automatic || column.readOnly;
}

bool mayBeLeftOut(const RelationColumn& column)
{
    return column.nullable || hasServerValue(column);
}

bool isNumber(ColumnFamily family)
{
    return family == ColumnFamily::Integer || family == ColumnFamily::Real || family == ColumnFamily::Numeric;
}

bool readsAsNumber(const RelationColumn& column)
{
    static const QStringList others{u"JSON"_s, u"DATE"_s, u"TIME"_s, u"BOOL"_s, u"UUID"_s};
    return isNumber(column.family) && std::ranges::none_of(others, [&](const QString& word) {
               return column.type.contains(word, Qt::CaseInsensitive);
           });
}

void lookBelow(RelationColumn& column, const schema::Database& database)
{
    const QString below = schema::typeBelow(database, column.type);
    if (below == column.type)
        return;
    column.domain = std::exchange(column.type, below);
    column.family = familyOf(below, database.engine);
    column.comparable = comparesWhole(below, column.family);
}

ColumnFamily familyOf(const QString& type, Engine engine)
{
    return engine == Engine::Sqlite ? sqliteFamily(type) : postgresFamily(type);
}

Relation relationOf(const schema::Table& table, Engine engine, bool readOnlyConnection)
{
    Relation relation{.engine = engine, .schema = table.schema, .name = table.name};
    relation.estimatedRows = table.estimatedRows;
    for (const schema::Column& column : table.columns) {
        if (!column.hidden)
            relation.columns += columnOf(column, engine);
    }
    chooseKey(relation, table);
    for (const schema::Index& index : table.indexes) {
        const QStringList columns = plainColumns(index);
        if (!columns.isEmpty() && index.valid && index.predicate.isEmpty()
            && (index.method.isEmpty() || index.method == u"btree"_s))
            relation.indexed += columns;
    }
    for (const schema::Constraint& constraint : table.constraints) {
        if (constraint.kind == schema::ConstraintKind::ForeignKey)
            relation.foreignKeys +=
                {constraint.columns,       constraint.targetSchema, constraint.targetTable,
                 constraint.targetColumns, constraint.onDelete,     constraint.onUpdate};
    }
    relation.strict = table.strict;
    chooseEditable(relation, table, readOnlyConnection);
    return relation;
}

Relation relationOf(const schema::View& view, Engine engine)
{
    Relation relation{.engine = engine, .schema = view.schema, .name = view.name};
    for (const schema::Column& column : view.columns) {
        relation.columns += columnOf(column, engine);
        relation.columns.last().readOnly = true;
        relation.columns.last().nullable = true;
    }
    relation.reason =
        view.materialized
            ? Words::tr("A materialised view is read-only. Edit the tables behind it, then refresh it.")
            : Words::tr("A view is read-only here. Edit the tables behind it.");
    return relation;
}

Relation relationOf(const RowBatch& result, Engine engine)
{
    Relation relation{.engine = engine, .name = originOf(result)};
    for (int column = 0; column < result.columnCount(); ++column) {
        const ColumnInfo& info = result.columns[column];
        const ColumnFamily family =
            info.type.isEmpty() ? familyOfValues(result, column) : familyOf(info.type, engine);
        relation.columns += {.name = info.name, .type = info.type, .family = family, .readOnly = true};
    }
    relation.reason = Words::tr("The result of a query is read-only here.");
    return relation;
}

}  // namespace dewpoint::rows
