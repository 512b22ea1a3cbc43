// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/dbml.h"

#include "render/references.h"
#include "render/type_name.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

using namespace schema;

namespace {

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u'\'') + u'"';  // DBML has no way to write one inside
}

QString qualified(const QString& schema, const QString& name)
{
    const bool usual = schema == u"public" || schema == u"main";
    return usual ? quoted(name) : quoted(schema) + u'.' + quoted(name);
}

QString note(const QString& text)
{
    return text.contains(u'\n')
               ? u"'''"_s + QString(text).replace(u"'''"_s, u"\\'''"_s) + u"'''"_s
               : u'\'' + QString(text).replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s) + u'\'';
}

/// An enum of the database is named as its own block is, so that the two are linked.
QString type(const Database& database, const QString& text)
{
    if (database.engine == Engine::Postgres) {
        const TypeName name = typeName(text);
        const Type* own = userType(database, name);
        if (own && own->kind == TypeKind::Enum && !name.isArray)
            return qualified(own->schema, own->name);
    }
    static const QRegularExpression plain(u"^[A-Za-z_]\\w*(\\(\\d+(, ?\\d+)?\\))?$"_s);
    return text.isEmpty() ? u"any"_s : plain.match(text).hasMatch() ? text : quoted(text);
}

bool countsUp(const Column& column)
{
    return column.identity != Identity::None || column.defaultSql.value_or(QString()).startsWith(u"nextval(");
}

QString columnLine(const Database& database, const Table& table, const Column& column)
{
    QStringList settings;
    const bool onlyKey = table.primaryKey() == QStringList{column.name};
    if (onlyKey)
        settings << u"pk"_s;
    if (countsUp(column))
        settings << u"increment"_s;
    if (column.notNull)
        settings << u"not null"_s;
    if (!onlyKey && isUnique(table, {column.name}))
        settings << u"unique"_s;
    if (column.defaultSql && !countsUp(column))
        settings << u"default: `%1`"_s.arg(QString(*column.defaultSql).replace(u'`', u'\''));
    if (!column.comment.isEmpty())
        settings << u"note: "_s + note(column.comment);
    const QString tail = settings.isEmpty() ? QString() : u" ["_s + settings.join(u", "_s) + u']';
    return u"  %1 %2%3\n"_s.arg(quoted(column.name), type(database, column.type), tail);
}

QString indexLine(const Index& index)
{
    QStringList parts;
    for (const IndexPart& part : index.parts)
        parts << (part.column.isEmpty() ? u'`' + QString(part.expression).replace(u'`', u'\'') + u'`'
                                        : quoted(part.column));
    QStringList settings{u"name: "_s + note(index.name)};
    if (index.unique)
        settings << u"unique"_s;
    if (index.method == u"btree" || index.method == u"hash")
        settings << u"type: "_s + index.method;
    if (!index.predicate.isEmpty())
        settings << u"note: "_s + note(u"WHERE "_s + index.predicate);
    return u"    (%1) [%2]\n"_s.arg(parts.join(u", "_s), settings.join(u", "_s));
}

QString indexes(const Table& table)
{
    QString lines;
    if (const QStringList key = table.primaryKey(); key.size() > 1) {
        QStringList parts;
        for (const QString& column : key)
            parts << quoted(column);
        lines += u"    (%1) [pk]\n"_s.arg(parts.join(u", "_s));
    }
    for (const Index& index : table.indexes) {
        const bool said = index.implicit && (index.parts.size() == 1 || index.constraint.endsWith(u"_pkey"));
        const bool isKey = index.implicit && index.parts.size() == table.primaryKey().size()
                           && isUnique(table, table.primaryKey()) && index.constraint.isEmpty();
        if (!said && !isKey)
            lines += indexLine(index);
    }
    return lines.isEmpty() ? QString() : u"\n  indexes {\n"_s + lines + u"  }\n"_s;
}

QString tableText(const Database& database, const Table& table)
{
    QString text = u"Table %1 {\n"_s.arg(qualified(table.schema, table.name));
    for (const Column& column : table.columns)
        text += columnLine(database, table, column);
    text += indexes(table);
    if (!table.comment.isEmpty())
        text += u"\n  Note: %1\n"_s.arg(note(table.comment));
    return text + u"}\n"_s;
}

QString columnList(const QStringList& columns)
{
    QStringList list;
    for (const QString& column : columns)
        list << quoted(column);
    return list.size() == 1 ? list.constFirst() : u'(' + list.join(u", "_s) + u')';
}

QString referenceLine(const Reference& reference)
{
    QStringList settings;
    if (reference.key->onDelete != u"NO ACTION" && !reference.key->onDelete.isEmpty())
        settings << u"delete: "_s + reference.key->onDelete.toLower();
    if (reference.key->onUpdate != u"NO ACTION" && !reference.key->onUpdate.isEmpty())
        settings << u"update: "_s + reference.key->onUpdate.toLower();
    const QString name = reference.key->name.isEmpty() ? QString() : u' ' + quoted(reference.key->name);
    return u"Ref%1: %2.%3 %4 %5.%6%7\n"_s.arg(
        name, qualified(reference.from->schema, reference.from->name), columnList(reference.key->columns),
        reference.isUnique ? u"-"_s : u">"_s, qualified(reference.to->schema, reference.to->name),
        columnList(reference.targetColumns),
        settings.isEmpty() ? QString() : u" ["_s + settings.join(u", "_s) + u']');
}

}  // namespace

QString dbml(const Database& database)
{
    QStringList blocks;
    for (const Type& type : database.types) {
        if (type.kind != TypeKind::Enum)
            continue;
        QString text = u"Enum %1 {\n"_s.arg(qualified(type.schema, type.name));
        for (const QString& label : type.labels)
            text += u"  %1\n"_s.arg(quoted(label));
        blocks << text + u"}\n"_s;
    }
    const QList<const Table*> tables = ownTables(database);
    for (const Table* table : tables)
        blocks << tableText(database, *table);
    QString references;
    for (const Reference& reference : referencesOf(tables))
        references += referenceLine(reference);
    if (!references.isEmpty())
        blocks << references;
    return blocks.join(u'\n');
}

}  // namespace dewpoint::render
