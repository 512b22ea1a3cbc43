// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/draft.h"

#include "apply/failure.h"
#include "apply/scripts.h"
#include "base/words.h"
#include "plan/script.h"
#include "project/for_database.h"
#include "session/send.h"
#include "session/session_rules.h"
#include "sql/statements.h"

#include <QElapsedTimer>

#include <algorithm>

namespace dewpoint::apply {

namespace {

using Outcome = std::expected<void, StepFailure>;

Outcome failed(const Error& error, Stage stage, const project::Script& script)
{
    return std::unexpected(StepFailure{.error = error, .stage = stage, .script = script});
}

/// What must be committed by itself stays a piece of its own.
project::Script scriptOf(const plan::Plan& plan, const std::optional<project::Project>& project)
{
    if (project)
        return project::wholeScript(migrationScript(plan, *project));
    const bool together = std::ranges::all_of(plan.steps, &plan::Step::inTransaction);
    project::Script script;
    for (const QByteArray& piece :
         plan::pieces(plan, together ? plan::Sender::Transaction : plan::Sender::Shell)) {
        script.pieces.append({.start = script.text.size(), .length = piece.size()});
        script.text += piece;
    }
    return script;
}

/// Its only statement is one that the server takes in no transaction.
bool standsAlone(const QString& text, Engine engine)
{
    const auto statements = sql::split(text, engine);
    if (statements.size() != 1)
        return false;
    const QString one = text.mid(statements.first().start, statements.first().length);
    return sql::leadingKeyword(one) == QLatin1String("VACUUM")
           || (engine == Engine::Postgres
               && one.contains(QLatin1String("CONCURRENTLY"), Qt::CaseInsensitive));
}

class DraftRun final
{
public:
    DraftRun(drivers::Connection& connection, const Draft& draft, Direction direction, const Watch& watch)
        : m_connection(connection)
        , m_script(draft.script(direction))
        , m_step(draft.step(direction, connection.engine()))
        , m_watch(watch)
    {}

    Report run()
    {
        tell(Progress::Phase::Started, 0);
        QElapsedTimer timer;
        timer.start();
        const Outcome outcome = whole();
        const qint64 microseconds = timer.nsecsElapsed() / 1000;
        Report report;
        if (outcome) {
            report.done.append({.step = m_step, .microseconds = microseconds});
            tell(Progress::Phase::Finished, microseconds);
        } else {
            report.failure = describe(outcome.error(), m_step, {}, m_connection.engine());
        }
        return report;
    }

private:
    void tell(Progress::Phase phase, qint64 microseconds) const
    {
        if (m_watch.progress)
            m_watch.progress({.phase = phase, .step = m_step, .total = 1, .microseconds = microseconds});
    }

    /// Foreign keys can only be switched off around a transaction.
    Outcome whole()
    {
        if (!m_step.inTransaction()) {
            auto worked = work();
            const drivers::Sheltered cleanUp(m_connection);
            if (m_connection.isOpen() && m_connection.inTransaction())
                (void)m_connection.execute(QStringLiteral("ROLLBACK"));
            return worked;
        }
        std::optional<ForeignKeyGuard> guard;
        if (ForeignKeyGuard::isNeeded(m_connection, {}, m_script)) {
            auto entered = ForeignKeyGuard::enter(m_connection);
            if (!entered)
                return failed(entered.error(), Stage::Begin, m_script);
            guard.emplace(*std::move(entered));
        }
        auto transaction = drivers::Transaction::begin(m_connection, m_connection.engine() == Engine::Sqlite
                                                                         ? QStringLiteral("BEGIN IMMEDIATE")
                                                                         : QStringLiteral("BEGIN"));
        if (!transaction)
            return failed(transaction.error(), Stage::Begin, m_script);
        if (auto worked = work(); !worked)
            return worked;
        if (auto intact = guard ? guard->check() : Result<>{}; !intact)
            return failed(intact.error(), Stage::Ledger, m_script);
        if (auto committed = transaction->commit(); !committed)
            return failed(committed.error(), Stage::Commit, m_script);
        return {};
    }

    Outcome work()
    {
        const Escort& escort = m_watch.escort;
        if (auto ready = escort.before ? escort.before(m_step) : Result<>{}; !ready)
            return failed(ready.error(), Stage::Begin, m_script);
        session::StatementWatch sent;
        if (escort.sent)
            sent = [&](const session::Sent& one) { escort.sent(m_step, one); };
        if (auto ran = session::send(m_connection, m_script, 0, {}, sent); !ran)
            return failed(ran.error(), Stage::Script, m_script);
        if (auto seen = escort.after ? escort.after(m_step) : Result<>{}; !seen)
            return failed(seen.error(), Stage::Ledger, m_script);
        return {};
    }

    drivers::Connection& m_connection;
    const project::Script& m_script;
    const Step m_step;
    const Watch& m_watch;
};

}  // namespace

Step Draft::step(Direction direction, Engine engine) const
{
    const auto together = [&](const project::Script& script) {
        const QString text = QString::fromUtf8(script.text);
        return !project::controlsTransaction(text, engine) && !standsAlone(text, engine);
    };
    return {.migration = {.version = name,
                          .name = name,
                          .folder = name,
                          .path = {},
                          .upPath = name,
                          .downPath = down.text.isEmpty() ? QString() : name,
                          .downPlace = {},
                          .runInTransaction = together(up),
                          .revertInTransaction = together(down),
                          .key = {},
                          .checksum = {},
                          .sideFiles = {}},
            .direction = direction};
}

Draft draftOf(const QString& name, const plan::Plan& up, const plan::Plan& down,
              const std::optional<project::Project>& project)
{
    return {.name = name, .up = scriptOf(up, project), .down = scriptOf(down, project)};
}

Result<Report> execute(drivers::Connection& connection, const Draft& draft, Direction direction,
                       const std::optional<project::Project>& project, const Watch& watch)
{
    if (connection.inTransaction())
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back, then try again."));
    std::optional<session::SessionRules> rules;
    if (project) {
        auto entered =
            session::SessionRules::enter(connection, project::forDatabase(*project, connection.target()));
        if (!entered)
            return fail(entered.error());
        rules.emplace(*std::move(entered));
    }
    return DraftRun(connection, draft, direction, watch).run();
}

}  // namespace dewpoint::apply
