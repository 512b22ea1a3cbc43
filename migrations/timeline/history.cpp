// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/history.h"

#include "project/code.h"
#include "project/for_database.h"
#include "project/format.h"
#include "shadow/replay.h"

#include <QCryptographicHash>

namespace dewpoint::timeline {

namespace {

/// Builds the history state by state.
class Historian final
{
public:
    Historian(History& history, const project::Project& project, const Arrived& arrived)
        : m_history(history), m_project(project), m_arrived(arrived)
    {}

    Result<> take(drivers::Connection& shadow, const schema::Database& state)
    {
        auto identities = identitiesIn(shadow);
        if (!identities)
            return fail(identities.error());
        if (m_history.states.isEmpty()) {
            m_history.provenance = Provenance(state.engine);
            m_history.provenance.begin(state);
        } else {
            const schema::Database before = m_history.states.last();
            m_history.provenance.append(before, state, renames(before, state, *identities));
        }
        m_identities = *std::move(identities);
        m_history.states.append(state);
        if (m_arrived)
            m_arrived(m_history);
        return {};
    }

private:
    Renames renames(const schema::Database& before, const schema::Database& after,
                    const Identities& identities) const
    {
        if (after.engine == Engine::Postgres)
            return Renames::between(m_identities, identities);
        if (project::runsCode(m_project))
            return Renames(Engine::Sqlite);
        const project::Migration& migration = m_history.migrations.at(m_history.states.size() - 1);
        const auto script = project::script(m_project, migration, project::Direction::Up);
        return script ? Renames::inScript(QString::fromUtf8(script->text), before, after)
                      : Renames(Engine::Sqlite);
    }

    History& m_history;
    const project::Project& m_project;
    const Arrived& m_arrived;
    Identities m_identities;  ///< of the newest state
};

}  // namespace

QString History::titleOf(int step) const
{
    if (step < 1 || step > migrations.size())
        return {};
    const project::Migration& migration = migrations.at(step - 1);
    return migration.folder.isEmpty() ? migration.name : migration.folder;
}

QString History::shortTitleOf(int step) const
{
    constexpr qsizetype longest = 24;
    const QString title = titleOf(step);
    const QString name = title.isEmpty() ? QString() : migrations.at(step - 1).name;
    return title.size() <= longest || name.isEmpty() ? title : name;
}

Result<History> replay(const drivers::Target& server, const project::Project& project,
                       const drivers::StopAsked& stop, const Arrived& arrived)
{
    const project::Project known = project::forDatabase(project, server);
    const auto all = project::list(known);
    if (!all)
        return fail(all.error());
    History history;
    history.migrations = shadow::sinceSummary(*all);
    history.passedOver = all->size() - history.migrations.size();
    Historian historian(history, known, arrived);
    const auto done = shadow::eachState(
        server, known, history.migrations,
        [&](drivers::Connection& shadow, const schema::Database& state) {
            return historian.take(shadow, state);
        },
        stop);
    if (!done && history.states.isEmpty())
        return fail(done.error());
    if (!done)
        history.stopped = done.error();
    return history;
}

Result<QByteArray> contentOf(const drivers::Target& server, const project::Project& project)
{
    const project::Project known = project::forDatabase(project, server);
    const auto all = project::list(known);
    if (!all)
        return fail(all.error());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&](const QByteArray& text) {
        hash.addData(QByteArray::number(text.size()) + '\n' + text);
    };
    const auto code = project::codeOf(known);
    add(known.tool.toUtf8() + (code ? code->hash.toUtf8() : QByteArray()) + known.agreedCode.toUtf8());
    for (const project::Migration& migration : *all) {
        add((migration.version + u'\n' + migration.folder).toUtf8());
        if (code) {
            add(project::sourceOf(migration).value_or(QString()).toUtf8());
            continue;
        }
        const auto script = project::script(known, migration, project::Direction::Up);
        add(script ? script->text : script.error().message.toUtf8());
    }
    return hash.result();
}

}  // namespace dewpoint::timeline
