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
        return {};
    }

    Result<> add(const ReadyRow& row) override
    {
        const auto done = m_statement->run(*row.values);
        if (done)
            return {};
        // A trigger's ROLLBACK ends the whole transaction: there is nothing left to go on with.
        if (!isAboutRow(done.error().kind) || !m_connection.inTransaction())
            return done;
        m_bad += badRow(m_plan, *row.record, done.error());
        return {};
    }

    Result<> flush() override { return {}; }

private:
    drivers::Connection& m_connection;
    const ImportPlan& m_plan;
    QList<BadRow>& m_bad;
    std::unique_ptr<drivers::PreparedStatement> m_statement;
};

}  // namespace

std::unique_ptr<ImportSink> makeSqliteSink(drivers::Connection& connection, const ImportPlan& plan,
                                           QList<BadRow>& bad)
{
    return std::make_unique<SqliteSink>(connection, plan, bad);
}

}  // namespace dewpoint::transfer
