// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "data.h"

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

void run(drivers::Connection& connection, const QString& script)
{
    if (const auto done = connection.executeScript(script.toUtf8()); !done)
        qFatal("%s", qUtf8Printable(done.error().oneLine()));
}

}  // namespace

std::unique_ptr<drivers::Connection> connect(const drivers::Target& target)
{
    auto connection = drivers::Connection::open(target);
    if (!connection)
        qFatal("%s", qUtf8Printable(connection.error().oneLine()));
    return *std::move(connection);
}

void makeEvents(drivers::Connection& connection, const QString& table, qint64 rows)
{
    if (connection.engine() == Engine::Sqlite) {
        run(connection,
            u"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
            "CREATE TABLE %1 (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL, user_id INTEGER NOT NULL, "
            "kind TEXT NOT NULL, amount NUMERIC, note TEXT, created_at TEXT NOT NULL);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %2) "
            "INSERT INTO %1 SELECT i, printf('%08x-0000-4000-8000-%012x', (i * 2654435761) & 4294967295, "
            "i), "
            "i * 7919 % 100000, substr('open  close pay   ship  refund', 1 + i % 5 * 6, 6), "
            "(i * 104729) % 1000003 / 100.0, CASE WHEN i % 10 THEN 'note ' || (i * 31 % 999983) END, "
            "datetime(1700000000 + i * 3, 'unixepoch') FROM n; COMMIT;"_s.arg(table)
                .arg(rows));
        return;
    }
    run(connection,
        u"CREATE TABLE %1 (id bigint PRIMARY KEY, uuid uuid NOT NULL, user_id integer NOT NULL, "
        "kind text NOT NULL, amount numeric(12,2), note text, created_at timestamptz NOT NULL);"
        "INSERT INTO %1 SELECT i, md5(i::text)::uuid, i * 7919 % 100000, "
        "(ARRAY['open','close','pay','ship','refund'])[1 + i % 5], (i * 104729) % 1000003 / 100.0, "
        "CASE WHEN i % 10 <> 0 THEN 'note ' || (i * 31 % 999983) END, to_timestamp(1700000000 + i * 3) "
        "FROM generate_series(1::bigint, %2) i; ANALYZE %1;"_s.arg(table)
            .arg(rows));
    (void)connection.execute(u"VACUUM "_s + table);
}

void makeTables(drivers::Connection& connection, int tables)
{
    QString script = u"BEGIN;"_s;
    for (int i = 0; i < tables; ++i) {
        // A transaction of PostgreSQL holds a lock for each of them.
        if (i % 500 == 499)
            script += u"COMMIT; BEGIN;"_s;
        const QString reference =
            i == 0 ? QString() : u" REFERENCES t%1(id) ON DELETE CASCADE"_s.arg(i * 7919LL % i);
        script +=
            u"CREATE TABLE t%1 (id integer PRIMARY KEY, parent_id integer%2, name text NOT NULL, "
            "code text UNIQUE, price numeric(10,2) DEFAULT 0, active boolean NOT NULL DEFAULT true, "
            "note text, born date, seen timestamp DEFAULT CURRENT_TIMESTAMP, size integer CHECK (size > 0));"
            "CREATE INDEX t%1_parent ON t%1(parent_id); CREATE INDEX t%1_name ON t%1(name, born);"_s.arg(i)
                .arg(reference);
    }
    run(connection, script + u"COMMIT;"_s);
}

}  // namespace dewpoint::bench
