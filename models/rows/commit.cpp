// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/commit.h"

#include "base/words.h"
#include "rows/blame.h"
#include "rows/commit_images.h"
#include "rows/commit_order.h"
#include "rows/conflict.h"
#include "rows/draft.h"
#include "rows/row_probe.h"
#include "rows/statement_writer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

using drivers::Connection;

constexpr qsizetype mostAtOnce = 1000;

/// What came of one statement: nothing (fine), a refusal or a conflict.
using Trouble = std::variant<std::monostate, Violation, Conflict>;

/// True of what is no single statement's fault.
bool endsCommit(const Error& error)
{
    constexpr std::array kinds{ErrorKind::Connection, ErrorKind::Cancelled, ErrorKind::Locked,
                               ErrorKind::ReadOnly,   ErrorKind::DiskFull,  ErrorKind::Corrupt};
    return std::ranges::contains(kinds, error.kind);
}

/// The server may have written everything before it, or its answer, was lost.
Error unknownOutcome(Error error)
{
    error.kind = ErrorKind::OutcomeUnknown;
    error.message =
        Words::tr("The connection was lost during COMMIT: whether the changes were written is unknown.");
    error.hint = Words::tr("Your edits are kept. Reload the rows and look before you commit again.");
    return error;
}

/// The server rolls back what it did not hear the end of.
Error nothingWritten(Error error)
{
    if (error.kind == ErrorKind::Connection)
        error.hint = Words::tr("Nothing was written, and your edits are kept: commit again to connect anew.");
    return error;
}

class Committer final
{
public:
    Committer(Connection& connection, const QList<TableEdits>& tables)
        : m_connection(connection)
        , m_tables(tables)
        , m_items(changesInOrder(connection, tables))
        , m_images(connection, tables)
    {}

    Result<CommitReport> run();

private:
    Result<drivers::Transaction> begin();
    Result<CommitReport> runStraight();
    Result<CommitReport> runCollecting();
    Result<> addFurther(const QList<PlannedChange>& refused, CommitReport& report);
    void addMissingValues(CommitReport& report) const;
    void sortByCells(CommitReport& report) const;
    Result<QList<PlannedChange>> pass(const QList<PlannedChange>& items, CommitReport& report);
    std::span<const PlannedChange> sameStatementFrom(qsizetype from) const;
    Result<bool> attemptAll(std::span<const PlannedChange> items, CommitReport& report);
    bool endsAll(const Error& error) const;
    Result<Trouble> judge(const PlannedChange& item, drivers::Outcome outcome, CommitReport& report);
    Result<Trouble> attempt(const PlannedChange& item, CommitReport& report);
    Result<Trouble> explain(const PlannedChange& item);
    Result<Trouble> underSavepoint(const PlannedChange& item, CommitReport& report);
    Violation refusal(const PlannedChange& item, Error error) const;
    Result<> checkDeferred();
    Result<> finish(drivers::Transaction& transaction, CommitReport& report);

    Connection& m_connection;
    const QList<TableEdits>& m_tables;
    QList<PlannedChange> m_items;
    CommitImages m_images;
};

// SQLite takes the write lock at once: a later upgrade could fail half-way through.
Result<drivers::Transaction> Committer::begin()
{
    return drivers::Transaction::begin(
        m_connection, m_connection.engine() == Engine::Sqlite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
}

Result<CommitReport> Committer::run()
{
    auto straight = runStraight();
    if (!straight || straight->committed)
        return straight;
    return runCollecting();
}

Result<CommitReport> Committer::runStraight()
{
    auto transaction = begin();
    if (!transaction)
        return fail(transaction.error());
    m_images.readBefore();
    CommitReport report;
    for (qsizetype from = 0; from < m_items.size();) {
        const std::span<const PlannedChange> alike = sameStatementFrom(from);
        const auto good = attemptAll(alike, report);
        if (!good)
            return fail(good.error());
        if (!*good)
            return CommitReport{};
        from += std::ssize(alike);
    }
    if (auto done = finish(*transaction, report); !done)
        return fail(done.error());
    return report.committed ? report : CommitReport{};
}

Result<CommitReport> Committer::runCollecting()
{
    auto transaction = begin();
    if (!transaction)
        return fail(transaction.error());
    m_images.readBefore();
    CommitReport report;
    QList<PlannedChange> left = m_items;
    while (!left.isEmpty()) {
        report.violations.clear();
        report.conflicts.clear();
        auto failed = pass(left, report);
        if (!failed)
            return fail(failed.error());
        if (failed->size() == left.size())
            break;  // no order helps any more
        left = *std::move(failed);
    }
    if (auto told = addFurther(left, report); !told)
        return fail(told.error());
    addMissingValues(report);
    sortByCells(report);
    if (report.violations.isEmpty() && report.conflicts.isEmpty()) {
        if (auto done = finish(*transaction, report); !done)
            return fail(done.error());
    }
    if (!report.committed) {
        report.inserted.clear();
        report.changes.clear();
    }
    return report;
}

// Of a few rows everything is told at once; of thousands, what the database said first must do.
Result<> Committer::addFurther(const QList<PlannedChange>& refused, CommitReport& report)
{
    constexpr qsizetype mostProbed = 200;
    const QList<Violation> told = report.violations;
    if (told.size() > mostProbed)
        return {};
    report.violations.clear();
    for (const Violation& violation : told) {
        const auto change = std::ranges::find(refused, violation.row, &PlannedChange::row);
        if (change == refused.end()) {
            report.violations += violation;
            continue;
        }
        auto all = RowProbe(m_connection, m_tables[violation.row.table], *change).violations(violation);
        if (!all)
            return fail(all.error());
        report.violations += *std::move(all);
    }
    return {};
}

// The rows as they came, and in each row from left to right.
void Committer::sortByCells(CommitReport& report) const
{
    constexpr qsizetype mostSorted = 2'000;
    if (report.violations.size() > mostSorted)
        return;
    QList<RowRef> rows;
    for (const Violation& violation : std::as_const(report.violations)) {
        if (!rows.contains(violation.row))
            rows += violation.row;
    }
    std::ranges::stable_sort(report.violations, {}, [&](const Violation& violation) {
        return std::pair(rows.indexOf(violation.row),
                         m_tables[violation.row.table].relation.indexOf(violation.column));
    });
}

// The database names the first column only that holds no value and must.
void Committer::addMissingValues(CommitReport& report) const
{
    const QList<Violation> told = report.violations;
    std::set<std::tuple<int, int, QString>> marked;
    for (const Violation& violation : told)
        marked.insert({violation.row.table, violation.row.newId, violation.column});
    for (const Violation& violation : told) {
        if (violation.error.kind != ErrorKind::NotNull || violation.row.newId == 0)
            continue;
        const TableEdits& table = m_tables[violation.row.table];
        const NewRow* row = table.edits.newRow(violation.row.newId);
        for (const RelationColumn& column : table.relation.columns) {
            const std::tuple cell{violation.row.table, violation.row.newId, column.name};
            if (!mayBeLeftOut(column) && !row->values.contains(column.name) && !marked.contains(cell))
                report.violations +=
                    Violation{.row = violation.row,
                              .column = column.name,
                              .error = {.kind = ErrorKind::NotNull,
                                        .message = Words::tr("%1 needs a value.").arg(column.name)}};
            marked.insert(cell);
        }
    }
}

Result<QList<PlannedChange>> Committer::pass(const QList<PlannedChange>& items, CommitReport& report)
{
    QList<PlannedChange> failed;
    for (const PlannedChange& item : items) {
        auto trouble = underSavepoint(item, report);
        if (!trouble)
            return fail(trouble.error());
        if (auto* violation = std::get_if<Violation>(&*trouble))
            report.violations += std::move(*violation);
        else if (auto* conflict = std::get_if<Conflict>(&*trouble))
            report.conflicts += std::move(*conflict);
        else
            continue;
        failed += item;
    }
    return failed;
}

Result<Trouble> Committer::underSavepoint(const PlannedChange& item, CommitReport& report)
{
    if (auto made = m_connection.execute(u"SAVEPOINT dewpoint_row"_s); !made)
        return fail(made.error());
    auto trouble = attempt(item, report);
    if (!trouble)
        return trouble;
    if (!std::holds_alternative<std::monostate>(*trouble)) {
        if (auto back = m_connection.execute(u"ROLLBACK TO SAVEPOINT dewpoint_row"_s); !back)
            return fail(back.error());
        if (auto* violation = std::get_if<Violation>(&*trouble)) {
            const Relation& relation = m_tables[item.row.table].relation;
            if (auto blamed = blameCast(m_connection, relation, item, *violation); !blamed)
                return fail(blamed.error());
        }
    }
    if (auto released = m_connection.execute(u"RELEASE SAVEPOINT dewpoint_row"_s); !released)
        return fail(released.error());
    return trouble;
}

/// The changes from here on that one statement makes, not too many for one answer.
std::span<const PlannedChange> Committer::sameStatementFrom(qsizetype from) const
{
    qsizetype to = from + 1;
    while (to < m_items.size() && to - from < mostAtOnce
           && m_items[to].statement.sql == m_items[from].statement.sql)
        ++to;
    return std::span(m_items).subspan(static_cast<size_t>(from), static_cast<size_t>(to - from));
}

/// False: one of them was refused, or met another row than was read.
Result<bool> Committer::attemptAll(std::span<const PlannedChange> items, CommitReport& report)
{
    QList<drivers::Parameters> rows;
    for (const PlannedChange& item : items)
        rows += item.statement.parameters;
    auto outcomes = m_connection.queryEach(items.front().statement.sql, rows);
    if (!outcomes && endsAll(outcomes.error()))
        return fail(outcomes.error());
    if (!outcomes)
        return false;
    for (size_t i = 0; i < items.size(); ++i) {
        const auto trouble = judge(items[i], std::move((*outcomes)[i]), report);
        if (!trouble)
            return fail(trouble.error());
        if (!std::holds_alternative<std::monostate>(*trouble))
            return false;
    }
    return true;
}

bool Committer::endsAll(const Error& error) const
{
    return endsCommit(error) || !m_connection.isOpen() || !m_connection.inTransaction();
}

// An error here ends the whole commit; what only this statement did wrong is Trouble.
Result<Trouble> Committer::attempt(const PlannedChange& item, CommitReport& report)
{
    auto outcomes =
        m_connection.queryEach(item.statement.sql, {drivers::Parameters(item.statement.parameters)});
    if (outcomes)
        return judge(item, std::move(outcomes->front()), report);
    if (endsAll(outcomes.error()))
        return fail(outcomes.error());
    return refusal(item, outcomes.error());
}

Result<Trouble> Committer::judge(const PlannedChange& item, drivers::Outcome outcome, CommitReport& report)
{
    if (outcome.affected == 1) {
        if (item.row.newId && !outcome.cells.empty())
            report.inserted += {item.row, RowKey{std::move(outcome.cells)}};
        return Trouble{};
    }
    if (!item.edit)
        return refusal(
            item, {.message = Words::tr(
                       "The database did not take the new row (a trigger or a rule may have replaced it).")});
    if (outcome.affected > 1) {
        return refusal(item, {.kind = ErrorKind::Conflict,
                              .message = Words::tr("The key of this row stands for several rows."),
                              .hint = Words::tr("Give the table a primary key.")});
    }
    return explain(item);
}

Violation Committer::refusal(const PlannedChange& item, Error error) const
{
    const Relation& relation = m_tables[item.row.table].relation;
    return {item.row, blamedColumn(error, relation, setColumns(item)), std::move(error)};
}

// No row matched: it is gone, or differs from what was read.
Result<Trouble> Committer::explain(const PlannedChange& item)
{
    const Relation& relation = m_tables[item.row.table].relation;
    const Query query = StatementWriter(relation, StatementWriter::Values::Bound).current(item.row.key);
    auto now = m_connection.query(query.sql, query.parameters);
    if (!now)
        return fail(now.error());
    if (now->rowCount() == 0 && item.edit->deleted)
        return Trouble{};  // deleted already, by a cascade or by someone else
    if (auto conflict = conflictOf(item, relation, *now))
        return *std::move(conflict);
    return refusal(item,
                   {.kind = ErrorKind::Permission,
                    .message = Words::tr("The database left this row unchanged."),
                    .hint = Words::tr("A trigger, a rule or a row security policy may stand in the way.")});
}

Result<> Committer::checkDeferred()
{
    if (m_connection.engine() == Engine::Sqlite)
        return {};
    return m_connection.execute(u"SET CONSTRAINTS ALL IMMEDIATE"_s).transform([](qint64) {});
}

// Deferred constraints speak up only here; their refusal belongs to no single row.
Result<> Committer::finish(drivers::Transaction& transaction, CommitReport& report)
{
    Result<> done = checkDeferred();
    if (done) {
        report.changes = m_images.readAfter(report.inserted);
        done = transaction.commit();
        if (!done && done.error().kind == ErrorKind::Connection)
            return fail(unknownOutcome(done.error()));
    }
    report.committed = done.has_value();
    if (done)
        return {};
    if (endsCommit(done.error()) || !m_connection.isOpen())
        return fail(done.error());
    report.violations += Violation{.row = {}, .column = {}, .error = done.error()};
    return {};
}

}  // namespace

Result<CommitReport> commit(Connection& connection, const QList<TableEdits>& tables)
{
    const bool known = std::ranges::all_of(
        tables, [](const TableEdits& entry) { return fits(entry.edits, entry.relation); });
    if (!known)
        return fail(ErrorKind::Conflict, Words::tr("The key or the columns of the table are others now."),
                    Words::tr("Reload the table, and make the changes again."));
    return Committer(connection, tables).run().transform_error(nothingWritten);
}

}  // namespace dewpoint::rows
