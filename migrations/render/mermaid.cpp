// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/mermaid.h"

#include "render/references.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

using namespace schema;

namespace {

QString entity(const Table& table)
{
    const bool usual = table.schema == u"public" || table.schema == u"main";
    const QString name = usual ? table.name : table.schema + u'.' + table.name;
    return u'"' + QString(name).replace(u'"', u'\'').replace(u'%', u'_').replace(u'\\', u'_') + u'"';
}

/// Types and names are single words there, of letters, digits and a few signs.
QString word(const QString& text)
{
    static const QRegularExpression odd(u"[^A-Za-z0-9_\\-\\[\\]()\\x{00C0}-\\x{FFFF}]+"_s);
    static const QRegularExpression start(u"^[A-Za-z_\\x{00C0}-\\x{FFFF}]"_s);
    const QString mapped = QString(text).replace(odd, u"_"_s);
    return start.match(mapped).hasMatch() ? mapped : u'_' + mapped;
}

QString columnLine(const Table& table, const Column& column, const QStringList& foreign)
{
    QStringList keys;
    if (column.keyPosition > 0)
        keys << u"PK"_s;
    if (foreign.contains(column.name))
        keys << u"FK"_s;
    if (column.keyPosition == 0 && isUnique(table, {column.name}))
        keys << u"UK"_s;
    QString line =
        u"        %1 %2"_s.arg(word(column.type.isEmpty() ? u"any"_s : column.type), word(column.name));
    if (!keys.isEmpty())
        line += u' ' + keys.join(u", "_s);
    if (!column.comment.isEmpty())
        line += u" \"%1\""_s.arg(QString(column.comment).replace(u'"', u'\'').simplified());
    return line + u'\n';
}

QString tableText(const Table& table)
{
    QStringList foreign;
    for (const Constraint& constraint : table.constraints) {
        if (constraint.kind == ConstraintKind::ForeignKey)
            foreign += constraint.columns;
    }
    QString text = u"    "_s + entity(table);
    if (table.columns.isEmpty())
        return text + u'\n';
    text += u" {\n"_s;
    for (const Column& column : table.columns)
        text += columnLine(table, column, foreign);
    return text + u"    }\n"_s;
}

QString line(const Reference& reference)
{
    const QString parent = reference.isRequired ? u"||"_s : u"|o"_s;
    const QString child = reference.isUnique ? u"o|"_s : u"o{"_s;
    return u"    %1 %2--%3 %4 : \"%5\"\n"_s.arg(entity(*reference.to), parent, child, entity(*reference.from),
                                                reference.key->columns.join(u", "_s).replace(u'"', u'\''));
}

}  // namespace

QString mermaid(const Database& database)
{
    const QList<const Table*> tables = ownTables(database);
    QString text = u"erDiagram\n"_s;
    for (const Table* table : tables)
        text += tableText(*table);
    for (const Reference& reference : referencesOf(tables))
        text += line(reference);
    return text;
}

}  // namespace dewpoint::render
