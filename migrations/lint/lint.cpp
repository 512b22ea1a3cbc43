// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/lint.h"

#include "base/words.h"
#include "lint/allow.h"
#include "lint/bench.h"
#include "lint/postgres.h"
#include "lint/sqlite.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

bool beginsByItself(const Report& report)
{
    return std::ranges::any_of(report.statements, [](const Judged& statement) {
        const QString word = sql::leadingKeyword(statement.text);
        return word == "BEGIN"_L1 || word == "START"_L1;
    });
}

/// What goes for the script as a whole.
void judgeWhole(Bench& bench, const Setting& setting)
{
    bench.turnTo(-1);
    // PostgreSQL takes a script that is sent in one call for one transaction.
    const bool apart = setting.engine == Engine::Sqlite || setting.pieceByPiece;
    if (!setting.inTransaction && apart && bench.report().statements.size() > 1
        && !beginsByItself(bench.report()))
        bench.find(u"outside-transaction"_s, {},
                   Words::tr("%1 statements run outside a transaction: what they did before a failure stays.")
                       .arg(bench.report().statements.size()));
    if (setting.wantsDown)
        bench.find(u"no-down"_s, {}, Words::tr("Cannot be taken back: there is no down SQL."));
}

}  // namespace

Report judge(const QString& script, const Setting& setting, Known& known)
{
    Report report;
    const auto places = sql::split(script, setting.engine);
    for (const sql::Statement& place : places)
        report.statements.append({.place = place,
                                  .text = script.mid(place.start, place.length),
                                  .locks = {},
                                  .rewritten = {},
                                  .scanned = {},
                                  .written = {}});
    known.beginMigration();
    known.rows.ignoreCase(setting.engine == Engine::Sqlite);
    Setting effective = setting;
    if (setting.engine == Engine::Postgres && !setting.pieceByPiece && places.size() > 1)
        effective.inTransaction = setting.inTransaction || !beginsByItself(report);
    Bench bench(report, known, effective);
    if (setting.engine == Engine::Postgres)
        postgres::judge(bench);
    else
        sqlite::judge(bench);
    judgeWhole(bench, setting);
    applyComments(report, script);
    return report;
}

}  // namespace dewpoint::lint
