// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/brackets.h"

#include "sql/lexer.h"

#include <QList>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

std::optional<qsizetype> matchingBracket(const QString& text, qsizetype position, Engine engine)
{
    static const QString opening = u"([{"_s;
    static const QString closing = u")]}"_s;
    QList<std::pair<QChar, qsizetype>> open;
    for (qsizetype at = 0; at < text.size();) {
        const sql::Token token = sql::nextToken(text, at, engine);
        if (token.kind == sql::TokenKind::End || token.length <= 0)
            break;
        at = token.start + token.length;
        if (token.kind != sql::TokenKind::Symbol || token.length != 1)
            continue;
        const QChar c = text.at(token.start);
        const qsizetype kind = closing.indexOf(c);
        if (opening.contains(c)) {
            open.append({c, token.start});
        } else if (kind >= 0 && !open.isEmpty() && open.last().first == opening.at(kind)) {
            const qsizetype partner = open.takeLast().second;
            if (partner == position)
                return token.start;
            if (token.start == position)
                return partner;
        }
    }
    return std::nullopt;
}

}  // namespace dewpoint::query
