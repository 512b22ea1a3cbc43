// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "testdata/fill_rows.h"

#include "base/words.h"
#include "rows/query_builder.h"
#include "testdata/row_maker.h"
#include "transfer/commit_rows.h"
#include "transfer/import_sink.h"
#include "transfer/keyed_rows.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::testdata {

namespace {

constexpr int mostCandidates = 5000;  ///< of a table that rows refer to
constexpr int mostAttempts = 12;
constexpr qsizetype mostRefused = 20;
constexpr qint64 firstChunk = 10;
constexpr qint64 largestChunk = 500;

bool isUsed(const FillPlan& plan, const rows::RelationForeignKey& key)
{
    return std::ranges::any_of(plan.rules, [&](const ColumnRule& rule) {
        return rule.kind == RuleKind::Reference && key.columns.contains(rule.column);
    });
}

bool isSelf(const FillPlan& plan, const rows::RelationForeignKey& key)
{
    return key.targetTable == plan.relation.name && key.targetSchema == plan.relation.schema;
}

/// The first rows by key, so that the same database gives the same rows.
Result<std::vector<std::vector<Value>>> candidates(drivers::Connection& connection,
                                                   const rows::RelationForeignKey& key)
{
    QStringList columns;
    QStringList there;
    for (const QString& name : key.targetColumns) {
        columns += sql::quoted(name);
        there += sql::quoted(name) + u" IS NOT NULL"_s;
    }
    const QString list = columns.join(u", "_s);
    const QString sql = u"SELECT %1 FROM %2 WHERE %3 ORDER BY %1 LIMIT %4"_s.arg(
        list, sql::quoted(key.targetSchema, key.targetTable), there.join(u" AND "_s),
        QString::number(mostCandidates));
    std::vector<std::vector<Value>> found;
    return connection
        .stream(sql, {},
                [&](const QList<ColumnInfo>&, std::vector<Value>& row) {
                    found.push_back(row);
                    return true;
                })
        .transform([&] { return std::move(found); });
}

bool canBeNull(const FillPlan& plan, const rows::RelationForeignKey& key)
{
    return std::ranges::any_of(key.columns, [&](const QString& name) {
        const int at = plan.relation.indexOf(name);
        return at >= 0 && plan.relation.columns[at].nullable;
    });
}

/// A row that refers to itself, where its key is made here.
bool canBeItself(const FillPlan& plan, const rows::RelationForeignKey& key)
{
    return isSelf(plan, key) && std::ranges::all_of(key.targetColumns, [&](const QString& name) {
               const int at = plan.relation.indexOf(name);
               return at >= 0 && plan.rules[at].kind != RuleKind::Omit;
           });
}

Result<FillContext> contextOf(drivers::Connection& connection, const FillPlan& plan)
{
    FillContext context;
    for (const rows::RelationForeignKey& key : plan.relation.foreignKeys) {
        context.targets.emplace_back();
        if (!isUsed(plan, key))
            continue;
        auto rows = candidates(connection, key);
        if (!rows)
            return fail(rows.error());
        if (rows->empty() && !canBeNull(plan, key) && !canBeItself(plan, key))
            return fail(ErrorKind::InvalidInput,
                        Words::tr("%1 has no rows, and each row of %2 refers to one.")
                            .arg(key.targetTable, plan.relation.name),
                        Words::tr("Add rows to %1 first.").arg(key.targetTable));
        context.targets.back() = *std::move(rows);
    }
    for (int i = 0; i < plan.rules.size(); ++i) {
        if (plan.rules[i].kind != RuleKind::Numbers || !plan.rules[i].detail.isEmpty())
            continue;
        const auto highest = connection.scalar(
            u"SELECT max(%1) FROM %2"_s.arg(sql::quoted(plan.rules[i].column), plan.relation.quotedName()));
        if (!highest)
            return fail(highest.error());
        context.firstNumbers.insert(i, isNull(*highest) ? 1 : displayText(*highest).toLongLong() + 1);
    }
    return context;
}

transfer::ImportPlan importPlanOf(const FillPlan& plan, const QList<int>& columns)
{
    return {.relation = plan.relation, .mapping = columns};
}

class Filler final
{
public:
    Filler(drivers::Connection& connection, const FillPlan& plan, transfer::Progress& progress,
           FillContext context)
        : m_connection(connection)
        , m_plan(plan)
        , m_progress(progress)
        , m_maker(plan, std::move(context))
        , m_import(importPlanOf(plan, m_maker.columns()))
        , m_sink(transfer::ImportSink::make(connection, m_import, m_bad))
    {}

    Result<Filled> run(drivers::Transaction& transaction)
    {
        Result<> done = m_sink->begin();
        qint64 size = firstChunk;
        for (qint64 first = 0; done && first < m_plan.rows && m_filled.refused.size() < mostRefused;
             first += size) {
            size = first == 0 ? firstChunk : std::min(largestChunk, 2 * size);
            done = writeChunk(first, std::min(size, m_plan.rows - first));
        }
        m_sink.reset();  // its statement would stand in the way of COMMIT
        if (!done)
            return fail(done.error());
        if (m_plan.dryRun || !m_filled.refused.isEmpty())
            return transaction.rollback().transform([this] { return std::move(m_filled); });
        if (auto ended = transfer::commitRows(m_connection, transaction); !ended)
            return fail(ended.error());
        m_filled.committed = true;
        return std::move(m_filled);
    }

private:
    Result<> writeChunk(qint64 first, qint64 count)
    {
        if (auto known = knowOwnRows(first); !known)
            return known;
        QList<qint64> rows;
        for (qint64 row = first; row < first + count; ++row)
            rows += row;
        for (int attempt = 0; attempt < mostAttempts && !rows.isEmpty(); ++attempt) {
            m_bad.clear();
            for (const qint64 row : std::as_const(rows)) {
                if (auto done = write(row, attempt); !done)
                    return done;
            }
            if (auto done = m_sink->flush(); !done)
                return done;
            rows.clear();
            for (const transfer::BadRow& bad : std::as_const(m_bad))
                rows += bad.record.number;
        }
        for (const transfer::BadRow& bad : std::as_const(m_bad))
            m_filled.refused += {.row = bad.record.number, .column = bad.column, .message = bad.message};
        m_filled.written += count - m_bad.size();
        m_progress.rows = m_filled.written;
        return {};
    }

    Result<> write(qint64 row, int attempt)
    {
        if (auto stop = transfer::checkStop(m_connection); !stop)
            return stop;
        m_maker.make(row, attempt, m_values);
        const transfer::Record record{.number = row};
        return m_sink->add({.record = &record, .values = &m_values});
    }

    /// Rows of this table that refer to others of it: to those that were made just now as well.
    Result<> knowOwnRows(qint64 made)
    {
        for (int i = 0; made > 0 && i < m_plan.relation.foreignKeys.size(); ++i) {
            const rows::RelationForeignKey& key = m_plan.relation.foreignKeys[i];
            if (!isUsed(m_plan, key) || !isSelf(m_plan, key) || made > mostCandidates)
                continue;
            auto rows = candidates(m_connection, key);
            if (!rows)
                return fail(rows.error());
            m_maker.setTargets(i, *std::move(rows));
        }
        return {};
    }

    drivers::Connection& m_connection;
    const FillPlan& m_plan;
    transfer::Progress& m_progress;
    RowMaker m_maker;
    transfer::ImportPlan m_import;
    QList<transfer::BadRow> m_bad;
    std::unique_ptr<transfer::ImportSink> m_sink;
    std::vector<Value> m_values;
    Filled m_filled;
};

}  // namespace

Result<FillPreview> previewFill(drivers::Connection& connection, const FillPlan& plan, qint64 rows)
{
    if (const QString problem = problemOf(plan); !problem.isEmpty())
        return fail(ErrorKind::InvalidInput, problem);
    auto context = contextOf(connection, plan);
    if (!context)
        return fail(context.error());
    RowMaker maker(plan, *std::move(context));
    FillPreview preview;
    for (const ColumnRule& rule : plan.rules)
        preview.columns += rule.column;
    std::vector<Value> values;
    for (qint64 row = 0; row < std::min(rows, plan.rows); ++row) {
        maker.make(row, 0, values);
        auto& cells = preview.rows.emplace_back(static_cast<size_t>(plan.rules.size()));
        for (size_t i = 0; i < values.size(); ++i)
            cells[static_cast<size_t>(maker.columns()[static_cast<qsizetype>(i)])] = values[i];
    }
    return preview;
}

Result<Filled> fillRows(drivers::Connection& connection, const FillPlan& plan, transfer::Progress& progress)
{
    if (connection.target().guard == drivers::Guard::ReadOnly)
        return fail(ErrorKind::ReadOnly, Words::tr("The connection is read-only."),
                    Words::tr("Change its guard level to add rows."));
    if (const QString problem = problemOf(plan); !problem.isEmpty())
        return fail(ErrorKind::InvalidInput, problem);
    progress.totalRows = plan.rows;
    auto transaction = drivers::Transaction::begin(
        connection, connection.engine() == Engine::Sqlite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
    if (!transaction)
        return fail(transaction.error());
    auto context = contextOf(connection, plan);
    if (!context)
        return fail(context.error());
    return Filler(connection, plan, progress, *std::move(context)).run(*transaction);
}

}  // namespace dewpoint::testdata
