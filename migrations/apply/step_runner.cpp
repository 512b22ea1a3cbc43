// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/step_runner.h"

#include "apply/failure_place.h"

#include <QCoreApplication>

namespace dewpoint::apply {

namespace {

constexpr qint64 advisoryKey = 0x64657770'6f696e74;  // "dewpoint"

StepOutcome failed(Error error, Stage stage, const QByteArray& script = {})
{
    return std::unexpected(
        StepFailure{.error = std::move(error), .stage = stage, .script = QString::fromUtf8(script)});
}

Result<QByteArray> scriptOf(const Step& step)
{
    auto script = project::readScript(step.file());
    if (script && script->isEmpty())
        return fail(ErrorKind::InvalidInput,
                    QCoreApplication::translate("dewpoint", "Attempted to run an empty migration."));
    if (script && script->contains('\0'))
        return fail(ErrorKind::InvalidInput,
                    QCoreApplication::translate("dewpoint", "The file contains a zero byte."));
    return script;
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

void StepRunner::rollBack()
{
    const drivers::Sheltered cleanUp(m_connection);
    if (m_connection.isOpen() && m_connection.inTransaction())
        (void)command(QStringLiteral("ROLLBACK"));
}

/// Two programs at once: the later one waits here and then sees the earlier one's row. (Diesel takes no
/// lock and would fail half-way; rows and scripts are the same.)
Result<> StepRunner::begin()
{
    if (m_connection.engine() == Engine::Sqlite)
        return command(QStringLiteral("BEGIN IMMEDIATE"));
    if (auto begun = command(QStringLiteral("BEGIN")); !begun)
        return begun;
    return m_connection.query(QStringLiteral("SELECT pg_advisory_xact_lock(%1)").arg(advisoryKey))
        .transform([](const RowBatch&) {});
}

StepOutcome StepRunner::work(const Step& step, const QByteArray& script)
{
    const bool up = step.direction == Direction::Up;
    const auto recorded = m_ledger.contains(step.migration.version);
    if (!recorded)
        return failed(recorded.error(), Stage::Begin);
    if (*recorded == up)
        return StepResult::ByOthers;
    SearchPath path(m_connection);
    if (auto remembered = path.remember(); !remembered)
        return failed(remembered.error(), Stage::Begin);
    if (auto ran = m_connection.executeScript(script); !ran) {
        if (!m_connection.inTransaction() && m_connection.isOpen()) {
            const drivers::Sheltered cleanUp(m_connection);
            (void)path.restore();
        }
        return failed(ran.error(), Stage::Script, script);
    }
    const drivers::Sheltered written(m_connection);  // a cancel that comes now must not leave its row out
    if (auto restored = path.restore(); !restored)
        return failed(restored.error(), Stage::Ledger);
    const auto row = up ? m_ledger.insert(step.migration.version) : m_ledger.remove(step.migration.version);
    if (!row)
        return failed(row.error(), Stage::Ledger);
    return StepResult::Ran;
}

StepOutcome StepRunner::alone(const Step& step)
{
    const auto script = scriptOf(step);
    if (!script)
        return failed(script.error(), Stage::Begin);
    if (step.migration.runInTransaction)
        return inTransaction(step, *script);
    auto outcome = work(step, *script);
    rollBack();  // a BEGIN of the script's own, left open
    return outcome;
}

StepOutcome StepRunner::inTransaction(const Step& step, const QByteArray& script)
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
    if (auto committed = command(QStringLiteral("COMMIT")); !committed)
        return abandon(failed(committed.error(), Stage::Commit));
    return outcome;
}

StepOutcome StepRunner::inside(const Step& step, int number)
{
    const auto script = scriptOf(step);
    if (!script)
        return failed(script.error(), Stage::Begin);
    const QString name = QStringLiteral("diesel_savepoint_%1").arg(number);
    if (auto saved = command(QStringLiteral("SAVEPOINT ") + name); !saved)
        return failed(saved.error(), Stage::Begin);
    auto outcome = work(step, *script);
    if (!outcome) {
        locate(outcome.error(), {QStringLiteral("ROLLBACK TO SAVEPOINT ") + name});
        return outcome;
    }
    if (auto released = command(QStringLiteral("RELEASE SAVEPOINT ") + name); !released)
        return failed(released.error(), Stage::Ledger);
    return outcome;
}

void StepRunner::locate(StepFailure& failure, const QStringList& restart)
{
    const bool worth = failure.stage == Stage::Script && failure.error.position < 0
                       && failure.error.kind != ErrorKind::Cancelled && m_connection.isOpen()
                       && m_connection.engine() == Engine::Postgres
                       && !controlsTransaction(failure.script, Engine::Postgres);
    if (!worth)
        return;
    for (const QString& sql : restart) {
        if (!command(sql))
            return;
    }
    if (const auto found = findFailingStatement(m_connection, failure.script, failure.error))
        failure.error.position = static_cast<int>(*found);
}

}  // namespace dewpoint::apply
