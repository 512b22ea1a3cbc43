// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/import_sink.h"

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

/// One prepared statement, run for each row. A refused row undoes only itself (SQLite manual,
/// "ON CONFLICT clause": ABORT).
class SqliteSink final : public ImportSink
{
public:
    SqliteSink(drivers::Connection& connection, const ImportPlan& plan, QList<BadRow>& bad)
        : m_connection(connection), m_plan(plan), m_bad(bad)
    {}

    Result<> begin() override
    {
        const auto count = mappedColumns(m_plan).size();
        const QString sql =
            u"INSERT INTO %1 (%2) VALUES (%3)"_s.arg(m_plan.relation.quotedName(), quotedNames(m_plan),
                                                     QStringList(count, u"?"_s).join(u", "_s))
            + conflictClause(m_plan);
        auto statement = m_connection.prepareForRows(sql);
        if (!statement)
            return fail(statement.error());
        m_statement = *std::move(statement);
        return m_plan.mode == ImportMode::Upsert ? beginTally() : Result<>{};
    }

    Result<> add(const ReadyRow& row) override
    {
        if (m_look) {
            if (auto looked = m_look->run(*row.values); !looked)
                return looked;
        }
        const auto done = m_statement->run(*row.values);
        if (done)
            return m_count ? m_count->run({}) : Result<>{};
        // A trigger's ROLLBACK ends the whole transaction: there is nothing left to go on with.
        if (!isAboutRow(done.error().kind) || !m_connection.inTransaction())
            return done;
        m_bad += badRow(m_plan, *row.record, done.error());
        return {};
    }

    Result<> flush() override { return {}; }

    Result<Upserted> upserted() override
    {
        m_look.reset();
        m_count.reset();
        const auto tally =
            m_connection.query(u"SELECT inserted, updated, unchanged FROM temp.dewpoint_tally"_s);
        if (!tally)
            return fail(tally.error());
        if (auto gone = m_connection.execute(u"DROP TABLE temp.dewpoint_tally"_s); !gone)
            return fail(gone.error());
        const auto number = [&tally](int column) { return displayText(tally->at(0, column)).toLongLong(); };
        return Upserted{.inserted = number(0), .updated = number(1), .unchanged = number(2)};
    }

private:
    /// SQLite does not tell what became of an upsert, so the row is looked at before. Two statements, because
    /// what was refused counts for nothing.
    Result<> beginTally()
    {
        QStringList same;
        QStringList isRow;
        const QStringList key = upsertKey(m_plan);
        const QList<MappedColumn> mapped = mappedColumns(m_plan);
        for (qsizetype i = 0; i < mapped.size(); ++i) {
            const QString name = m_plan.relation.columns[mapped[i].column].name;
            same += u"%1 COLLATE BINARY IS ?%2"_s.arg(sql::quoted(name)).arg(i + 1);
            if (key.contains(name))
                isRow += u"%1 = ?%2"_s.arg(sql::quoted(name)).arg(i + 1);
        }
        for (const QString& sql :
             {u"CREATE TEMP TABLE dewpoint_tally (outcome, inserted, updated, unchanged)"_s,
              u"INSERT INTO temp.dewpoint_tally VALUES (0, 0, 0, 0)"_s}) {
            if (const auto made = m_connection.execute(sql); !made)
                return fail(made.error());
        }
        auto look = m_connection.prepareForRows(
            u"UPDATE temp.dewpoint_tally SET outcome = coalesce((SELECT CASE WHEN %1 THEN 3 ELSE 2 END "
            "FROM %2 WHERE %3), 1)"_s.arg(same.join(u" AND "_s), m_plan.relation.quotedName(),
                                          isRow.join(u" AND "_s)));
        if (!look)
            return fail(look.error());
        auto count = m_connection.prepareForRows(
            u"UPDATE temp.dewpoint_tally SET inserted = inserted + (outcome = 1), "
            "updated = updated + (outcome = 2), unchanged = unchanged + (outcome = 3)"_s);
        if (!count)
            return fail(count.error());
        m_look = *std::move(look);
        m_count = *std::move(count);
        return {};
    }

    drivers::Connection& m_connection;
    const ImportPlan& m_plan;
    QList<BadRow>& m_bad;
    std::unique_ptr<drivers::PreparedStatement> m_statement;
    std::unique_ptr<drivers::PreparedStatement> m_look;   ///< at the row that is there
    std::unique_ptr<drivers::PreparedStatement> m_count;  ///< what the look found
};

}  // namespace

std::unique_ptr<ImportSink> makeSqliteSink(drivers::Connection& connection, const ImportPlan& plan,
                                           QList<BadRow>& bad)
{
    return std::make_unique<SqliteSink>(connection, plan, bad);
}

}  // namespace dewpoint::transfer
