// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/sqlite_tokens.h"

namespace dewpoint::catalog {

/// A place in a list of tokens that moves forward only; past the end it stays on an empty token.
class TokenCursor final
{
public:
    explicit TokenCursor(const QString& sql) : m_sql(sql), m_tokens(tokenize(sql)) {}

    bool atEnd() const { return m_at >= m_tokens.size(); }
    const Token& now() const { return at(m_at); }
    const Token& next() const { return at(m_at + 1); }
    void advance() { m_at = qMin(m_at + 1, m_tokens.size()); }

    bool accept(QStringView keyword)
    {
        const bool found = now().isWord(keyword);
        if (found)
            advance();
        return found;
    }

    bool acceptSymbol(QChar symbol)
    {
        const bool found = now().isSymbol(symbol);
        if (found)
            advance();
        return found;
    }

    /// Takes a name, quoted or not.
    QString name()
    {
        const QString text = now().isName() ? now().text : QString();
        advance();
        return text;
    }

    /// Standing on "(": the text inside up to its partner, and moves behind that. Empty otherwise.
    QString parenthesised()
    {
        if (!now().isSymbol(u'('))
            return {};
        const qsizetype from = now().end();
        int depth = 0;
        do {
            depth += now().isSymbol(u'(') ? 1 : now().isSymbol(u')') ? -1 : 0;
            advance();
        } while (depth > 0 && !atEnd());
        const qsizetype to = depth == 0 ? at(m_at - 1).start : m_sql.size();
        return m_sql.mid(from, to - from).trimmed();
    }

private:
    const Token& at(qsizetype i) const
    {
        static const Token nothing;
        return i < m_tokens.size() ? m_tokens.at(i) : nothing;
    }

    QString m_sql;
    QList<Token> m_tokens;
    qsizetype m_at = 0;
};

}  // namespace dewpoint::catalog
