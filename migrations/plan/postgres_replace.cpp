// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "plan/postgres_replace.h"

#include "sql/lexer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan::postgres {

using namespace schema;

namespace {

/// What CREATE OR REPLACE insists on: everything before the language but for arguments' defaults, of which
/// none may go (https://www.postgresql.org/docs/current/sql-createfunction.html).
struct Head {
    QString text;               ///< without the defaults
    QList<qsizetype> defaults;  ///< the arguments that have one, counted by commas
};

Head head(const Routine& routine)
{
    const QString text = routine.definition.left(routine.definition.indexOf(u"\n LANGUAGE"));
    Head result;
    int depth = 0;
    qsizetype argument = 0;
    bool isDefault = false;
    for (qsizetype at = 0; at < text.size();) {
        const sql::Token token = sql::nextToken(text, at, Engine::Postgres);
        if (token.kind == sql::TokenKind::End)
            break;
        const QStringView word = token.text(text);
        const bool separates = (word == u"," && depth == 1) || (word == u")" && depth == 1);
        argument += separates ? 1 : 0;
        if (depth == 1 && token.kind == sql::TokenKind::Word && word == u"DEFAULT") {
            isDefault = true;
            result.defaults << argument;
        }
        isDefault = isDefault && !separates;
        if (!isDefault && !word.trimmed().isEmpty())
            (result.text += word) += u' ';
        depth += word == u"(" ? 1 : word == u")" ? -1 : 0;
        at = token.start + token.length;
    }
    return result;
}

}  // namespace

bool canReplace(const View& from, const View& to)
{
    if (from.materialized || to.materialized || from.columns.size() > to.columns.size())
        return false;
    for (qsizetype i = 0; i < from.columns.size(); ++i) {
        const Column& before = from.columns.at(i);
        const Column& after = to.columns.at(i);
        if (before.name != after.name || before.type != after.type || before.collation != after.collation)
            return false;
    }
    return true;
}

bool canReplace(const Routine& from, const Routine& to)
{
    if (from.kind != to.kind || to.definition.isEmpty())
        return false;
    const Head before = head(from);
    const Head after = head(to);
    return before.text == after.text && std::ranges::all_of(before.defaults, [&](qsizetype argument) {
               return after.defaults.contains(argument);
           });
}

}  // namespace dewpoint::plan::postgres
