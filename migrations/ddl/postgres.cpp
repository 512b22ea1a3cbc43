// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ddl/postgres.h"

#include "sql/dialect.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::ddl::postgres {

using namespace schema;

namespace {

/// "fillfactor=70, parallel_workers=2" with its values quoted, as WITH and OPTIONS take them.
QString options(const QString& stored, const QString& between)
{
    QStringList list;
    const QStringList pairs = stored.split(u", "_s, Qt::SkipEmptyParts);
    for (const QString& pair : pairs)
        list << pair.section(u'=', 0, 0) + between + literal(pair.section(u'=', 1));
    return list.join(u", "_s);
}

QString attributes(const QList<Column>& columns)
{
    QStringList list;
    for (const Column& column : columns) {
        list << u"    "_s + name(column.name) + u' ' + column.type
                    + (column.collation.isEmpty() ? QString() : u" COLLATE "_s + column.collation);
    }
    return list.isEmpty() ? u"()"_s : u"(\n"_s + list.join(u",\n"_s) + u"\n)"_s;
}

/// The column as CREATE TABLE may have it: a partition takes its identity from the table it is attached
/// to, and a NOT NULL that is a constraint of its own comes later.
Column columnIn(const Table& table, Column column)
{
    if (!table.partitionBound.isEmpty()) {
        column.identity = Identity::None;
        column.identityOptions.clear();
    }
    for (const Constraint& constraint : table.constraints) {
        if (constraint.kind == ConstraintKind::NotNull && constraint.columns.contains(column.name))
            column.notNull = false;
    }
    return column;
}

QString tableTail(const Table& table)
{
    QString tail;
    if (!table.inherits.isEmpty() && table.partitionBound.isEmpty())
        tail += u"\nINHERITS ("_s + table.inherits.join(u", "_s) + u')';
    if (!table.partitionKey.isEmpty())
        tail += u"\nPARTITION BY "_s + table.partitionKey;
    if (table.kind == TableKind::Foreign)
        tail += u"\nSERVER "_s + name(table.foreignServer);
    if (table.storageOptions.isEmpty())
        return tail;
    return table.kind == TableKind::Foreign
               ? tail + u"\nOPTIONS ("_s + options(table.storageOptions, u" "_s) + u')'
               : tail + u"\nWITH ("_s + options(table.storageOptions, u"="_s) + u')';
}

void addComment(QStringList& list, const QString& object, const QString& text)
{
    if (!text.isEmpty())
        list << comment(object, text);
}

}  // namespace

QString name(const QString& word)
{
    return sql::quotedIfNeeded(word, Engine::Postgres);
}

QString name(const QString& schema, const QString& word)
{
    return schema.isEmpty() ? name(word) : name(schema) + u'.' + name(word);
}

QString names(const QStringList& words)
{
    QStringList list;
    for (const QString& word : words)
        list << name(word);
    return list.join(u", "_s);
}

QString literal(const QString& text)
{
    return sql::literal(textValue(text), Engine::Postgres);
}

QString readsBackTheSame(const QString& sql)
{
    // varchar_column IN ('a', 'b') comes back with casts that the parser then moves into the list.
    static const QRegularExpression casts(
        uR"(\(((?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)(?:\.(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*))*)\)::text (=|<>) (ANY|ALL) \(\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]\))"_s);
    return QString(sql).replace(casts, uR"(\1 \2 \3 (ARRAY[\4]))"_s);
}

QString createSchema(const QString& schema)
{
    return u"CREATE SCHEMA "_s + name(schema);
}

QString createExtension(const Extension& extension)
{
    return u"CREATE EXTENSION IF NOT EXISTS "_s + name(extension.name) + u" WITH SCHEMA "_s
           + name(extension.schema);
}

QString createType(const Type& type)
{
    const QString head = name(type.schema, type.name) + u" AS "_s;
    switch (type.kind) {
    case TypeKind::Domain: return u"CREATE DOMAIN "_s + head + type.definition;
    case TypeKind::Composite: return u"CREATE TYPE "_s + head + attributes(type.attributes);
    case TypeKind::Range: return u"CREATE TYPE "_s + head + u"RANGE ("_s + type.definition + u')';
    case TypeKind::Enum: break;
    }
    QStringList labels;
    for (const QString& label : type.labels)
        labels << literal(label);
    return u"CREATE TYPE "_s + head + u"ENUM ("_s + labels.join(u", "_s) + u')';
}

QString createSequence(const Sequence& sequence)
{
    return u"CREATE SEQUENCE "_s + name(sequence.schema, sequence.name) + u" AS "_s + sequence.type
           + u" START WITH "_s + sequence.start + u" INCREMENT BY "_s + sequence.increment + u" MINVALUE "_s
           + sequence.minimum + u" MAXVALUE "_s + sequence.maximum + u" CACHE "_s + sequence.cache
           + (sequence.cycles ? u" CYCLE"_s : QString());
}

QString ownSequence(const Sequence& sequence, const Table& table, const Column& column)
{
    return u"ALTER SEQUENCE "_s + name(sequence.schema, sequence.name) + u" OWNED BY "_s
           + name(table.schema, table.name) + u'.' + name(column.name);
}

QString columnText(const Column& column)
{
    QString text = name(column.name) + u' ' + column.type;
    if (!column.collation.isEmpty())
        text += u" COLLATE "_s + column.collation;
    if (column.defaultSql)
        text += u" DEFAULT "_s + *column.defaultSql;
    if (column.generated != Generated::None)
        text += u" GENERATED ALWAYS AS ("_s + column.generatedSql
                + (column.generated == Generated::Stored ? u") STORED"_s : u") VIRTUAL"_s);
    if (column.identity != Identity::None) {
        text += column.identity == Identity::Always ? u" GENERATED ALWAYS AS IDENTITY"_s
                                                    : u" GENERATED BY DEFAULT AS IDENTITY"_s;
        if (!column.identityOptions.isEmpty())
            text += u" ("_s + column.identityOptions + u')';
    }
    return column.notNull ? text + u" NOT NULL"_s : text;
}

QString constraintText(const Constraint& constraint)
{
    return u"CONSTRAINT "_s + name(constraint.name) + u' ' + readsBackTheSame(constraint.definition);
}

bool isInTable(const Constraint& constraint)
{
    return constraint.kind != ConstraintKind::ForeignKey && constraint.kind != ConstraintKind::NotNull
           && constraint.validated;
}

QString createTable(const Table& table)
{
    QStringList lines;
    for (const Column& column : table.columns)
        lines << u"    "_s + columnText(columnIn(table, column));
    for (const Constraint& constraint : table.constraints) {
        if (isInTable(constraint))
            lines << u"    "_s + constraintText(constraint);
    }
    const QString kind = table.kind == TableKind::Foreign ? u"FOREIGN TABLE "_s
                         : table.unlogged                 ? u"UNLOGGED TABLE "_s
                                                          : u"TABLE "_s;
    const QString body = lines.isEmpty() ? u" ()"_s : u" (\n"_s + lines.join(u",\n"_s) + u"\n)"_s;
    return u"CREATE "_s + kind + name(table.schema, table.name) + body + tableTail(table);
}

QString addConstraint(const Table& table, const Constraint& constraint)
{
    return u"ALTER TABLE "_s + name(table.schema, table.name) + u" ADD "_s + constraintText(constraint);
}

QString attachPartition(const Table& table)
{
    return u"ALTER TABLE "_s + table.inherits.value(0) + u" ATTACH PARTITION "_s
           + name(table.schema, table.name) + u' ' + table.partitionBound;
}

QStringList rowSecurity(const Table& table)
{
    const QString alter = u"ALTER TABLE "_s + name(table.schema, table.name);
    QStringList list;
    if (table.rowSecurity)
        list << alter + u" ENABLE ROW LEVEL SECURITY"_s;
    if (table.forceRowSecurity)
        list << alter + u" FORCE ROW LEVEL SECURITY"_s;
    return list;
}

QString policyRoles(const Policy& policy)
{
    QStringList roles;
    for (const QString& role : policy.roles)
        roles << (role == u"public" ? u"PUBLIC"_s : name(role));
    return roles.join(u", "_s);
}

QString createPolicy(const Table& table, const Policy& policy)
{
    QString text = u"CREATE POLICY "_s + name(policy.name) + u" ON "_s + name(table.schema, table.name)
                   + (policy.permissive ? u" AS PERMISSIVE FOR "_s : u" AS RESTRICTIVE FOR "_s)
                   + policy.command;
    if (!policy.roles.isEmpty())
        text += u" TO "_s + policyRoles(policy);
    if (!policy.usingSql.isEmpty())
        text += u" USING ("_s + policy.usingSql + u')';
    if (!policy.checkSql.isEmpty())
        text += u" WITH CHECK ("_s + policy.checkSql + u')';
    return text;
}

QString createIndex(const Index& index)
{
    return readsBackTheSame(index.definition);
}

QString createView(const View& view)
{
    QString text = (view.materialized ? u"CREATE MATERIALIZED VIEW "_s : u"CREATE VIEW "_s)
                   + name(view.schema, view.name);
    if (!view.options.isEmpty())
        text += u" WITH ("_s + options(view.options, u"="_s) + u')';
    return text + u" AS\n"_s + readsBackTheSame(view.definition);
}

QStringList createTrigger(const QString& owner, const Trigger& trigger)
{
    QStringList list{trigger.definition};
    const QString way = trigger.enabled == u"D"   ? u"DISABLE TRIGGER "_s
                        : trigger.enabled == u"R" ? u"ENABLE REPLICA TRIGGER "_s
                        : trigger.enabled == u"A" ? u"ENABLE ALWAYS TRIGGER "_s
                                                  : QString();
    if (!way.isEmpty())
        list << u"ALTER TABLE "_s + owner + u' ' + way + name(trigger.name);
    return list;
}

QString comment(const QString& object, const QString& text)
{
    return u"COMMENT ON "_s + object + u" IS "_s + literal(text);
}

QStringList commentsOf(const Table& table)
{
    const QString owner = name(table.schema, table.name);
    QStringList list;
    addComment(list, (table.kind == TableKind::Foreign ? u"FOREIGN TABLE "_s : u"TABLE "_s) + owner,
               table.comment);
    for (const Column& column : table.columns)
        addComment(list, u"COLUMN "_s + owner + u'.' + name(column.name), column.comment);
    for (const Constraint& constraint : table.constraints)
        addComment(list, u"CONSTRAINT "_s + name(constraint.name) + u" ON "_s + owner, constraint.comment);
    for (const Index& index : table.indexes)
        addComment(list, u"INDEX "_s + name(table.schema, index.name), index.comment);
    for (const Trigger& trigger : table.triggers)
        addComment(list, u"TRIGGER "_s + name(trigger.name) + u" ON "_s + owner, trigger.comment);
    return list;
}

QStringList commentsOf(const View& view)
{
    const QString owner = name(view.schema, view.name);
    QStringList list;
    addComment(list, (view.materialized ? u"MATERIALIZED VIEW "_s : u"VIEW "_s) + owner, view.comment);
    for (const Column& column : view.columns)
        addComment(list, u"COLUMN "_s + owner + u'.' + name(column.name), column.comment);
    for (const Index& index : view.indexes)
        addComment(list, u"INDEX "_s + name(view.schema, index.name), index.comment);
    for (const Trigger& trigger : view.triggers)
        addComment(list, u"TRIGGER "_s + name(trigger.name) + u" ON "_s + owner, trigger.comment);
    return list;
}

QStringList commentsOf(const Type& type)
{
    QStringList list;
    addComment(list,
               (type.kind == TypeKind::Domain ? u"DOMAIN "_s : u"TYPE "_s) + name(type.schema, type.name),
               type.comment);
    for (const Column& attribute : type.attributes)
        addComment(list, u"COLUMN "_s + name(type.schema, type.name) + u'.' + name(attribute.name),
                   attribute.comment);
    return list;
}

QString called(const Routine& routine)
{
    const bool isAggregate = routine.kind == RoutineKind::Aggregate;
    const QString kind = routine.kind == RoutineKind::Procedure ? u"PROCEDURE "_s
                         : isAggregate                          ? u"AGGREGATE "_s
                                                                : u"FUNCTION "_s;
    const QString arguments = isAggregate && routine.arguments.isEmpty() ? u"*"_s : routine.arguments;
    return kind + name(routine.schema, routine.name) + u'(' + arguments + u')';
}

QStringList commentsOf(const Routine& routine)
{
    QStringList list;
    addComment(list, called(routine), routine.comment);
    return list;
}

QStringList createOther(const OtherObject& object)
{
    QStringList sql;
    for (const QString& statement : object.definition)
        sql << readsBackTheSame(statement);
    return sql;
}

QStringList commentsOf(const OtherObject& object)
{
    QStringList list;
    addComment(list, object.kind + u' ' + object.name, object.comment);
    return list;
}

}  // namespace dewpoint::ddl::postgres
