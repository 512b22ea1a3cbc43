// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/repair_text.h"

#include "base/words.h"

#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>

namespace dewpoint::cli {

namespace {

QString nameOf(const apply::MigrationState& state)
{
    return state.migration.folder.isEmpty() ? state.migration.version : state.migration.folder;
}

QString line(const apply::Repair& repair, bool isDone)
{
    switch (repair.kind) {
    case apply::RepairKind::MarkApplied:
    case apply::RepairKind::Baseline:
        return isDone ? Words::tr("Marked %1 as applied") : Words::tr("Would mark %1 as applied");
    case apply::RepairKind::MarkPending:
        return isDone ? Words::tr("Marked %1 as pending") : Words::tr("Would mark %1 as pending");
    case apply::RepairKind::AcceptFile:
        return isDone ? Words::tr("Accepted the file of %1") : Words::tr("Would accept the file of %1");
    case apply::RepairKind::ClearFailed:
        return isDone ? Words::tr("Cleared the failure of %1") : Words::tr("Would clear the failure of %1");
    case apply::RepairKind::Convert:
        return isDone ? Words::tr("Marked %1 as applied (was %2)")
                      : Words::tr("Would mark %1 as applied (was %2)");
    }
    Q_UNREACHABLE_RETURN({});
}

QString lines(const apply::Repair& repair, bool isDone)
{
    QString text;
    for (qsizetype i = 0; i < repair.migrations.size(); ++i) {
        const QString name = nameOf(repair.migrations[i]);
        const QString pattern = line(repair, isDone);
        text += (repair.sources.isEmpty() ? pattern.arg(name) : pattern.arg(name, repair.sources[i])) + u'\n';
    }
    return text;
}

apply::State stateAfter(const apply::Repair& repair, const apply::MigrationState& state)
{
    const auto found = std::ranges::find_if(repair.expect, [&](const apply::MigrationState& each) {
        return each.migration.version == state.migration.version;
    });
    return found == repair.expect.end() ? apply::State::Pending : found->state;
}

}  // namespace

QString repairText(const apply::Repair& repair, Engine engine)
{
    QString text = lines(repair, false);
    for (const QString& note : repair.notes)
        text += Words::tr("Note: %1").arg(note) + u'\n';
    return text + u'\n' + ledger::displayed(repair.statements, engine) + u'\n';
}

QString repairedText(const apply::Repair& repair)
{
    return lines(repair, true);
}

QJsonObject repairJson(const apply::Repair& repair, Engine engine, bool dryRun, const QString& backup)
{
    QJsonArray migrations;
    for (qsizetype i = 0; i < repair.migrations.size(); ++i) {
        const apply::MigrationState& state = repair.migrations[i];
        const QString source = repair.sources.value(i);
        migrations.append(
            QJsonObject{{QStringLiteral("version"), state.migration.version},
                        {QStringLiteral("name"), state.migration.name},
                        {QStringLiteral("before"), apply::stateName(state.state)},
                        {QStringLiteral("after"), apply::stateName(stateAfter(repair, state))},
                        {QStringLiteral("from"), source.isEmpty() ? QJsonValue() : QJsonValue(source)}});
    }
    QJsonArray statements;
    for (const ledger::Statement& statement : repair.statements)
        statements.append(ledger::displayed(statement, engine));
    return {{QStringLiteral("dry_run"), dryRun},
            {QStringLiteral("action"), apply::repairName(repair.kind)},
            {QStringLiteral("migrations"), migrations},
            {QStringLiteral("notes"), QJsonArray::fromStringList(repair.notes)},
            {QStringLiteral("statements"), statements},
            {QStringLiteral("backup"), backup.isEmpty() ? QJsonValue() : QJsonValue(backup)}};
}

}  // namespace dewpoint::cli
