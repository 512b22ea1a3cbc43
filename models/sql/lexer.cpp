// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "sql/lexer.h"

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

}  // namespace

Token nextToken(QStringView script, qsizetype position, Engine engine)
{
    const bool postgres = engine == Engine::Postgres;
    const auto token = [&](TokenKind kind, qsizetype end) { return Token{kind, position, end - position}; };
    if (position >= script.size())
        return token(TokenKind::End, position);
    const QChar c = script[position];
    const QChar next = position + 1 < script.size() ? script[position + 1] : QChar();
    if (c.isSpace()) {
        qsizetype end = position;
        while (end < script.size() && script[end].isSpace())
            ++end;
        return token(TokenKind::Space, end);
    }
    if (c == QLatin1Char('-') && next == QLatin1Char('-')) {
        const qsizetype end = script.indexOf(QLatin1Char('\n'), position);
        return token(TokenKind::Comment, end < 0 ? script.size() : end);
    }
    if (c == QLatin1Char('/') && next == QLatin1Char('*'))
        return token(TokenKind::Comment, endOfBlockComment(script, position, postgres));
    if (c == QLatin1Char('\''))
        return token(TokenKind::String, closing(script, position + 1, c, false));
    if (postgres && c.toLower() == QLatin1Char('e') && next == QLatin1Char('\''))
        return token(TokenKind::String, closing(script, position + 2, next, true));
    if (c == QLatin1Char('"') || (!postgres && c == QLatin1Char('`')))
        return token(TokenKind::QuotedName, closing(script, position + 1, c, false));
    if (!postgres && c == QLatin1Char('[')) {
        const qsizetype end = script.indexOf(QLatin1Char(']'), position);
        return token(TokenKind::QuotedName, end < 0 ? script.size() : end + 1);
    }
    if (postgres && c == QLatin1Char('$')) {
        if (const qsizetype end = endOfDollarQuote(script, position); end > 0)
            return token(TokenKind::String, end);
    }
    if (startsName(c))
        return token(TokenKind::Word, endOfWord(script, position));
    if (c.isDigit() || (c == QLatin1Char('.') && next.isDigit()))
        return token(TokenKind::Number, endOfNumber(script, position));
    return token(TokenKind::Symbol, position + 1);
}

}  // namespace dewpoint::sql
