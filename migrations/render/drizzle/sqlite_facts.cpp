// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/sqlite_facts.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

QString sqliteAffinity(const QString& declared)
{
    const QString type = declared.toLower();
    const auto begins = [&](std::initializer_list<QString> words) {
        return std::ranges::any_of(words, [&](const QString& word) { return type.startsWith(word); });
    };
    if (begins({u"int"_s, u"tinyint"_s, u"smallint"_s, u"mediumint"_s, u"bigint"_s, u"unsigned big int"_s}))
        return u"integer"_s;
    if (begins({u"character"_s, u"varchar"_s, u"varying character"_s, u"national varying character"_s,
                u"nchar"_s, u"native character"_s, u"nvarchar"_s, u"text"_s, u"clob"_s}))
        return u"text"_s;
    if (begins({u"blob"_s}))
        return u"blob"_s;
    return begins({u"real"_s, u"double"_s, u"float"_s}) ? u"real"_s : u"numeric"_s;
}

QString sqliteLength(const QString& declared)
{
    static const QRegularExpression length(u"\\((\\d+)\\)"_s);
    const auto match = length.match(declared);
    return match.hasMatch() ? match.captured(1) : QString();
}

bool countsUp(const Table& table)
{
    return std::ranges::any_of(table.constraints, &Constraint::autoIncrement);
}

QString sqliteIndexName(const Table& table, const Index& index)
{
    QStringList columns;
    for (const IndexPart& part : index.parts)
        columns << part.column;
    if (!index.implicit)
        return index.name;
    return columns == table.primaryKey() ? QString() : table.name + u'_' + columns.join(u'_') + u"_unique"_s;
}

QStringList keyTargets(const Database& database, const Table& table, const Constraint& key)
{
    if (!key.targetColumns.isEmpty())
        return key.targetColumns;
    const Table* target = database.table(table.schema, key.targetTable);
    return target ? target->primaryKey() : QStringList();
}

QList<NamedCheck> namedChecks(const Table& table)
{
    QList<NamedCheck> checks;
    int unnamed = 0;
    for (const Constraint& constraint : table.constraints) {
        if (constraint.kind == ConstraintKind::Check)
            checks.append({.name = constraint.name.isEmpty()
                                       ? u"%1_check_%2"_s.arg(table.name, QString::number(++unnamed))
                                       : constraint.name,
                           .expression = constraint.definition});
    }
    return checks;
}

QString sqliteQuery(const View& view)
{
    static const QRegularExpression head(u"^\\s*CREATE\\s+(?:TEMP\\w*\\s+)?VIEW\\b.*?\\bAS\\s+"_s,
                                         QRegularExpression::CaseInsensitiveOption
                                             | QRegularExpression::DotMatchesEverythingOption);
    return QString(view.definition).remove(head);
}

}  // namespace dewpoint::render::drizzle
