// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/atlas/atlas.h"
#include "project/states.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace dewpoint::project::atlas {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

/// Atlas switches enforcement off around its transactions and looks for broken references at the end.
Rules rules(const Project& project)
{
    return {.wholeRun = project.settings.value(keys::txMode) == QLatin1String("all"),
            .foreignKeys = project.settings.contains(keys::foreignKeys),
            .alwaysGuardsForeignKeys = true};
}

/// The hash of a file covers all before it, so it is told from what was there when the file ran: a file
/// that only came in between is no edit. Behind the first edited one nothing can be told.
QSet<QString> editedOnes(const Project& project, const QList<ledger::AppliedRow>& rows)
{
    QHash<QString, QString> recorded;
    for (const auto& row : rows)
        recorded.insert(row.version, row.checksum);
    const auto files = readFiles(project);
    if (!files)
        return {};
    const auto versionOf = [](const SumFile& file) { return file.name.chopped(4).section(u'_', 0, 0); };
    QList<SumFile> ran;
    std::ranges::copy_if(*files, std::back_inserter(ran),
                         [&](const SumFile& file) { return recorded.contains(versionOf(file)); });
    QHash<QString, QStringList> fitting;
    for (const QList<SumLine>& lines : {sumLines(*files), sumLines(ran)}) {
        for (const SumLine& line : lines)
            fitting[line.name] << line.hash;
    }
    for (const SumFile& file : std::as_const(ran)) {
        const QString hash = recorded.value(versionOf(file));
        if (!hash.isEmpty() && fitting.contains(file.name) && !fitting.value(file.name).contains(hash))
            return {versionOf(file)};
    }
    return {};
}

State stateOfUnapplied(const Migration& file, const QList<ledger::AppliedRow>& rows, bool startsWithSummary,
                       const QString& newestSummary, const QString& order)
{
    if (rows.isEmpty()) {
        const bool before = versionLess(file.version, newestSummary);
        return before ? State::Skipped : State::Pending;
    }
    if (file.summary)
        return State::Skipped;
    if (versionLess(file.version, rows.first().version))
        return startsWithSummary ? State::Baseline : State::Skipped;
    if (!versionLess(file.version, rows.last().version))
        return State::Pending;
    if (order == QLatin1String("linear-skip"))
        return State::Skipped;
    return order == QLatin1String("non-linear") ? State::Pending : State::OutOfOrder;
}

QList<MigrationState> states(const Project& project, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& given)
{
    QList<ledger::AppliedRow> rows = given;
    std::ranges::sort(rows, versionLess, &ledger::AppliedRow::version);
    QString newestSummary;
    bool startsWithSummary = !rows.isEmpty() && rows.first().mark == ledger::AppliedRow::Mark::Baseline;
    for (const auto& file : files) {
        newestSummary = file.summary ? file.version : newestSummary;
        startsWithSummary =
            startsWithSummary || (file.summary && !rows.isEmpty() && rows.first().version == file.version);
    }
    const QString order = project.settings.value(keys::execOrder);
    const QSet<QString> edited = editedOnes(project, rows);
    auto states = statesByVersion(files, rows, versionLess);
    for (MigrationState& state : states) {
        const Migration& migration = state.migration;
        if (state.state == State::Pending || state.state == State::OutOfOrder)
            state.state = stateOfUnapplied(migration, rows, startsWithSummary, newestSummary, order);
        else if (state.state == State::Modified && !edited.contains(migration.version))
            state.state = State::Applied;
    }
    return states;
}

/// Older files that were never applied stop a linear history, the default.
Result<> check(const QList<MigrationState>& states, Direction direction, bool allowMissing)
{
    if (direction == Direction::Down)
        return {};
    for (const auto& state : states) {
        if (state.state == State::OutOfOrder && !allowMissing)
            return fail(
                ErrorKind::Conflict,
                tr("migration file %1 was added out of order").arg(state.migration.folder),
                tr("Give it a newer version (atlas migrate rebase), set exec_order, or run it all the "
                   "same: --ignore-missing."));
        if (state.state == State::Partial && state.migration.folder.isEmpty())
            return fail(ErrorKind::NotFound,
                        tr("missing migration: revision %1 was only partly applied, and its "
                           "file is gone")
                            .arg(state.migration.version));
    }
    return {};
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("atlas"),
                               .title = QLatin1StringView("Atlas"),
                               .detect = detect,
                               .list = list,
                               .script = script,
                               .generate = generate,
                               .rules = rules,
                               .states = states,
                               .verify = verify,
                               .check = check,
                               .ledger = ledgerFormat()};
    return format;
}

}  // namespace dewpoint::project::atlas
