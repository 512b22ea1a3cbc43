// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/parcel.h"

#include "apply/lint_project.h"
#include "base/words.h"
#include "change/words.h"
#include "diff/normalise.h"
#include "lint/question.h"
#include "park/losses.h"
#include "park/reading.h"
#include "project/code.h"
#include "project/for_database.h"
#include "session/foreign_keys.h"
#include "shadow/replay.h"

#include <QLocale>

#include <algorithm>

namespace dewpoint::park {

namespace {

using schema::Database;

/// A table of the walk as the live database has it: an earlier step may have called it otherwise.
struct LiveTable {
    change::Name name;
    QHash<QString, QString> columns;  ///< now → live
};

/// The steps in their order on a scratch database, each behind what it stands on.
struct Way {
    QList<shadow::Leg> legs;  ///< the first one leads to where the run begins
    QList<qsizetype> stepOf;  ///< by leg; -1 where nothing of the run happens
};

Way wayOf(const QList<project::Migration>& all, const QList<apply::Step>& steps)
{
    Way way{.legs = {{}}, .stepOf = {-1}};
    QStringList done;
    const auto add = [&](const project::Migration& migration, Direction direction, qsizetype step) {
        way.legs.append({.migrations = {migration}, .direction = direction});
        way.stepOf.append(step);
    };
    const auto isStep = [&](const project::Migration& migration) {
        return std::ranges::any_of(
            steps, [&](const apply::Step& step) { return step.migration.version == migration.version; });
    };
    const bool goesBack = steps.first().direction == Direction::Down;
    const auto last = std::ranges::find_last_if(all, isStep).begin();
    const auto first = std::ranges::find_if(all, isStep);
    const bool isSummary = !goesBack && first != all.end() && first->summary;
    for (auto migration = all.begin(); migration != all.end() && !isSummary; ++migration) {
        if (goesBack ? migration > last : migration >= first)
            break;
        way.legs.first().migrations.append(*migration);
        done << migration->version;
    }
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const apply::Step& step = steps[i];
        if (step.direction == Direction::Down) {
            done.removeAll(step.migration.version);
            add(step.migration, Direction::Down, i);
            continue;
        }
        // What is applied already between two steps of the run.
        for (auto migration = first; migration != all.end(); ++migration) {
            if (migration->version == step.migration.version)
                break;
            if (!done.contains(migration->version) && !isStep(*migration) && !migration->summary) {
                add(*migration, Direction::Up, -1);
                done << migration->version;
            }
        }
        done << step.migration.version;
        // In the middle a summary is passed over, as the tool does then.
        if (!step.migration.summary || i == 0)
            add(step.migration, Direction::Up, i);
    }
    return way;
}

/// Looks on while the way is walked.
class Onlooker final
{
public:
    Onlooker(drivers::Connection& live, const project::Project& project) : m_live(live), m_project(project) {}

    Result<> look(drivers::Connection& shadow, const Database& state, const apply::Step* step,
                  const project::Migration* passed)
    {
        auto identities = timeline::identitiesIn(shadow);
        if (!identities)
            return fail(identities.error());
        if (m_hasBegun) {
            const auto names = renames(state, *identities, step, passed);
            if (!names)
                return fail(names.error());
            const QList<lint::Question> again = comingAgain(state, step, passed);
            if (auto found = step ? find(state, *names, *step, again) : Result<>{}; !found)
                return found;
            follow(state, *names);
            for (const lint::Question& lost : again) {
                if (lost.column.isEmpty())
                    m_tables.remove(key(lost.schema, lost.table));
                else if (m_tables.contains(key(lost.schema, lost.table)))
                    m_tables[key(lost.schema, lost.table)].columns.remove(
                        diff::key(lost.column, m_live.engine()));
            }
        } else {
            begin(state);
        }
        m_hasBegun = true;
        m_before = state;
        m_identities = *std::move(identities);
        return {};
    }

    QList<Parcel> parcels;

private:
    QString key(const QString& schema, const QString& name) const
    {
        return diff::key(schema, m_live.engine()) + u'.' + diff::key(name, m_live.engine());
    }

    void begin(const Database& state)
    {
        for (const schema::Table& table : state.tables) {
            LiveTable live{.name = {table.schema, table.name}, .columns = {}};
            for (const schema::Column& column : table.columns)
                live.columns.insert(diff::key(column.name, m_live.engine()), column.name);
            m_tables.insert(key(table.schema, table.name), live);
        }
    }

    /// What is new has nothing on the live database yet.
    void follow(const Database& state, const timeline::Renames& names)
    {
        QHash<QString, LiveTable> next;
        for (const schema::Table& table : std::as_const(m_before.tables)) {
            const change::Name name{table.schema, table.name};
            const auto live = m_tables.constFind(key(table.schema, table.name));
            const change::Name now = names.relation(name);
            if (live == m_tables.constEnd() || !tableNamed(state, now)
                || (names.isTaken(name) && !names.hasRelation(name)))
                continue;
            LiveTable moved{.name = live->name, .columns = {}};
            for (const auto& [column, was] : live->columns.asKeyValueRange()) {
                const QString later = names.member(timeline::columnOf(name, column));
                moved.columns.insert(diff::key(later, m_live.engine()), was);
            }
            next.insert(key(now.schema, now.name), moved);
        }
        m_tables = std::move(next);
    }

    Result<timeline::Renames> renames(const Database& state, const timeline::Identities& identities,
                                      const apply::Step* step, const project::Migration* passed) const
    {
        if (state.engine == Engine::Postgres)
            return timeline::Renames::between(m_identities, identities);
        const auto script = project::script(m_project, step ? step->migration : *passed,
                                            step ? step->direction : Direction::Up);
        return script.transform([&](const project::Script& one) {
            return timeline::Renames::inScript(QString::fromUtf8(one.text), m_before, state);
        });
    }

    /// What the migration drops and makes anew, which no comparison of two schemas shows.
    QList<lint::Question> comingAgain(const Database& state, const apply::Step* step,
                                      const project::Migration* passed) const
    {
        const project::Migration& migration = step ? step->migration : *passed;
        if (project::runsCode(m_project))
            return {};
        const auto script = project::script(m_project, migration, step ? step->direction : Direction::Up);
        if (!script)
            return {};
        lint::Known known = lint::Known::of(m_before);
        (void)lint::judge(QString::fromUtf8(script->text),
                          apply::settingOf(m_project, migration, *script, m_live.engine()), known);
        QList<lint::Question> lost = lint::questionsOf(m_before, state, known.carried());
        lost.removeIf([](const lint::Question& question) { return !question.comesAgain; });
        return lost;
    }

    Result<> find(const Database& state, const timeline::Renames& names, const apply::Step& step,
                  const QList<lint::Question>& again)
    {
        QList<Parcel> found = parcelsBetween(m_before, state, names);
        addComingAgain(found, m_before, again);
        const auto cascades = cascadesBy(step, found);
        if (!cascades)
            return fail(cascades.error());
        found += *cascades;
        for (Parcel& parcel : found) {
            parcel.version = step.migration.version;
            parcel.direction = step.direction;
            const auto count = countOn(parcel);
            if (!count)
                return fail(count.error());
            parcel.values = *count;
            parcels.append(std::move(parcel));
        }
        return {};
    }

    Result<QList<Parcel>> cascadesBy(const apply::Step& step, const QList<Parcel>& gone) const
    {
        if (m_live.engine() == Engine::Postgres)
            return QList<Parcel>();
        const project::Rules rules = project::formatOf(m_project).rules(m_project);
        const auto script = project::script(m_project, step.migration, step.direction);
        const auto on = m_live.scalar(QStringLiteral("PRAGMA foreign_keys"));
        if (!script || !on)
            return fail(script ? on.error() : script.error());
        const bool guarded =
            step.inTransaction() && session::ForeignKeyGuard::isNeeded(m_live, rules, *script);
        if (guarded || !rules.foreignKeys.value_or(displayText(*on) == QLatin1String("1")))
            return QList<Parcel>();
        return cascadesOf(QString::fromUtf8(script->text), step.inTransaction(), m_before, gone);
    }

    /// What is not there has nothing; whatever else keeps from counting is said.
    Result<qint64> countOn(const Parcel& parcel) const
    {
        const auto live = m_tables.constFind(key(parcel.schema, parcel.table));
        if (live == m_tables.constEnd())
            return 0;
        Parcel there = parcel;
        there.schema = live->name.schema;
        there.table = live->name.name;
        for (QString& column : there.columns)
            column = live->columns.value(diff::key(column, m_live.engine()));
        return valuesIn(m_live, there);
    }

    drivers::Connection& m_live;
    const project::Project& m_project;
    Database m_before;
    timeline::Identities m_identities;
    QHash<QString, LiveTable> m_tables;
    bool m_hasBegun = false;
};

}  // namespace

QString Parcel::title() const
{
    const QString name = change::called(schema, table);
    if (wholeTable)
        return name;
    return columns.size() == 1 ? name + u'.' + columns.first()
                               : QStringLiteral("%1 (%2)").arg(name, columns.join(QStringLiteral(", ")));
}

Result<QList<Parcel>> parcelsOf(drivers::Connection& live, const project::Project& project,
                                const QList<apply::Step>& steps, const drivers::StopAsked& stop)
{
    if (steps.isEmpty())
        return QList<Parcel>();
    const project::Project known = project::forDatabase(project, live.target());
    const auto all = project::list(known);
    if (!all)
        return fail(all.error());
    const Way way = wayOf(*all, steps);
    Onlooker onlooker(live, known);
    qsizetype leg = 0;
    const auto walked = shadow::walk(
        live.target(), known, way.legs,
        [&](drivers::Connection& shadow, const Database& state) {
            const qsizetype step = way.stepOf[leg];
            const auto& passed = way.legs[leg].migrations;
            ++leg;
            return onlooker.look(shadow, state, step >= 0 ? &steps[step] : nullptr,
                                 passed.isEmpty() ? nullptr : &passed.first());
        },
        stop);
    if (!walked)
        return fail(walked.error());
    return onlooker.parcels;
}

QString rowsOf(qint64 count, const QString& table)
{
    return count == 1 ? Words::tr("1 row of %1").arg(table)
                      : Words::tr("%1 rows of %2").arg(QLocale().toString(count), table);
}

QString valuesOf(qint64 count, const QString& column)
{
    return count == 1 ? Words::tr("1 value of %1").arg(column)
                      : Words::tr("%1 values of %2").arg(QLocale().toString(count), column);
}

QString sentence(const QList<Parcel>& parcels)
{
    QStringList parts;
    for (const Parcel& parcel : parcels) {
        if (parcel.values > 0)
            parts << (parcel.wholeTable ? rowsOf(parcel.values, parcel.title())
                                        : valuesOf(parcel.values, parcel.title()));
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace dewpoint::park
