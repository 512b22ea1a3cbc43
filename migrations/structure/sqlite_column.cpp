// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/sqlite_column.h"

#include "catalog/sqlite_tokens.h"

#include <algorithm>

namespace dewpoint::structure {

using catalog::Token;
using catalog::TokenKind;

namespace {

bool isOneOf(const Token& token, std::initializer_list<QStringView> words)
{
    return std::ranges::any_of(words, [&](QStringView word) { return token.isWord(word); });
}

/// Splits "name TYPE clause clause …".
class ColumnReader final
{
public:
    explicit ColumnReader(const QString& core) : m_tokens(catalog::tokenize(core)) {}

    QList<Clause> clauses()
    {
        while (m_at < m_tokens.size()) {
            const qsizetype from = m_at;
            const ClauseKind kind = next();
            m_at = std::min(m_at, m_tokens.size());
            add(kind, from);
        }
        return m_clauses;
    }

private:
    const Token& at(qsizetype place) const
    {
        static const Token nothing;
        return place < m_tokens.size() ? m_tokens.at(place) : nothing;
    }

    void add(ClauseKind kind, qsizetype from)
    {
        const Clause clause{kind, m_tokens.at(from).start, m_tokens.at(m_at - 1).end()};
        const bool goesOn = kind == ClauseKind::Type && !m_clauses.isEmpty();
        if (goesOn)
            m_clauses.last().end = clause.end;
        else
            m_clauses.append(clause);
    }

    void skipParentheses()
    {
        int depth = 0;
        do {
            depth += at(m_at).isSymbol(u'(') ? 1 : at(m_at).isSymbol(u')') ? -1 : 0;
            ++m_at;
        } while (depth > 0 && m_at < m_tokens.size());
    }

    ClauseKind next()
    {
        if (at(m_at).isWord(u"constraint"))
            m_at += 2;
        if (m_at >= m_tokens.size())
            return ClauseKind::Type;
        const Token& first = at(m_at);
        if (first.isWord(u"not") && at(m_at + 1).isWord(u"null"))
            return skip(2, ClauseKind::NotNull);
        if (first.isWord(u"null"))
            return skip(1, ClauseKind::Null);
        if (first.isWord(u"default"))
            return skipDefault();
        if (first.isWord(u"collate"))
            return skip(2, ClauseKind::Collate);
        if (first.isWord(u"generated") && at(m_at + 1).isWord(u"always"))
            return skipGenerated(2);
        if (first.isWord(u"as"))
            return skipGenerated(0);
        if (first.isWord(u"primary"))
            return skipKey(2);
        if (first.isWord(u"unique"))
            return skipKey(1);
        if (first.isWord(u"check"))
            return skipCheck();
        if (first.isWord(u"references"))
            return skipReferences();
        skipParentheses();  // one token where there are none
        return ClauseKind::Type;
    }

    ClauseKind skip(qsizetype count, ClauseKind kind)
    {
        m_at = std::min(m_at + count, m_tokens.size());
        skipConflict();
        return kind;
    }

    void skipConflict()
    {
        if (at(m_at).isWord(u"on") && at(m_at + 1).isWord(u"conflict"))
            m_at = std::min(m_at + 3, m_tokens.size());
    }

    ClauseKind skipDefault()
    {
        ++m_at;
        const bool sign = at(m_at).isSymbol(u'-') || at(m_at).isSymbol(u'+');
        const bool blob = at(m_at).isWord(u"x") && at(m_at + 1).kind == TokenKind::String;
        if (at(m_at).isSymbol(u'('))
            skipParentheses();
        else
            m_at = std::min(m_at + (sign || blob ? 2 : 1), m_tokens.size());
        return ClauseKind::Default;
    }

    ClauseKind skipGenerated(qsizetype before)
    {
        m_at += before + 1;
        if (at(m_at).isSymbol(u'('))
            skipParentheses();
        if (isOneOf(at(m_at), {u"stored", u"virtual"}))
            ++m_at;
        return ClauseKind::Generated;
    }

    ClauseKind skipKey(qsizetype words)
    {
        m_at = std::min(m_at + words, m_tokens.size());
        if (isOneOf(at(m_at), {u"asc", u"desc"}))
            ++m_at;
        skipConflict();
        if (at(m_at).isWord(u"autoincrement"))
            ++m_at;
        return ClauseKind::Key;
    }

    ClauseKind skipCheck()
    {
        ++m_at;
        skipParentheses();
        skipConflict();
        return ClauseKind::Check;
    }

    ClauseKind skipReferences()
    {
        m_at += 2;
        if (at(m_at).isSymbol(u'('))
            skipParentheses();
        while (m_at < m_tokens.size()) {
            if (at(m_at).isWord(u"on"))
                m_at += isOneOf(at(m_at + 2), {u"set", u"no"}) ? 4 : 3;
            else if (isOneOf(at(m_at), {u"match", u"initially"})
                     || (at(m_at).isWord(u"not") && at(m_at + 1).isWord(u"deferrable")))
                m_at += 2;
            else if (at(m_at).isWord(u"deferrable"))
                ++m_at;
            else
                break;
        }
        m_at = std::min(m_at, m_tokens.size());
        return ClauseKind::References;
    }

    QList<Token> m_tokens;
    qsizetype m_at = 1;  // behind the name
    QList<Clause> m_clauses;
};

}  // namespace

QList<Clause> clausesOf(const QString& column)
{
    return ColumnReader(column).clauses();
}

void ColumnText::set(ClauseKind kind, const QString& text)
{
    const QList<Clause> all = clausesOf(m_core);
    const auto found = std::ranges::find(all, kind, &Clause::kind);
    if (found != all.end()) {
        replace(*found, text);
    } else if (!text.isEmpty()) {
        const qsizetype place = placeFor(kind, all);
        m_core.insert(place, u' ' + text);
    }
}

void ColumnText::replace(const Clause& clause, const QString& text)
{
    qsizetype start = clause.start;
    while (text.isEmpty() && start > 0 && m_core.at(start - 1).isSpace())
        --start;
    m_core.replace(start, clause.end - start, text);
}

/// Behind the name, or behind the type; what is computed comes last.
qsizetype ColumnText::placeFor(ClauseKind kind, const QList<Clause>& all) const
{
    const qsizetype behindName = catalog::tokenize(m_core).constFirst().end();
    if (kind == ClauseKind::Type)
        return behindName;
    if (kind == ClauseKind::Generated || kind == ClauseKind::Default)
        return m_core.size();
    return !all.isEmpty() && all.constFirst().kind == ClauseKind::Type ? all.constFirst().end : behindName;
}

}  // namespace dewpoint::structure
