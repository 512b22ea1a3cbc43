// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/migrate_text.h"

#include "base/words.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>

namespace dewpoint::cli {

namespace {

QJsonValue textOrNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString verb(apply::Direction direction)
{
    return direction == apply::Direction::Up ? QStringLiteral("run") : QStringLiteral("revert");
}

QJsonObject stepJson(const apply::Step& step)
{
    return {{QStringLiteral("version"), step.migration.version},
            {QStringLiteral("name"), step.migration.name},
            {QStringLiteral("action"), verb(step.direction)},
            {QStringLiteral("path"), step.migration.path}};
}

QJsonObject failureJson(const apply::Failure& failure)
{
    QJsonObject json = stepJson(failure.step);
    json.insert(QStringLiteral("message"), failure.error.message);
    json.insert(QStringLiteral("detail"), textOrNull(failure.error.detail));
    json.insert(QStringLiteral("sqlstate"), textOrNull(failure.error.sqlState));
    json.insert(QStringLiteral("file"), failure.file);
    json.insert(QStringLiteral("line"), failure.line > 0 ? QJsonValue(failure.line) : QJsonValue());
    json.insert(QStringLiteral("column"), failure.column > 0 ? QJsonValue(failure.column) : QJsonValue());
    json.insert(QStringLiteral("statement"), textOrNull(failure.statement));
    json.insert(QStringLiteral("standing"), failure.standing);
    return json;
}

}  // namespace

QString shownPath(const QString& path)
{
    const QString relative = QDir::current().relativeFilePath(path);
    return relative.startsWith(QLatin1String("..")) ? path : relative;
}

QJsonObject statusJson(const apply::Status& status)
{
    QJsonArray list;
    for (const auto& state : status.migrations) {
        list.append(QJsonObject{{QStringLiteral("version"), state.migration.version},
                                {QStringLiteral("name"), state.migration.name},
                                {QStringLiteral("state"), apply::stateName(state.state)},
                                {QStringLiteral("applied_at"), textOrNull(state.appliedAt)},
                                {QStringLiteral("reversible"), state.migration.reversible()},
                                {QStringLiteral("checksum"), textOrNull(state.migration.checksum)},
                                {QStringLiteral("path"), textOrNull(state.migration.path)}});
    }
    QJsonObject json{{QStringLiteral("tool"), status.project.tool},
                     {QStringLiteral("dialect"), status.engine == Engine::Sqlite
                                                     ? QStringLiteral("sqlite")
                                                     : QStringLiteral("postgresql")},
                     {QStringLiteral("directory"), status.project.directory},
                     {QStringLiteral("ledger"), status.ledger},
                     {QStringLiteral("migrations"), list},
                     {QStringLiteral("pending"), status.pendingCount()},
                     {QStringLiteral("applied"), status.appliedCount()}};
    if (!status.problem.isEmpty())
        json.insert(QStringLiteral("problem"), status.problem);
    return json;
}

QString statusText(const apply::Status& status)
{
    QString text = QStringLiteral("%1 · %2\n")
                       .arg(project::toolTitle(status.project), shownPath(status.project.directory));
    for (const auto& state : status.migrations) {
        const QString name =
            state.migration.folder.isEmpty() ? state.migration.version : state.migration.folder;
        text += QStringLiteral("%1  %2").arg(apply::stateName(state.state), -12).arg(name);
        if (!state.appliedAt.isEmpty())
            text += QStringLiteral("  %1").arg(state.appliedAt);
        text += u'\n';
    }
    if (!status.problem.isEmpty())
        text += Words::tr("Nothing would run: %1").arg(status.problem) + u'\n' + status.remedy + u'\n';
    text +=
        Words::tr("%1 applied, %2 pending.").arg(status.appliedCount()).arg(status.pendingCount()) + u'\n';
    return text;
}

QJsonObject planJson(const QList<apply::Step>& steps)
{
    QJsonArray list;
    for (const auto& step : steps)
        list.append(stepJson(step));
    return {{QStringLiteral("dry_run"), true}, {QStringLiteral("steps"), list}};
}

QJsonObject reportJson(const apply::Report& report, const QString& backup)
{
    QJsonArray done;
    for (const auto& one : report.done) {
        QJsonObject json = stepJson(one.step);
        json.insert(QStringLiteral("microseconds"),
                    one.microseconds < 0 ? QJsonValue() : QJsonValue(one.microseconds));
        json.insert(QStringLiteral("by_others"), one.byOthers);
        done.append(json);
    }
    return {
        {QStringLiteral("dry_run"), false},
        {QStringLiteral("done"), done},
        {QStringLiteral("failure"), report.failure ? QJsonValue(failureJson(*report.failure)) : QJsonValue()},
        {QStringLiteral("backup"), textOrNull(backup)},
        {QStringLiteral("side_files"), QJsonArray::fromStringList(report.sideFiles)},
        {QStringLiteral("side_files_problem"),
         report.sideFilesProblem ? QJsonValue(report.sideFilesProblem->oneLine()) : QJsonValue()}};
}

QString doneText(const apply::Done& done)
{
    const bool up = done.step.direction == apply::Direction::Up;
    const QString& name = done.step.migration.folder;
    if (done.byOthers)
        return (up ? Words::tr("Another program has run %1") : Words::tr("Another program has reverted %1"))
            .arg(name);
    if (done.microseconds < 0)
        return (up ? Words::tr("Ran %1") : Words::tr("Reverted %1")).arg(name);
    const QString time = QString::number(static_cast<double>(done.microseconds) / 1000.0, 'f', 3);
    return (up ? Words::tr("Ran %1 (%2 ms)") : Words::tr("Reverted %1 (%2 ms)")).arg(name, time);
}

}  // namespace dewpoint::cli
