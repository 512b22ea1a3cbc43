// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/words.h"

#include "sql/lexer.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

WordList::WordList(const QString& statement)
{
    int depth = 0;
    for (auto token = sql::nextToken(statement, 0, Engine::Sqlite); token.kind != sql::TokenKind::End;
         token = sql::nextToken(statement, token.start + token.length, Engine::Sqlite)) {
        if (token.kind == sql::TokenKind::Space || token.kind == sql::TokenKind::Comment)
            continue;
        const QString text = token.text(statement).toString();
        if (text == ")"_L1)
            --depth;
        m_words.append({.text = text,
                        .quoted = token.kind == sql::TokenKind::QuotedName,
                        .isString = token.kind == sql::TokenKind::String,
                        .depth = depth});
        if (text == "("_L1)
            ++depth;
    }
}

bool WordList::is(qsizetype at, QLatin1StringView word) const
{
    return at >= 0 && at < m_words.size() && !m_words.at(at).quoted
           && m_words.at(at).text.compare(word, Qt::CaseInsensitive) == 0;
}

bool WordList::are(qsizetype at, std::initializer_list<QLatin1StringView> words) const
{
    for (const QLatin1StringView word : words) {
        if (!is(at++, word))
            return false;
    }
    return true;
}

qsizetype WordList::find(QLatin1StringView word, qsizetype from) const
{
    for (qsizetype at = from; at < m_words.size(); ++at) {
        if (m_words.at(at).depth == 0 && is(at, word))
            return at;
    }
    return -1;
}

QString WordList::name(qsizetype at) const
{
    if (at >= m_words.size())
        return {};
    const QString& text = m_words.at(at).text;
    if ((!m_words.at(at).quoted && !m_words.at(at).isString) || text.size() < 2)
        return text;
    const QChar quote = text.front();
    const QString inner = text.sliced(1, text.size() - 2);
    return quote == u'[' ? inner : QString(inner).replace(QString(2, quote), QString(quote));
}

RelationName WordList::relation(qsizetype& at) const
{
    const QString first = name(at++);
    if (!is(at, "."_L1))
        return RelationName::of({}, first);
    const QString second = name(at + 1);
    at += 2;
    return RelationName::of(first, second);
}

qsizetype WordList::behindBrackets(qsizetype at) const
{
    const int depth = at < m_words.size() ? m_words.at(at).depth : 0;
    for (qsizetype place = at + 1; place < m_words.size(); ++place) {
        if (m_words.at(place).depth == depth && is(place, ")"_L1))
            return place + 1;
    }
    return m_words.size();
}

QStringList WordList::namesInBrackets(qsizetype at) const
{
    QStringList names;
    const qsizetype end = behindBrackets(at) - 1;
    for (++at; at < end; ++at) {
        if (!is(at, ","_L1))
            names << name(at);
    }
    return names;
}

}  // namespace dewpoint::lint
