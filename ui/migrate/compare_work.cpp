// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/compare_work.h"

#include "apply/preflight.h"
#include "apply/status.h"
#include "base/words.h"
#include "migrate/compare_model.h"
#include "plan/script.h"
#include "project/for_database.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

using Own = ComparisonWish::Own;

class Comparing final
{
public:
    Comparing(drivers::Connection& live, const ComparisonWish& wish, const runtime::StopToken& stop,
              rehearsal::Progress& progress)
        : m_live(live), m_wish(wish), m_progress(progress), m_reading{.server = {}, .project = {}, .stop = {}}
    {
        m_reading.stop = [stop] { return stop.stopRequested(); };
    }

    Compared made()
    {
        const auto server = shadow::serverFor({m_wish.from, m_wish.to}, m_live.target());
        if (!server)
            return failed(server.error(), unreadable());
        m_made.server = *server;
        m_reading.server = *server;
        if (m_wish.project)
            m_reading.project = project::forDatabase(*m_wish.project, *server);
        if (m_wish.withPrivileges && server->engine == Engine::Postgres)
            m_reading.extent = catalog::Extent::WithPrivileges;
        if (auto read = readBoth(); !read)
            return std::unexpected(read.error());
        tell(Words::tr("Looking for the way there and back…"));
        shadow::Answers answers = m_wish.answers;
        answers.options.oneTransaction = m_wish.asMigration;
        auto way = shadow::difference(*server, m_made.from, m_made.to, answers, m_reading.stop);
        if (!way)
            return failed(way.error());
        m_made.way = *std::move(way);
        if (m_made.way.open.isEmpty())
            judge();
        return std::make_shared<const Comparison>(std::move(m_made));
    }

private:
    static std::unexpected<ComparisonFailure> failed(const Error& error, int side = 0)
    {
        return std::unexpected(ComparisonFailure{.error = error, .side = side});
    }

    /// The one that the server could not be found for by itself: a snapshot that nobody can read.
    int unreadable() const
    {
        if (!shadow::serverFor({m_wish.from}, m_live.target()))
            return 1;
        return shadow::serverFor({m_wish.to}, m_live.target()) ? 0 : 2;
    }

    void tell(const QString& text) { Q_EMIT m_progress.staged(text, 0, 0); }

    bool isOwn(Own which) const { return m_wish.own == which || m_wish.own == Own::Both; }

    std::expected<void, ComparisonFailure> readBoth()
    {
        if (m_wish.read) {
            m_made.from = m_wish.read->from;
            m_made.to = m_wish.read->to;
            return {};
        }
        tell(Words::tr("Reading the first schema…"));
        auto from = read(m_wish.from, m_wish.to, isOwn(Own::From));
        if (!from)
            return failed(from.error(), 1);
        tell(Words::tr("Reading the second schema…"));
        auto to = read(m_wish.to, m_wish.from, isOwn(Own::To));
        if (!to)
            return failed(to.error(), 2);
        m_made.from = *std::move(from);
        m_made.to = *std::move(to);
        return {};
    }

    Result<schema::Database> read(const shadow::Side& side, const shadow::Side& other, bool own)
    {
        return own ? shadow::schemaOf(m_live, other, m_reading) : shadow::schemaOf(side, other, m_reading);
    }

    /// Scripts, what lint says of them, and what the rows say where there are any.
    void judge()
    {
        m_made.up = QString::fromUtf8(plan::script(m_made.way.up, plan::Sender::Shell));
        m_made.down = QString::fromUtf8(plan::script(m_made.way.down, plan::Sender::Shell));
        if (m_made.up.isEmpty())
            return;
        lint::Known known = lint::Known::of(m_made.from);
        m_made.linted.script = m_made.up;
        m_made.linted.report =
            lint::judge(m_made.up, {.engine = m_made.from.engine, .inTransaction = false}, known);
        if (m_made.from.engine == Engine::Sqlite)
            lint::judgeRebuilds(m_made.linted.report, m_made.up, m_made.from, m_made.to, known.renames);
        m_made.linted.renames = known.carried();
        if (m_wish.from.kind != shadow::Side::Kind::Database)
            return;
        tell(Words::tr("Counting what is at risk…"));
        m_made.questions = lint::questionsOf(m_made.from, m_made.to, known.carried());
        count();
        m_made.questions.removeIf([](const lint::Question& question) { return question.isHarmless(); });
        if (isOwn(Own::From) && m_wish.asMigration && m_reading.project) {
            const auto status = apply::status(m_live, *m_reading.project);
            m_made.pending = status ? status->pendingCount() : 0;
        }
    }

    void count()
    {
        if (isOwn(Own::From))
            return apply::countRows(m_live, m_made.questions, m_reading.stop);
        const auto there = drivers::Connection::open(shadow::forReading(m_wish.from.target), m_reading.stop);
        if (there)
            apply::countRows(**there, m_made.questions, m_reading.stop);
    }

    drivers::Connection& m_live;
    const ComparisonWish& m_wish;
    rehearsal::Progress& m_progress;
    shadow::Reading m_reading;
    Comparison m_made;
};

}  // namespace

Result<Compared> compare(drivers::Connection& live, const ComparisonWish& wish,
                         const runtime::StopToken& stop, rehearsal::Progress& progress)
{
    Compared made = Comparing(live, wish, stop, progress).made();
    if (!made && made.error().error.kind == ErrorKind::Cancelled)
        return fail(made.error().error);
    return made;
}

QStringList risksOf(const Comparison& comparison)
{
    QStringList lines;
    for (const plan::Step& step : comparison.way.up.steps) {
        if (step.losesData)
            lines << u"✕ "_s + Words::tr("Values are lost: %1").arg(step.sentence);
    }
    for (const lint::Question& question : comparison.questions)
        lines << (question.blocks() ? u"✕ "_s : u"⚠ "_s) + question.sentence();
    return lines;
}

Review reviewOf(const Comparison& comparison, const QString& name, const QString& database)
{
    Review review{.database = database,
                  .states = std::make_shared<const diagram::States>(
                      diagram::States{.before = comparison.from, .after = comparison.to}),
                  .textDiff = textDiffOf(comparison.from, comparison.to)};
    CompareModel changes;
    changes.setWay(comparison.way, comparison.from.engine);
    review.sentences = changes.sentences();
    Review::Part part{.name = name, .up = comparison.up, .down = comparison.down, .risks = {}};
    for (const lint::Finding& finding : comparison.linted.report.findings)
        part.risks << riskText(comparison.linted, finding);
    for (const lint::Question& question : comparison.questions)
        part.risks << question.sentence();
    review.parts.append(part);
    return review;
}

}  // namespace dewpoint::migrate
