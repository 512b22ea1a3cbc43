// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_nodes.h"

#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres.h"
#include "plan/order.h"
#include "plan/postgres_alter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

int dropRank(const PostgresObjects& objects, const ObjectId& id)
{
    switch (id.kind) {
    case ObjectKind::Policy: return 10;
    case ObjectKind::Trigger: return 11;
    case ObjectKind::Constraint: return objects.constraint(id)->kind == ConstraintKind::ForeignKey ? 13 : 15;
    case ObjectKind::Index: return 14;
    case ObjectKind::Default: return 16;
    case ObjectKind::Relation: return objects.view(id) ? 12 : 31;
    case ObjectKind::Column: return 30;
    case ObjectKind::Sequence: return 32;
    case ObjectKind::Routine: return 33;
    case ObjectKind::Type: return 34;
    }
    Q_UNREACHABLE_RETURN(0);
}

int createRank(const PostgresObjects& objects, const ObjectId& id)
{
    switch (id.kind) {
    case ObjectKind::Type: return 40;
    case ObjectKind::Sequence: return 41;
    case ObjectKind::Relation: {
        const View* view = objects.view(id);
        return !view ? 44 : view->materialized ? 61 : 60;
    }
    case ObjectKind::Column: return 46;
    case ObjectKind::Default: return 47;
    case ObjectKind::Routine: return 49;
    case ObjectKind::Constraint: return objects.constraint(id)->kind == ConstraintKind::ForeignKey ? 56 : 50;
    case ObjectKind::Index: return objects.view(id) ? 62 : 51;
    case ObjectKind::Trigger: return 65;
    case ObjectKind::Policy: return 66;
    }
    Q_UNREACHABLE_RETURN(0);
}

constexpr int schemaRank = 0;
constexpr int extensionRank = 1;
constexpr int alterTypeRank = 2;
constexpr int disownRank = 5;
constexpr int alterRank = 45;
constexpr int attachRank = 54;
constexpr int ownRank = 55;
constexpr int commentRank = 70;
constexpr int dropExtensionRank = 80;
constexpr int dropSchemaRank = 81;

QString described(const PostgresObjects& objects, const ObjectId& id)
{
    const QString name = change::called(id.schema, id.name);
    switch (id.kind) {
    case ObjectKind::Relation:
        return (objects.view(id) ? Words::tr("view %1") : Words::tr("table %1")).arg(name);
    case ObjectKind::Column: return Words::tr("column %1 of %2").arg(id.member, name);
    case ObjectKind::Default: return Words::tr("default of %1 of %2").arg(id.member, name);
    case ObjectKind::Constraint: return Words::tr("constraint %1 of %2").arg(id.member, name);
    case ObjectKind::Index: return Words::tr("index %1 of %2").arg(id.member, name);
    case ObjectKind::Trigger: return Words::tr("trigger %1 of %2").arg(id.member, name);
    case ObjectKind::Policy: return Words::tr("policy %1 of %2").arg(id.member, name);
    case ObjectKind::Routine: return Words::tr("routine %1(%2)").arg(name, id.member);
    case ObjectKind::Type: return Words::tr("type %1").arg(name);
    case ObjectKind::Sequence: return Words::tr("sequence %1").arg(name);
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString commented(const change::SetComment& comment, const PostgresObjects& objects)
{
    const QString owner = pg::name(comment.owner.schema, comment.owner.name);
    const QString member = pg::name(comment.member);
    const ObjectId id = relationId(comment.owner.schema, comment.owner.name);
    switch (comment.what) {
    case change::Commented::Table:
        return (objects.table(id) && objects.table(id)->kind == TableKind::Foreign ? u"FOREIGN TABLE "_s
                                                                                   : u"TABLE "_s)
               + owner;
    case change::Commented::Column: return u"COLUMN "_s + owner + u'.' + member;
    case change::Commented::Constraint: return u"CONSTRAINT "_s + member + u" ON "_s + owner;
    case change::Commented::Index: return u"INDEX "_s + pg::name(comment.owner.schema, comment.member);
    case change::Commented::Trigger: return u"TRIGGER "_s + member + u" ON "_s + owner;
    case change::Commented::View:
        return (objects.view(id) && objects.view(id)->materialized ? u"MATERIALIZED VIEW "_s : u"VIEW "_s)
               + owner;
    case change::Commented::Routine: return u"ROUTINE "_s + owner + u'(' + comment.member + u')';
    case change::Commented::Type: {
        ObjectId type = id;
        type.kind = ObjectKind::Type;
        const bool domain = objects.type(type) && objects.type(type)->kind == TypeKind::Domain;
        return (domain ? u"DOMAIN "_s : u"TYPE "_s) + owner;
    }
    }
    Q_UNREACHABLE_RETURN(QString());
}

/// What the comment belongs to, as an object.
ObjectId commentedId(const change::SetComment& comment)
{
    const auto part = [&](ObjectKind kind) {
        return partId(kind, comment.owner.schema, comment.owner.name, comment.member);
    };
    switch (comment.what) {
    case change::Commented::Table:
    case change::Commented::View: return relationId(comment.owner.schema, comment.owner.name);
    case change::Commented::Column: return part(ObjectKind::Column);
    case change::Commented::Constraint: return part(ObjectKind::Constraint);
    case change::Commented::Index: return part(ObjectKind::Index);
    case change::Commented::Trigger: return part(ObjectKind::Trigger);
    case change::Commented::Routine: return part(ObjectKind::Routine);
    case change::Commented::Type: return part(ObjectKind::Type);
    }
    Q_UNREACHABLE_RETURN({});
}

bool isAttached(const Table* table)
{
    return table && !table->partitionBound.isEmpty();
}

/// A partition's key or index is made by its own name and then attached; checks and foreign keys follow
/// their parent's by themselves.
bool isAttachedByName(const PostgresObjects& objects, const ObjectId& id)
{
    if (id.kind == ObjectKind::Index)
        return true;
    const Constraint* constraint = objects.constraint(id);
    return constraint
           && (constraint->kind == ConstraintKind::PrimaryKey || constraint->kind == ConstraintKind::Unique);
}

}  // namespace

void PostgresNodes::add(const ObjectId& id, Role role, int rank, Step step)
{
    m_places.insert(QString::number(static_cast<int>(role)) + PostgresObjects::key(id), m_nodes.size());
    m_nodes.append({.id = id, .role = role, .rank = rank, .step = std::move(step)});
}

/// What pg_depend's names do not cover: schemas, extensions, comments.
void PostgresNodes::addWhole(const change::Change& change)
{
    const auto whole = [&](int rank, const QString& sql) {
        add({.kind = ObjectKind::Relation, .schema = {}, .name = sql, .member = {}}, Role::Alter, rank,
            Step{.sql = {sql}, .sentence = change::sentence(change), .source = change});
    };
    if (const auto* schema = std::get_if<change::AddSchema>(&change))
        whole(schemaRank, pg::createSchema(schema->name));
    else if (const auto* gone = std::get_if<change::DropSchema>(&change))
        whole(dropSchemaRank, u"DROP SCHEMA "_s + pg::name(gone->name));
    else if (const auto* extension = std::get_if<change::AddExtension>(&change))
        whole(extensionRank, pg::createExtension(extension->extension));
    else if (const auto* dropped = std::get_if<change::DropExtension>(&change))
        whole(dropExtensionRank, u"DROP EXTENSION "_s + pg::name(dropped->extension.name));
    else if (const auto* altered = std::get_if<change::AlterExtension>(&change))
        whole(extensionRank, altered->from.schema != altered->to.schema
                                 ? u"ALTER EXTENSION %1 SET SCHEMA %2"_s.arg(pg::name(altered->to.name),
                                                                             pg::name(altered->to.schema))
                                 : u"ALTER EXTENSION %1 UPDATE TO %2"_s.arg(
                                       pg::name(altered->to.name), pg::literal(altered->to.version)));
    else if (const auto* comment = std::get_if<change::SetComment>(&change))
        addComment(*comment);
}

void PostgresNodes::addComment(const change::SetComment& comment)
{
    const ObjectId id = commentedId(comment);
    if (m_fates.isNew(id) || (isPart(id) && comesAlong(id)))
        return;  // it is made with its comment
    const QString object = commented(comment, m_to);
    add(id, Role::Comment, commentRank,
        Step{.sql = {comment.to.isEmpty() ? u"COMMENT ON "_s + object + u" IS NULL"_s
                                          : pg::comment(object, comment.to)},
             .sentence = change::sentence(comment),
             .source = comment});
}

/// True where dropping something else takes it along, so that it needs no statement.
bool PostgresNodes::goesAlong(const ObjectId& id) const
{
    if (isPart(id) && m_fates.isGone(relationOf(id)))
        return true;
    if (id.kind == ObjectKind::Default)
        return m_fates.isGone(partId(ObjectKind::Column, id.schema, id.name, id.member));
    if (const Sequence* sequence = id.kind == ObjectKind::Sequence ? m_from.sequence(id) : nullptr) {
        const auto owner = m_from.owner(*sequence);
        return owner && (m_fates.isGone(*owner) || m_fates.isGone(relationOf(*owner)));
    }
    const auto parent = m_from.parent(id);
    return parent && (m_fates.isGone(*parent) || m_fates.isGone(relationOf(*parent)));
}

/// True where making something else makes it too.
bool PostgresNodes::comesAlong(const ObjectId& id) const
{
    const bool newTable = isPart(id) && m_fates.isNew(relationOf(id)) && m_to.table(id);
    if (newTable && (id.kind == ObjectKind::Column || id.kind == ObjectKind::Default))
        return true;
    if (newTable && id.kind == ObjectKind::Constraint && pg::isInTable(*m_to.constraint(id)))
        return true;
    if (id.kind == ObjectKind::Default)
        return m_fates.isNew(partId(ObjectKind::Column, id.schema, id.name, id.member));
    const auto parent = m_to.parent(id);
    return parent && !isAttachedByName(m_to, id)
           && (newTable || m_fates.isNew(*parent) || m_fates.isNew(relationOf(*parent)));
}

void PostgresNodes::addDrop(const ObjectId& id, const Destiny& destiny)
{
    if (goesAlong(id))
        return;
    Step step{.sql = m_from.drop(id)};
    const bool told = destiny.fate == Fate::Dropped && destiny.source;
    step.sentence = told ? change::sentence(*destiny.source)
                         : Words::tr("Take %1 out of the way").arg(described(m_from, id));
    if (told)
        step.source = destiny.source;
    step.losesData = (id.kind == ObjectKind::Relation && m_from.table(id))
                     || (id.kind == ObjectKind::Column && destiny.fate == Fate::Dropped
                         && m_from.column(id)->generated == Generated::None);
    add(id, Role::Drop, dropRank(m_from, id), step);
}

/// PostgreSQL does not add an identity column where there are child tables.
bool PostgresNodes::isRefusedIdentity(const ObjectId& id) const
{
    const Column* column = id.kind == ObjectKind::Column ? m_to.column(id) : nullptr;
    return column && column->identity != Identity::None && m_to.table(id)->kind != TableKind::Partitioned
           && std::ranges::any_of(m_to.children(relationOf(id)),
                                  [&](const ObjectId& child) { return m_from.contains(child); });
}

Result<> PostgresNodes::addCreate(const ObjectId& id, const Destiny& destiny)
{
    if (comesAlong(id))
        return {};
    if (isRefusedIdentity(id))
        return fail(ErrorKind::Unsupported,
                    Words::tr("An identity column cannot be added to %1, from which other tables inherit.")
                        .arg(change::called(id.schema, id.name)),
                    Words::tr("Write this migration by hand."));
    auto sql = m_to.create(id);
    if (!sql)
        return fail(sql.error());
    Step step{.sql = *std::move(sql)};
    if (destiny.source) {
        step.sentence = change::sentence(*destiny.source);
        step.source = destiny.source;
    } else {
        step.sentence = (destiny.fate == Fate::Added ? Words::tr("Add %1") : Words::tr("Put %1 back"))
                            .arg(described(m_to, id));
    }
    add(id, Role::Create, createRank(m_to, id), step);
    return {};
}

Result<QStringList> PostgresNodes::alterSql(const ObjectId& id, const Destiny& destiny) const
{
    if (!destiny.source)
        return QStringList();
    const change::Change& source = *destiny.source;
    if (const auto* table = std::get_if<change::AlterTable>(&source))
        return postgres::alterTable(table->from, table->to);
    if (const auto* sequence = std::get_if<change::AlterSequence>(&source))
        return postgres::alterSequence(sequence->from, sequence->to);
    if (const auto* type = std::get_if<change::AlterType>(&source))
        return postgres::alterType(type->from, type->to).value_or(QStringList());
    if (const auto* view = std::get_if<change::AlterView>(&source))
        return QStringList{pg::createView(view->to).replace(0, u"CREATE"_s.size(), u"CREATE OR REPLACE"_s)};
    if (const auto* routine = std::get_if<change::AlterRoutine>(&source))
        return QStringList{routine->to.definition.trimmed()};
    if (const auto* column = std::get_if<change::AlterColumn>(&source)) {
        if (id.kind == ObjectKind::Default)
            return m_to.create(id);
        Column from = column->from;
        if (m_fates.isRetyped(id)) {
            from.type = column->to.type;
            from.collation = column->to.collation;
        }
        return postgres::alterColumn(id, from, column->to);
    }
    const QString alter = u"ALTER TABLE "_s + pg::name(id.schema, id.name);
    if (std::holds_alternative<change::AlterConstraint>(source))
        return QStringList{alter + u" VALIDATE CONSTRAINT "_s + pg::name(id.member)};
    if (const auto* trigger = std::get_if<change::AlterTrigger>(&source)) {
        const QStringList made = pg::createTrigger(pg::name(id.schema, id.name), trigger->to);
        return made.size() > 1 ? made.sliced(1)
                               : QStringList{alter + u" ENABLE TRIGGER "_s + pg::name(id.member)};
    }
    return QStringList();
}

Result<> PostgresNodes::addAlter(const ObjectId& id, const Destiny& destiny)
{
    auto sql = alterSql(id, destiny);
    if (!sql)
        return fail(sql.error());
    if (sql->isEmpty())
        return {};
    const int rank = id.kind == ObjectKind::Type       ? alterTypeRank
                     : id.kind == ObjectKind::Relation ? (m_to.view(id) ? createRank(m_to, id) : alterRank)
                     : id.kind == ObjectKind::Routine  ? createRank(m_to, id)
                                                       : alterRank;
    add(id, Role::Alter, rank,
        Step{.sql = *std::move(sql),
             .sentence = destiny.source ? change::sentence(*destiny.source) : QString(),
             .source = destiny.source});
    return {};
}

/// ALTER COLUMN … TYPE for the columns of a type that is made again; partitions follow their parents.
QStringList PostgresNodes::moveColumns(const ObjectId& type, const QString& instead) const
{
    QStringList sql;
    const QList<ObjectId> columns = m_fates.retyped(type);
    for (const ObjectId& id : columns) {
        const QStringList parents = m_to.table(id)->inherits;
        const bool follows = std::ranges::any_of(columns, [&](const ObjectId& other) {
            return other.member == id.member && parents.contains(pg::name(other.schema, other.name));
        });
        if (follows)
            continue;
        const QString own = m_to.column(id)->type;
        const QString list = own.endsWith(u"[]") ? u"[]"_s : QString();
        const QString goal = instead.isEmpty() ? own : instead + list;
        sql << u"ALTER TABLE %1 ALTER COLUMN %2 TYPE %3 USING %2::text%4::%3"_s.arg(
            pg::name(id.schema, id.name), pg::name(id.member), goal, list);
    }
    return sql;
}

/// A type that cannot be changed in place is made again beside the old one, and the columns move over. A
/// range cannot be beside another: the name of its multirange type is taken. Its columns are text meanwhile.
Result<> PostgresNodes::addRebuild(const ObjectId& type, const Destiny& destiny)
{
    auto made = m_to.create(type);
    if (!made)
        return fail(made.error());
    const QString old = u"dewpoint_old_"_s + type.name;
    const TypeKind kind = m_from.type(type)->kind;
    const QString word = kind == TypeKind::Domain ? u"DOMAIN "_s : u"TYPE "_s;
    Step step;
    if (kind == TypeKind::Range)
        step.sql << moveColumns(type, u"text"_s) << m_from.drop(type);
    else
        step.sql << u"ALTER "_s + word + pg::name(type.schema, type.name) + u" RENAME TO "_s + pg::name(old);
    step.sql << *made << moveColumns(type, {});
    step.sentence = destiny.source ? change::sentence(*destiny.source)
                                   : Words::tr("Make %1 again").arg(described(m_to, type));
    step.source = destiny.source;
    add(type, Role::Alter, alterRank, step);
    if (kind != TypeKind::Range)
        add(type, Role::Drop, dropRank(m_from, type),
            Step{.sql = {u"DROP "_s + word + pg::name(type.schema, old)},
                 .sentence = Words::tr("Drop the old %1").arg(described(m_from, type))});
    return {};
}

Result<> PostgresNodes::addObjects()
{
    for (const auto& [id, destiny] : m_fates.all().asKeyValueRange()) {
        Result<> added;
        if (id.kind == ObjectKind::Type && destiny.fate == Fate::Replaced) {
            added = addRebuild(id, destiny);
        } else if (destiny.fate == Fate::Altered) {
            added = addAlter(id, destiny);
        } else {
            if (destiny.fate != Fate::Added)
                addDrop(id, destiny);
            if (destiny.fate != Fate::Dropped)
                added = addCreate(id, destiny);
        }
        if (!added)
            return added;
    }
    return {};
}

/// A serial column's sequence is made before its table and given to it afterwards.
void PostgresNodes::addOwners()
{
    for (const change::Change& change : m_changes) {
        const Sequence* to = nullptr;
        const Sequence* from = nullptr;
        if (const auto* added = std::get_if<change::AddSequence>(&change)) {
            to = &added->sequence;
        } else if (const auto* altered = std::get_if<change::AlterSequence>(&change)) {
            to = &altered->to;
            from = &altered->from;
        }
        if (!to)
            continue;
        const ObjectId id{.kind = ObjectKind::Sequence, .schema = to->schema, .name = to->name, .member = {}};
        const auto owner = m_to.owner(*to);
        const auto before = from ? m_from.owner(*from) : std::nullopt;
        const QString sentence = change::sentence(change);
        const QString alter = u"ALTER SEQUENCE "_s + pg::name(to->schema, to->name) + u" OWNED BY "_s;
        if (before && before != owner)
            add(id, Role::Disown, disownRank,
                Step{.sql = {alter + u"NONE"_s}, .sentence = sentence, .source = change});
        if (!owner || before == owner)
            continue;
        const QString table = pg::name(owner->schema, owner->name);
        QStringList sql{alter + table + u'.' + pg::name(owner->member)};
        if (!from && m_from.column(*owner))  // it counts on from the values that are there
            sql << u"SELECT pg_catalog.setval(%1, max(%2)) FROM %3 HAVING max(%2) > 0"_s.arg(
                pg::literal(pg::name(to->schema, to->name)), pg::name(owner->member), table);
        add(id, Role::Own, ownRank,
            Step{.sql = sql,
                 .sentence = Words::tr("Sequence %1 belongs to %2 of %3")
                                 .arg(change::called(to->schema, to->name), owner->member, owner->name),
                 .source = change});
    }
}

/// New partitions join their parent; a new index of a partition joins that of its parent.
void PostgresNodes::addAttachments()
{
    for (const Dependency& dependency : m_to.dependencies()) {
        const ObjectId& id = dependency.object;
        if (!dependency.inherited || id.kind != ObjectKind::Index || m_fates.isNew(relationOf(id)))
            continue;
        const auto isMade = [&](const ObjectId& index) {
            const Index* made = m_to.index(index);
            return m_fates.isNew(index)
                   || (made && made->implicit
                       && m_fates.isNew(
                           partId(ObjectKind::Constraint, index.schema, index.name, made->constraint)));
        };
        if (!isMade(id) && !isMade(dependency.on))
            continue;
        add(id, Role::Attach, attachRank,
            Step{.sql = {u"ALTER INDEX %1 ATTACH PARTITION %2"_s.arg(
                     pg::name(dependency.on.schema, dependency.on.member), pg::name(id.schema, id.member))},
                 .sentence = Words::tr("Index %1 belongs to %2").arg(id.member, dependency.on.member)});
    }
    for (const auto& [id, destiny] : m_fates.all().asKeyValueRange()) {
        const Table* table = id.kind == ObjectKind::Relation ? m_to.table(id) : nullptr;
        if (destiny.fate == Fate::Added && isAttached(table))
            add(id, Role::Attach, attachRank,
                Step{.sql = {pg::attachPartition(*table)},
                     .sentence = Words::tr("Table %1 is a partition of %2")
                                     .arg(table->name, table->inherits.value(0))});
    }
}

/// Whether dropped tables refer to each other in a circle that comes back here.
bool PostgresNodes::refersBack(const ObjectId& from, const ObjectId& to) const
{
    std::set<ObjectId> seen;
    QList<ObjectId> work{to};
    while (!work.isEmpty()) {
        const ObjectId id = work.takeFirst();
        if (id == from)
            return true;
        const Table* table = m_from.table(id);
        if (!table || !seen.insert(id).second)
            continue;
        for (const Constraint& constraint : table->constraints) {
            if (constraint.kind == ConstraintKind::ForeignKey)
                work.append(relationId(constraint.targetSchema, constraint.targetTable));
        }
    }
    return false;
}

void PostgresNodes::addForeignKeyDrops()
{
    for (const auto& [id, destiny] : m_fates.all().asKeyValueRange()) {
        const Table* table = id.kind == ObjectKind::Relation ? m_from.table(id) : nullptr;
        if (!table || destiny.fate != Fate::Dropped)
            continue;
        for (const Constraint& constraint : table->constraints) {
            const ObjectId target = relationId(constraint.targetSchema, constraint.targetTable);
            const ObjectId key = partId(ObjectKind::Constraint, id.schema, id.name, constraint.name);
            if (constraint.kind == ConstraintKind::ForeignKey && target != id && m_fates.isGone(target)
                && refersBack(id, target) && !m_from.parent(key))
                add(key, Role::Drop, dropRank(m_from, key),
                    Step{.sql = m_from.drop(key),
                         .sentence = Words::tr("Take %1 out of the way").arg(described(m_from, key))});
        }
    }
}

Result<QList<Node>> PostgresNodes::made()
{
    if (const Result<> added = addObjects(); !added)
        return fail(added.error());
    for (const change::Change& change : m_changes)
        addWhole(change);
    addOwners();
    addAttachments();
    addForeignKeyDrops();
    QList<int> ranks;
    for (const Node& one : std::as_const(m_nodes))
        ranks.append(one.rank);
    QList<Node> ordered;
    for (const qsizetype place : inOrder(ranks, edges()))
        ordered.append(m_nodes.at(place));
    return ordered;
}

}  // namespace dewpoint::plan
