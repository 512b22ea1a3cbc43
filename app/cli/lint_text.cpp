// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cli/lint_text.h"

#include "base/words.h"
#include "cli/migrate_text.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

QString fileOf(const apply::Linted& linted)
{
    return shownPath(linted.migration.upPath);
}

QJsonObject findingJson(const apply::Linted& linted, const lint::Finding& finding)
{
    return {{u"code"_s, finding.code},
            {u"class"_s, lint::className(finding.level())},
            {u"line"_s, linted.line(finding)},
            {u"subject"_s, finding.subject},
            {u"message"_s, finding.text},
            {u"allowed"_s, finding.allowed.has_value()},
            {u"reason"_s,
             finding.allowed && !finding.allowed->isEmpty() ? QJsonValue(*finding.allowed) : QJsonValue()},
            {u"rewrite"_s, finding.rewrite ? QJsonValue(finding.rewrite->statement) : QJsonValue()}};
}

QJsonObject statementJson(const apply::Linted& linted, const lint::Judged& statement)
{
    QJsonArray locks;
    for (const lint::Lock& lock : statement.locks)
        locks.append(QJsonObject{{u"table"_s, lock.table}, {u"mode"_s, lint::lockName(lock.mode)}});
    return {{u"line"_s, linted.linesBefore + statement.place.line},
            {u"locks"_s, locks},
            {u"rewrites"_s, QJsonArray::fromStringList(statement.rewritten)},
            {u"scans"_s, QJsonArray::fromStringList(statement.scanned)}};
}

QString meansName(lint::Question::Means means)
{
    switch (means) {
    case lint::Question::Means::Lost: return u"lost"_s;
    case lint::Question::Means::Converted: return u"converted"_s;
    case lint::Question::Means::Blocks: return u"blocks"_s;
    }
    std::unreachable();
}

}  // namespace

QString explanation(const lint::Code& code)
{
    return u"%1 (%2)\n%3\n%4\n%5 %6\n"_s.arg(code.name, lint::className(code.level), code.what, code.why,
                                             Words::tr("Instead:"), code.instead);
}

QString codeList()
{
    QString text;
    for (const lint::Code& code : lint::codes())
        text += u"%1  %2  %3\n"_s.arg(lint::className(code.level), -16).arg(code.name, -30).arg(code.what);
    return text;
}

QString lintText(const QList<apply::Linted>& linted)
{
    QString text;
    int found = 0;
    int allowed = 0;
    for (const apply::Linted& one : linted) {
        for (const lint::Finding& finding : one.report.findings) {
            ++(finding.allowed ? allowed : found);
            if (!finding.allowed)
                text += u"%1:%2: %3 [%4] %5\n"_s.arg(fileOf(one))
                            .arg(one.line(finding))
                            .arg(lint::className(finding.level()), finding.code, finding.text);
        }
    }
    const auto blind = std::ranges::find(linted, false, &apply::Linted::replayed);
    if (blind != linted.end())
        text +=
            Words::tr("%1 cannot be replayed on an empty database: from there on the text alone was judged.")
                .arg(fileOf(*blind))
            + u'\n';
    text += found == 0 ? Words::tr("Nothing was found.") : Words::tr("Found: %1.").arg(found);
    if (allowed > 0)
        text += u' ' + Words::tr("Allowed by comments: %1.").arg(allowed);
    if (found > 0)
        text += u' ' + Words::tr("--explain CODE tells more.");
    return text + u'\n';
}

QJsonObject lintJson(const QList<apply::Linted>& linted)
{
    QJsonArray list;
    for (const apply::Linted& one : linted) {
        QJsonArray findings;
        for (const lint::Finding& finding : one.report.findings)
            findings.append(findingJson(one, finding));
        QJsonArray statements;
        for (const lint::Judged& statement : one.report.statements)
            statements.append(statementJson(one, statement));
        list.append(QJsonObject{{u"version"_s, one.migration.version},
                                {u"name"_s, one.migration.name},
                                {u"path"_s, one.migration.upPath},
                                {u"class"_s, lint::className(one.report.worst())},
                                {u"replayed"_s, one.replayed},
                                {u"findings"_s, findings},
                                {u"statements"_s, statements}});
    }
    return {{u"migrations"_s, list}};
}

QString preflightText(const QList<lint::Question>& questions, int migrations)
{
    QString text;
    for (const lint::Question& question : questions) {
        if (question.isHarmless())
            continue;
        text += (question.blocks() ? u"✕ "_s : u"⚠ "_s) + question.sentence() + u'\n';
        if (!question.problem.isEmpty())
            text += u"    "_s + Words::tr("Could not be counted: %1").arg(question.problem) + u'\n';
        if (question.blocks() && !question.rows.isEmpty())
            text += u"    "_s + Words::tr("Rows: %1").arg(question.rows) + u'\n';
        if (question.blocks() && !question.backfill.isEmpty())
            text += u"    "_s + Words::tr("For example: %1").arg(question.backfill) + u'\n';
    }
    if (!text.isEmpty())
        return text;
    return migrations == 0 ? Words::tr("Nothing is pending.") + u'\n'
                           : Words::tr("No row stands in the way, and none is lost.") + u'\n';
}

QJsonObject preflightJson(const QList<lint::Question>& questions)
{
    QJsonArray list;
    for (const lint::Question& question : questions)
        list.append(QJsonObject{
            {u"code"_s, question.code},
            {u"means"_s, meansName(question.means)},
            {u"schema"_s, question.schema},
            {u"table"_s, question.table},
            {u"message"_s, question.text},
            {u"rows"_s, question.rows},
            {u"count"_s, question.count < 0 ? QJsonValue() : QJsonValue(question.count)},
            {u"blocks"_s, question.blocks()},
            {u"may_be_mended"_s, question.mended},
            {u"backfill"_s, question.backfill.isEmpty() ? QJsonValue() : QJsonValue(question.backfill)},
            {u"problem"_s, question.problem.isEmpty() ? QJsonValue() : QJsonValue(question.problem)}});
    return {{u"questions"_s, list}};
}

}  // namespace dewpoint::cli
