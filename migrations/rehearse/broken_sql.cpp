// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/broken_sql.h"

#include "base/words.h"

using namespace Qt::StringLiterals;

namespace dewpoint::rehearse {

namespace {

constexpr qsizetype shownSigns = 80;

/// While it lives, an unknown name in double quotes is an error on SQLite: as a text it would go on running,
/// and find nothing.
class StrictNames final
{
public:
    StrictNames(drivers::Connection& connection, bool strict)
        : m_connection(connection), m_before(connection.takesQuotedNamesAsText())
    {
        if (strict)
            m_connection.setQuotedNamesAsText(false);
    }
    ~StrictNames() { m_connection.setQuotedNamesAsText(m_before); }
    Q_DISABLE_COPY_MOVE(StrictNames)

private:
    drivers::Connection& m_connection;
    bool m_before;
};

/// Nothing where the server understands it. EXPLAIN is all that SQLite's prepare does; PostgreSQL plans a
/// prepared statement when it is run, which never happens.
std::optional<Error> refusal(drivers::Connection& connection, const QString& sql, bool strict)
{
    const StrictNames names(connection, strict);
    if (connection.engine() == Engine::Sqlite) {
        const auto explained = connection.query(u"EXPLAIN "_s + sql, {}, {.maxRows = 1});
        return explained ? std::nullopt : std::optional(explained.error());
    }
    const auto prepared = connection.query(u"PREPARE dewpoint_kept AS "_s + sql);
    if (!prepared)
        return prepared.error();
    (void)connection.query(u"DEALLOCATE dewpoint_kept"_s);
    return std::nullopt;
}

QString what(const store::KeptSql& kept)
{
    switch (kept.kind) {
    case store::KeptSql::Kind::Tab: return kept.title;
    case store::KeptSql::Kind::View: return Words::tr("The kept view %1").arg(kept.title);
    case store::KeptSql::Kind::Recent: break;
    }
    const QString line = kept.sql.simplified();
    return Words::tr("Run lately: %1").arg(line.size() > shownSigns ? line.first(shownSigns) + u'…' : line);
}

}  // namespace

QString BrokenSql::sentence() const
{
    return Words::tr("%1 — %2").arg(what(kept), message);
}

QList<BrokenSql> brokenSql(drivers::Connection& before, drivers::Connection& after,
                           const QList<store::KeptSql>& kept)
{
    QList<BrokenSql> broken;
    for (const store::KeptSql& one : kept) {
        const bool strict = !refusal(before, one.sql, true);
        if (!strict && refusal(before, one.sql, false))
            continue;
        const auto refused = refusal(after, one.sql, strict);
        if (refused && refused->kind != ErrorKind::Cancelled)
            broken.append({.kept = one, .message = refused->message});
    }
    return broken;
}

}  // namespace dewpoint::rehearse
