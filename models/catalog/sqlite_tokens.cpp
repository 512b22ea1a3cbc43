// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/sqlite_tokens.h"

namespace dewpoint::catalog {

namespace {

bool startsWord(QChar c)
{
    return c.isLetter() || c == u'_' || c.unicode() >= 0x80;
}

bool continuesWord(QChar c)
{
    return startsWord(c) || c.isDigit() || c == u'$';
}

qsizetype skipBlank(const QString& sql, qsizetype at)
{
    while (at < sql.size()) {
        const QStringView rest = QStringView(sql).sliced(at);
        if (rest.front().isSpace()) {
            ++at;
        } else if (rest.startsWith(u"--")) {
            const qsizetype line = sql.indexOf(u'\n', at);
            at = line < 0 ? sql.size() : line + 1;
        } else if (rest.startsWith(u"/*")) {
            const qsizetype close = sql.indexOf(QStringView(u"*/"), at + 2);
            at = close < 0 ? sql.size() : close + 2;
        } else {
            break;
        }
    }
    return at;
}

Token quotedToken(const QString& sql, qsizetype at)
{
    const QChar open = sql.at(at);
    const QChar close = open == u'[' ? QChar(u']') : open;
    Token token{.kind = open == u'\'' ? TokenKind::String : TokenKind::QuotedName, .start = at};
    qsizetype i = at + 1;
    while (i < sql.size()) {
        if (sql.at(i) == close) {
            const bool doubled = open != u'[' && i + 1 < sql.size() && sql.at(i + 1) == close;
            if (!doubled)
                break;
            ++i;
        }
        token.text += sql.at(i);
        ++i;
    }
    token.length = qMin(i + 1, sql.size()) - at;
    return token;
}

Token numberToken(const QString& sql, qsizetype at)
{
    qsizetype i = at;
    while (i < sql.size()) {
        const QChar c = sql.at(i);
        const bool sign = (c == u'+' || c == u'-') && sql.at(i - 1).toLower() == u'e'
                          && !sql.mid(at, 2).startsWith(u"0x", Qt::CaseInsensitive);
        if (i > at && !continuesWord(c) && c != u'.' && !sign)
            break;
        ++i;
    }
    return {.kind = TokenKind::Number, .start = at, .length = i - at, .text = sql.mid(at, i - at)};
}

Token wordToken(const QString& sql, qsizetype at)
{
    qsizetype i = at;
    while (i < sql.size() && continuesWord(sql.at(i)))
        ++i;
    return {.kind = TokenKind::Word, .start = at, .length = i - at, .text = sql.mid(at, i - at)};
}

}  // namespace

bool Token::isWord(QStringView keyword) const
{
    return kind == TokenKind::Word && text.compare(keyword, Qt::CaseInsensitive) == 0;
}

bool Token::isSymbol(QChar symbol) const
{
    return kind == TokenKind::Symbol && text.size() == 1 && text.front() == symbol;
}

QList<Token> tokenize(const QString& sql)
{
    QList<Token> tokens;
    for (qsizetype at = skipBlank(sql, 0); at < sql.size(); at = skipBlank(sql, at)) {
        const QChar c = sql.at(at);
        const bool fraction = c == u'.' && at + 1 < sql.size() && sql.at(at + 1).isDigit()
                              && (tokens.isEmpty() || !tokens.constLast().isName());
        if (c == u'"' || c == u'`' || c == u'[' || c == u'\'')
            tokens.append(quotedToken(sql, at));
        else if (c.isDigit() || fraction)
            tokens.append(numberToken(sql, at));
        else if (startsWord(c))
            tokens.append(wordToken(sql, at));
        else
            tokens.append({.kind = TokenKind::Symbol, .start = at, .length = 1, .text = QString(c)});
        at = tokens.constLast().end();
    }
    return tokens;
}

QString normalised(const QString& sql)
{
    QList<Token> tokens = tokenize(sql);
    if (!tokens.isEmpty() && tokens.constLast().isSymbol(u';'))
        tokens.removeLast();
    QStringList words;
    words.reserve(tokens.size());
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens.at(i);
        const bool closes =
            i + 1 == tokens.size() || tokens.at(i + 1).isSymbol(u',') || tokens.at(i + 1).isSymbol(u')');
        if (token.isWord(u"asc") && closes)
            continue;
        words.append(token.kind == TokenKind::String ? u'\'' + token.text + u'\'' : token.text.toLower());
    }
    return words.join(u' ');
}

QString unqualified(const QString& sql, const QString& table)
{
    const QList<Token> tokens = tokenize(sql);
    QString text = sql;
    for (qsizetype i = tokens.size() - 3; i >= 0; --i) {
        if (tokens.at(i).isName() && tokens.at(i + 1).isSymbol(u'.') && tokens.at(i + 2).isName()
            && tokens.at(i).text.compare(table, Qt::CaseInsensitive) == 0)
            text.remove(tokens.at(i).start, tokens.at(i + 2).start - tokens.at(i).start);
    }
    return text;
}

}  // namespace dewpoint::catalog
