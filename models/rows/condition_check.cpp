// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/condition_check.h"

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

Result<> checkCondition(drivers::Connection& connection, const Relation& relation, const QString& condition)
{
    // On lines of its own, as a page has it: a comment at its end does not swallow the rest.
    const QString before = u"EXPLAIN SELECT 1 FROM "_s + relation.quotedName() + u" WHERE (\n"_s;
    // A misspelt column in double quotes would be a text to SQLite, and the condition true or false for all.
    const bool lenient = connection.takesQuotedNamesAsText();
    if (lenient)
        connection.setQuotedNamesAsText(false);
    const auto explained = connection.query(before + condition + u"\n)"_s, {}, {.maxRows = 1});
    if (lenient)
        connection.setQuotedNamesAsText(true);
    if (explained)
        return {};
    Error error = explained.error();
    if (error.position >= 0) {
        const auto place = error.position - static_cast<int>(before.size());
        error.position = place >= 0 && place <= condition.size() ? place : -1;
    }
    return fail(error);
}

}  // namespace dewpoint::rows
