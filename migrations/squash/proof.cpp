// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "squash/proof.h"

#include "base/words.h"
#include "change/words.h"
#include "diff/compare.h"

#include <functional>

namespace dewpoint::squash {

namespace {

using rehearse::TableDigest;
using Digests = QMap<QString, TableDigest>;

QString titleOf(const schema::Table& table)
{
    return change::called(table.schema, table.name);
}

Result<Seen> see(drivers::Connection& connection, const schema::Database& catalog)
{
    Seen seen{.catalog = catalog, .rows = {}};
    for (const schema::Table& table : catalog.tables) {
        if (!rehearse::hasOwnRows(table))
            continue;
        const auto digest = rehearse::digestOf(connection, table);
        if (!digest)
            return fail(digest.error());
        seen.rows.insert(titleOf(table), *digest);
    }
    return seen;
}

/// What of a table's rows is looked at.
using Choice = std::function<Result<>(drivers::Connection&, const schema::Table&, Digests&)>;

/// The same way once more, up to this leg, and what is chosen of these tables there.
Result<Digests> digestsAt(const drivers::Target& server, const Way& way, qsizetype leg,
                          const QStringList& tables, const Choice& choice, const drivers::StopAsked& stop)
{
    Digests digests;
    qsizetype at = 0;
    const auto look = [&](drivers::Connection& connection, const schema::Database& catalog) -> Result<> {
        if (at++ < leg)
            return {};
        for (const schema::Table& table : catalog.tables) {
            if (!tables.contains(titleOf(table)))
                continue;
            if (auto done = choice(connection, table, digests); !done)
                return done;
        }
        return {};
    };
    return shadow::walk(server, way.project, way.legs.first(leg + 1), look, stop).transform([&] {
        return digests;
    });
}

/// Each column alone: "users.made_at".
Result<> byColumn(drivers::Connection& connection, const schema::Table& table, Digests& digests)
{
    for (const schema::Column& column : table.columns) {
        if (column.hidden)
            continue;
        schema::Table alone = table;
        alone.columns = {column};
        const auto digest = rehearse::digestOf(connection, alone);
        if (!digest)
            return fail(digest.error());
        digests.insert(titleOf(table) + u'.' + column.name, *digest);
    }
    return {};
}

/// All of the row but these columns.
Choice without(const QStringList& columns)
{
    return
        [columns](drivers::Connection& connection, const schema::Table& table, Digests& digests) -> Result<> {
            schema::Table rest = table;
            rest.columns.removeIf([&](const schema::Column& column) {
                return columns.contains(titleOf(table) + u'.' + column.name);
            });
            return rehearse::digestOf(connection, rest).transform([&](const TableDigest& digest) {
                digests.insert(titleOf(table), digest);
            });
        };
}

QStringList different(const Digests& one, const Digests& other)
{
    QStringList names;
    for (const auto& [name, digest] : one.asKeyValueRange()) {
        if (other.value(name) != digest)
            names << name;
    }
    return names;
}

std::unexpected<Error> notTheSame(const QString& what)
{
    return fail(ErrorKind::Conflict, Words::tr("As one migration they do not do the same: %1").arg(what),
                Words::tr("Nothing was changed."));
}

}  // namespace

Result<Walked> walked(const drivers::Target& server, const Way& way, const drivers::StopAsked& stop)
{
    Walked walked;
    const auto done = shadow::walk(
        server, way.project, way.legs,
        [&](drivers::Connection& connection, const schema::Database& catalog) {
            return see(connection, catalog).transform([&](Seen seen) {
                walked.seen.append(std::move(seen));
            });
        },
        stop);
    if (done)
        return walked;
    if (done.error().kind == ErrorKind::Cancelled)
        return fail(done.error());
    walked.failure = done.error();
    return walked;
}

Result<Compared> compare(const drivers::Target& server, const Way& before, const Walked& one,
                         const Way& after, const Walked& other, qsizetype leg, const drivers::StopAsked& stop)
{
    const Seen& old = one.seen.at(leg);
    const Seen& fresh = other.seen.at(leg);
    if (const auto left = diff::compare(fresh.catalog, old.catalog); !left.isEmpty())
        return notTheSame(change::sentence(left.constFirst()));
    Compared compared{.tables = static_cast<int>(old.catalog.tables.size()), .rows = 0, .varying = {}};
    for (const auto& [table, digest] : old.rows.asKeyValueRange()) {
        compared.rows += digest.rows;
        if (fresh.rows.value(table).rows != digest.rows)
            return notTheSame(Words::tr("%1 has %2 rows instead of %3.")
                                  .arg(table)
                                  .arg(fresh.rows.value(table).rows)
                                  .arg(digest.rows));
    }
    const QStringList tables = different(old.rows, fresh.rows);
    if (tables.isEmpty())
        return compared;
    const auto first = digestsAt(server, before, leg, tables, byColumn, stop);
    const auto again = first ? digestsAt(server, before, leg, tables, byColumn, stop) : first;
    if (!again)
        return fail(again.error());
    compared.varying = different(*first, *again);
    const auto rest = digestsAt(server, before, leg, tables, without(compared.varying), stop);
    const auto joined = rest ? digestsAt(server, after, leg, tables, without(compared.varying), stop) : rest;
    if (!joined)
        return fail(joined.error());
    if (const QStringList left = different(*rest, *joined); !left.isEmpty())
        return notTheSame(Words::tr("the rows of %1 hold other values.").arg(left.first()));
    return compared;
}

}  // namespace dewpoint::squash
