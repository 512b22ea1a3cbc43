// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/copy_text.h"
#include "transfer/import_rows.h"
#include "transfer/import_sink.h"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

constexpr qsizetype batchBytes = 1024 * 1024;
constexpr size_t batchRows = 5000;
const auto staging = u"pg_temp.dewpoint_import"_s;

/// By their bytes: texts that were shared would be allocated anew for each row that is read.
void copyRecord(const Record& from, Record& to)
{
    to.number = from.number;
    to.line = from.line;
    to.problem = from.problem;
    to.fields.resize(from.fields.size());
    for (size_t i = 0; i < from.fields.size(); ++i) {
        to.fields[i].kind = from.fields[i].kind;
        to.fields[i].text.assign(QByteArrayView(from.fields[i].text));
    }
}

struct Batch {
    QByteArray data;                ///< rows as COPY takes them
    std::vector<qsizetype> starts;  ///< of the rows in it, and its end
    std::vector<Record> records;    ///< what they were read from; more than there are rows
    size_t rows() const { return starts.empty() ? 0 : starts.size() - 1; }
};

/// COPY in batches, each under a savepoint: what a batch is refused for is looked for inside of it, so
/// that only the rows that are bad stay behind. An upsert goes through a temporary table. A batch is sent on
/// a thread of its own while the next one is filled; whoever asks for the connection flushes first.
class PostgresSink final : public ImportSink
{
public:
    PostgresSink(drivers::Connection& connection, const ImportPlan& plan, QList<BadRow>& bad)
        : m_connection(connection), m_plan(plan), m_bad(bad)
    {}

    Result<> begin() override
    {
        const QString names = quotedNames(m_plan);
        const QString table = m_plan.relation.quotedName();
        m_copy = u"COPY %1 (%2) FROM STDIN"_s.arg(table, names);
        if (m_plan.mode != ImportMode::Upsert)
            return {};
        // Types alone: constraints are the table's business.
        const auto made = m_connection.execute(
            u"CREATE TEMPORARY TABLE dewpoint_import ON COMMIT DROP AS SELECT %1 FROM %2 WITH NO DATA"_s.arg(
                names, table));
        if (!made)
            return fail(made.error());
        const auto counted = m_connection.execute(
            u"ALTER TABLE %1 ADD COLUMN dewpoint_row bigint GENERATED ALWAYS AS IDENTITY"_s.arg(staging));
        if (!counted)
            return fail(counted.error());
        m_copy = u"COPY %1 (%2) FROM STDIN"_s.arg(staging, names);
        return prepareUpsert(names);
    }

    Result<> add(const ReadyRow& row) override
    {
        if (m_batch.starts.empty())
            m_batch.starts.push_back(0);
        for (size_t i = 0; i < row.values->size(); ++i) {
            if (i > 0)
                m_batch.data += '\t';
            appendCopyCell(m_batch.data, (*row.values)[i]);
        }
        m_batch.data += '\n';
        const size_t index = m_batch.rows();
        m_batch.starts.push_back(m_batch.data.size());
        if (index == m_batch.records.size())
            m_batch.records.emplace_back();
        copyRecord(*row.record, m_batch.records[index]);
        return m_batch.rows() >= batchRows || m_batch.data.size() >= batchBytes ? send() : Result<>{};
    }

    Result<> flush() override
    {
        if (auto sent = send(); !sent)
            return sent;
        return settled();
    }

    Result<Upserted> upserted() override { return m_upserted; }

private:
    Result<> send()
    {
        if (auto before = settled(); !before)
            return before;
        if (m_batch.rows() == 0)
            return {};
        std::swap(m_batch, m_sent);
        m_batch.data.resize(0);
        m_batch.starts.clear();
        m_sending = std::async(std::launch::async, [this] { return writeRange(0, m_sent.rows()); });
        return {};
    }

    /// Waits for what is being sent.
    Result<> settled()
    {
        if (!m_sending.valid())
            return {};
        auto done = m_sending.get();
        m_bad += std::exchange(m_refused, {});
        return done;
    }

    /// Whether two rows with NULL in the key are one row to it: UNIQUE NULLS NOT DISTINCT, from PostgreSQL 15.
    Result<bool> nullsAreEqual()
    {
        QStringList names = upsertKey(m_plan);
        names.sort();
        QStringList literals;
        for (const QString& name : std::as_const(names))
            literals += sql::literal(textValue(name), Engine::Postgres);
        return m_connection
            .scalar(
                u"SELECT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = $1::regclass AND i.indisunique "
                "AND to_jsonb(i)->>'indnullsnotdistinct' = 'true' AND ARRAY(SELECT a.attname::text FROM "
                "pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) ORDER BY "
                "a.attname::text COLLATE \"C\") = ARRAY[%1]::text[])"_s.arg(literals.join(u", "_s)),
                {textValue(m_plan.relation.quotedName())})
            .transform([](const Value& equal) {
                return displayText(equal) == u't' || displayText(equal) == u"true";
            });
    }

    Result<> prepareUpsert(const QString& names)
    {
        const auto equal = nullsAreEqual();
        if (!equal)
            return fail(equal.error());
        QStringList key;
        QStringList isNull;
        for (const QString& name : upsertKey(m_plan)) {
            key += sql::quoted(name);
            isNull += sql::quoted(name) + u" IS NULL"_s;
        }
        // NULL is no other NULL: such rows are never each other's successor, though DISTINCT ON takes them for it.
        if (!*equal)
            key += u"CASE WHEN %1 THEN dewpoint_row END"_s.arg(isNull.join(u" OR "_s));
        const bool numbered = std::ranges::any_of(mappedColumns(m_plan), [this](const MappedColumn& mapped) {
            return m_plan.relation.columns[mapped.column].readOnly;
        });
        // Of rows with one key the last one counts, as if they came one by one.
        prepareCount(*equal, key);
        m_merge = u"INSERT INTO %1 (%2)%3 SELECT %2 FROM (SELECT DISTINCT ON (%4) * FROM %5 "
                  "ORDER BY %4, dewpoint_row DESC) AS latest ORDER BY dewpoint_row"_s.arg(
                      m_plan.relation.quotedName(), names,
                      numbered ? u" OVERRIDING SYSTEM VALUE"_s : QString(), key.join(u", "_s), staging)
                  + conflictClause(m_plan);
        return {};
    }

    /// Each row against the one with its key that came before it, the first of a key against the table's. Compared
    /// as texts: not every type has an equality, and 1.0 is no 1.00 to whoever reads it.
    void prepareCount(bool nullsAreEqual, const QStringList& key)
    {
        QStringList mine;
        QStringList theirs;
        for (const MappedColumn& mapped : mappedColumns(m_plan)) {
            const QString name = sql::quoted(m_plan.relation.columns[mapped.column].name);
            mine += u"s.%1::text"_s.arg(name);
            theirs += u"t.%1::text"_s.arg(name);
        }
        QStringList isRow;
        for (const QString& name : upsertKey(m_plan)) {
            const QString equal = u"t.%1 = s.%1"_s.arg(sql::quoted(name));
            isRow += nullsAreEqual ? u"(%1 OR t.%2 IS NULL AND s.%2 IS NULL)"_s.arg(equal, sql::quoted(name))
                                   : equal;
        }
        m_count = u"SELECT count(*) FILTER (WHERE old IS NULL), count(*) FILTER (WHERE old <> new), "
                  "count(*) FILTER (WHERE old = new) FROM (SELECT s.new, coalesce(s.before, t.old) AS old "
                  "FROM (SELECT s.*, ROW(%1)::text AS new, lag(ROW(%1)::text) OVER (PARTITION BY %2 "
                  "ORDER BY dewpoint_row) AS before FROM %3 AS s) AS s LEFT JOIN LATERAL (SELECT "
                  "ROW(%4)::text AS old FROM %5 AS t WHERE %6) AS t ON s.before IS NULL) AS pairs"_s.arg(
                      mine.join(u", "_s), key.join(u", "_s), staging, theirs.join(u", "_s),
                      m_plan.relation.quotedName(), isRow.join(u" AND "_s));
    }

    Result<> script(const QString& sql)
    {
        return m_connection.query(sql).transform([](const RowBatch&) {});
    }

    std::expected<void, drivers::CopyRefusal> write(size_t first, size_t last)
    {
        const qsizetype start = m_sent.starts[first];
        const QByteArray rows = m_sent.data.sliced(start, m_sent.starts[last] - start);
        const auto taken = m_connection.copyIn(m_copy, rows);
        if (!taken)
            return std::unexpected(taken.error());
        if (m_plan.mode != ImportMode::Upsert)
            return {};
        const auto counted = m_connection.query(m_count);
        if (!counted)
            return std::unexpected(drivers::CopyRefusal{.error = counted.error()});
        for (const QString& sql : {m_merge, u"TRUNCATE "_s + staging}) {
            if (const auto done = script(sql); !done)
                return std::unexpected(drivers::CopyRefusal{.error = done.error()});
        }
        const auto number = [&counted](int column) {
            return displayText(counted->at(0, column)).toLongLong();
        };
        m_upserted.inserted += number(0);
        m_upserted.updated += number(1);
        m_upserted.unchanged += number(2);
        return {};
    }

    // A refusal that names a row splits the range there, any other one in its middle.
    Result<> writeRange(size_t first, size_t last)
    {
        if (first >= last || m_bad.size() + m_refused.size() >= mostBadRows)
            return {};  // so many end the import
        if (auto begun = script(u"SAVEPOINT dewpoint_rows"_s); !begun)
            return begun;
        const auto done = write(first, last);
        if (done)
            return script(u"RELEASE SAVEPOINT dewpoint_rows"_s);
        const drivers::CopyRefusal& refusal = done.error();
        if (!isAboutRow(refusal.error.kind) || !m_connection.isOpen())
            return fail(refusal.error);
        if (auto back = script(u"ROLLBACK TO SAVEPOINT dewpoint_rows"_s); !back)
            return back;
        if (auto gone = script(u"RELEASE SAVEPOINT dewpoint_rows"_s); !gone)
            return gone;
        if (last - first == 1) {
            m_refused += badRow(m_plan, m_sent.records[first], refusal.error, refusal.column);
            return {};
        }
        const bool named = refusal.row >= 0 && static_cast<size_t>(refusal.row) < last - first;
        const size_t middle = first + (named ? static_cast<size_t>(refusal.row) : (last - first) / 2);
        if (auto before = writeRange(first, middle); !before)
            return before;
        const size_t behind = named ? middle + 1 : middle;
        if (auto one = writeRange(middle, behind); !one)
            return one;
        return writeRange(behind, last);
    }

    drivers::Connection& m_connection;
    const ImportPlan& m_plan;
    QList<BadRow>& m_bad;
    QString m_copy;
    QString m_merge;
    QString m_count;
    Upserted m_upserted;
    Batch m_batch;  ///< is being filled
    Batch m_sent;
    QList<BadRow> m_refused;          ///< of those that are being sent
    std::future<Result<>> m_sending;  ///< last, as its end waits for the thread
};

}  // namespace

std::unique_ptr<ImportSink> makePostgresSink(drivers::Connection& connection, const ImportPlan& plan,
                                             QList<BadRow>& bad)
{
    return std::make_unique<PostgresSink>(connection, plan, bad);
}

}  // namespace dewpoint::transfer
