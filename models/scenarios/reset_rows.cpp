// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "scenarios/reset_rows.h"

#include "base/words.h"
#include "catalog/inspect.h"
#include "scenarios/keep_rows.h"
#include "transfer/commit_rows.h"
#include "transfer/copy_text.h"
#include "transfer/insert_order.h"
#include "transfer/keyed_rows.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::scenarios {

namespace {

constexpr qsizetype batchBytes = 1024 * 1024;

Error structureError(const Scenario& scenario, QStringList names)
{
    constexpr qsizetype mostNamed = 5;
    if (names.size() > mostNamed)
        names = names.first(mostNamed) << u"…"_s;
    return {.kind = ErrorKind::Conflict,
            .message = Words::tr("The structure changed since “%1” was kept: %2.")
                           .arg(scenario.name, names.join(u", "_s)),
            .hint = Words::tr("Nothing was reset. Take the structure back first, or keep a new scenario.")};
}

Result<> checkStructure(drivers::Connection& connection, const Scenario& scenario)
{
    const auto now = structureOf(connection);
    if (!now)
        return fail(now.error());
    const QStringList names = differences(scenario.structure, *now);
    return names.isEmpty() ? Result<>{} : fail(structureError(scenario, names));
}

Result<> resetSqlite(drivers::Connection& connection, const Scenario& scenario, const QString& file)
{
    if (connection.inTransaction())
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back in its query tab, then try again."));
    if (auto same = checkStructure(connection, scenario); !same)
        return same;
    const auto kept = drivers::Connection::open({.location = file}, connection.stopAsked());
    return kept ? connection.copyFrom(**kept) : fail(kept.error());
}

class PostgresReset final
{
public:
    PostgresReset(drivers::Connection& connection, drivers::Connection& file, const Scenario& scenario,
                  transfer::Progress& progress)
        : m_connection(connection), m_file(file), m_scenario(scenario), m_progress(progress)
    {}

    Result<> run()
    {
        auto transaction = drivers::Transaction::begin(m_connection);
        if (!transaction)
            return fail(transaction.error());
        Result<> done = prepare();
        for (qsizetype i = 0; done && i < m_scenario.tables.size(); ++i)
            done = fill(i, m_scenario.tables[i]);
        if (done)
            done = finish();
        return done ? transfer::commitRows(m_connection, *transaction) : done;
    }

private:
    Result<> run(const QStringList& statements)
    {
        for (const QString& sql : statements) {
            if (auto done = m_connection.execute(sql); !done)
                return fail(done.error());
        }
        return {};
    }

    Result<> prepare()
    {
        QStringList names;
        for (const KeptTable& table : m_scenario.tables)
            names += sql::quoted(table.schema, table.name);
        if (names.isEmpty())
            return {};
        // From here on nobody changes what is being looked at.
        if (auto locked = run({u"LOCK TABLE %1 IN ACCESS EXCLUSIVE MODE"_s.arg(names.join(u", "_s))});
            !locked)
            return locked;
        if (auto same = checkStructure(m_connection, m_scenario); !same)
            return same;
        const auto database = catalog::inspect(m_connection);
        if (!database)
            return fail(database.error());
        m_database = *database;
        if (auto quiet = run(triggerStatements(false)); !quiet)
            return quiet;
        if (auto waiting = run(deferStatements(true)); !waiting)
            return waiting;
        return run({u"TRUNCATE "_s + names.join(u", "_s), u"SET CONSTRAINTS ALL DEFERRED"_s});
    }

    /// User triggers that fire now; put back as they were.
    QStringList triggerStatements(bool on) const
    {
        QStringList statements;
        for (const schema::Table& table : m_database.tables) {
            for (const schema::Trigger& trigger : table.triggers) {
                if (trigger.enabled != u"O" && trigger.enabled != u"A")
                    continue;
                const QString word = !on                       ? u"DISABLE"_s
                                     : trigger.enabled == u"A" ? u"ENABLE ALWAYS"_s
                                                               : u"ENABLE"_s;
                statements += u"ALTER TABLE %1 %2 TRIGGER %3"_s.arg(sql::quoted(table.schema, table.name),
                                                                    word, sql::quoted(trigger.name));
            }
        }
        return statements;
    }

    /// Foreign keys among tables that refer to each other, and to themselves, are looked at when all rows are there.
    QStringList deferStatements(bool defer) const
    {
        std::vector<size_t> circleOf(static_cast<size_t>(m_database.tables.size()));
        std::vector<transfer::OrderEdge> edges;
        eachForeignKey([&](size_t from, size_t to, const schema::Constraint&) {
            edges.push_back({.from = from, .to = to});
        });
        const auto circles = transfer::circlesOf(circleOf.size(), edges);
        for (size_t i = 0; i < circles.size(); ++i) {
            for (const size_t table : circles[i])
                circleOf[table] = i;
        }
        QStringList statements;
        eachForeignKey([&](size_t from, size_t to, const schema::Constraint& key) {
            const schema::Table& table = m_database.tables[static_cast<qsizetype>(from)];
            if (key.deferrable || circleOf[from] != circleOf[to])
                return;
            statements += u"ALTER TABLE %1 ALTER CONSTRAINT %2 %3"_s.arg(
                sql::quoted(table.schema, table.name), sql::quoted(key.name),
                defer ? u"DEFERRABLE INITIALLY DEFERRED"_s : u"NOT DEFERRABLE"_s);
        });
        return statements;
    }

    template <class Use>
    void eachForeignKey(const Use& use) const
    {
        for (qsizetype i = 0; i < m_database.tables.size(); ++i) {
            const schema::Table& table = m_database.tables[i];
            for (const schema::Constraint& key : table.constraints) {
                const schema::Table* target = key.kind == schema::ConstraintKind::ForeignKey
                                                  ? m_database.table(key.targetSchema, key.targetTable)
                                                  : nullptr;
                // Those of partitions follow the partitioned table's.
                if (target && table.partitionBound.isEmpty() && target->partitionBound.isEmpty())
                    use(static_cast<size_t>(i), static_cast<size_t>(target - m_database.tables.constData()),
                        key);
            }
        }
    }

    Result<> fill(qsizetype number, const KeptTable& table)
    {
        QStringList names;
        for (const QString& name : table.columns)
            names += sql::quoted(name);
        const QString copy =
            u"COPY %1 (%2) FROM STDIN"_s.arg(sql::quoted(table.schema, table.name), names.join(u", "_s));
        QByteArray batch;
        Result<> sent;
        const auto read = m_file.stream(u"SELECT * FROM "_s + keptTableName(number), {},
                                        [&](const QList<ColumnInfo>&, std::vector<Value>& row) {
                                            for (qsizetype i = 0; i < table.columns.size(); ++i) {
                                                batch += i > 0 ? "\t" : "";
                                                transfer::appendCopyCell(batch, row[static_cast<size_t>(i)]);
                                            }
                                            batch += '\n';
                                            ++m_progress.rows;
                                            if (batch.size() >= batchBytes)
                                                sent = send(copy, batch);
                                            return sent.has_value();
                                        });
        if (!sent || !read)
            return sent ? read : sent;
        return send(copy, batch);
    }

    Result<> send(const QString& copy, QByteArray& batch)
    {
        if (auto stop = transfer::checkStop(m_connection); !stop)
            return stop;
        if (batch.isEmpty())
            return {};
        const auto taken = m_connection.copyIn(copy, batch);
        m_progress.bytes += batch.size();
        batch.clear();
        return taken ? Result<>{} : fail(taken.error().error);
    }

    Result<> finish()
    {
        if (auto checked = run({u"SET CONSTRAINTS ALL IMMEDIATE"_s}); !checked)
            return checked;
        if (auto done = run(deferStatements(false) + triggerStatements(true)); !done)
            return done;
        for (const KeptSequence& sequence : m_scenario.sequences) {
            if (auto done = restart(sequence); !done)
                return done;
        }
        return {};
    }

    /// What comes next after the last number there is lies beyond the sequence's bounds: such a one is put on
    /// its last number, as one that was given out. ALTER SEQUENCE first, so that a rollback takes all of it back.
    Result<> restart(const KeptSequence& sequence)
    {
        const QString name = sql::quoted(sequence.schema, sequence.name);
        const auto last = m_connection.scalar(u"SELECT $1::numeric - seqincrement FROM pg_sequence WHERE "
                                              u"seqrelid = $2::regclass AND NOT $1::numeric "
                                              "BETWEEN seqmin AND seqmax"_s,
                                              {textValue(sequence.next), textValue(name)});
        if (!last)
            return fail(last.error());
        const QString end = isNull(*last) ? QString() : displayText(*last);
        const QString alter =
            u"ALTER SEQUENCE %1 RESTART WITH %2"_s.arg(name, end.isEmpty() ? sequence.next : end);
        if (auto done = run({alter}); !done || end.isEmpty())
            return done;
        return m_connection
            .scalar(u"SELECT setval($1::regclass, $2::bigint, true)"_s, {textValue(name), textValue(end)})
            .transform([](const Value&) {});
    }

    drivers::Connection& m_connection;
    drivers::Connection& m_file;
    const Scenario& m_scenario;
    transfer::Progress& m_progress;
    schema::Database m_database;
};

}  // namespace

Result<> resetRows(drivers::Connection& connection, const Scenario& scenario, const QString& file,
                   transfer::Progress& progress)
{
    if (connection.target().guard == drivers::Guard::ReadOnly)
        return fail(ErrorKind::ReadOnly, Words::tr("The connection is read-only."),
                    Words::tr("Change its guard level to reset its rows."));
    if (connection.engine() == Engine::Sqlite)
        return resetSqlite(connection, scenario, file);
    const auto kept = drivers::Connection::open({.location = file}, connection.stopAsked());
    if (!kept)
        return fail(kept.error());
    return PostgresReset(connection, **kept, scenario, progress).run();
}

}  // namespace dewpoint::scenarios
