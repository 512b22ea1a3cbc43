// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "change/words.h"

#include "base/words.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::change {

using namespace schema;

namespace {

QString arrow(const QString& what, const QString& from, const QString& to)
{
    const auto shown = [](const QString& value) { return value.isEmpty() ? Words::tr("none") : value; };
    return Words::tr("%1 %2 → %3").arg(what, shown(from), shown(to));
}

QString generatedWords(const Column& column)
{
    if (column.generated == Generated::None)
        return {};
    return (column.generated == Generated::Stored ? Words::tr("stored as %1") : Words::tr("virtual as %1"))
        .arg(column.generatedSql);
}

QString identityWords(const Column& column)
{
    if (column.identity == Identity::None)
        return {};
    const QString kind = column.identity == Identity::Always ? u"ALWAYS"_s : u"BY DEFAULT"_s;
    return column.identityOptions.isEmpty() ? kind : kind + u" ("_s + column.identityOptions + u')';
}

QString kindWords(TableKind kind)
{
    switch (kind) {
    case TableKind::Table: return Words::tr("table");
    case TableKind::Partitioned: return Words::tr("partitioned table");
    case TableKind::Foreign: return Words::tr("foreign table");
    case TableKind::Virtual: return Words::tr("virtual table");
    }
    Q_UNREACHABLE_RETURN(QString());
}

/// What columns alone do not tell: two forms of a constraint may differ in nothing else.
QString details(const Constraint& constraint)
{
    static const QRegularExpression clauses(
        u"NULLS NOT DISTINCT|INCLUDE \\([^)]*\\)|ON CONFLICT [A-Z]+|\\bMATCH FULL"_s);
    QString text;
    for (auto found = clauses.globalMatch(constraint.definition); found.hasNext();)
        text += u", "_s + found.next().captured();
    if (constraint.initiallyDeferred)
        text += Words::tr(", deferred");
    else if (constraint.deferrable)
        text += Words::tr(", deferrable");
    return constraint.validated ? text : text + Words::tr(", not validated");
}

QString yesNo(bool value)
{
    return value ? Words::tr("yes") : Words::tr("no");
}

QStringList ofBoth(QStringList names, const QStringList& others)
{
    names.removeIf([&](const QString& name) { return !others.contains(name); });
    return names;
}

/// Only told where nothing else of the table itself is different (diff/column_order.h).
QStringList shownColumns(const Table& table)
{
    QStringList names;
    for (const Column& column : table.columns) {
        if (!column.hidden)
            names << column.name;
    }
    return names;
}

}  // namespace

QString called(const QString& schema, const QString& name)
{
    const bool usual = schema.isEmpty() || schema == u"main" || schema == u"public";
    return usual ? name : schema + u'.' + name;
}

QString words(const Column& column)
{
    QStringList parts;
    if (!column.type.isEmpty())
        parts.append(column.type);
    if (column.notNull)
        parts.append(Words::tr("not null"));
    if (column.defaultSql)
        parts.append(Words::tr("default %1").arg(*column.defaultSql));
    if (column.generated != Generated::None)
        parts.append(generatedWords(column));
    if (column.identity != Identity::None)
        parts.append(Words::tr("identity %1").arg(identityWords(column)));
    if (!column.collation.isEmpty())
        parts.append(Words::tr("collation %1").arg(column.collation));
    return parts.join(u", "_s);
}

QString words(const Constraint& constraint)
{
    const QString columns = constraint.columns.join(u", "_s);
    const QString named = constraint.name.isEmpty() ? QString() : u' ' + constraint.name;
    switch (constraint.kind) {
    case ConstraintKind::PrimaryKey:
        return (constraint.autoIncrement ? Words::tr("primary key%1 (%2), automatic")
                                         : Words::tr("primary key%1 (%2)"))
                   .arg(named, columns)
               + details(constraint);
    case ConstraintKind::Unique:
        return Words::tr("unique constraint%1 (%2)").arg(named, columns) + details(constraint);
    case ConstraintKind::ForeignKey: {
        const QString target = called(constraint.targetSchema, constraint.targetTable);
        const QString keys = constraint.targetColumns.join(u", "_s);
        QString text = keys.isEmpty()
                           ? Words::tr("foreign key%1 (%2) to %3").arg(named, columns, target)
                           : Words::tr("foreign key%1 (%2) to %3 (%4)").arg(named, columns, target, keys);
        if (!constraint.onDelete.isEmpty() && constraint.onDelete != u"NO ACTION")
            text += Words::tr(", on delete %1").arg(constraint.onDelete.toLower());
        if (!constraint.onUpdate.isEmpty() && constraint.onUpdate != u"NO ACTION")
            text += Words::tr(", on update %1").arg(constraint.onUpdate.toLower());
        return text + details(constraint);
    }
    case ConstraintKind::Check: return Words::tr("check%1: %2").arg(named, constraint.definition);
    case ConstraintKind::Exclusion: return Words::tr("exclusion%1: %2").arg(named, constraint.definition);
    case ConstraintKind::NotNull:
        return Words::tr("not null%1 (%2)").arg(named, columns) + details(constraint);
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString words(const Index& index)
{
    QStringList parts;
    for (const IndexPart& part : index.parts) {
        QString text = part.column.isEmpty() ? part.expression : part.column;
        if (!part.opclass.isEmpty())
            text += u' ' + part.opclass;
        if (part.descending)
            text += Words::tr(" descending");
        parts.append(text);
    }
    const QString text = index.unique ? Words::tr("unique index %1 (%2)") : Words::tr("index %1 (%2)");
    QString whole = text.arg(index.name, parts.join(u", "_s));
    if (!index.method.isEmpty() && index.method != "btree"_L1)
        whole = Words::tr("%1 by %2").arg(whole, index.method);
    if (!index.included.isEmpty())
        whole = Words::tr("%1 including %2").arg(whole, index.included.join(u", "_s));
    return index.predicate.isEmpty() ? whole : Words::tr("%1 where %2").arg(whole, index.predicate);
}

QString words(const OtherObject& object)
{
    static const QRegularExpression usual(u"\\bpublic\\."_s);  // several names may be in the object's own
    return object.kind.toLower() + u' ' + QString(object.name).remove(usual);
}

QString difference(const Column& from, const Column& to)
{
    QStringList parts;
    if (from.name != to.name)
        parts.append(arrow(Words::tr("spelling"), from.name, to.name));
    if (from.type != to.type)
        parts.append(arrow(Words::tr("type"), from.type, to.type));
    if (from.notNull != to.notNull)
        parts.append(to.notNull ? Words::tr("now not null") : Words::tr("now nullable"));
    if (from.defaultSql != to.defaultSql)
        parts.append(arrow(Words::tr("default"), from.defaultSql.value_or(QString()),
                           to.defaultSql.value_or(QString())));
    if (from.generated != to.generated || from.generatedSql != to.generatedSql)
        parts.append(arrow(Words::tr("generated"), generatedWords(from), generatedWords(to)));
    if (from.identity != to.identity || from.identityOptions != to.identityOptions)
        parts.append(arrow(Words::tr("identity"), identityWords(from), identityWords(to)));
    if (from.collation != to.collation)
        parts.append(arrow(Words::tr("collation"), from.collation, to.collation));
    return parts.join(u"; "_s);
}

QString difference(const Table& from, const Table& to)
{
    QStringList parts;
    const auto text = [&](const QString& what, const QString& a, const QString& b) {
        if (a != b)
            parts.append(arrow(what, a, b));
    };
    text(Words::tr("kind"), kindWords(from.kind), kindWords(to.kind));
    text(u"STRICT"_s, yesNo(from.strict), yesNo(to.strict));
    text(u"WITHOUT ROWID"_s, yesNo(from.withoutRowid), yesNo(to.withoutRowid));
    text(Words::tr("module"), from.module, to.module);
    text(u"UNLOGGED"_s, yesNo(from.unlogged), yesNo(to.unlogged));
    text(Words::tr("row security"), yesNo(from.rowSecurity), yesNo(to.rowSecurity));
    text(Words::tr("forced row security"), yesNo(from.forceRowSecurity), yesNo(to.forceRowSecurity));
    text(Words::tr("partition key"), from.partitionKey, to.partitionKey);
    text(Words::tr("partition bound"), from.partitionBound, to.partitionBound);
    text(Words::tr("parents"), from.inherits.join(u", "_s), to.inherits.join(u", "_s));
    text(Words::tr("server"), from.foreignServer, to.foreignServer);
    text(Words::tr("options"), from.storageOptions, to.storageOptions);
    const QStringList order = shownColumns(to);
    const QStringList before = shownColumns(from);
    const bool isMoved = ofBoth(before, order) != ofBoth(order, before);
    if (parts.isEmpty() && isMoved)
        parts.append(Words::tr("columns in the order %1").arg(order.join(u", "_s)));
    if (parts.isEmpty() && from.definition != to.definition)
        parts.append(Words::tr("definition"));
    return parts.join(u"; "_s);
}

QString difference(const Sequence& from, const Sequence& to)
{
    QStringList parts;
    const auto text = [&](const QString& what, const QString& a, const QString& b) {
        if (a != b)
            parts.append(arrow(what, a, b));
    };
    text(Words::tr("type"), from.type, to.type);
    text(Words::tr("increment"), from.increment, to.increment);
    text(Words::tr("minimum"), from.minimum, to.minimum);
    text(Words::tr("maximum"), from.maximum, to.maximum);
    text(Words::tr("start"), from.start, to.start);
    text(Words::tr("cache"), from.cache, to.cache);
    text(Words::tr("cycle"), yesNo(from.cycles), yesNo(to.cycles));
    text(Words::tr("owner"), from.ownedBy, to.ownedBy);
    return parts.join(u"; "_s);
}

bool losesValues(const AlterColumn& change)
{
    return change.from.generated == Generated::None && change.to.generated != Generated::None;
}

}  // namespace dewpoint::change
