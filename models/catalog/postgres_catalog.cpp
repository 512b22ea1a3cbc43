// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/postgres_catalog.h"

#include "catalog/cells.h"
#include "catalog/postgres_relations.h"

#include <algorithm>
#include <limits>
#include <tuple>

using namespace Qt::StringLiterals;

namespace dewpoint::catalog {

using namespace schema;

namespace {

struct Bounds {
    QString minimum;
    QString maximum;
};

/// What CREATE SEQUENCE takes when nothing is said (PostgreSQL manual, CREATE SEQUENCE).
Bounds defaultBounds(const QString& type, bool ascending)
{
    qint64 low = std::numeric_limits<qint64>::min();
    qint64 high = std::numeric_limits<qint64>::max();
    if (type == u"integer") {
        low = std::numeric_limits<qint32>::min();
        high = std::numeric_limits<qint32>::max();
    } else if (type == u"smallint") {
        low = std::numeric_limits<qint16>::min();
        high = std::numeric_limits<qint16>::max();
    }
    return ascending ? Bounds{u"1"_s, QString::number(high)} : Bounds{QString::number(low), u"-1"_s};
}

QString identityOptions(const Sequence& sequence)
{
    QStringList options;
    const bool ascending = !sequence.increment.startsWith(u'-');
    const Bounds bounds = defaultBounds(sequence.type, ascending);
    if (sequence.start != (ascending ? sequence.minimum : sequence.maximum))
        options.append(u"START WITH "_s + sequence.start);
    if (sequence.increment != u"1")
        options.append(u"INCREMENT BY "_s + sequence.increment);
    if (sequence.minimum != bounds.minimum)
        options.append(u"MINVALUE "_s + sequence.minimum);
    if (sequence.maximum != bounds.maximum)
        options.append(u"MAXVALUE "_s + sequence.maximum);
    if (sequence.cache != u"1")
        options.append(u"CACHE "_s + sequence.cache);
    if (sequence.cycles)
        options.append(u"CYCLE"_s);
    return options.join(u' ');
}

Result<> readSchemas(drivers::Connection& connection, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_schemas"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row)
        database.schemas.append(Cells(*rows, row).text(0));
    std::ranges::sort(database.schemas);
    return {};
}

Result<> readSequences(drivers::Connection& connection, PostgresRelations& relations, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_sequences"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        Sequence sequence{.schema = cells.text(0),
                          .name = cells.text(1),
                          .type = cells.text(2),
                          .start = cells.text(3),
                          .increment = cells.text(4),
                          .minimum = cells.text(5),
                          .maximum = cells.text(6),
                          .cache = cells.text(7),
                          .cycles = cells.flag(8)};
        Column* owner = relations.column(cells.oid(10), static_cast<int>(cells.number(11)));
        if (owner && cells.text(9) == u"i") {
            owner->identityOptions = identityOptions(sequence);
            continue;
        }
        if (owner)
            sequence.ownedBy = relations.relationName(cells.oid(10)) + u'.' + owner->name;
        database.sequences.append(sequence);
    }
    std::ranges::sort(database.sequences, {}, [](const Sequence& s) { return std::tie(s.schema, s.name); });
    return {};
}

Result<> readRoutines(drivers::Connection& connection, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_routines"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        Routine routine{.schema = cells.text(0), .name = cells.text(1), .arguments = cells.text(2)};
        const QString kind = cells.text(3);
        routine.kind = kind == u"p"   ? RoutineKind::Procedure
                       : kind == u"a" ? RoutineKind::Aggregate
                       : kind == u"w" ? RoutineKind::Window
                                      : RoutineKind::Function;
        routine.definition = cells.text(4);
        routine.comment = cells.text(5);
        database.routines.append(routine);
    }
    std::ranges::sort(database.routines, {},
                      [](const Routine& r) { return std::tie(r.schema, r.name, r.arguments); });
    return {};
}

Result<> readTypes(drivers::Connection& connection, const PostgresRelations& relations, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_types"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        Type type{.schema = cells.text(0), .name = cells.text(1)};
        const QString kind = cells.text(2);
        type.kind = kind == u"d"   ? TypeKind::Domain
                    : kind == u"c" ? TypeKind::Composite
                    : kind == u"r" ? TypeKind::Range
                                   : TypeKind::Enum;
        type.labels = cells.list(4);
        type.definition = cells.text(5);
        type.comment = cells.text(6);
        if (type.kind == TypeKind::Composite)
            type.attributes = relations.columns(cells.oid(3));
        database.types.append(type);
    }
    std::ranges::sort(database.types, {}, [](const Type& t) { return std::tie(t.schema, t.name); });
    return {};
}

Result<> readExtensions(drivers::Connection& connection, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_extensions"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        database.extensions.append(
            {.name = cells.text(0), .version = cells.text(1), .schema = cells.text(2)});
    }
    std::ranges::sort(database.extensions, {}, &Extension::name);
    return {};
}

Result<> readOthers(drivers::Connection& connection, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_others"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        database.others.append({.kind = cells.text(0),
                                .schema = cells.text(1),
                                .name = cells.text(2),
                                .definition = cells.list(3),
                                .drop = cells.text(4),
                                .comment = cells.text(5)});
    }
    std::ranges::sort(database.others, {},
                      [](const OtherObject& o) { return std::tie(o.schema, o.kind, o.name); });
    return {};
}

ObjectKind objectKind(const QString& letter)
{
    switch (letter.isEmpty() ? u'r' : letter.front().unicode()) {
    case u'a': return ObjectKind::Column;
    case u'd': return ObjectKind::Default;
    case u'k': return ObjectKind::Constraint;
    case u'i': return ObjectKind::Index;
    case u'g': return ObjectKind::Trigger;
    case u'p': return ObjectKind::Policy;
    case u'f': return ObjectKind::Routine;
    case u't': return ObjectKind::Type;
    case u'S': return ObjectKind::Sequence;
    case u'o': return ObjectKind::Other;
    default: return ObjectKind::Relation;
    }
}

ObjectId objectId(const Cells& cells, int first)
{
    return {.kind = objectKind(cells.text(first)),
            .schema = cells.text(first + 1),
            .name = cells.text(first + 2),
            .member = cells.text(first + 3)};
}

Result<> readDependencies(drivers::Connection& connection, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_dependencies"_s);
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        database.dependencies.append(
            {.object = objectId(cells, 0), .on = objectId(cells, 4), .inherited = cells.flag(8)});
    }
    std::ranges::sort(database.dependencies, std::less<>());
    return {};
}

GrantedOn grantedOn(const QString& letter)
{
    switch (letter.isEmpty() ? u'r' : letter.front().unicode()) {
    case u'n': return GrantedOn::Schema;
    case u'S': return GrantedOn::Sequence;
    case u'f': return GrantedOn::Routine;
    case u't': return GrantedOn::Type;
    case u'd': return GrantedOn::Default;
    default: return GrantedOn::Relation;
    }
}

/// One row for each right, those of one object behind each other, and one without any where nobody has one.
Result<> readPrivileges(drivers::Connection& connection, Database& database)
{
    const Result<RowBatch> rows = runCatalogQuery(connection, u"postgres_privileges"_s);
    if (!rows)
        return fail(rows.error());
    QList<Privileges> all;
    for (int row = 0; row < rows->rowCount(); ++row) {
        const Cells cells(*rows, row);
        const Privileges object{.on = grantedOn(cells.text(0)),
                                .schema = cells.text(1),
                                .name = cells.text(2),
                                .member = cells.text(3),
                                .grants = {},
                                .owner = cells.text(9)};
        if (all.isEmpty() || !all.constLast().isOfSame(object))
            all.append(object);
        if (cells.isNull(6))
            continue;
        all.last().grants.append({.role = cells.text(5),
                                  .column = cells.text(4),
                                  .privilege = cells.text(6),
                                  .grantable = cells.flag(7)});
        all.last().handedOn |= cells.flag(8);
    }
    for (Privileges& object : all)
        std::ranges::sort(object.grants, std::less<>());
    all.removeIf(
        [](const Privileges& object) { return object.on == GrantedOn::Default && object == usual(object); });
    database.privileges = std::move(all);
    return {};
}

Result<Database> readAll(drivers::Connection& connection, Extent extent)
{
    Database database{.engine = Engine::Postgres, .serverVersion = connection.serverVersion()};
    PostgresRelations relations(connection);
    Result<> done = readSchemas(connection, database);
    if (done)
        done = relations.read();
    if (done)
        done = readSequences(connection, relations, database);
    if (done)
        done = readRoutines(connection, database);
    if (done)
        done = readTypes(connection, relations, database);
    if (done)
        done = readExtensions(connection, database);
    if (done)
        done = readOthers(connection, database);
    if (done)
        done = readDependencies(connection, database);
    if (done && extent == Extent::WithPrivileges)
        done = readPrivileges(connection, database);
    if (!done)
        return fail(done.error());
    relations.moveInto(database);
    return database;
}

Result<Value> setSearchPath(drivers::Connection& connection, const Value& path)
{
    return connection.scalar(u"SELECT pg_catalog.set_config('search_path', $1, true)"_s, {path});
}

}  // namespace

Result<Database> inspectPostgres(drivers::Connection& connection, Extent extent)
{
    const Result<Value> before = connection.scalar(u"SELECT pg_catalog.current_setting('search_path')"_s);
    if (!before)
        return fail(before.error());
    if (const Result<Value> emptied = setSearchPath(connection, textValue(QString())); !emptied)
        return fail(emptied.error());
    Result<Database> database = readAll(connection, extent);
    // The transaction may be the caller's, who goes on in it.
    const Result<Value> restored = setSearchPath(connection, *before);
    if (database && !restored)
        return fail(restored.error());
    return database;
}

}  // namespace dewpoint::catalog
