// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/kept_replay.h"

#include "project/code.h"
#include "project/for_database.h"
#include "shadow/replay_range.h"
#include "shadow/replayer.h"
#include "sql/lexer.h"

#include <QCryptographicHash>
#include <QSet>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::shadow {

namespace {

/// What each migration runs, and how.
Result<QByteArrayList> chainOf(const project::Project& project, const QList<project::Migration>& migrations)
{
    QByteArrayList chain;
    for (const project::Migration& migration : migrations) {
        const auto script = project::script(project, migration, project::Direction::Up);
        if (!script)
            return fail(script.error());
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(script->text);
        for (const project::Script::Piece& piece : script->pieces)
            hash.addData(QByteArray::number(piece.start) + '+' + QByteArray::number(piece.length) + ';');
        hash.addData(migration.runInTransaction ? "in a transaction" : "as it is");
        chain += hash.result();
    }
    return chain;
}

/// Set or asked, these are the session's and not the database's: a script would see what a run before it left
/// there, or leave something itself.
bool isOfSession(QStringView word)
{
    static const QSet<QString> words{u"pragma"_s, u"temp"_s,    u"temporary"_s,         u"attach"_s,
                                     u"detach"_s, u"changes"_s, u"last_insert_rowid"_s, u"total_changes"_s};
    return words.contains(word.toString().toLower()) || word.startsWith(u"pragma_", Qt::CaseInsensitive)
           || word.startsWith(u"sqlite_temp_", Qt::CaseInsensitive);
}

bool touchesSession(const QString& script)
{
    for (sql::Token token = sql::nextToken(script, 0, Engine::Sqlite); token.kind != sql::TokenKind::End;
         token = sql::nextToken(script, token.start + token.length, Engine::Sqlite)) {
        const QStringView text = token.text(script);
        const bool touches = token.kind == sql::TokenKind::QuotedName
                                 ? isOfSession(text.sliced(1).chopped(text.size() > 1 ? 1 : 0))
                                 : token.kind == sql::TokenKind::Word && isOfSession(text);
        if (touches)
            return true;
    }
    return false;
}

bool touchesSession(const project::Project& project, const QList<project::Migration>& migrations)
{
    return std::ranges::any_of(migrations, [&](const project::Migration& migration) {
        const auto script = project::script(project, migration, project::Direction::Up);
        return !script || touchesSession(QString::fromUtf8(script->text));
    });
}

}  // namespace

struct KeptReplay::Kept {
    /// What was there before the last range.
    struct Base {
        std::unique_ptr<drivers::Connection> pages;
        QByteArrayList chain;
        schema::Database state;
    };

    drivers::Target server;
    project::Project project;
    Replayer replayer;
    QByteArrayList chain = {};      ///< what has run
    schema::Database state = {};    ///< what it made
    bool isKnown = true;            ///< that it made this
    std::optional<Base> base = {};  ///< nothing where the session is no longer what it was then

    bool begins(const QByteArrayList& longer) const;
    Result<> keepBase();
};

bool KeptReplay::Kept::begins(const QByteArrayList& longer) const
{
    return isKnown && chain.size() <= longer.size() && std::ranges::equal(chain, longer.first(chain.size()));
}

// A connection of its own has the pages, and nothing of the session.
Result<> KeptReplay::Kept::keepBase()
{
    auto pages = drivers::Connection::open(replayer.connection().target());
    if (!pages)
        return fail(pages.error());
    base = Base{.pages = *std::move(pages), .chain = chain, .state = state};
    return base->pages->copyFrom(replayer.connection());
}

KeptReplay::KeptReplay() = default;
KeptReplay::~KeptReplay() = default;

/// The kept database, or a new one, as it is before the range.
Result<std::unique_ptr<KeptReplay::Kept>> KeptReplay::before(const Range& range, const QByteArrayList& chain,
                                                             const drivers::Target& server,
                                                             const project::Project& project,
                                                             const drivers::StopAsked& stop)
{
    std::unique_ptr<Kept> kept = std::exchange(m_kept, nullptr);
    if (kept && kept->server == server && kept->project == project) {
        kept->replayer.setStop(stop);
        if (kept->base && kept->base->chain == chain && !touchesSession(project, range.inside))
            return kept->replayer.connection().copyFrom(*kept->base->pages).transform([&] {
                return std::move(kept);
            });
    }
    if (!kept || kept->server != server || kept->project != project || !kept->begins(chain)) {
        auto replayer = Replayer::make(server, project, stop);
        if (!replayer)
            return fail(replayer.error());
        kept = std::make_unique<Kept>(server, project, *std::move(replayer));
        kept->isKnown = false;
    }
    if (!kept->isKnown || kept->chain.size() < chain.size()) {
        auto state = kept->replayer.after(range.before.sliced(kept->chain.size()));
        if (!state)
            return fail(state.error());
        kept->chain = chain;
        kept->state = *std::move(state);
        kept->isKnown = true;
    }
    return kept->keepBase().transform([&] { return std::move(kept); });
}

Result<Preview> KeptReplay::preview(drivers::Connection& live, const project::Project& project,
                                    const QString& fromVersion, const QString& toVersion,
                                    const drivers::StopAsked& stopRequested)
{
    const project::Project known = project::forDatabase(project, live.target());
    if (live.engine() != Engine::Sqlite || project::runsCode(known))
        return shadow::preview(live, project, fromVersion, toVersion, stopRequested);
    const auto range = findRange(known, fromVersion, toVersion);
    if (!range)
        return fail(range.error());
    const QList<project::Migration> all = range->before + range->inside;
    const auto chain = chainOf(known, all);
    if (!chain)
        return fail(chain.error());
    auto kept = before(*range, chain->first(range->before.size()), live.target(), known, stopRequested);
    if (!kept)
        return fail(kept.error());
    Preview preview{.before = (*kept)->base->state, .after = {}, .migrations = range->inside};
    auto after = (*kept)->replayer.after(range->inside);
    if (touchesSession(known, range->inside))
        (*kept)->base.reset();
    (*kept)->isKnown = after.has_value();
    if (after) {
        (*kept)->chain = *chain;
        (*kept)->state = preview.after = *std::move(after);
    }
    // What was read while somebody wrote it is nothing to go on from.
    const bool isSettled = !(*kept)->replayer.connection().inTransaction() && chainOf(known, all) == *chain;
    if (isSettled && ((*kept)->isKnown || (*kept)->base))
        m_kept = *std::move(kept);
    if (!after)
        return fail(after.error());
    return preview;
}

}  // namespace dewpoint::shadow
