// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/schema_json.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dewpoint::catalog {

using namespace schema;

namespace {

/// An object whose empty members are left out.
struct Members {
    QJsonObject object;

    void text(const QString& key, const QString& value)
    {
        if (!value.isEmpty())
            object.insert(key, value);
    }
    void flag(const QString& key, bool value)
    {
        if (value)
            object.insert(key, true);
    }
    void list(const QString& key, const QJsonArray& value)
    {
        if (!value.isEmpty())
            object.insert(key, value);
    }
};

template <class T>
QJsonArray array(const QList<T>& values, QJsonObject (*one)(const T&))
{
    QJsonArray result;
    for (const T& value : values)
        result.append(one(value));
    return result;
}

QJsonObject columnJson(const Column& column)
{
    Members m{{{u"name"_s, column.name},
               {u"type"_s, column.type},
               {u"nullable"_s, !column.notNull},
               {u"default"_s, column.defaultSql ? QJsonValue(*column.defaultSql) : QJsonValue()}}};
    if (column.keyPosition > 0)
        m.object.insert(u"primaryKey"_s, column.keyPosition);
    if (column.generated != Generated::None) {
        m.object.insert(
            u"generated"_s,
            QJsonObject{{u"kind"_s, column.generated == Generated::Stored ? u"stored"_s : u"virtual"_s},
                        {u"expression"_s, column.generatedSql}});
    }
    if (column.identity != Identity::None) {
        m.object.insert(
            u"identity"_s,
            QJsonObject{{u"kind"_s, column.identity == Identity::Always ? u"always"_s : u"by default"_s},
                        {u"options"_s, column.identityOptions}});
    }
    m.text(u"collation"_s, column.collation);
    m.text(u"comment"_s, column.comment);
    m.flag(u"hidden"_s, column.hidden);
    return m.object;
}

QString constraintKindName(ConstraintKind kind)
{
    switch (kind) {
    case ConstraintKind::PrimaryKey: return u"primary key"_s;
    case ConstraintKind::Unique: return u"unique"_s;
    case ConstraintKind::ForeignKey: return u"foreign key"_s;
    case ConstraintKind::Check: return u"check"_s;
    case ConstraintKind::Exclusion: return u"exclusion"_s;
    case ConstraintKind::NotNull: return u"not null"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject constraintJson(const Constraint& constraint)
{
    Members m{{{u"kind"_s, constraintKindName(constraint.kind)},
               {u"name"_s, constraint.name.isEmpty() ? QJsonValue() : QJsonValue(constraint.name)},
               {u"columns"_s, QJsonArray::fromStringList(constraint.columns)}}};
    m.text(u"definition"_s, constraint.definition);
    m.flag(u"autoIncrement"_s, constraint.autoIncrement);
    if (constraint.kind == ConstraintKind::ForeignKey) {
        Members target{{{u"table"_s, constraint.targetTable},
                        {u"columns"_s, QJsonArray::fromStringList(constraint.targetColumns)},
                        {u"onUpdate"_s, constraint.onUpdate},
                        {u"onDelete"_s, constraint.onDelete},
                        {u"match"_s, constraint.match}}};
        target.text(u"schema"_s, constraint.targetSchema);
        m.object.insert(u"references"_s, target.object);
    }
    m.flag(u"deferrable"_s, constraint.deferrable);
    m.flag(u"initiallyDeferred"_s, constraint.initiallyDeferred);
    if (!constraint.validated)
        m.object.insert(u"validated"_s, false);
    m.text(u"comment"_s, constraint.comment);
    return m.object;
}

QJsonObject partJson(const IndexPart& part)
{
    Members m;
    m.text(u"column"_s, part.column);
    m.text(u"expression"_s, part.expression);
    m.flag(u"descending"_s, part.descending);
    m.flag(u"nullsFirst"_s, part.nullsFirst);
    m.text(u"collation"_s, part.collation);
    m.text(u"operatorClass"_s, part.opclass);
    return m.object;
}

QJsonObject indexJson(const Index& index)
{
    Members m{
        {{u"name"_s, index.name}, {u"unique"_s, index.unique}, {u"parts"_s, array(index.parts, partJson)}}};
    m.text(u"method"_s, index.method);
    m.list(u"include"_s, QJsonArray::fromStringList(index.included));
    m.text(u"where"_s, index.predicate);
    m.text(u"definition"_s, index.definition);
    m.flag(u"implicit"_s, index.implicit);
    m.text(u"constraint"_s, index.constraint);
    if (!index.valid)
        m.object.insert(u"valid"_s, false);
    m.text(u"comment"_s, index.comment);
    return m.object;
}

QJsonObject triggerJson(const Trigger& trigger)
{
    Members m{{{u"name"_s, trigger.name}, {u"definition"_s, trigger.definition}}};
    m.text(u"enabled"_s, trigger.enabled);
    m.text(u"comment"_s, trigger.comment);
    return m.object;
}

QJsonObject policyJson(const Policy& policy)
{
    Members m{{{u"name"_s, policy.name},
               {u"command"_s, policy.command},
               {u"permissive"_s, policy.permissive},
               {u"roles"_s, QJsonArray::fromStringList(policy.roles)}}};
    m.text(u"using"_s, policy.usingSql);
    m.text(u"check"_s, policy.checkSql);
    return m.object;
}

QString tableKindName(TableKind kind)
{
    switch (kind) {
    case TableKind::Table: return u"table"_s;
    case TableKind::Partitioned: return u"partitioned"_s;
    case TableKind::Foreign: return u"foreign"_s;
    case TableKind::Virtual: return u"virtual"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject tableJson(const Table& table)
{
    Members m{{{u"schema"_s, table.schema},
               {u"name"_s, table.name},
               {u"kind"_s, tableKindName(table.kind)},
               {u"columns"_s, array(table.columns, columnJson)},
               {u"constraints"_s, array(table.constraints, constraintJson)},
               {u"indexes"_s, array(table.indexes, indexJson)},
               {u"triggers"_s, array(table.triggers, triggerJson)}}};
    m.list(u"policies"_s, array(table.policies, policyJson));
    m.text(u"definition"_s, table.definition);
    m.flag(u"strict"_s, table.strict);
    m.flag(u"withoutRowid"_s, table.withoutRowid);
    m.text(u"module"_s, table.module);
    m.flag(u"unlogged"_s, table.unlogged);
    m.flag(u"rowSecurity"_s, table.rowSecurity);
    m.flag(u"forceRowSecurity"_s, table.forceRowSecurity);
    m.text(u"partitionKey"_s, table.partitionKey);
    m.text(u"partitionBound"_s, table.partitionBound);
    m.list(u"inherits"_s, QJsonArray::fromStringList(table.inherits));
    m.text(u"foreignServer"_s, table.foreignServer);
    m.text(u"options"_s, table.storageOptions);
    if (table.estimatedRows >= 0)
        m.object.insert(u"estimatedRows"_s, table.estimatedRows);
    m.text(u"comment"_s, table.comment);
    return m.object;
}

QJsonObject viewJson(const View& view)
{
    Members m{{{u"schema"_s, view.schema},
               {u"name"_s, view.name},
               {u"materialized"_s, view.materialized},
               {u"columns"_s, array(view.columns, columnJson)},
               {u"definition"_s, view.definition}}};
    m.text(u"options"_s, view.options);
    m.list(u"indexes"_s, array(view.indexes, indexJson));
    m.list(u"triggers"_s, array(view.triggers, triggerJson));
    m.text(u"comment"_s, view.comment);
    return m.object;
}

QJsonObject sequenceJson(const Sequence& sequence)
{
    Members m{{{u"schema"_s, sequence.schema},
               {u"name"_s, sequence.name},
               {u"type"_s, sequence.type},
               {u"start"_s, sequence.start},
               {u"increment"_s, sequence.increment},
               {u"minimum"_s, sequence.minimum},
               {u"maximum"_s, sequence.maximum},
               {u"cache"_s, sequence.cache},
               {u"cycles"_s, sequence.cycles}}};
    m.text(u"ownedBy"_s, sequence.ownedBy);
    return m.object;
}

QString routineKindName(RoutineKind kind)
{
    switch (kind) {
    case RoutineKind::Function: return u"function"_s;
    case RoutineKind::Procedure: return u"procedure"_s;
    case RoutineKind::Aggregate: return u"aggregate"_s;
    case RoutineKind::Window: return u"window"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject routineJson(const Routine& routine)
{
    Members m{{{u"schema"_s, routine.schema},
               {u"name"_s, routine.name},
               {u"arguments"_s, routine.arguments},
               {u"kind"_s, routineKindName(routine.kind)}}};
    m.text(u"definition"_s, routine.definition);
    m.text(u"comment"_s, routine.comment);
    return m.object;
}

QString typeKindName(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Enum: return u"enum"_s;
    case TypeKind::Domain: return u"domain"_s;
    case TypeKind::Composite: return u"composite"_s;
    case TypeKind::Range: return u"range"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject typeJson(const Type& type)
{
    Members m{{{u"schema"_s, type.schema}, {u"name"_s, type.name}, {u"kind"_s, typeKindName(type.kind)}}};
    m.list(u"labels"_s, QJsonArray::fromStringList(type.labels));
    m.text(u"definition"_s, type.definition);
    m.list(u"attributes"_s, array(type.attributes, columnJson));
    m.text(u"comment"_s, type.comment);
    return m.object;
}

QJsonObject extensionJson(const Extension& extension)
{
    return {{u"name"_s, extension.name}, {u"version"_s, extension.version}, {u"schema"_s, extension.schema}};
}

QJsonObject otherJson(const OtherObject& other)
{
    Members m{{{u"kind"_s, other.kind}, {u"name"_s, other.name}}};
    m.text(u"schema"_s, other.schema);
    m.list(u"definition"_s, QJsonArray::fromStringList(other.definition));
    m.text(u"drop"_s, other.drop);
    m.text(u"comment"_s, other.comment);
    return m.object;
}

QJsonObject structureJson(const Database& database)
{
    return {{u"format"_s, 1},
            {u"engine"_s, database.engine == Engine::Sqlite ? u"sqlite"_s : u"postgresql"_s},
            {u"serverVersion"_s, database.serverVersion},
            {u"schemas"_s, QJsonArray::fromStringList(database.schemas)},
            {u"tables"_s, array(database.tables, tableJson)},
            {u"views"_s, array(database.views, viewJson)},
            {u"sequences"_s, array(database.sequences, sequenceJson)},
            {u"routines"_s, array(database.routines, routineJson)},
            {u"types"_s, array(database.types, typeJson)},
            {u"extensions"_s, array(database.extensions, extensionJson)},
            {u"others"_s, array(database.others, otherJson)}};
}

QString grantedOnName(GrantedOn on)
{
    switch (on) {
    case GrantedOn::Schema: return u"schema"_s;
    case GrantedOn::Relation: return u"relation"_s;
    case GrantedOn::Sequence: return u"sequence"_s;
    case GrantedOn::Routine: return u"routine"_s;
    case GrantedOn::Type: return u"type"_s;
    case GrantedOn::Default: return u"default"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject grantJson(const Grant& grant)
{
    Members m{{{u"role"_s, grant.role.isEmpty() ? QJsonValue() : QJsonValue(grant.role)},
               {u"privilege"_s, grant.privilege}}};
    m.text(u"column"_s, grant.column);
    m.flag(u"grantable"_s, grant.grantable);
    return m.object;
}

QJsonObject privilegesJson(const Privileges& privileges)
{
    Members m{{{u"on"_s, grantedOnName(privileges.on)},
               {u"name"_s, privileges.name},
               {u"owner"_s, privileges.owner},
               {u"grants"_s, array(privileges.grants, grantJson)}}};
    m.text(u"schema"_s, privileges.schema);
    if (privileges.on == GrantedOn::Routine)
        m.object.insert(u"arguments"_s, privileges.member);
    else if (privileges.on == GrantedOn::Default)
        m.object.insert(u"role"_s, privileges.member);
    return m.object;
}

}  // namespace

QJsonObject toJson(const Database& database)
{
    QJsonObject object = structureJson(database);
    if (database.privileges)
        object.insert(u"privileges"_s, array(database.allPrivileges(), privilegesJson));
    return object;
}

}  // namespace dewpoint::catalog
