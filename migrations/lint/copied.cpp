// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/copied.h"

#include "lint/words.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

constexpr qsizetype longestCopy = 10000;  ///< what is longer writes values of its own

}  // namespace

QSet<QString> namedByOthers(const Report& report, int statement)
{
    QSet<QString> named;
    for (int i = 0; i < report.statements.size(); ++i) {
        const WordList words(i == statement ? QString() : report.statements.at(i).text.left(longestCopy));
        if (!words.is(0, "UPDATE"_L1) && !words.is(0, "INSERT"_L1) && !words.is(0, "WITH"_L1)
            && !words.is(0, "REPLACE"_L1) && !words.is(0, "MERGE"_L1))
            continue;
        for (qsizetype word = 1; word < words.size(); ++word)
            named.insert(words.name(word).toLower());
    }
    return named;
}

}  // namespace dewpoint::lint
