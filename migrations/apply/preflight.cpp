// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/preflight.h"

#include "apply/lint_project.h"
#include "base/words.h"
#include "project/code.h"
#include "shadow/replay.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::apply {

namespace {

void countOne(drivers::Connection& live, lint::Question& question)
{
    const auto counted = live.query(question.countSql, {}, {.maxRows = 1, .readOnly = true});
    if (!counted) {
        question.problem = counted.error().oneLine();
        return;
    }
    bool isNumber = false;
    const qint64 count = counted->rowCount() > 0 ? displayText(counted->at(0, 0)).toLongLong(&isNumber) : -1;
    question.count = isNumber ? count : -1;
}

}  // namespace

void countRows(drivers::Connection& live, QList<lint::Question>& questions, const drivers::StopAsked& stop)
{
    for (lint::Question& question : questions) {
        if (stop && stop())
            return;
        question.count = -1;
        question.problem = question.countSql.isEmpty() ? question.problem : QString();
        if (!question.countSql.isEmpty())
            countOne(live, question);
    }
}

QList<lint::Question> preflight(drivers::Connection& live, const project::Project& given,
                                const QList<project::Migration>& migrations, const schema::Database& before,
                                const schema::Database& after, const drivers::StopAsked& stop)
{
    const project::Project project = project::forEngine(given, live.engine());
    QList<lint::ColumnRename> renames;
    QStringList written;
    bool opaque = project::runsCode(project);
    lint::Known known = lint::Known::of(before);
    for (const project::Migration& migration : opaque ? QList<project::Migration>() : migrations) {
        const auto script = project::script(project, migration, Direction::Up);
        if (!script)
            continue;
        const lint::Report report = lint::judge(QString::fromUtf8(script->text),
                                                settingOf(project, migration, *script, live.engine()), known);
        for (const lint::Judged& statement : report.statements)
            written += statement.written;
    }
    renames = known.carried();
    QList<lint::Question> questions = lint::questionsOf(before, after, renames);
    for (lint::Question& question : questions) {
        const QString name = lint::RelationName::of(question.schema, question.table).shown();
        // Rows of a table that goes are gone whatever is written.
        const bool goes = question.code == "drop-table"_L1;
        question.mended =
            question.mended || (!goes && (opaque || written.contains(name, Qt::CaseInsensitive)));
    }
    countRows(live, questions, stop);
    return questions;
}

Result<QList<lint::Question>> preflight(drivers::Connection& live, const project::Project& project,
                                        const QList<Step>& steps, const drivers::StopAsked& stop)
{
    if (steps.isEmpty())
        return QList<lint::Question>();
    const auto [first, last] = spanOf(steps);
    const auto preview = shadow::preview(live, project, first, last, stop);
    if (!preview)
        return fail(preview.error());
    QList<project::Migration> migrations;
    for (const Step& step : steps)
        migrations.append(step.migration);
    return preflight(live, project, migrations, preview->before, preview->after, stop);
}

QList<lint::ColumnRename> renamesIn(const project::Project& given,
                                    const QList<project::Migration>& migrations, Direction direction,
                                    const schema::Database& before)
{
    const project::Project project = project::forEngine(given, before.engine);
    lint::Known known = lint::Known::of(before);
    for (const project::Migration& migration :
         project::runsCode(project) ? QList<project::Migration>() : migrations) {
        if (const auto script = project::script(project, migration, direction))
            (void)lint::judge(QString::fromUtf8(script->text),
                              settingOf(project, migration, *script, before.engine), known);
    }
    return known.carried();
}

}  // namespace dewpoint::apply
