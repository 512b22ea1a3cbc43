// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "squash/squash.h"

#include "apply/down.h"
#include "apply/scripts.h"
#include "apply/status.h"
#include "base/words.h"
#include "project/for_database.h"
#include "project/joined.h"
#include "squash/proof.h"
#include "squash/range.h"
#include "squash/trial.h"

#include <QDir>

#include <algorithm>
#include <memory>
#include <utility>

namespace dewpoint::squash {

namespace {

using project::Direction;
using project::Migration;

/// One below the other, each with its name above it.
Result<QByteArray> joined(const project::Project& project, const QList<Migration>& migrations,
                          Direction direction, Engine engine)
{
    QByteArray text;
    for (const Migration& migration : migrations) {
        const auto body = project::bodyOf(project, migration, direction);
        if (!body)
            return body;
        QString name = migration.folder;
        name.replace(u'\n', u' ');
        text += (text.isEmpty() ? "-- " : "\n-- ") + name.toUtf8() + '\n'
                + project::terminated(body->trimmed(), engine);
    }
    return text;
}

/// A tool that looks at the script itself runs a statement that is alone outside a transaction, which means
/// nothing for several.
bool findsItOut(const project::Project& project)
{
    const auto word = project::formatOf(project).outsideTransaction;
    return word && word("-") == "-";
}

/// Whether the scripts run outside a transaction because their files say so: all of them, or none.
Result<bool> outside(const project::Project& project, const QList<Migration>& migrations,
                     bool Migration::* inTransaction)
{
    if (findsItOut(project))
        return false;
    const auto inside = std::ranges::find(migrations, true, inTransaction);
    const auto other = std::ranges::find(migrations, false, inTransaction);
    if (inside == migrations.end() || other == migrations.end())
        return other != migrations.end();
    return fail(ErrorKind::Unsupported,
                Words::tr("%1 runs in a transaction and %2 outside one, so they cannot be one migration.")
                    .arg(inside->folder, other->folder),
                Words::tr("Squash those before it and those behind it."));
}

class Planner final
{
public:
    Planner(drivers::Connection& live, const project::Project& project, const Request& request,
            const drivers::StopAsked& stop)
        : m_target(live.target()), m_project(project), m_request(request), m_stop(stop)
    {}

    Result<Squash> planned(Range range)
    {
        m_range = std::move(range);
        m_squash.old = m_range.inside;
        m_squash.order = m_range.order;
        using Step = Result<> (Planner::*)();
        for (const Step step : {&Planner::join, &Planner::walkOld, &Planner::findDown, &Planner::makeNew,
                                &Planner::prove, &Planner::tellEdits}) {
            if (auto done = (this->*step)(); !done)
                return fail(done.error());
            if (!m_squash.open.isEmpty())
                break;
        }
        return std::move(m_squash);
    }

private:
    Engine engine() const { return m_target.engine; }

    Result<> join()
    {
        const auto up = joined(m_project, m_range.inside, Direction::Up, engine());
        if (!up)
            return fail(up.error());
        m_up = *up;
        const auto out = outside(m_project, m_range.inside, &Migration::runInTransaction);
        if (!out)
            return fail(out.error());
        m_outside.up = *out;
        m_allDowns = std::ranges::all_of(m_range.inside, [&](const Migration& migration) {
            return apply::hasDown(m_project, migration, engine());
        });
        if (!m_allDowns)
            return {};
        QList<Migration> turned = m_range.inside;
        std::ranges::reverse(turned);
        const auto down = joined(m_project, turned, Direction::Down, engine());
        const auto downOut = outside(m_project, m_range.inside, &Migration::revertInTransaction);
        if (!down || !downOut)
            return fail(down ? downOut.error() : down.error());
        m_down = *down;
        m_outside.down = *downOut;
        m_squash.downIs = Down::Joined;
        return {};
    }

    Way wayOf(const project::Project& project, QList<Migration> before, const QList<Migration>& inside) const
    {
        Way way{.project = project, .legs = {{.migrations = std::move(before)}, {.migrations = inside}}};
        if (m_squash.downIs == Down::Joined) {
            QList<Migration> turned = inside;
            std::ranges::reverse(turned);
            way.legs.append({.migrations = turned, .direction = Direction::Down});
        }
        return way;
    }

    Result<> walkOld()
    {
        m_oldWay = wayOf(m_project, m_range.before, m_range.inside);
        auto walk = walked(m_target, m_oldWay, m_stop);
        if (!walk)
            return fail(walk.error());
        m_old = *std::move(walk);
        if (m_old.failure && m_old.seen.size() < 2)
            return fail(*m_old.failure);
        if (m_old.failure)
            m_squash.notes << Words::tr("The way back could not be compared: %1").arg(m_old.failure->message);
        return {};
    }

    /// Where one of them has none, the way back of all is worked out.
    Result<> findDown()
    {
        const bool takesOne = std::ranges::any_of(m_range.inside, [](const Migration& migration) {
            return migration.reversible() || !migration.downPlace.isEmpty();
        });
        if (m_allDowns || !takesOne)
            return {};
        const auto way = apply::wayBack(m_old.seen[0].catalog, m_old.seen[1].catalog, m_target, m_project,
                                        m_request.answers, m_stop);
        if (!way && way.error().kind == ErrorKind::Cancelled)
            return fail(way.error());
        if (!way) {
            m_squash.notes << Words::tr("It gets no down SQL: %1").arg(way.error().message);
            return {};
        }
        m_squash.open = way->open;
        if (way->script.isEmpty())
            return {};
        m_down =
            "-- What takes these back, worked out from the schemas before and after them.\n" + way->script;
        m_squash.downIs = Down::WorkedOut;
        m_squash.downLoses = way->losesData;
        return {};
    }

    Result<> makeNew()
    {
        auto trial = Trial::make(m_project);
        if (!trial)
            return fail(trial.error());
        m_trial = std::make_unique<Trial>(*std::move(trial));
        if (auto removed = m_trial->remove(m_range.inside); !removed)
            return removed;
        const auto made = m_trial->add({.name = m_request.name,
                                        .version = project::spelledVersion(m_project, m_range.inside.last()),
                                        .withDown = m_squash.downIs != Down::None,
                                        .up = m_up,
                                        .down = m_down,
                                        .change = {}},
                                       m_range.inside, m_outside, m_target, m_stop);
        if (!made)
            return fail(made.error());
        m_made = *made;
        if (auto placed = wantInPlace(); !placed)
            return placed;
        return wantTransactions();
    }

    Result<> wantInPlace() const
    {
        const auto all = project::list(m_trial->project());
        if (!all)
            return fail(all.error());
        QStringList now;
        for (const Migration& migration : *all)
            now << migration.version;
        QStringList wanted;
        for (const Migration& migration : m_range.before)
            wanted << migration.version;
        wanted << m_made.version;
        wanted << m_range.behind;
        if (now == wanted)
            return {};
        return fail(
            ErrorKind::Unsupported,
            Words::tr("The new migration %1 would not be in the place of the old ones.").arg(m_made.folder),
            Words::tr("The order is by the file's name: look at those of the others."));
    }

    /// It may run in a transaction of its own where each of them did, but never the other way round.
    Result<> wantTransactions() const
    {
        const bool upFits =
            m_made.runInTransaction || std::ranges::none_of(m_range.inside, &Migration::runInTransaction);
        const bool hasDown = m_squash.downIs != Down::None;
        const bool downFits = !hasDown || m_made.revertInTransaction
                              || (m_squash.downIs == Down::Joined
                                  && std::ranges::none_of(m_range.inside, &Migration::revertInTransaction));
        if (upFits && downFits && (!m_outside.down || !m_made.revertInTransaction))
            return {};
        return fail(
            ErrorKind::Unsupported,
            upFits ? Words::tr("The down SQL would not run in a transaction as that of the old ones did.")
                   : Words::tr("The migration would not run in one transaction: a script begins or commits "
                               "by itself, or has a statement that must be alone."),
            Words::tr("Leave that migration out."));
    }

    Result<> prove()
    {
        QList<Migration> before;
        for (const Migration& migration : std::as_const(m_range.before))
            before << m_trial->there(migration);
        const Way way = wayOf(m_trial->project(), before, {m_made});
        const auto walk = walked(m_target, way, m_stop);
        if (!walk)
            return fail(walk.error());
        if (walk->failure && walk->seen.size() < m_old.seen.size())
            return fail(ErrorKind::Conflict,
                        Words::tr("As one migration they do not run: %1").arg(walk->failure->message),
                        Words::tr("Nothing was changed."));
        for (qsizetype leg = 1; leg < m_old.seen.size(); ++leg) {
            const auto compared = compare(m_target, m_oldWay, m_old, way, *walk, leg, m_stop);
            if (!compared)
                return fail(compared.error());
            if (leg > 1)
                continue;
            m_squash.tables = compared->tables;
            m_squash.rows = compared->rows;
            if (!compared->varying.isEmpty())
                m_squash.notes << Words::tr("Not compared, because they are other values each time: %1")
                                      .arg(compared->varying.join(QStringLiteral(", ")));
        }
        return {};
    }

    Result<> tellEdits()
    {
        auto edits = differences(m_project.directory, m_trial->folder());
        if (!edits)
            return fail(edits.error());
        m_squash.edits = *std::move(edits);
        m_squash.edits.removeIf(
            [](const FileEdit& edit) { return edit.path == QLatin1String(".diesel_lock") && !edit.before; });
        const auto up = project::script(m_trial->project(), m_made, Direction::Up);
        const auto down = m_squash.downIs == Down::None
                              ? Result<project::Script>()
                              : project::script(m_trial->project(), m_made, Direction::Down);
        if (!up || !down)
            return fail(up ? down.error() : up.error());
        m_squash.up = up->text;
        m_squash.down = down->text;
        m_squash.made = m_trial->back(m_made);
        return {};
    }

    drivers::Target m_target;
    const project::Project& m_project;
    const Request& m_request;
    const drivers::StopAsked& m_stop;
    Range m_range;
    Squash m_squash;
    QByteArray m_up, m_down;
    Trial::Outside m_outside;
    bool m_allDowns = false;
    Way m_oldWay;
    Walked m_old;
    std::unique_ptr<Trial> m_trial;
    Migration m_made;
};

}  // namespace

Result<Squash> workOut(drivers::Connection& live, const project::Project& project, const Request& request,
                       const drivers::StopAsked& stop)
{
    project::Project known = project::forDatabase(project, live.target());
    known.directory = QDir::cleanPath(known.directory);
    if (auto sql = wantSql(known); !sql)
        return fail(sql.error());
    if (const QString left = leftover(known.directory); !left.isEmpty())
        return fail(ErrorKind::Conflict,
                    Words::tr("A squash was broken off here: %1 is left of it.").arg(left),
                    Words::tr("Take it back first: dewpoint migrate squash --undo."));
    const auto status = apply::status(live, known);
    if (!status)
        return fail(status.error());
    const auto all = project::list(known);
    if (!all)
        return fail(all.error());
    auto range = rangeOf(*status, *all, request);
    if (!range)
        return fail(range.error());
    return Planner(live, known, request, stop).planned(*std::move(range));
}

}  // namespace dewpoint::squash
