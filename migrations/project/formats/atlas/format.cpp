// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/atlas/atlas.h"
#include "project/joined.h"
#include "project/states.h"

#include <QHash>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <ranges>

namespace dewpoint::project::atlas {

namespace {

/// Atlas switches enforcement off around its transactions and looks for broken references at the end.
Rules rules(const Project& project)
{
    return {.wholeRun = project.settings.value(keys::txMode) == QLatin1String("all"),
            .foreignKeys = project.settings.contains(keys::foreignKeys),
            .alwaysGuardsForeignKeys = true};
}

QString versionOf(const SumFile& file)
{
    return file.name.chopped(4).section(u'_', 0, 0);
}

/// The hash of a file covers all before it, so it is told from what can have been there when the file ran:
/// all files or only those that ran, with and without those that ran later although they are older.
class Sums final
{
public:
    Sums(const QList<SumFile>& files, const QList<ledger::AppliedRow>& rows) : m_files(files)
    {
        for (const auto& row : rows)
            m_rows.insert(row.version, row);
        QString earliest;
        for (const auto& row : std::views::reverse(rows)) {
            if (!earliest.isEmpty() && row.appliedAt > earliest)
                m_late.append(row);
            earliest = earliest.isEmpty() ? row.appliedAt : std::min(earliest, row.appliedAt);
        }
    }

    bool fits(const QString& name, const ledger::AppliedRow& row)
    {
        QStringList later;
        for (const auto& late : std::as_const(m_late)) {
            if (late.appliedAt > row.appliedAt)
                later << late.version;
        }
        const auto without = [&](const QStringList& versions, bool onlyRan) {
            return sums(versions, onlyRan).value(name) == row.checksum;
        };
        return without({}, false) || without({}, true) || without(later, false) || without(later, true);
    }

private:
    const QHash<QString, QString>& sums(const QStringList& without, bool onlyRan)
    {
        QHash<QString, QString>& known = m_sums[{without, onlyRan}];
        if (known.isEmpty()) {
            QList<SumFile> files = m_files;
            files.removeIf([&](const SumFile& file) {
                return without.contains(versionOf(file)) || (onlyRan && !m_rows.contains(versionOf(file)));
            });
            for (const SumLine& line : sumLines(files))
                known.insert(line.name, line.hash);
        }
        return known;
    }

    const QList<SumFile>& m_files;
    QHash<QString, ledger::AppliedRow> m_rows;
    QList<ledger::AppliedRow> m_late;
    QMap<std::pair<QStringList, bool>, QHash<QString, QString>> m_sums;
};

/// The first file that is not the one that ran. Behind it nothing can be told.
QString editedOne(const Project& project, const QList<ledger::AppliedRow>& rows)
{
    QHash<QString, ledger::AppliedRow> recorded;
    for (const auto& row : rows)
        recorded.insert(row.version, row);
    const auto files = readFiles(project);
    if (!files)
        return {};
    QSet<QString> summed;  // a file may ask to be left out
    for (const SumLine& line : sumLines(*files))
        summed.insert(line.name);
    Sums sums(*files, rows);
    for (const SumFile& file : *files) {
        const auto row = recorded.constFind(versionOf(file));
        if (row != recorded.constEnd() && !row->checksum.isEmpty() && summed.contains(file.name)
            && !sums.fits(file.name, *row))
            return row->version;
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
    const QString edited = editedOne(project, rows);
    auto states = statesByVersion(files, rows, versionLess);
    for (MigrationState& state : states) {
        const Migration& migration = state.migration;
        if (state.state == State::Pending || state.state == State::OutOfOrder)
            state.state = stateOfUnapplied(migration, rows, startsWithSummary, newestSummary, order);
        else if (state.state == State::Modified && migration.version != edited)
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
                Words::tr("migration file %1 was added out of order").arg(state.migration.folder),
                Words::tr("Give it a newer version (atlas migrate rebase), set exec_order, or run it all the "
                          "same: --ignore-missing."));
        if (state.state == State::Partial && state.migration.folder.isEmpty())
            return fail(ErrorKind::NotFound,
                        Words::tr("missing migration: revision %1 was only partly applied, and its "
                                  "file is gone")
                            .arg(state.migration.version));
    }
    return {};
}

QByteArray outsideTransaction(QByteArray file)
{
    return file.prepend("-- atlas:txmode none\n\n");
}

/// The directives of a file's head would be comments further down.
Result<QByteArray> body(const Project& project, const Migration& migration, Direction direction)
{
    static const QRegularExpression head(QStringLiteral("^-- *atlas:(txmode|delimiter|sum|txtar)[^\\n]*\\n?"),
                                         QRegularExpression::MultilineOption);
    return project::script(project, migration, direction).transform([&](const Script& file) {
        const QByteArray pieces = ofPieces(file, project.engine.value_or(Engine::Postgres));
        return QString::fromLatin1(pieces).remove(head).toLatin1();
    });
}

QString spelledVersion(const Migration& migration)
{
    return migration.version;
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
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .rehash = rehash,
                               .verify = verify,
                               .check = check,
                               .ledger = ledgerFormat(),
                               .squash = {.body = body, .version = spelledVersion}};
    return format;
}

}  // namespace dewpoint::project::atlas
