// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace dewpoint::catalog {

enum class TokenKind { Word, QuotedName, String, Number, Symbol };

/// A piece of SQLite's SQL by its place in the text, comments and white space left out
/// (https://sqlite.org/lang_keywords.html: names are quoted as "a", `a`, [a] and, by kindness, 'a').
struct Token {
    TokenKind kind = TokenKind::Symbol;
    qsizetype start = 0;
    qsizetype length = 0;
    QString text;  ///< quotes taken off and doubled ones undone; as written for words, numbers, symbols

    bool isWord(QStringView keyword) const;
    bool isSymbol(QChar symbol) const;
    bool isName() const
    {
        return kind == TokenKind::Word || kind == TokenKind::QuotedName || kind == TokenKind::String;
    }
    qsizetype end() const { return start + length; }
};

QList<Token> tokenize(const QString& sql);

/// The same text for the same meaning, whatever the spelling: words in lower case, names without
/// quotes, one space between tokens, no comments, no redundant ASC. For comparing, not for running.
QString normalised(const QString& sql);

/// The text without "table." before names: within the table's own checks it says nothing.
QString unqualified(const QString& sql, const QString& table);

}  // namespace dewpoint::catalog
