// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/known.h"

#include <QStringView>

namespace dewpoint::lint {

/// A statement of SQLite word by word, without comments: there is no library that reads its grammar.
class WordList final
{
public:
    explicit WordList(const QString& statement);

    qsizetype size() const { return m_words.size(); }
    bool is(qsizetype at, QLatin1StringView word) const;  ///< any case; a quoted name is no word
    bool are(qsizetype at, std::initializer_list<QLatin1StringView> words) const;
    bool has(QLatin1StringView word, qsizetype from = 0) const { return find(word, from) >= 0; }
    qsizetype find(QLatin1StringView word, qsizetype from = 0) const;  ///< outside brackets; -1 for none
    QString text(qsizetype at) const { return at < m_words.size() ? m_words.at(at).text : QString(); }
    QString name(qsizetype at) const;  ///< without its quotes
    bool isString(qsizetype at) const { return at < m_words.size() && m_words.at(at).isString; }
    /// A table's name, which may have its schema before it; `at` is behind it afterwards.
    RelationName relation(qsizetype& at) const;
    /// Behind the bracket that closes the one at this place.
    qsizetype behindBrackets(qsizetype at) const;
    /// The names in the list of columns that begins with this bracket.
    QStringList namesInBrackets(qsizetype at) const;

private:
    struct Word {
        QString text;
        bool quoted = false;
        bool isString = false;
        int depth = 0;
    };
    QList<Word> m_words;
};

}  // namespace dewpoint::lint
