// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/difference.h"

#include "base/words.h"
#include "catalog/inspect.h"
#include "diff/column_order.h"
#include "diff/compare.h"
#include "plan/ordered.h"
#include "plan/script.h"
#include "project/migration.h"
#include "shadow/ordered_difference.h"
#include "shadow/scripted.h"
#include "shadow/shadow_database.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::shadow {

using schema::Database;

namespace {

Result<> run(drivers::Connection& shadow, const plan::Plan& plan)
{
    for (const QByteArray& piece : plan::pieces(plan, plan::Sender::Shell)) {
        if (auto ran = shadow.executeScript(piece); !ran)
            return ran;
    }
    return {};
}

/// With the order of columns where that was asked for.
QList<change::Change> changesTo(const Database& to, const Database& from, const QList<change::Name>& ordered)
{
    return diff::compare(from, to) + diff::columnOrders(from, to, ordered);
}

/// Nothing, or what is still different.
Result<> insistEqual(drivers::Connection& shadow, const Database& wanted, const QList<change::Name>& ordered,
                     const QString& what)
{
    const auto there = catalog::inspect(shadow, catalog::extentOf(wanted));
    if (!there)
        return fail(there.error());
    const auto left = changesTo(wanted, *there, ordered);
    if (left.isEmpty())
        return {};
    return fail(ErrorKind::Unsupported, what.arg(change::sentence(left.constFirst())),
                Words::tr("Write this migration by hand."));
}

Result<> proveOneWay(drivers::Connection& shadow, const plan::Plan& plan, const Database& goal,
                     const QList<change::Name>& ordered, const QString& failed, const QString& differs)
{
    if (auto ran = run(shadow, plan); !ran)
        return fail(during(ran.error(), failed));
    return insistEqual(shadow, goal, ordered, differs);
}

Result<> build(drivers::Connection& shadow, const Database& wanted)
{
    const auto empty = catalog::inspect(shadow, catalog::extentOf(wanted));
    if (!empty)
        return fail(empty.error());
    const auto plan = plan::plan(*empty, wanted);
    if (!plan)
        return fail(plan.error());
    return proveOneWay(shadow, *plan, wanted, {},
                       Words::tr("The schema could not be built on a scratch database: %1"),
                       Words::tr("The schema could not be built exactly on a scratch database: %1."));
}

/// What watches over others' statements would do so on the scratch database too, and only a superuser makes it:
/// it takes no part where it is the same on both sides. Nothing hangs on it.
Database withoutCommonWatchers(Database database, const Database& other)
{
    database.others.removeIf([&](const schema::OtherObject& object) {
        return object.kind == u"EVENT TRIGGER" && other.others.contains(object);
    });
    return database;
}

class Search final
{
public:
    Search(drivers::Connection& shadow, const Database& from, const Database& to, const Answers& answers,
           const QList<change::Name>& ordered)
        : m_shadow(shadow)
        , m_from(from)
        , m_to(to)
        , m_answers(answers)
        , m_ordered(ordered)
        , m_renamed(from)
        , m_unused(answers.renames)
    {}

    Result<Difference> made()
    {
        if (auto built = build(m_shadow, m_from); !built)
            return fail(built.error());
        if (auto renamed = rename(); !renamed)
            return fail(renamed.error());
        Difference difference{.changes = changesTo(m_to, m_renamed, m_ordered), .renames = m_renames};
        if (!m_answers.dropAndAdd)
            difference.open = plan::questions(m_renamed, m_to);
        if (!difference.open.isEmpty())
            return difference;
        auto up = plan::planOrdered(m_renamed, m_to, m_answers.options, m_ordered);
        if (!up)
            return fail(up.error());
        auto down = plan::planOrdered(m_to, m_renamed, m_answers.options, m_ordered);
        if (!down)
            return fail(down.error());
        difference.up = *std::move(up);
        difference.down = *std::move(down);
        if (auto proven = prove(difference); !proven)
            return fail(proven.error());
        return difference;
    }

private:
    /// One at a time: a renamed table shows its columns under the new name.
    Result<> rename()
    {
        Result<> done = renameKnown();
        if (done)
            done = renameEvident();
        while (done && !m_unused.isEmpty()) {
            const auto asked = plan::candidates(m_renamed, m_to);
            const auto answered = std::ranges::find_if(asked, [&](const plan::Question& question) {
                return std::ranges::any_of(
                    m_unused, [&](const QString& answer) { return plan::means(answer, question.rename); });
            });
            if (answered == asked.end())
                return fail(
                    ErrorKind::InvalidInput,
                    Words::tr("Nothing could have been renamed as --rename %1 says.").arg(m_unused.first()));
            m_unused.removeIf([&](const QString& answer) { return plan::means(answer, answered->rename); });
            for (QString& answer : m_unused)
                answer = plan::after(answer, answered->rename);
            done = rename(answered->rename);
            if (done)
                done = renameEvident();
        }
        return done;
    }

    Result<> renameKnown()
    {
        for (const plan::Rename& known : m_answers.known) {
            if (auto done = rename(known); !done)
                return done;
        }
        return {};
    }

    Result<> renameEvident()
    {
        QList<plan::Rename> evident = plan::evidentRenames(m_renamed, m_to);
        while (!evident.isEmpty()) {
            for (const plan::Rename& one : std::as_const(evident)) {
                if (auto done = rename(one); !done)
                    return done;
            }
            evident = plan::evidentRenames(m_renamed, m_to);  // a type's name stands in a check's text
        }
        return {};
    }

    Result<> rename(plan::Rename wanted)
    {
        wanted.makesSchema = !wanted.movedTo.isEmpty() && !m_renamed.schemas.contains(wanted.movedTo);
        m_renames.append(wanted);
        const plan::Plan step{.engine = m_to.engine, .steps = {plan::renameStep(wanted, m_to.engine)}};
        if (auto ran = run(m_shadow, step); !ran)
            return ran;
        return catalog::inspect(m_shadow, catalog::extentOf(m_from)).transform([this](Database now) {
            m_renamed = std::move(now);
        });
    }

    /// The renames of the way up have been made already.
    Result<> prove(Difference& difference)
    {
        auto up =
            proveOneWay(m_shadow, difference.up, m_to, m_ordered, Words::tr("No way was found that runs: %1"),
                        Words::tr("No way was found that leads there exactly: %1."));
        if (!up)
            return up;
        plan::pairReverses(difference.up, difference.down);
        addRenames(difference);
        return proveOneWay(m_shadow, difference.down, m_from, m_ordered,
                           Words::tr("No way back was found that runs: %1"),
                           Words::tr("No way back was found that leads there exactly: %1."));
    }

    void addRenames(Difference& difference) const
    {
        QList<plan::Step> forth;
        for (const plan::Rename& rename : m_renames) {
            plan::Step there = plan::renameStep(rename, m_to.engine);
            plan::Step back = plan::renameStep(rename.turned(), m_to.engine);
            there.reverse = back.sql;
            back.reverse = there.sql;
            forth.append(there);
            difference.down.steps.insert(difference.down.steps.size() - (forth.size() - 1), back);
        }
        difference.up.steps = forth + difference.up.steps;
    }

    drivers::Connection& m_shadow;
    const Database& m_from;
    const Database& m_to;
    const Answers& m_answers;
    const QList<change::Name>& m_ordered;  ///< tables whose order of columns counts
    Database m_renamed;                    ///< `from` as it is on the scratch database
    QStringList m_unused;
    QList<plan::Rename> m_renames;
};

Result<QStringList> sqlFiles(const QString& path)
{
    if (!QFileInfo(path).isDir())
        return QStringList{path};
    QStringList files;
    for (const QFileInfo& file : QDir(path).entryInfoList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name))
        files << file.filePath();
    if (files.isEmpty())
        return fail(ErrorKind::NotFound, Words::tr("There is no SQL file in %1.").arg(path));
    return files;
}

}  // namespace

Error differentEngines(Engine from, Engine to)
{
    return {.kind = ErrorKind::InvalidInput,
            .message =
                Words::tr("One is %1 and the other %2.").arg(sql::engineName(from), sql::engineName(to)),
            .hint = Words::tr("No SQL leads from one to the other: compare two of the same kind.")};
}

Result<Difference> difference(const drivers::Target& server, const Database& from, const Database& to,
                              const Answers& answers, const drivers::StopAsked& stop)
{
    return orderedDifference(server, from, to, answers, {}, stop);
}

Result<Difference> orderedDifference(const drivers::Target& server, const Database& from, const Database& to,
                                     const Answers& answers, const QList<change::Name>& ordered,
                                     const drivers::StopAsked& stop)
{
    if (from.engine != to.engine)
        return fail(differentEngines(from.engine, to.engine));
    if (changesTo(to, from, ordered).isEmpty())
        return Difference{};
    auto shadow = ShadowDatabase::make(server);
    if (!shadow)
        return fail(shadow.error());
    shadow->connection().setStopAsked(stop);
    const Database before = withoutCommonWatchers(from, to);
    const Database after = withoutCommonWatchers(to, from);
    return Search(shadow->connection(), before, after, answers, ordered).made();
}

Result<Database> schemaOfSql(const drivers::Target& server, const QString& path,
                             const drivers::StopAsked& stop, catalog::Extent extent)
{
    const auto files = sqlFiles(path);
    if (!files)
        return fail(files.error());
    auto made = Scripted::empty(server, stop);
    if (!made)
        return fail(made.error());
    for (const QString& file : *files) {
        const auto text = project::readScript(file);
        if (!text)
            return fail(text.error());
        if (const auto ran = made->run(*text, file); !ran)
            return fail(ran.error());
    }
    return made->schema(extent);
}

}  // namespace dewpoint::shadow
