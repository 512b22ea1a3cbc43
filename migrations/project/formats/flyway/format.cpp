// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/flyway/flyway.h"
#include "project/states.h"
#include "sql/dialect.h"

#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::flyway {

namespace {

/// The schema it works in comes first in search_path. Java's driver for SQLite enforces no foreign keys.
Rules rules(const Project& project)
{
    Rules rules{.wholeRun = isOn(project, QLatin1StringView("group"), false), .foreignKeys = false};
    if (const QString schema = option(project, keys::schema); !schema.isEmpty())
        rules.sessionSql = QStringLiteral("SELECT set_config('search_path', %1 || coalesce(', ' || "
                                          "nullif(current_setting('search_path'), ''), ''), false)")
                               .arg(u'\'' + sql::quoted(schema).replace(u'\'', QLatin1String("''")) + u'\'')
                               .toUtf8();
    return rules;
}

/// What the ledger says about the versions as a whole.
struct History {
    QString current;      ///< the newest version that stands
    QString baseline;     ///< what stands for all before it; empty: none
    QString newBaseline;  ///< of an empty ledger: the file that it begins with
};

void raise(QString& version, const QString& candidate)
{
    if (version.isEmpty() || identityLess(version, candidate))
        version = candidate;
}

History historyOf(const QList<Migration>& files, const QList<ledger::AppliedRow>& rows)
{
    using Mark = ledger::AppliedRow::Mark;
    History history;
    for (const auto& row : rows) {
        if (row.version.startsWith(u'R') || row.mark == Mark::Failed)
            continue;
        raise(history.current, row.version);
        if (row.mark == Mark::Baseline || row.version.startsWith(u'B'))
            raise(history.baseline, row.version);
    }
    if (rows.isEmpty()) {
        for (const auto& file : files) {
            if (file.summary)
                raise(history.newBaseline, file.version);
        }
    }
    return history;
}

State stateOfUnapplied(const Migration& file, const History& history, bool outOfOrder)
{
    if (file.repeatable)
        return State::Pending;
    if (file.summary)
        return file.version == history.newBaseline ? State::Pending : State::Skipped;
    if (!history.newBaseline.isEmpty() && identityLess(file.version, history.newBaseline))
        return State::Skipped;
    if (!history.baseline.isEmpty() && !identityLess(history.baseline, file.version))
        return State::Baseline;
    if (history.current.isEmpty() || identityLess(history.current, file.version))
        return State::Pending;
    return outOfOrder ? State::OutOfOrder : State::Skipped;
}

/// A repeatable one that changed is pending again. A description counts as much as the text.
QList<MigrationState> states(const Project& project, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    const History history = historyOf(files, rows);
    const bool outOfOrder = isOn(project, QLatin1StringView("outOfOrder"), false);
    QHash<QString, QString> names;
    for (const auto& row : rows)
        names.insert(row.version, row.name);
    auto states = statesByVersion(files, rows, identityLess);
    for (MigrationState& state : states) {
        const Migration& migration = state.migration;
        const QString now = ledgerDescription(migration.name);
        const bool renamed = names.value(migration.version, now) != now;
        if (state.state == State::Pending || state.state == State::OutOfOrder)
            state.state = stateOfUnapplied(migration, history, outOfOrder);
        else if (state.state == State::Modified && migration.repeatable)
            state.state = State::Pending;
        else if (state.state == State::Applied && renamed)
            state.state = State::Modified;
    }
    return states;
}

std::unexpected<Error> refusal(const QString& message)
{
    return fail(ErrorKind::Conflict, message,
                Words::tr("Put it right, or go on with --ignore-missing. In Flyway: repair, outOfOrder, "
                          "ignoreMigrationPatterns."));
}

/// As Flyway validates before it migrates. What is newer than every file is of a newer release and fine.
Result<> check(const QList<MigrationState>& states, Direction direction, bool allowMissing)
{
    if (direction == Direction::Down)
        return {};
    QString newestFile;
    for (const auto& state : states) {
        if (!state.migration.folder.isEmpty() && !state.migration.repeatable)
            newestFile = state.migration.version;
    }
    const bool pendingBaseline = std::ranges::any_of(
        states, [](const MigrationState& state) { return state.migration.summary && state.isPending(); });
    for (const auto& state : states) {
        const Migration& migration = state.migration;
        if (state.state == State::Failed)
            return fail(
                ErrorKind::Conflict,
                Words::tr("Detected failed migration to version %1 (%2).")
                    .arg(migration.version, migration.name),
                Words::tr(
                    "Remove what it left, then: dewpoint migrate repair --clear-failed, or Repair in the "
                    "window."));
        const bool future = !newestFile.isEmpty() && !migration.version.startsWith(u'R')
                            && identityLess(newestFile, migration.version);
        if (allowMissing || future)
            continue;
        if (state.state == State::Missing)
            return refusal(
                Words::tr("Detected applied migration not resolved locally: %1.").arg(migration.version));
        if (state.state == State::Modified)
            return refusal(
                Words::tr("Migration checksum mismatch for migration version %1.").arg(migration.version));
        if (state.state == State::Skipped && !migration.summary && !pendingBaseline)
            return refusal(
                Words::tr("Detected resolved migration not applied to database: %1.").arg(migration.version));
    }
    return {};
}

/// They would have to run, and their order matters.
Result<> verify(const Project& project)
{
    const QStringList found = callbacks(project);
    if (found.isEmpty())
        return {};
    return fail(ErrorKind::Unsupported,
                Words::tr("%1 is a callback of Flyway, which Dewpoint does not run.").arg(found.first()),
                Words::tr("Run these migrations with Flyway itself."));
}

QByteArray outsideTransaction(QByteArray file)
{
    return file;  // it knows the statements that have to be outside
}

/// With its placeholders, which are the project's, and in its encoding.
Result<QByteArray> body(const Project&, const Migration& migration, Direction direction)
{
    const QString path = direction == Direction::Up ? migration.upPath : migration.downPath;
    if (const QString beside = path + QStringLiteral(".conf"); QFileInfo::exists(beside))
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1 has settings of its own (%2), which would count for the others too.")
                        .arg(migration.folder, QFileInfo(beside).fileName()));
    return readScript(path);
}

QString spelledVersion(const Migration& migration)
{
    return migration.key;
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("flyway"),
                               .title = QLatin1StringView("Flyway"),
                               .usualPlace = QLatin1StringView("db/migration"),
                               .detect = detect,
                               .list = list,
                               .script = script,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .verify = verify,
                               .check = check,
                               .ledger = ledgerFormat(),
                               .squash = {.body = body, .version = spelledVersion}};
    return format;
}

}  // namespace dewpoint::project::flyway
