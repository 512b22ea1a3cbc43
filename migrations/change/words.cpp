// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "change/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dewpoint::change {

using namespace schema;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

QString arrow(const QString& what, const QString& from, const QString& to)
{
    const auto shown = [](const QString& value) { return value.isEmpty() ? tr("none") : value; };
    return tr("%1 %2 → %3").arg(what, shown(from), shown(to));
}

QString generatedWords(const Column& column)
{
    if (column.generated == Generated::None)
        return {};
    return (column.generated == Generated::Stored ? tr("stored as %1") : tr("virtual as %1"))
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
    case TableKind::Table: return tr("table");
    case TableKind::Partitioned: return tr("partitioned table");
    case TableKind::Foreign: return tr("foreign table");
    case TableKind::Virtual: return tr("virtual table");
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString yesNo(bool value)
{
    return value ? tr("yes") : tr("no");
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
        parts.append(tr("not null"));
    if (column.defaultSql)
        parts.append(tr("default %1").arg(*column.defaultSql));
    if (column.generated != Generated::None)
        parts.append(generatedWords(column));
    if (column.identity != Identity::None)
        parts.append(tr("identity %1").arg(identityWords(column)));
    if (!column.collation.isEmpty())
        parts.append(tr("collation %1").arg(column.collation));
    return parts.join(u", "_s);
}

QString words(const Constraint& constraint)
{
    const QString columns = constraint.columns.join(u", "_s);
    const QString named = constraint.name.isEmpty() ? QString() : u' ' + constraint.name;
    switch (constraint.kind) {
    case ConstraintKind::PrimaryKey:
        return constraint.autoIncrement ? tr("primary key%1 (%2), automatic").arg(named, columns)
                                        : tr("primary key%1 (%2)").arg(named, columns);
    case ConstraintKind::Unique: return tr("unique constraint%1 (%2)").arg(named, columns);
    case ConstraintKind::ForeignKey: {
        const QString target = called(constraint.targetSchema, constraint.targetTable);
        const QString keys = constraint.targetColumns.join(u", "_s);
        QString text = tr("foreign key%1 (%2) to %3 (%4)").arg(named, columns, target, keys);
        if (!constraint.onDelete.isEmpty() && constraint.onDelete != u"NO ACTION")
            text += tr(", on delete %1").arg(constraint.onDelete.toLower());
        if (!constraint.onUpdate.isEmpty() && constraint.onUpdate != u"NO ACTION")
            text += tr(", on update %1").arg(constraint.onUpdate.toLower());
        return constraint.initiallyDeferred ? text + tr(", deferred") : text;
    }
    case ConstraintKind::Check: return tr("check%1: %2").arg(named, constraint.definition);
    case ConstraintKind::Exclusion: return tr("exclusion%1: %2").arg(named, constraint.definition);
    case ConstraintKind::NotNull: return tr("not null%1 (%2)").arg(named, columns);
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString words(const Index& index)
{
    QStringList parts;
    for (const IndexPart& part : index.parts) {
        QString text = part.column.isEmpty() ? part.expression : part.column;
        if (part.descending)
            text += tr(" descending");
        parts.append(text);
    }
    const QString text = index.unique ? tr("unique index %1 (%2)") : tr("index %1 (%2)");
    const QString whole = text.arg(index.name, parts.join(u", "_s));
    return index.predicate.isEmpty() ? whole : tr("%1 where %2").arg(whole, index.predicate);
}

QString difference(const Column& from, const Column& to)
{
    QStringList parts;
    if (from.name != to.name)
        parts.append(arrow(tr("spelling"), from.name, to.name));
    if (from.type != to.type)
        parts.append(arrow(tr("type"), from.type, to.type));
    if (from.notNull != to.notNull)
        parts.append(to.notNull ? tr("now not null") : tr("now nullable"));
    if (from.defaultSql != to.defaultSql)
        parts.append(
            arrow(tr("default"), from.defaultSql.value_or(QString()), to.defaultSql.value_or(QString())));
    if (from.generated != to.generated || from.generatedSql != to.generatedSql)
        parts.append(arrow(tr("generated"), generatedWords(from), generatedWords(to)));
    if (from.identity != to.identity || from.identityOptions != to.identityOptions)
        parts.append(arrow(tr("identity"), identityWords(from), identityWords(to)));
    if (from.collation != to.collation)
        parts.append(arrow(tr("collation"), from.collation, to.collation));
    return parts.join(u"; "_s);
}

QString difference(const Table& from, const Table& to)
{
    QStringList parts;
    const auto text = [&](const QString& what, const QString& a, const QString& b) {
        if (a != b)
            parts.append(arrow(what, a, b));
    };
    text(tr("kind"), kindWords(from.kind), kindWords(to.kind));
    text(u"STRICT"_s, yesNo(from.strict), yesNo(to.strict));
    text(u"WITHOUT ROWID"_s, yesNo(from.withoutRowid), yesNo(to.withoutRowid));
    text(tr("module"), from.module, to.module);
    text(u"UNLOGGED"_s, yesNo(from.unlogged), yesNo(to.unlogged));
    text(tr("row security"), yesNo(from.rowSecurity), yesNo(to.rowSecurity));
    text(tr("forced row security"), yesNo(from.forceRowSecurity), yesNo(to.forceRowSecurity));
    text(tr("partition key"), from.partitionKey, to.partitionKey);
    text(tr("partition bound"), from.partitionBound, to.partitionBound);
    text(tr("parents"), from.inherits.join(u", "_s), to.inherits.join(u", "_s));
    text(tr("server"), from.foreignServer, to.foreignServer);
    text(tr("options"), from.storageOptions, to.storageOptions);
    if (parts.isEmpty() && from.definition != to.definition)
        parts.append(tr("definition"));
    return parts.join(u"; "_s);
}

}  // namespace dewpoint::change
