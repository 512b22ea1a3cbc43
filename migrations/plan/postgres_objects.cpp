// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_objects.h"

#include "base/words.h"
#include "ddl/postgres.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

template <class T, class Test>
const T* find(const QList<T>& list, Test test)
{
    const auto found = std::ranges::find_if(list, test);
    return found == list.end() ? nullptr : &*found;
}

template <class T>
const T* named(const QList<T>& list, const ObjectId& id)
{
    return find(list, [&](const T& object) { return object.schema == id.schema && object.name == id.name; });
}

template <class T>
const T* member(const QList<T>& list, const QString& name)
{
    return find(list, [&](const T& object) { return object.name == name; });
}

void comment(QStringList& sql, const QString& object, const QString& text)
{
    if (!text.isEmpty())
        sql << pg::comment(object, text);
}

bool isNumberedBy(const Column& column, const Sequence& sequence)
{
    return column.defaultSql
           && column.defaultSql->contains(
               u"nextval(%1::regclass)"_s.arg(pg::literal(pg::name(sequence.schema, sequence.name))));
}

}  // namespace

ObjectId relationId(const QString& schema, const QString& name)
{
    return {.kind = ObjectKind::Relation, .schema = schema, .name = name, .member = {}};
}

ObjectId otherId(const OtherObject& object)
{
    return {.kind = ObjectKind::Other, .schema = object.schema, .name = object.name, .member = object.kind};
}

ObjectId partId(ObjectKind kind, const QString& schema, const QString& relation, const QString& name)
{
    return {.kind = kind, .schema = schema, .name = relation, .member = name};
}

bool isPart(const ObjectId& id)
{
    return id.kind != ObjectKind::Relation && id.kind != ObjectKind::Routine && id.kind != ObjectKind::Type
           && id.kind != ObjectKind::Sequence && id.kind != ObjectKind::Other;
}

ObjectId relationOf(const ObjectId& part)
{
    return relationId(part.schema, part.name);
}

PostgresObjects::PostgresObjects(const Database& database) : m_database(database)
{
    m_tables.reserve(database.tables.size());
    for (const Table& table : database.tables) {
        m_tables.insert({table.schema, table.name}, &table);
        if (!table.inherits.isEmpty())
            m_heirs.insert(table.name);
    }
    for (qsizetype i = 0; i < database.dependencies.size(); ++i) {
        const Dependency& dependency = database.dependencies[i];
        m_needed[dependency.on.name].append(i);
        if (dependency.inherited)
            m_parents.insert(dependency.object, dependency.on);
    }
}

QList<ObjectId> PostgresObjects::dependents(const ObjectId& id) const
{
    QList<ObjectId> found;
    for (const qsizetype place : m_needed.value(id.name)) {
        if (m_database.dependencies[place].on == id)
            found.append(m_database.dependencies[place].object);
    }
    return found;
}

const Table* PostgresObjects::table(const ObjectId& id) const
{
    return m_tables.value({id.schema, id.name});
}

const View* PostgresObjects::view(const ObjectId& id) const
{
    return named(m_database.views, id);
}

const Column* PostgresObjects::column(const ObjectId& id) const
{
    const Table* owner = table(id);
    return owner ? member(owner->columns, id.member) : nullptr;
}

const Constraint* PostgresObjects::constraint(const ObjectId& id) const
{
    const Table* owner = table(id);
    return owner ? member(owner->constraints, id.member) : nullptr;
}

const Index* PostgresObjects::index(const ObjectId& id) const
{
    if (const Table* owner = table(id))
        return member(owner->indexes, id.member);
    const View* owner = view(id);
    return owner ? member(owner->indexes, id.member) : nullptr;
}

const QList<Trigger>* PostgresObjects::triggers(const ObjectId& id) const
{
    if (const Table* owner = table(id))
        return &owner->triggers;
    const View* owner = view(id);
    return owner ? &owner->triggers : nullptr;
}

const Type* PostgresObjects::type(const ObjectId& id) const
{
    return named(m_database.types, id);
}

const Sequence* PostgresObjects::sequence(const ObjectId& id) const
{
    return named(m_database.sequences, id);
}

const Routine* PostgresObjects::routine(const ObjectId& id) const
{
    return find(m_database.routines, [&](const Routine& routine) {
        return routine.schema == id.schema && routine.name == id.name && routine.arguments == id.member;
    });
}

const OtherObject* PostgresObjects::other(const ObjectId& id) const
{
    return find(m_database.others, [&](const OtherObject& object) { return otherId(object) == id; });
}

bool PostgresObjects::contains(const ObjectId& id) const
{
    switch (id.kind) {
    case ObjectKind::Relation: return table(id) || view(id);
    case ObjectKind::Column: return column(id);
    case ObjectKind::Default: return column(id) && column(id)->defaultSql;
    case ObjectKind::Constraint: return constraint(id);
    case ObjectKind::Index: return index(id);
    case ObjectKind::Trigger: return triggers(id) && member(*triggers(id), id.member);
    case ObjectKind::Policy: return table(id) && member(table(id)->policies, id.member);
    case ObjectKind::Routine: return routine(id);
    case ObjectKind::Type: return type(id);
    case ObjectKind::Sequence: return sequence(id);
    case ObjectKind::Other: return other(id);
    }
    Q_UNREACHABLE_RETURN(false);
}

std::optional<ObjectId> PostgresObjects::parent(const ObjectId& id) const
{
    const Table* child = id.kind == ObjectKind::Column ? table(id) : nullptr;
    for (const Table& above : child && !child->inherits.isEmpty() ? m_database.tables : QList<Table>()) {
        if (child->inherits.contains(pg::name(above.schema, above.name)) && member(above.columns, id.member))
            return partId(ObjectKind::Column, above.schema, above.name, id.member);
    }
    const auto found = m_parents.constFind(id);
    return found == m_parents.constEnd() ? std::nullopt : std::optional(*found);
}

QList<ObjectId> PostgresObjects::children(const ObjectId& relation) const
{
    const QString name = pg::name(relation.schema, relation.name);
    QList<ObjectId> found;
    for (const Table& candidate : m_database.tables) {
        if (candidate.inherits.contains(name))
            found.append(relationId(candidate.schema, candidate.name));
    }
    return found;
}

std::optional<ObjectId> PostgresObjects::owner(const Sequence& sequence) const
{
    for (const Dependency& dependency : m_database.dependencies) {
        if (dependency.object.kind == ObjectKind::Sequence && dependency.object.schema == sequence.schema
            && dependency.object.name == sequence.name && dependency.on.kind == ObjectKind::Column)
            return dependency.on;
    }
    return std::nullopt;
}

QList<ObjectId> PostgresObjects::holders(const ObjectId& id) const
{
    const OtherObject* held = other(id);
    const bool isRule = held && held->kind == u"RULE";
    if (!held || (!isRule && held->kind != u"STATISTICS" && !held->isSetting()))
        return {};
    QList<ObjectId> found;
    for (const Dependency& dependency : m_database.dependencies) {
        const ObjectId& on = dependency.on;
        // A rule is in the way of its columns, and a replica identity goes on without its index.
        const bool holds = isRule ? held->name.endsWith(u" on "_s + pg::name(on.schema, on.name))
                                  : on.kind != ObjectKind::Index;
        if (holds && dependency.object == id)
            found << (isRule ? relationOf(on) : on);
    }
    return found;
}

/// A child table has what is its parents' from them, or dropping it there would leave it here.
Table PostgresObjects::withoutInherited(Table table) const
{
    if (table.inherits.isEmpty() || !table.partitionBound.isEmpty())
        return table;
    table.constraints.removeIf([&](const Constraint& constraint) {
        return parent(partId(ObjectKind::Constraint, table.schema, table.name, constraint.name)).has_value();
    });
    for (const Table& candidate : m_database.tables) {
        if (!table.inherits.contains(pg::name(candidate.schema, candidate.name)))
            continue;
        table.columns.removeIf([&](const Column& column) {
            const Column* above = member(candidate.columns, column.name);
            return above && above->type == column.type && above->notNull == column.notNull
                   && above->defaultSql == column.defaultSql;
        });
    }
    return table;
}

QStringList PostgresObjects::createTable(const Table& table) const
{
    const QString owner = pg::name(table.schema, table.name);
    QStringList sql{pg::createTable(withoutInherited(table))};
    sql << pg::rowSecurity(table);
    comment(sql, (table.kind == TableKind::Foreign ? u"FOREIGN TABLE "_s : u"TABLE "_s) + owner,
            table.comment);
    for (const Column& column : table.columns)
        comment(sql, u"COLUMN "_s + owner + u'.' + pg::name(column.name), column.comment);
    for (const Constraint& constraint : table.constraints) {
        if (pg::isInTable(constraint))
            comment(sql, u"CONSTRAINT "_s + pg::name(constraint.name) + u" ON "_s + owner,
                    constraint.comment);
    }
    return sql;
}

QStringList PostgresObjects::createView(const View& view) const
{
    const QString owner = pg::name(view.schema, view.name);
    QStringList sql{pg::createView(view)};
    comment(sql, (view.materialized ? u"MATERIALIZED VIEW "_s : u"VIEW "_s) + owner, view.comment);
    for (const Column& column : view.columns)
        comment(sql, u"COLUMN "_s + owner + u'.' + pg::name(column.name), column.comment);
    return sql;
}

QStringList PostgresObjects::createConstraint(const ObjectId& id) const
{
    const Table* owner = table(id);
    const Constraint* made = constraint(id);
    const QString name = pg::name(id.schema, id.name);
    QString text = pg::addConstraint(*owner, *made);
    const bool keyed = made->kind == ConstraintKind::PrimaryKey || made->kind == ConstraintKind::Unique;
    // Partitions have theirs by their own name; then they are attached.
    if (owner->kind == TableKind::Partitioned && keyed)
        text.replace(0, u"ALTER TABLE "_s.size(), u"ALTER TABLE ONLY "_s);
    QStringList sql{text};
    comment(sql, u"CONSTRAINT "_s + pg::name(made->name) + u" ON "_s + name, made->comment);
    return sql;
}

QStringList PostgresObjects::createTrigger(const ObjectId& id) const
{
    const Trigger* made = member(*triggers(id), id.member);
    const QString owner = pg::name(id.schema, id.name);
    QStringList sql = pg::createTrigger(owner, *made);
    comment(sql, u"TRIGGER "_s + pg::name(made->name) + u" ON "_s + owner, made->comment);
    return sql;
}

std::optional<ObjectId> PostgresObjects::counter(const ObjectId& id) const
{
    const Column* numbered = column(id);
    if (!numbered || !numbered->defaultSql || !numbered->defaultSql->contains(u"nextval("))
        return std::nullopt;
    for (const Sequence& sequence : m_database.sequences) {
        if (isNumberedBy(*numbered, sequence))
            return ObjectId{.kind = ObjectKind::Sequence, .schema = sequence.schema, .name = sequence.name};
    }
    return std::nullopt;
}

QList<ObjectId> PostgresObjects::countedBy(const Sequence& sequence) const
{
    QList<ObjectId> columns;
    for (const Table& table : m_database.tables) {
        for (const Column& column : table.columns) {
            if (isNumberedBy(column, sequence))
                columns << partId(ObjectKind::Column, table.schema, table.name, column.name);
        }
    }
    return columns;
}

QStringList PostgresObjects::create(const ObjectId& id) const
{
    QStringList sql;
    const QString name = pg::name(id.schema, id.name);
    switch (id.kind) {
    case ObjectKind::Relation: return table(id) ? createTable(*table(id)) : createView(*view(id));
    case ObjectKind::Column:
        sql << u"ALTER TABLE "_s + name + u" ADD COLUMN "_s + pg::columnText(*column(id));
        comment(sql, u"COLUMN "_s + name + u'.' + pg::name(id.member), column(id)->comment);
        return sql;
    case ObjectKind::Default:
        return {u"ALTER TABLE "_s + name + u" ALTER COLUMN "_s + pg::name(id.member) + u" SET DEFAULT "_s
                + column(id)->defaultSql.value_or(u"NULL"_s)};
    case ObjectKind::Constraint: return createConstraint(id);
    case ObjectKind::Index:
        sql << pg::createIndex(*index(id));
        comment(sql, u"INDEX "_s + pg::name(id.schema, id.member), index(id)->comment);
        return sql;
    case ObjectKind::Trigger: return createTrigger(id);
    case ObjectKind::Policy: return {pg::createPolicy(*table(id), *member(table(id)->policies, id.member))};
    case ObjectKind::Routine:
        sql << routine(id)->definition.trimmed();
        sql << pg::commentsOf(*routine(id));
        return sql;
    case ObjectKind::Type: sql << pg::createType(*type(id)) << pg::commentsOf(*type(id)); return sql;
    case ObjectKind::Sequence: return {pg::createSequence(*sequence(id))};
    case ObjectKind::Other: sql << pg::createOther(*other(id)) << pg::commentsOf(*other(id)); return sql;
    }
    Q_UNREACHABLE_RETURN(sql);
}

QStringList PostgresObjects::drop(const ObjectId& id) const
{
    const QString name = pg::name(id.schema, id.name);
    const QString part = pg::name(id.member);
    switch (id.kind) {
    case ObjectKind::Relation:
        if (const View* gone = view(id))
            return {(gone->materialized ? u"DROP MATERIALIZED VIEW "_s : u"DROP VIEW "_s) + name};
        return {(table(id)->kind == TableKind::Foreign ? u"DROP FOREIGN TABLE "_s : u"DROP TABLE "_s) + name};
    case ObjectKind::Column: return {u"ALTER TABLE "_s + name + u" DROP COLUMN "_s + part};
    case ObjectKind::Default:
        return {u"ALTER TABLE "_s + name + u" ALTER COLUMN "_s + part + u" DROP DEFAULT"_s};
    case ObjectKind::Constraint: return {u"ALTER TABLE "_s + name + u" DROP CONSTRAINT "_s + part};
    case ObjectKind::Index: return {u"DROP INDEX "_s + pg::name(id.schema, id.member)};
    case ObjectKind::Trigger: return {u"DROP TRIGGER "_s + part + u" ON "_s + name};
    case ObjectKind::Policy: return {u"DROP POLICY "_s + part + u" ON "_s + name};
    case ObjectKind::Routine: return {u"DROP "_s + pg::called(*routine(id))};
    case ObjectKind::Type:
        return {(type(id)->kind == TypeKind::Domain ? u"DROP DOMAIN "_s : u"DROP TYPE "_s) + name};
    case ObjectKind::Sequence: return {u"DROP SEQUENCE "_s + name};
    case ObjectKind::Other: return {other(id)->drop};
    }
    Q_UNREACHABLE_RETURN({});
}

}  // namespace dewpoint::plan
