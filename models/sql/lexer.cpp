// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "sql/lexer.h"

#include <optional>

namespace dewpoint::sql {

namespace {

qsizetype closing(QStringView text, qsizetype from, QChar quote, bool backslashEscapes)
{
    for (qsizetype i = from; i < text.size(); ++i) {
        if (backslashEscapes && text[i] == QLatin1Char('\\')) {
            ++i;
            continue;
        }
        if (text[i] != quote)
            continue;
        if (i + 1 < text.size() && text[i + 1] == quote) {
            ++i;
            continue;
        }
        return i + 1;
    }
    return text.size();
}

qsizetype endOfBlockComment(QStringView text, qsizetype from, bool nests)
{
    int depth = 1;
    for (qsizetype i = from + 2; i < text.size(); ++i) {
        const QStringView two = text.mid(i, 2);
        if (two == QLatin1String("*/")) {
            ++i;
            if (--depth == 0)
                return i + 1;
        } else if (nests && two == QLatin1String("/*")) {
            ++i;
            ++depth;
        }
    }
    return text.size();
}

bool startsName(QChar c)
{
    return c.isLetter() || c == QLatin1Char('_') || c.unicode() > 127;
}

bool continuesName(QChar c)
{
    return startsName(c) || c.isDigit() || c == QLatin1Char('$');
}

/// End of a dollar quote that opens at `from`, or -1 when none opens there.
qsizetype endOfDollarQuote(QStringView text, qsizetype from)
{
    qsizetype i = from + 1;
    if (i < text.size() && startsName(text[i])) {
        while (i < text.size() && (startsName(text[i]) || text[i].isDigit()))
            ++i;
    }
    if (i >= text.size() || text[i] != QLatin1Char('$'))
        return -1;
    const QStringView tag = text.mid(from, i - from + 1);
    const qsizetype end = text.indexOf(tag, i + 1);
    return end < 0 ? text.size() : end + tag.size();
}

qsizetype endOfWord(QStringView text, qsizetype from)
{
    qsizetype i = from;
    while (i < text.size() && continuesName(text[i]))
        ++i;
    return i;
}

qsizetype endOfNumber(QStringView text, qsizetype from)
{
    qsizetype i = from;
    while (i < text.size()) {
        const bool exponentSign = (text[i] == QLatin1Char('+') || text[i] == QLatin1Char('-')) && i > from
                                  && text[i - 1].toLower() == QLatin1Char('e');
        if (!text[i].isLetterOrNumber() && text[i] != QLatin1Char('.') && !exponentSign)
            break;
        ++i;
    }
    return i;
}

qsizetype endOfSpace(QStringView text, qsizetype from)
{
    qsizetype i = from;
    while (i < text.size() && text[i].isSpace())
        ++i;
    return i;
}

/// The end of what was found, `length` behind it; of the text when it was not.
qsizetype endAt(QStringView text, qsizetype found, qsizetype length)
{
    return found < 0 ? text.size() : found + length;
}

Token tokenAt(TokenKind kind, qsizetype position, qsizetype end)
{
    return {kind, position, end - position};
}

/// A text or a quoted name that opens at `position`.
std::optional<Token> quoted(QStringView script, qsizetype position, Engine engine)
{
    const bool postgres = engine == Engine::Postgres;
    const QChar c = script[position];
    const bool quoteFollows = position + 1 < script.size() && script[position + 1] == QLatin1Char('\'');
    if (c == QLatin1Char('\''))
        return tokenAt(TokenKind::String, position, closing(script, position + 1, c, false));
    if (postgres && quoteFollows && c.toLower() == QLatin1Char('e'))
        return tokenAt(TokenKind::String, position, closing(script, position + 2, QLatin1Char('\''), true));
    if (c == QLatin1Char('"') || (!postgres && c == QLatin1Char('`')))
        return tokenAt(TokenKind::QuotedName, position, closing(script, position + 1, c, false));
    if (!postgres && c == QLatin1Char('['))
        return tokenAt(TokenKind::QuotedName, position,
                       endAt(script, script.indexOf(QLatin1Char(']'), position), 1));
    if (postgres && c == QLatin1Char('$'))
        if (const qsizetype end = endOfDollarQuote(script, position); end > 0)
            return tokenAt(TokenKind::String, position, end);
    return std::nullopt;
}

std::optional<Token> comment(QStringView script, qsizetype position, Engine engine)
{
    const QStringView two = script.mid(position, 2);
    if (two == QLatin1String("--"))
        return tokenAt(TokenKind::Comment, position,
                       endAt(script, script.indexOf(QLatin1Char('\n'), position), 0));
    if (two == QLatin1String("/*"))
        return tokenAt(TokenKind::Comment, position,
                       endOfBlockComment(script, position, engine == Engine::Postgres));
    return std::nullopt;
}

}  // namespace

Token nextToken(QStringView script, qsizetype position, Engine engine)
{
    if (position >= script.size())
        return tokenAt(TokenKind::End, position, position);
    const QChar c = script[position];
    // SQLite reads a byte order mark as a space (tokenize.c, CC_BOM); to PostgreSQL it is a part of a word.
    if (c == QChar(QChar::ByteOrderMark) && engine == Engine::Sqlite)
        return tokenAt(TokenKind::Space, position, endOfSpace(script, position + 1));
    if (c.isSpace())
        return tokenAt(TokenKind::Space, position, endOfSpace(script, position));
    if (const auto token = comment(script, position, engine))
        return *token;
    if (const auto token = quoted(script, position, engine))
        return *token;
    if (startsName(c))
        return tokenAt(TokenKind::Word, position, endOfWord(script, position));
    const bool digitFollows = position + 1 < script.size() && script[position + 1].isDigit();
    if (c.isDigit() || (c == QLatin1Char('.') && digitFollows))
        return tokenAt(TokenKind::Number, position, endOfNumber(script, position));
    return tokenAt(TokenKind::Symbol, position, position + 1);
}

}  // namespace dewpoint::sql
