// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/failure.h"

#include "apply/failure_place.h"
#include "base/words.h"
#include "sql/statements.h"

#include <algorithm>

namespace dewpoint::apply {

namespace {

bool isLost(const Error& error)
{
    return error.kind == ErrorKind::Connection || error.kind == ErrorKind::OutcomeUnknown;
}

/// The server may have ended what it was doing before it noticed. (What is in a transaction it takes back.)
bool unknownEnd(const StepFailure& failure, const Step& step)
{
    const bool commits =
        failure.stage == Stage::Commit || (failure.stage != Stage::Begin && !step.inTransaction());
    return commits && isLost(failure.error);
}

/// A procedure or a block may commit on its own, which only shows when it runs.
bool callsCode(const StepFailure& failure, Engine engine)
{
    if (engine != Engine::Postgres)
        return false;
    const QString text = failure.text();
    return std::ranges::any_of(sql::split(text, engine), [&](const sql::Statement& statement) {
        const QString word = sql::leadingKeyword(text.mid(statement.start, statement.length));
        return word == QLatin1String("CALL") || word == QLatin1String("DO");
    });
}

QString recorded(const Step& step)
{
    return step.direction == Direction::Up ? Words::tr("It is not recorded.")
                                           : Words::tr("It still counts as applied.");
}

/// Of a script without a transaction. PostgreSQL takes back what was sent in one piece.
QString remains(const StepFailure& failure, const Step& step, Engine engine)
{
    const QString& name = step.migration.folder;
    if (failure.stage == Stage::Ledger)
        return Words::tr("%1 runs without a transaction: its statements were run and stand, but it could "
                         "not be recorded.")
            .arg(name);
    if (callsCode(failure, engine))
        return Words::tr("%1 runs without a transaction and calls code that may have committed: look at what "
                         "stands before you go on.")
                   .arg(name)
               + u' ' + recorded(step);
    QStringList parts{engine == Engine::Sqlite || failure.script.pieces.size() > 1
                          ? Words::tr("%1 runs without a transaction: its statements before the failing "
                                      "one stand.")
                                .arg(name)
                          : Words::tr("%1 runs without a transaction, but its statements were sent "
                                      "together: none of them stands.")
                                .arg(name)};
    if (engine == Engine::Postgres)
        parts << Words::tr("An index that was being built concurrently may be left invalid.");
    return (parts << recorded(step)).join(u' ');
}

QString ownPart(const StepFailure& failure, const Step& step, Engine engine)
{
    if (failure.stage == Stage::Begin)
        return Words::tr("Nothing of %1 was run.").arg(step.migration.folder);
    if (unknownEnd(failure, step))
        return failure.stage == Stage::Commit
                   ? Words::tr("The connection went away during COMMIT: only a fresh look at the list tells "
                               "whether %1 stands.")
                         .arg(step.migration.folder)
                   : Words::tr("The connection went away while %1 ran without a transaction: only a fresh "
                               "look at the database tells what of it stands.")
                         .arg(step.migration.folder);
    if (failure.isRecorded)
        return Words::tr(
                   "%1 runs without a transaction and is recorded as failed: look at what stands before you "
                   "go "
                   "on.")
            .arg(step.migration.folder);
    if (controlsTransaction(failure.text(), engine))
        return Words::tr("%1 has a COMMIT or ROLLBACK of its own: what it committed stands.")
                   .arg(step.migration.folder)
               + u' ' + recorded(step);
    if (step.inTransaction())
        return Words::tr("%1 was rolled back: nothing of it stands.").arg(step.migration.folder);
    return remains(failure, step, engine);
}

QString earlierPart(const QList<Done>& done)
{
    if (done.isEmpty())
        return Words::tr("Nothing was changed before it.");
    if (done.size() == 1)
        return Words::tr("%1 before it was committed and stands.").arg(done.first().step.migration.folder);
    return Words::tr("The %1 before it, up to %2, were committed and stand.")
        .arg(done.size())
        .arg(done.last().step.migration.folder);
}

Failure withPlace(const StepFailure& failure, const Step& step, Engine engine)
{
    constexpr QLatin1StringView invalidTermination("2D000");
    Failure result{
        .error = failure.error, .step = step, .file = step.file(), .statement = {}, .standing = {}};
    if (failure.error.sqlState == invalidTermination && result.error.hint.isEmpty())
        result.error.hint = Words::tr("The code that it calls commits by itself, which works in no "
                                      "transaction: let this migration run without one.");
    if (failure.stage == Stage::Script && failure.error.position >= 0) {
        const Place place = placeAt(failure.text(), failure.error.position, engine);
        result.line = place.line + failure.script.linesBefore;
        result.scriptLine = place.line;
        result.column = place.column;
        result.statement = place.statement;
    }
    return result;
}

}  // namespace

Failure describe(const StepFailure& failure, const Step& step, const QList<Done>& done, Engine engine)
{
    Failure result = withPlace(failure, step, engine);
    result.standing = ownPart(failure, step, engine) + u' ' + earlierPart(done);
    return result;
}

Failure describeTogether(const StepFailure& failure, const Step& step, Engine engine)
{
    Failure result = withPlace(failure, step, engine);
    if (unknownEnd(failure, step)) {
        result.standing = ownPart(failure, step, engine);
    } else if (controlsTransaction(failure.text(), engine)) {
        result.standing =
            Words::tr("%1 has a COMMIT or ROLLBACK of its own: look at the list for what stands.")
                .arg(step.migration.folder);
    } else {
        result.standing = Words::tr("All of it was rolled back: everything is as it was before.");
    }
    return result;
}

QString Failure::oneLine() const
{
    QString place = file;
    if (line > 0)
        place += QStringLiteral(":%1:%2").arg(line).arg(column);
    QStringList parts{Words::tr("Failed to run %1 with: %2").arg(step.migration.folder, error.oneLine()),
                      QStringLiteral("(%1)").arg(place)};
    if (!statement.isEmpty()) {
        constexpr qsizetype enough = 200;
        const QString flat = statement.simplified();
        parts << Words::tr("Statement: %1").arg(flat.size() > enough ? flat.first(enough) + u'…' : flat)
                     + u'.';
    }
    parts << standing;
    return parts.join(u' ').simplified();
}

}  // namespace dewpoint::apply
