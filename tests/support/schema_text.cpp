// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/schema_text.h"

using namespace Qt::StringLiterals;

namespace dewpoint::test {

using namespace schema;

namespace {

QString words(const QStringList& list)
{
    QStringList filled = list;
    filled.removeAll(QString());
    return filled.join(u' ');
}

QString when(bool condition, const QString& text)
{
    return condition ? text : QString();
}

QString describeColumn(const Column& column)
{
    static const QString identities[] = {QString(), u"identity always"_s, u"identity by default"_s};
    return words({column.name, column.type, when(column.notNull, u"not null"_s),
                  column.defaultSql ? u"default "_s + *column.defaultSql : QString(),
                  when(column.generated == Generated::Stored, u"stored as "_s + column.generatedSql),
                  when(column.generated == Generated::Virtual, u"virtual as "_s + column.generatedSql),
                  identities[static_cast<int>(column.identity)], column.identityOptions,
                  when(!column.collation.isEmpty(), u"collate "_s + column.collation),
                  when(column.keyPosition > 0, u"key %1"_s.arg(column.keyPosition)),
                  when(column.hidden, u"hidden"_s),
                  when(!column.comment.isEmpty(), u"-- "_s + column.comment)});
}

QString describeIndex(const Index& index)
{
    QStringList parts;
    for (const IndexPart& part : index.parts) {
        parts.append(words({part.column, when(!part.expression.isEmpty(), u'{' + part.expression + u'}'),
                            when(!part.collation.isEmpty(), u"collate "_s + part.collation), part.opclass,
                            when(part.descending, u"desc"_s), when(part.nullsFirst, u"nulls first"_s)}));
    }
    return words({when(index.implicit, u"implicit"_s), when(index.unique, u"unique"_s), u"index"_s,
                  index.name, index.method, u'(' + parts.join(u", "_s) + u')',
                  when(!index.included.isEmpty(), u"include "_s + index.included.join(u", "_s)),
                  when(!index.predicate.isEmpty(), u"where "_s + index.predicate),
                  when(!index.valid, u"invalid"_s),
                  when(!index.constraint.isEmpty(), u"of "_s + index.constraint),
                  when(!index.comment.isEmpty(), u"-- "_s + index.comment)});
}

QString describePolicy(const Policy& policy)
{
    return words({u"policy"_s, policy.name, policy.command,
                  policy.permissive ? u"permissive"_s : u"restrictive"_s, u"to"_s, policy.roles.join(u", "_s),
                  when(!policy.usingSql.isEmpty(), u"using "_s + policy.usingSql),
                  when(!policy.checkSql.isEmpty(), u"check "_s + policy.checkSql)});
}

QString describeTrigger(const Trigger& trigger)
{
    return words({u"trigger"_s, trigger.name, u"on"_s, trigger.table, trigger.enabled});
}

QString describeTableHead(const Table& table)
{
    static const QString kinds[] = {u"table"_s, u"partitioned table"_s, u"foreign table"_s,
                                    u"virtual table"_s};
    return words(
        {kinds[static_cast<int>(table.kind)], table.schema + u'.' + table.name,
         when(table.strict, u"strict"_s), when(table.withoutRowid, u"without rowid"_s),
         when(!table.module.isEmpty(), u"using "_s + table.module), when(table.unlogged, u"unlogged"_s),
         when(table.rowSecurity, u"row security"_s), when(table.forceRowSecurity, u"forced"_s),
         when(!table.partitionKey.isEmpty(), u"by "_s + table.partitionKey),
         when(!table.inherits.isEmpty(), u"of "_s + table.inherits.join(u", "_s)), table.partitionBound,
         when(!table.foreignServer.isEmpty(), u"server "_s + table.foreignServer),
         when(!table.storageOptions.isEmpty(), u"with "_s + table.storageOptions),
         when(table.estimatedRows >= 0, u"~%1 rows"_s.arg(table.estimatedRows)),
         when(!table.comment.isEmpty(), u"-- "_s + table.comment)});
}

void describeTable(const Table& table, QStringList& lines)
{
    lines.append(describeTableHead(table));
    for (const Column& column : table.columns)
        lines.append(u"  "_s + describeColumn(column));
    for (const Constraint& constraint : table.constraints)
        lines.append(u"  "_s + describe(constraint));
    for (const Index& index : table.indexes)
        lines.append(u"  "_s + describeIndex(index));
    for (const Trigger& trigger : table.triggers)
        lines.append(u"  "_s + describeTrigger(trigger));
    for (const Policy& policy : table.policies)
        lines.append(u"  "_s + describePolicy(policy));
}

void describeView(const View& view, QStringList& lines)
{
    lines.append(words({when(view.materialized, u"materialized"_s), u"view"_s, view.schema + u'.' + view.name,
                        when(!view.options.isEmpty(), u"with "_s + view.options),
                        when(!view.comment.isEmpty(), u"-- "_s + view.comment)}));
    for (const Column& column : view.columns)
        lines.append(u"  "_s + describeColumn(column));
    for (const Index& index : view.indexes)
        lines.append(u"  "_s + describeIndex(index));
    for (const Trigger& trigger : view.triggers)
        lines.append(u"  "_s + describeTrigger(trigger));
}

void describeType(const Type& type, QStringList& lines)
{
    static const QString kinds[] = {u"enum"_s, u"domain"_s, u"composite"_s, u"range"_s};
    lines.append(
        words({kinds[static_cast<int>(type.kind)], type.schema + u'.' + type.name, type.labels.join(u", "_s),
               type.definition, when(!type.comment.isEmpty(), u"-- "_s + type.comment)}));
    for (const Column& column : type.attributes)
        lines.append(u"  "_s + describeColumn(column));
}

}  // namespace

QString describe(const Constraint& constraint)
{
    static const QString kinds[] = {u"primary key"_s, u"unique"_s,    u"foreign key"_s,
                                    u"check"_s,       u"exclusion"_s, u"not null"_s};
    const bool foreign = constraint.kind == ConstraintKind::ForeignKey;
    const QString target = words({constraint.targetSchema, constraint.targetTable,
                                  u'(' + constraint.targetColumns.join(u", "_s) + u')'});
    return words({kinds[static_cast<int>(constraint.kind)], constraint.name,
                  when(!constraint.columns.isEmpty(), u'(' + constraint.columns.join(u", "_s) + u')'),
                  when(!foreign && !constraint.definition.isEmpty(), u'{' + constraint.definition + u'}'),
                  when(foreign, u"-> "_s + target),
                  when(foreign && constraint.onUpdate != u"NO ACTION", u"on update "_s + constraint.onUpdate),
                  when(foreign && constraint.onDelete != u"NO ACTION", u"on delete "_s + constraint.onDelete),
                  when(foreign, u"match "_s + constraint.match), when(constraint.deferrable, u"deferrable"_s),
                  when(constraint.initiallyDeferred, u"deferred"_s),
                  when(!constraint.validated, u"not valid"_s),
                  when(constraint.autoIncrement, u"autoincrement"_s),
                  when(!constraint.comment.isEmpty(), u"-- "_s + constraint.comment)});
}

QString describe(const Database& database)
{
    static const QString routineKinds[] = {u"function"_s, u"procedure"_s, u"aggregate"_s,
                                           u"window function"_s};
    QStringList lines;
    lines.append(u"schemas "_s + database.schemas.join(u", "_s));
    for (const Extension& extension : database.extensions)
        lines.append(u"extension %1 in %2"_s.arg(extension.name, extension.schema));
    for (const Type& type : database.types)
        describeType(type, lines);
    for (const Sequence& sequence : database.sequences) {
        lines.append(words({u"sequence"_s, sequence.schema + u'.' + sequence.name, sequence.type, u"start"_s,
                            sequence.start, u"by"_s, sequence.increment,
                            when(!sequence.ownedBy.isEmpty(), u"of "_s + sequence.ownedBy)}));
    }
    for (const Table& table : database.tables)
        describeTable(table, lines);
    for (const View& view : database.views)
        describeView(view, lines);
    for (const Routine& routine : database.routines) {
        lines.append(words({routineKinds[static_cast<int>(routine.kind)],
                            u"%1.%2(%3)"_s.arg(routine.schema, routine.name, routine.arguments),
                            when(!routine.comment.isEmpty(), u"-- "_s + routine.comment)}));
    }
    for (const OtherObject& other : database.others)
        lines << other.definition;
    return lines.join(u'\n') + u'\n';
}

}  // namespace dewpoint::test
