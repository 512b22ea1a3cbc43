// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/downs.h"

#include "apply/executor.h"
#include "diff/compare.h"
#include "project/code.h"
#include "rehearse/copies.h"
#include "rehearse/stamps.h"
#include "shadow/outside_effects.h"
#include "shadow/replay.h"
#include "store/json_file.h"

#include <QCryptographicHash>
#include <QJsonObject>

#include <memory>

using namespace Qt::StringLiterals;

namespace dewpoint::rehearse {

namespace {

using apply::Action;
using apply::Scope;
using project::Migration;

constexpr qsizetype nameDigits = 32;

QString fileOf(const project::Project& project, Engine engine)
{
    const QByteArray place = sql::engineName(engine).toUtf8() + ' ' + project.directory.toUtf8();
    const auto hash = QCryptographicHash::hash(place, QCryptographicHash::Sha256);
    return u"%1/%2.json"_s.arg(store::stateFolder(u"downs"_s),
                               QString::fromLatin1(hash.toHex().first(nameDigits)));
}

/// Each migration's key stands for all before it as well: what a down restores depends on them.
QStringList keysOf(const project::Project& project, const QList<Migration>& migrations)
{
    QStringList keys;
    QByteArray chain;
    for (const Migration& migration : migrations) {
        chain = QCryptographicHash::hash(chain + contentOf(project, migration), QCryptographicHash::Sha256);
        keys << QString::fromLatin1(chain.toHex());
    }
    return keys;
}

class Trial final
{
public:
    Trial(const drivers::Target& server, const project::Project& project, const drivers::StopAsked& stop)
        : m_server(server), m_project(project), m_stop(stop)
    {}

    /// The scratch database with the first `count` migrations.
    bool reach(int count)
    {
        if (!m_shadow) {
            auto made = shadow::ShadowDatabase::make(m_server);
            if (!made)
                return false;
            m_shadow = std::make_unique<shadow::ShadowDatabase>(*std::move(made));
            m_shadow->connection().setStopAsked(m_stop);
            m_there = 0;
        }
        if (count > m_there && !act(Action::Run, count - m_there))
            return false;
        m_there = count;
        return true;
    }

    /// The migration right behind those that are there, forth and back.
    std::optional<DownResult> tried()
    {
        const auto before = shadow::inspectWithoutLedger(m_shadow->connection(), m_project);
        if (!before || !reach(m_there + 1))
            return std::nullopt;
        const auto back = revert();
        if (!back)
            return std::nullopt;
        if (!back->restores) {
            m_shadow.reset();  // nobody knows what it is like now
            return back;
        }
        --m_there;
        const auto after = shadow::inspectWithoutLedger(m_shadow->connection(), m_project);
        if (!after)
            return std::nullopt;
        const auto left = diff::compare(*after, *before);
        if (left.isEmpty())
            return DownResult{};
        m_shadow.reset();
        return DownResult{.restores = false, .text = change::sentence(left.constFirst())};
    }

private:
    std::optional<apply::Failure> failureOf(const Result<apply::Report>& report) const
    {
        if (!report)
            return apply::Failure{.error = report.error()};
        return report->failure;
    }

    bool act(Action action, int count)
    {
        const auto report = apply::execute(m_shadow->connection(), m_project, action, Scope::first(count),
                                           {.leavesFiles = true});
        return !failureOf(report);
    }

    std::optional<DownResult> revert()
    {
        const auto report = apply::execute(m_shadow->connection(), m_project, Action::Revert, Scope::one(),
                                           {.leavesFiles = true});
        const auto failure = failureOf(report);
        if (!failure)
            return DownResult{};
        if (failure->error.kind == ErrorKind::Cancelled)
            return std::nullopt;
        return DownResult{.restores = false, .text = failure->error.message};
    }

    const drivers::Target& m_server;
    const project::Project& m_project;
    const drivers::StopAsked& m_stop;
    std::unique_ptr<shadow::ShadowDatabase> m_shadow;
    int m_there = 0;
};

bool staysInside(const project::Project& project, const Migration& migration, Engine engine)
{
    for (const auto direction : {project::Direction::Up, project::Direction::Down}) {
        if (direction == project::Direction::Down && !migration.reversible())
            continue;
        const auto script = project::script(project, migration, direction);
        if (!script || !shadow::refuseOutsideEffects(QString::fromUtf8(script->text), engine))
            return false;
    }
    return true;
}

struct Known {
    QList<Migration> migrations;
    QStringList keys;
    QJsonObject file;
};

Result<Known> read(const project::Project& project, Engine engine)
{
    auto migrations = project::list(project);
    if (!migrations)
        return fail(migrations.error());
    const QStringList keys = keysOf(project, *migrations);
    return Known{.migrations = *std::move(migrations),
                 .keys = keys,
                 .file = store::readJson(fileOf(project, engine)).value_or(QJsonObject())};
}

DownResults resultsOf(const Known& known)
{
    DownResults results;
    for (qsizetype i = 0; i < known.migrations.size(); ++i) {
        const auto found = known.file.constFind(known.keys[i]);
        if (found == known.file.constEnd())
            continue;
        const QJsonObject one = found->toObject();
        results.insert(known.migrations[i].version,
                       {.restores = one[u"restores"_s].toBool(), .text = one[u"text"_s].toString()});
    }
    return results;
}

}  // namespace

DownResults knownDowns(const project::Project& project, Engine engine)
{
    const project::Project known = project::forEngine(project, engine);
    if (project::runsCode(known))
        return {};
    const auto all = read(known, engine);
    return all ? resultsOf(*all) : DownResults();
}

Result<DownResults> tryDowns(const drivers::Target& server, const project::Project& project,
                             const drivers::StopAsked& stop)
{
    const project::Project known = project::forEngine(project, server.engine);
    if (project::runsCode(known))
        return DownResults();
    auto all = read(known, server.engine);
    if (!all)
        return fail(all.error());
    Trial trial(server, known, stop);
    bool isNew = false;
    for (qsizetype i = 0; i < all->migrations.size() && !(stop && stop()); ++i) {
        const Migration& migration = all->migrations[i];
        if (migration.summary || migration.repeatable || !staysInside(known, migration, server.engine))
            break;
        if (!migration.reversible() || all->file.contains(all->keys[i]))
            continue;
        const auto result = trial.reach(static_cast<int>(i)) ? trial.tried() : std::optional<DownResult>();
        if (!result)
            break;
        isNew = true;
        all->file.insert(all->keys[i],
                         QJsonObject{{u"restores"_s, result->restores}, {u"text"_s, result->text}});
    }
    if (isNew)
        (void)store::writeJson(fileOf(known, server.engine), all->file);
    return resultsOf(*all);
}

}  // namespace dewpoint::rehearse
