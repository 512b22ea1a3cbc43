// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_nodes.h"

#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres.h"
#include "plan/order.h"
#include "plan/postgres_alter.h"
#include "plan/postgres_other.h"
#include "plan/postgres_ranks.h"
#include "plan/postgres_type.h"
#include "plan/postgres_words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

constexpr int mostColumns = 2000;  ///< more than a table can have

Error cannotMove(const ObjectId& type)
{
    return {.kind = ErrorKind::Unsupported,
            .message =
                Words::tr("The attributes of type %1 change their places, and lists or other types hold it.")
                    .arg(change::called(type.schema, type.name)),
            .hint = Words::tr("Write this migration by hand.")};
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
    m_places.insert({role, id}, m_nodes.size());
    m_touched.insert(id.name);
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
        whole(rank::newSchema, pg::createSchema(schema->name));
    else if (const auto* gone = std::get_if<change::DropSchema>(&change))
        whole(rank::dropSchema, u"DROP SCHEMA "_s + pg::name(gone->name));
    else if (const auto* extension = std::get_if<change::AddExtension>(&change))
        whole(rank::extension, pg::createExtension(extension->extension));
    else if (const auto* dropped = std::get_if<change::DropExtension>(&change))
        whole(rank::dropExtension, u"DROP EXTENSION "_s + pg::name(dropped->extension.name));
    else if (const auto* altered = std::get_if<change::AlterExtension>(&change))
        whole(rank::extension, altered->from.schema != altered->to.schema
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
    const QString object = commentTarget(comment, m_to);
    add(id, Role::Comment, rank::comment,
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
    if (id.kind == ObjectKind::Other)
        return std::ranges::any_of(m_from.holders(id), [&](const ObjectId& holder) {
            return m_fates.isGone(holder) || (isPart(holder) && m_fates.isGone(relationOf(holder)));
        });
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

/// What this step does of the change: a column's default has a step of its own.
QString PostgresNodes::sentenceOf(const ObjectId& id, const change::Change& source) const
{
    const auto* altered = std::get_if<change::AlterColumn>(&source);
    if (id.kind == ObjectKind::Type && losesAttributes(id))
        return change::sentence(source) + Words::tr("; its values are lost");
    if (!altered || m_fates.of(id) == Fate::Replaced)
        return change::sentence(source);
    change::AlterColumn own = *altered;
    const auto other = m_fates.all().constFind(partId(ObjectKind::Default, id.schema, id.name, id.member));
    if (id.kind == ObjectKind::Default)
        (own.from = own.to).defaultSql = altered->from.defaultSql;
    else if (other != m_fates.all().constEnd() && other->source)
        own.from.defaultSql = own.to.defaultSql;
    return change::sentence(own);
}

void PostgresNodes::addDrop(const ObjectId& id, const Destiny& destiny)
{
    if (goesAlong(id))
        return;
    Step step{.sql = rememberingBefore(id) + m_from.drop(id)};
    const bool told = destiny.fate == Fate::Dropped && destiny.source;
    const Table* table = id.kind == ObjectKind::Relation ? m_from.table(id) : nullptr;
    const Column* column = id.kind == ObjectKind::Column ? m_from.column(id) : nullptr;
    step.losesData = table || (column && column->generated == Generated::None);
    step.sentence = told             ? sentenceOf(id, *destiny.source)
                    : table          ? change::sentence(change::DropTable{*table})
                    : step.losesData ? change::sentence(change::DropColumn{{id.schema, id.name}, *column})
                                     : Words::tr("Take %1 out of the way").arg(described(m_from, id));
    if (told)
        step.source = destiny.source;
    add(id, Role::Drop, rank::ofDrop(m_from, id), step);
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
    Step step{.sql = m_to.create(id)};
    if (destiny.source) {
        step.sentence = sentenceOf(id, *destiny.source);
        step.source = destiny.source;
    } else {
        step.sentence = (destiny.fate == Fate::Added ? Words::tr("Add %1") : Words::tr("Put %1 back"))
                            .arg(described(m_to, id));
    }
    add(id, Role::Create, rank::ofCreate(m_to, id), step);
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
    if (const auto* other = std::get_if<change::AlterOther>(&source))
        return postgres::alterOther(other->from, other->to).value_or(QStringList());
    if (const auto* column = std::get_if<change::AlterColumn>(&source)) {
        if (id.kind == ObjectKind::Default)
            return m_to.create(id);
        Column from = column->from;
        if (m_fates.isRetyped(id)) {
            from.type = column->to.type;
            from.collation = column->to.collation;
        }
        return postgres::alterColumn(id, from, column->to, keptOf(id), isNumberedAnew(id));
    }
    const QString table = pg::name(id.schema, id.name);
    if (const auto* constraint = std::get_if<change::AlterConstraint>(&source))
        return QStringList{
            postgres::alterConstraint(table, constraint->from, constraint->to).value_or(QString())};
    if (const auto* policy = std::get_if<change::AlterPolicy>(&source))
        return QStringList{postgres::alterPolicy(table, policy->from, policy->to).value_or(QString())};
    if (const auto* trigger = std::get_if<change::AlterTrigger>(&source)) {
        const QStringList made = pg::createTrigger(table, trigger->to);
        return made.size() > 1
                   ? made.sliced(1)
                   : QStringList{u"ALTER TABLE "_s + table + u" ENABLE TRIGGER "_s + pg::name(id.member)};
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
    add(id, Role::Alter, rank::ofAlter(m_to, id),
        Step{.sql = *std::move(sql),
             .sentence = destiny.source ? sentenceOf(id, *destiny.source) : QString(),
             .source = destiny.source,
             .losesData = id.kind == ObjectKind::Type && losesAttributes(id)});
    return {};
}

/// ALTER COLUMN … TYPE for the columns of a type that is made again; partitions follow their parents.
Result<QStringList> PostgresNodes::moveColumns(const ObjectId& type, const QString& instead) const
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
        QString text = u"ALTER TABLE %1 ALTER COLUMN %2 TYPE %3"_s.arg(pg::name(id.schema, id.name),
                                                                       pg::name(id.member), goal);
        if (instead.isEmpty()) {
            const auto values = postgres::remade(id.member, *m_from.type(type), *m_to.type(type), goal);
            if (!values)
                return fail(cannotMove(type));
            text += u" USING "_s + *values;
        }
        sql << text;
    }
    return sql;
}

/// Whether values go with what is dropped of a composite type.
bool PostgresNodes::losesAttributes(const ObjectId& type) const
{
    const Type* from = m_from.type(type);
    const Type* to = m_to.type(type);
    return from && to && postgres::dropsAttributes(*from, *to)
           && std::ranges::any_of(m_from.dependents(type), [](const ObjectId& user) {
                  return user.kind == ObjectKind::Column || user.kind == ObjectKind::Type;
              });
}

/// A type that cannot be changed in place is made again beside the old one, and the columns move over. A
/// range cannot be beside another: the name of its multirange type is taken. Its columns are text meanwhile.
Result<> PostgresNodes::addRebuild(const ObjectId& type, const Destiny& destiny)
{
    const auto moved = moveColumns(type, {});
    if (!moved)
        return fail(moved.error());
    const bool within = std::ranges::any_of(
        m_from.dependents(type), [](const ObjectId& user) { return user.kind == ObjectKind::Type; });
    if (within && !postgres::remade({}, *m_from.type(type), *m_to.type(type), u"[]"_s))
        return fail(cannotMove(type));
    const QString old = postgres::oldName(type.name);
    const TypeKind kind = m_from.type(type)->kind;
    const QString word = kind == TypeKind::Domain ? u"DOMAIN "_s : u"TYPE "_s;
    Step step;
    if (kind == TypeKind::Range)
        step.sql << moveColumns(type, u"text"_s).value_or(QStringList()) << m_from.drop(type);
    else
        step.sql << u"ALTER "_s + word + pg::name(type.schema, type.name) + u" RENAME TO "_s + pg::name(old);
    step.sql << m_to.create(type) << *moved;
    step.sentence = destiny.source ? sentenceOf(type, *destiny.source)
                                   : Words::tr("Make %1 again").arg(described(m_to, type));
    step.losesData = losesAttributes(type);
    step.source = destiny.source;
    add(type, Role::Alter, rank::alter, step);
    if (kind != TypeKind::Range)
        add(type, Role::Drop, rank::ofDrop(m_from, type),
            Step{.sql = {u"DROP "_s + word + pg::name(type.schema, old)},
                 .sentence = Words::tr("Drop the old %1").arg(described(m_from, type))});
    return {};
}

/// New columns come in the order of the table.
int PostgresNodes::placeOf(const Node& node) const
{
    const Column* column =
        node.id.kind == ObjectKind::Column && node.role == Role::Create ? m_to.column(node.id) : nullptr;
    return column ? static_cast<int>(column - m_to.table(node.id)->columns.constData()) : 0;
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

Result<QList<Node>> PostgresNodes::made()
{
    if (const Result<> added = addObjects(); !added)
        return fail(added.error());
    for (const change::Change& change : m_changes)
        addWhole(change);
    addOwners();
    addCountingOn();
    addAttachments();
    addDropsInCircles();
    QList<int> ranks;
    for (const Node& one : std::as_const(m_nodes))
        ranks.append(one.rank * mostColumns + placeOf(one));
    QList<Node> ordered;
    for (const qsizetype place : inOrder(ranks, edges()))
        ordered.append(m_nodes.at(place));
    return ordered;
}

}  // namespace dewpoint::plan
