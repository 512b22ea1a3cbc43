// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/import_rows.h"

#include "base/words.h"
#include "transfer/column_reader.h"
#include "transfer/commit_rows.h"
#include "transfer/import_sink.h"
#include "transfer/read_ahead.h"
#include "transfer/record_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

class Importer final
{
public:
    Importer(drivers::Connection& connection, const ImportPlan& plan, Progress& progress)
        : m_connection(connection)
        , m_plan(plan)
        , m_progress(progress)
        , m_mapped(mappedColumns(plan))
        , m_sink(ImportSink::make(connection, plan, m_refused))
        , m_values(static_cast<size_t>(m_mapped.size()))
    {
        const auto from = plan.options.isText() ? ColumnReader::From::Text : ColumnReader::From::Json;
        for (const MappedColumn& mapped : std::as_const(m_mapped))
            m_columns.emplace_back(plan.relation.columns[mapped.column], plan.relation.engine, from);
    }

    Result<Imported> run()
    {
        const auto reader = RecordReader::open(m_plan.path, m_plan.options);
        if (!reader)
            return fail(reader.error());
        m_progress.totalBytes = (*reader)->size();
        auto transaction = drivers::Transaction::begin(
            m_connection, m_connection.engine() == Engine::Sqlite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
        if (!transaction)
            return fail(transaction.error());
        Result<> done = prepare();
        if (done)
            done = readAll(**reader);
        if (done)
            done = finish();
        m_sink.reset();  // what it is sending, or its statement, would stand in the way of the end
        if (!done)
            return fail(done.error());
        return close(*transaction);
    }

private:
    Result<> prepare()
    {
        if (m_plan.mode == ImportMode::Replace) {
            const auto deleted = m_connection.execute(u"DELETE FROM "_s + m_plan.relation.quotedName());
            if (!deleted)
                return fail(deleted.error());
            m_report.deleted = *deleted;
        }
        return m_sink->begin();
    }

    Result<> readAll(RecordReader& file)
    {
        ReadAhead reader(file);
        Record record;
        while (!isFull()) {
            if (m_connection.stopAsked() && m_connection.stopAsked()())
                return fail(drivers::cancelledError());
            const auto some = reader.next(record);
            if (!some)
                return fail(some.error());
            m_progress.bytes = reader.bytesRead();
            if (!*some)
                return {};
            m_progress.rows = ++m_report.read;
            if (auto done = take(record); !done)
                return done;
        }
        m_report.tooManyBad = true;
        return {};
    }

    bool isFull() const { return m_report.bad.size() + m_refused.size() >= mostBadRows; }

    Result<> take(Record& record)
    {
        if (m_plan.leftOut.contains(record.number)) {
            ++m_report.leftOut;
            return {};
        }
        if (const auto fix = m_plan.fixes.constFind(record.number); fix != m_plan.fixes.cend()) {
            record.fields = *fix;
            record.problem.clear();
        }
        if (!record.problem.isEmpty()) {
            m_report.bad += BadRow{.record = record, .message = record.problem};
            return {};
        }
        if (auto bad = readValues(record)) {
            m_report.bad += *std::move(bad);
            return {};
        }
        ++m_report.written;
        return m_sink->add({.record = &record, .values = &m_values});
    }

    /// Every field that its column cannot take is told, so that one look is enough to mend the row.
    std::optional<BadRow> readValues(const Record& record)
    {
        std::optional<BadRow> bad;
        // A strict table says itself what it does not take.
        const bool asks = !m_plan.relation.strict && !m_plan.keepOdd && !m_plan.kept.contains(record.number);
        for (size_t i = 0; i < m_columns.size(); ++i) {
            const MappedColumn& mapped = m_mapped[static_cast<qsizetype>(i)];
            const auto field = static_cast<size_t>(mapped.field);
            QString problem =
                m_columns[i].read(field < record.fields.size() ? record.fields[field] : Field{}, m_values[i]);
            const bool odd = problem.isEmpty() && asks;
            if (odd)
                problem = m_columns[i].oddity(m_values[i]);
            if (problem.isEmpty())
                continue;
            if (!bad) {
                bad = BadRow{.record = record, .column = mapped.column, .message = problem, .odd = odd};
                continue;
            }
            if (bad->further.isEmpty())
                bad->message.prepend(m_plan.relation.columns[bad->column].name + u": "_s);
            bad->message += u"  "_s + m_columns[i].column().name + u": "_s + problem;
            bad->further += mapped.column;
            bad->odd = bad->odd && odd;
        }
        return bad;
    }

    // What was refused is tried once more as long as that helps: a row may reference one further down.
    Result<> finish()
    {
        if (auto done = m_sink->flush(); !done)
            return done;
        // The last batch may have been the one that was too much.
        m_report.tooManyBad = m_report.tooManyBad || isFull();
        while (!m_refused.isEmpty() && !m_report.tooManyBad && !m_plan.relation.foreignKeys.isEmpty()) {
            QList<BadRow> before = std::exchange(m_refused, {});
            const qsizetype count = before.size();
            m_report.written -= count;
            for (BadRow& row : before) {
                if (auto done = take(row.record); !done)
                    return done;
            }
            if (auto done = m_sink->flush(); !done)
                return done;
            if (m_refused.size() == count)
                break;
        }
        m_report.written -= m_refused.size();
        if (m_plan.mode == ImportMode::Upsert) {
            const auto upserted = m_sink->upserted();
            if (!upserted)
                return fail(upserted.error());
            m_report.upserted = *upserted;
        }
        m_report.bad += m_refused;
        std::ranges::stable_sort(m_report.bad, {}, [](const BadRow& row) { return row.record.number; });
        return {};
    }

    Result<Imported> close(drivers::Transaction& transaction)
    {
        const bool agreed = m_report.bad.isEmpty() || (m_plan.skipBad && !m_report.tooManyBad);
        if (!agreed || m_plan.dryRun) {
            const auto back = transaction.rollback();
            return back ? Result<Imported>(std::move(m_report)) : fail(back.error());
        }
        if (auto done = commitRows(m_connection, transaction); !done)
            return fail(done.error());
        m_report.committed = true;
        return std::move(m_report);
    }

    drivers::Connection& m_connection;
    const ImportPlan& m_plan;
    Progress& m_progress;
    QList<MappedColumn> m_mapped;
    std::vector<ColumnReader> m_columns;
    QList<BadRow> m_refused;  ///< by the database
    std::unique_ptr<ImportSink> m_sink;
    std::vector<Value> m_values;
    Imported m_report;
};

}  // namespace

QString sentence(const Upserted& rows)
{
    const QString updated = QString::number(rows.updated);
    return Words::tr("%1 rows inserted, %2 updated, %3 unchanged.")
        .arg(QString::number(rows.inserted), updated, QString::number(rows.unchanged));
}

Result<Imported> importRows(drivers::Connection& connection, const ImportPlan& plan, Progress& progress)
{
    if (connection.target().guard == drivers::Guard::ReadOnly)
        return fail(ErrorKind::ReadOnly, Words::tr("The connection is read-only."),
                    Words::tr("Change its guard level to import rows."));
    if (const QString problem = planProblem(plan); !problem.isEmpty())
        return fail(ErrorKind::InvalidInput, problem);
    return Importer(connection, plan, progress).run().transform_error([](Error error) {
        if (error.kind == ErrorKind::Connection)
            error.hint = Words::tr("Nothing was written. Import again once the server answers.");
        else if (error.kind != ErrorKind::OutcomeUnknown && error.hint.isEmpty())
            error.hint = Words::tr("Nothing was written.");
        return error;
    });
}

}  // namespace dewpoint::transfer
