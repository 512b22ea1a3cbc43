// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/step_runner.h"

#include "apply/failure_place.h"
#include "base/words.h"
#include "session/advisory_lock.h"
#include "session/send.h"

#include <QElapsedTimer>

namespace dewpoint::apply {

namespace {

constexpr qint64 advisoryKey = 0x64657770'6f696e74;  // "dewpoint"
constexpr qint64 longestTry = 2000;                  // milliseconds
const auto boundedTry = QStringLiteral("SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '3s'");

StepOutcome failed(Error error, Stage stage, const project::Script& script = {})
{
    return std::unexpected(StepFailure{.error = std::move(error), .stage = stage, .script = script});
}

/// A migration may change search_path (pg_dump's output empties it), and the ledger's unqualified name
/// would then mean another table or none: put back before the ledger is written.
class SearchPath final
{
public:
    explicit SearchPath(drivers::Connection& connection) : m_connection(connection) {}

    Result<> remember()
    {
        if (m_connection.engine() == Engine::Sqlite)
            return {};
        return m_connection.scalar(QStringLiteral("SELECT current_setting('search_path')"))
            .transform([this](Value value) { m_value = std::move(value); });
    }
    Result<> restore()
    {
        if (m_connection.engine() == Engine::Sqlite)
            return {};
        return m_connection.query(QStringLiteral("SELECT set_config('search_path', $1, false)"), {m_value})
            .transform([](const RowBatch&) {});
    }

private:
    drivers::Connection& m_connection;
    Value m_value;
};

}  // namespace

Result<> StepRunner::command(const QString& sql)
{
    return m_connection.execute(sql).transform([](qint64) {});
}

StepRunner::StepRunner(drivers::Connection& connection, const project::Project& project, Escort escort)
    : m_connection(connection)
    , m_project(project)
    , m_format(project::formatOf(project))
    , m_rules(m_format.rules(project))
    , m_escort(std::move(escort))
{}

Result<project::Script> StepRunner::scriptOf(const Step& step) const
{
    auto script = project::script(m_project, step.migration, step.direction);
    if (script && script->text.isEmpty() && m_rules.refusesEmptyScripts)
        return fail(ErrorKind::InvalidInput, Words::tr("Attempted to run an empty migration."));
    if (script && script->text.contains('\0'))
        return fail(ErrorKind::InvalidInput, Words::tr("The file contains a zero byte."));
    return script;
}

bool StepRunner::needsGuard(const Step& step) const
{
    const auto script = scriptOf(step);
    return script && step.inTransaction() && ForeignKeyGuard::isNeeded(m_connection, m_rules, *script);
}

bool StepRunner::mayShare(const Step& step) const
{
    const auto script = scriptOf(step);
    return step.inTransaction()
           && !(script && controlsTransaction(QString::fromUtf8(script->text), m_connection.engine()));
}

void StepRunner::finish(const Step& step, qint64 nanoseconds)
{
    const drivers::Sheltered written(m_connection);
    if (m_format.ledger.finish && step.direction == Direction::Up && m_connection.isOpen())
        (void)m_format.ledger.finish(m_connection, m_project, step.migration, nanoseconds);
}

void StepRunner::rollBack()
{
    const drivers::Sheltered cleanUp(m_connection);
    if (m_connection.isOpen() && m_connection.inTransaction())
        (void)command(QStringLiteral("ROLLBACK"));
}

/// Two programs at once: the later one waits here and then sees the earlier one's row. (Most tools take no
/// lock and would fail half-way; rows and scripts are the same.)
Result<> StepRunner::begin()
{
    if (m_connection.engine() == Engine::Sqlite)
        return command(QStringLiteral("BEGIN IMMEDIATE"));
    if (auto begun = command(QStringLiteral("BEGIN")); !begun)
        return begun;
    return session::takeAdvisoryLock(m_connection, advisoryKey, session::LockedFor::Transaction);
}

/// The pieces that stand from an earlier try are not sent again, where the tool counts them.
Result<> StepRunner::send(const Step& step, const project::Script& script)
{
    const project::LedgerFormat& ledger = m_format.ledger;
    session::StatementWatch watch;
    if (m_escort.sent)
        watch = [&](const session::Sent& sent) { m_escort.sent(step, sent); };
    if (step.direction == Direction::Down || !ledger.piecesDone)
        return session::send(m_connection, script, 0, {}, watch);
    const auto done = ledger.piecesDone(m_connection, m_project, step.migration);
    if (!done)
        return fail(done.error());
    return session::send(
        m_connection, script, *done,
        [&](int pieces) -> Result<> {
            if (!ledger.advance || step.inTransaction() || m_connection.inTransaction())
                return {};
            const drivers::Sheltered written(m_connection);
            return ledger.advance(m_connection, m_project, step.migration, pieces);
        },
        watch);
}

StepOutcome StepRunner::work(const Step& step, const project::Script& script)
{
    const project::LedgerFormat& ledger = m_format.ledger;
    const bool up = step.direction == Direction::Up;
    const auto recorded = ledger.contains(m_connection, m_project, step.migration);
    if (!recorded)
        return failed(recorded.error(), Stage::Begin);
    if (*recorded == up)
        return StepResult::ByOthers;
    if (ledger.prepare && !step.inTransaction() && !m_connection.inTransaction()) {
        if (auto begun = ledger.prepare(m_connection, m_project, step.migration, step.direction); !begun)
            return failed(begun.error(), Stage::Begin);
    }
    if (auto ready = m_escort.before ? m_escort.before(step) : Result<>{}; !ready)
        return failed(ready.error(), Stage::Begin);
    SearchPath path(m_connection);
    if (auto remembered = path.remember(); !remembered)
        return failed(remembered.error(), Stage::Begin);
    QElapsedTimer timer;
    timer.start();
    const auto ran = send(step, script);
    m_lastTry = timer.elapsed();
    if (!ran) {
        if (!m_connection.inTransaction() && m_connection.isOpen()) {
            const drivers::Sheltered cleanUp(m_connection);
            (void)path.restore();
        }
        return failed(ran.error(), Stage::Script, script);
    }
    const drivers::Sheltered written(m_connection);  // a cancel that comes now must not leave its row out
    if (auto restored = path.restore(); !restored)
        return failed(restored.error(), Stage::Ledger, script);
    const auto row = (up ? ledger.insert : ledger.remove)(m_connection, m_project, step.migration);
    if (!row)
        return failed(row.error(), Stage::Ledger, script);
    if (auto seen = m_escort.after ? m_escort.after(step) : Result<>{}; !seen)
        return failed(seen.error(), Stage::Ledger, script);
    return StepResult::Ran;
}

StepOutcome StepRunner::alone(const Step& step)
{
    const auto script = scriptOf(step);
    if (!script)
        return failed(script.error(), Stage::Begin);
    if (step.inTransaction() && needsGuard(step)) {
        const auto guard = ForeignKeyGuard::enter(m_connection);
        if (!guard)
            return failed(guard.error(), Stage::Begin);
        return inTransaction(step, *script, &*guard);
    }
    if (step.inTransaction())
        return inTransaction(step, *script, nullptr);
    auto outcome = work(step, *script);
    rollBack();  // a BEGIN of the script's own, left open
    if (!outcome && outcome.error().stage != Stage::Begin && m_connection.isOpen())
        recordFailure(step, outcome.error());
    return outcome;
}

void StepRunner::recordFailure(const Step& step, StepFailure& failure)
{
    const drivers::Sheltered written(m_connection);
    const auto record = m_format.ledger.recordFailure;
    if (!record)
        failure.isRecorded = m_format.ledger.prepare != nullptr;
    else if (step.direction == Direction::Up)
        failure.isRecorded = record(m_connection, m_project, step.migration, failure.error).has_value();
}

StepOutcome StepRunner::inTransaction(const Step& step, const project::Script& script,
                                      const ForeignKeyGuard* guard)
{
    const auto abandon = [this](StepOutcome outcome) {
        rollBack();
        return outcome;
    };
    if (auto begun = begin(); !begun)
        return abandon(failed(begun.error(), Stage::Begin));
    auto outcome = work(step, script);
    if (!outcome) {
        auto failure = abandon(std::move(outcome)).error();
        locate(failure, {QStringLiteral("BEGIN")});
        return abandon(std::unexpected(std::move(failure)));
    }
    if (*outcome == StepResult::ByOthers)
        return abandon(std::move(outcome));
    // A script may have committed by itself: then its row is written already, as Diesel's would be.
    if (!m_connection.inTransaction())
        return outcome;
    if (auto whole = guard ? guard->check() : Result<>{}; !whole)
        return abandon(failed(whole.error(), Stage::Ledger, script));
    if (auto committed = command(QStringLiteral("COMMIT")); !committed)
        return abandon(failed(committed.error(), Stage::Commit, script));
    return outcome;
}

StepOutcome StepRunner::inside(const Step& step, int number)
{
    const auto script = scriptOf(step);
    if (!script)
        return failed(script.error(), Stage::Begin);
    const QString name = QStringLiteral("dewpoint_savepoint_%1").arg(number);
    if (auto saved = command(QStringLiteral("SAVEPOINT ") + name); !saved)
        return failed(saved.error(), Stage::Begin);
    auto outcome = work(step, *script);
    if (!outcome) {
        locate(outcome.error(), {QStringLiteral("ROLLBACK TO SAVEPOINT ") + name});
        return outcome;
    }
    if (!m_connection.inTransaction()) {
        const QString reason = Words::tr("The script ended the transaction that it ran in.");
        return failed({.kind = ErrorKind::Conflict, .message = reason}, Stage::Ledger, *script);
    }
    if (auto released = command(QStringLiteral("RELEASE SAVEPOINT ") + name); !released)
        return failed(released.error(), Stage::Ledger, *script);
    return outcome;
}

/// The script once more, statement by statement, as far as it came. It must not hold up a live database: not
/// where it took its time, and no longer for a lock than anybody notices.
void StepRunner::locate(StepFailure& failure, const QStringList& restart)
{
    const ErrorKind kind = failure.error.kind;
    const bool worth = failure.stage == Stage::Script && failure.error.position < 0
                       && kind != ErrorKind::Cancelled && kind != ErrorKind::Locked && m_lastTry < longestTry
                       && m_connection.isOpen() && m_connection.engine() == Engine::Postgres
                       && !controlsTransaction(failure.text(), Engine::Postgres);
    if (!worth)
        return;
    for (const QString& sql : restart) {
        if (!command(sql))
            return;
    }
    if (!m_connection.executeScript(boundedTry.toUtf8()))
        return;
    if (const auto found = findFailingStatement(m_connection, failure.text(), failure.error))
        failure.error.position = static_cast<int>(*found);
}

}  // namespace dewpoint::apply
