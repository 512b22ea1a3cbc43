// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/texts.h"

#include "base/words.h"

using namespace Qt::StringLiterals;

namespace dewpoint::migrate::texts {

namespace {

constexpr qsizetype namedSteps = 6;
constexpr qsizetype shownStatement = 300;

QString stepNames(const QList<apply::Step>& steps)
{
    QStringList names;
    for (const apply::Step& step : steps.first(qMin(steps.size(), namedSteps)))
        names.append((step.direction == apply::Direction::Up ? u"↑ "_s : u"↓ "_s) + step.migration.folder);
    if (steps.size() > namedSteps)
        names.append(Words::tr("and %1 more").arg(steps.size() - namedSteps));
    return names.join(u'\n');
}

int migrationCount(const Proposal& proposal)
{
    const auto steps = static_cast<int>(proposal.steps.size());
    return proposal.action == apply::Action::Redo ? steps / 2 : steps;
}

}  // namespace

QString question(const Proposal& proposal)
{
    const int count = migrationCount(proposal);
    switch (proposal.action) {
    case apply::Action::Run:
        return count == 1 ? Words::tr("Run this migration?") : Words::tr("Run %1 migrations?").arg(count);
    case apply::Action::Revert:
        return count == 1 ? Words::tr("Revert this migration?")
                          : Words::tr("Revert %1 migrations?").arg(count);
    case apply::Action::Redo:
        return count == 1 ? Words::tr("Revert this migration and run it again?")
                          : Words::tr("Revert %1 migrations and run them again?").arg(count);
    }
    std::unreachable();
}

QString consequences(const Proposal& proposal)
{
    QStringList lines{stepNames(proposal.steps)};
    if (!proposal.command.isEmpty())
        lines.append(Words::tr("The project's own command runs: %1").arg(proposal.command));
    else
        lines.append(proposal.statements == 1
                         ? Words::tr("1 statement will run.")
                         : Words::tr("%1 statements will run.").arg(proposal.statements));
    for (const QString& migration : proposal.idle)
        lines.append(Words::tr("⚠ The down SQL of %1 is empty: only its record goes, and what it did stays.")
                         .arg(migration));
    for (const QString& sentence : proposal.passedOver)
        lines.append(u"⚠ "_s + sentence);
    for (const lint::Question& question : proposal.questions)
        lines.append((question.blocks() ? u"✕ "_s : u"⚠ "_s) + question.sentence());
    if (!proposal.unknown.isEmpty())
        lines.append(Words::tr("⚠ What it takes away could not be worked out: %1").arg(proposal.unknown));
    else if (proposal.questions.isEmpty() && proposal.idle.isEmpty())
        lines.append(Words::tr("No data is lost in the tables and columns it touches."));
    for (const QString& problem : proposal.unparked)
        lines.append(Words::tr("⚠ Cannot be parked: %1").arg(problem));
    if (!park::sentence(proposal.waiting).isEmpty())
        lines.append(Words::tr("Puts back what was parked: %1").arg(park::sentence(proposal.waiting)));
    if (!proposal.emptied.isEmpty())
        lines.append(Words::tr("Comes back empty, because only the structure can be reverted: %1")
                         .arg(proposal.emptied.join(u", ")));
    return lines.join(u'\n');
}

QString parkChoice(const Proposal& proposal)
{
    if (park::sentence(proposal.parcels).isEmpty())
        return {};
    return (proposal.action == apply::Action::Revert
                ? Words::tr("Park %1, so that running it again brings them back")
                : Words::tr("Park %1, so that reverting brings them back"))
        .arg(park::sentence(proposal.parcels));
}

QString acceptTitle(const Proposal& proposal)
{
    switch (proposal.action) {
    case apply::Action::Run: return Words::tr("Run");
    case apply::Action::Revert: return Words::tr("Revert");
    case apply::Action::Redo: return Words::tr("Redo");
    }
    std::unreachable();
}

bool isDestructive(const Proposal& proposal)
{
    return proposal.action != apply::Action::Run || !proposal.questions.isEmpty()
           || !proposal.unknown.isEmpty();
}

QString codeQuestion()
{
    return Words::tr("Let this project's own code run on your computer?");
}

QString codeConsequences(const project::Code& code)
{
    return Words::tr("Its migrations are programs. In %1 these commands run, with your rights:")
               .arg(code.folder)
           + u"\n  "_s + code.lines.join(u"\n  "_s) + u'\n'
           + Words::tr("They run the migrations that you choose, and try them on scratch databases for "
                       "previews. Nothing has run yet; you can take this back.");
}

QString successTitle(const Proposal& proposal, const RunResult& result)
{
    const auto done = static_cast<int>(result.report.done.size());
    if (result.report.stopped)
        return Words::tr("Stopped after %1 of %2; nothing is half done.")
            .arg(done)
            .arg(proposal.steps.size());
    switch (proposal.action) {
    case apply::Action::Run:
        return done == 1 ? Words::tr("1 migration applied.") : Words::tr("%1 migrations applied.").arg(done);
    case apply::Action::Revert:
        return done == 1 ? Words::tr("1 migration reverted.")
                         : Words::tr("%1 migrations reverted.").arg(done);
    case apply::Action::Redo:
        return done / 2 == 1 ? Words::tr("1 migration redone.")
                             : Words::tr("%1 migrations redone.").arg(done / 2);
    }
    std::unreachable();
}

QString successDetail(const RunResult& result)
{
    QStringList lines;
    for (const apply::Done& done : result.report.done) {
        const QString arrow = done.step.direction == apply::Direction::Up ? u"↑ "_s : u"↓ "_s;
        lines.append(
            arrow + done.step.migration.folder
            + (done.byOthers ? Words::tr(" (done by another program)")
               : done.microseconds < 0
                   ? QString()
                   : Words::tr(" · %1 ms")
                         .arg(QString::number(static_cast<double>(done.microseconds) / 1000.0, 'f', 1))));
    }
    lines += park::lines(result.account);
    for (const QString& path : result.report.sideFiles)
        lines.append(Words::tr("Wrote %1").arg(path));
    if (const auto& problem = result.report.sideFilesProblem)
        lines.append(Words::tr("The schema file was not brought up to date: %1").arg(problem->oneLine()));
    if (!result.backup.isEmpty())
        lines.append(Words::tr("A copy of the database from before is in %1").arg(result.backup));
    return lines.join(u'\n');
}

QString failureTitle(const apply::Failure& failure)
{
    const QString place = failure.line > 0 ? Words::tr(", line %1").arg(failure.line) : QString();
    return failure.error.kind == ErrorKind::Cancelled
               ? Words::tr("%1 was interrupted%2").arg(failure.step.migration.folder, place)
               : Words::tr("%1 failed%2: %3")
                     .arg(failure.step.migration.folder, place, failure.error.message);
}

QString failureDetail(const apply::Failure& failure, const RunResult& result)
{
    QStringList lines;
    if (const QString statement = failure.statement.simplified(); !statement.isEmpty())
        lines.append(statement.size() > shownStatement ? statement.first(shownStatement) + u'…' : statement);
    for (const QString& more : {failure.error.detail, failure.error.hint, failure.standing})
        if (!more.isEmpty())
            lines.append(more);
    if (!result.backup.isEmpty())
        lines.append(Words::tr("A copy of the database from before is in %1").arg(result.backup));
    return lines.join(u'\n');
}

}  // namespace dewpoint::migrate::texts
