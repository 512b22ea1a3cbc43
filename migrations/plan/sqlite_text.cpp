// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/sqlite_text.h"

#include "catalog/sqlite_tokens.h"
#include "sql/dialect.h"

#include <QSet>

#include <algorithm>

namespace dewpoint::plan {

using catalog::Token;

namespace {

bool sameName(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

/// The token with the table's name: what stands before the first "(".
qsizetype nameToken(const QList<Token>& tokens)
{
    for (qsizetype i = 1; i < tokens.size(); ++i) {
        if (tokens.at(i).isSymbol(u'('))
            return i - 1;
    }
    return -1;
}

}  // namespace

QString withTableName(const QString& createTable, const QString& name)
{
    const QList<Token> tokens = catalog::tokenize(createTable);
    const qsizetype place = nameToken(tokens);
    if (place < 0)
        return createTable;
    const Token& old = tokens.at(place);
    return createTable.first(old.start) + sql::quoted(name) + createTable.sliced(old.end());
}

QString columnItem(const QString& createTable, const QString& column)
{
    const QList<Token> tokens = catalog::tokenize(createTable);
    const qsizetype open = nameToken(tokens) + 1;
    int depth = 1;
    qsizetype first = open + 1;
    for (qsizetype i = open + 1; open > 0 && i < tokens.size() && depth > 0; ++i) {
        depth += tokens.at(i).isSymbol(u'(') ? 1 : tokens.at(i).isSymbol(u')') ? -1 : 0;
        if (depth > 1 || (depth == 1 && !tokens.at(i).isSymbol(u',')))
            continue;
        if (first < i && tokens.at(first).isName() && sameName(tokens.at(first).text, column))
            return createTable.sliced(tokens.at(first).start,
                                      tokens.at(i - 1).end() - tokens.at(first).start);
        first = i + 1;
    }
    return {};
}

QString doesNotFit(const QString& quotedColumn, const QString& type)
{
    static const QSet<QString> numbers{QStringLiteral("INT"), QStringLiteral("INTEGER"),
                                       QStringLiteral("REAL")};
    if (!numbers.contains(type.toUpper()))
        return {};  // of anything a text or its bytes can be made, and the text is the same
    // Compared as numbers: '012' is 12, 'abc' and 1.5 are no integers.
    return QStringLiteral("%1 IS NOT NULL AND CAST(%1 AS %2) <> %1").arg(quotedColumn, type);
}

bool mentions(const QString& sql, const QString& name)
{
    return std::ranges::any_of(catalog::tokenize(sql), [&](const Token& token) {
        return token.isName() && sameName(token.text, name);
    });
}

}  // namespace dewpoint::plan
