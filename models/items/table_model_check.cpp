// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"

#include <utility>

using namespace Qt::StringLiterals;

// Arrays, ranges, addresses, intervals, domains …: only PostgreSQL itself can say whether a text is a value
// of such a type. It is asked as soon as the text is staged, so that nobody has to wait for the commit.
namespace dewpoint::items {

namespace {

constexpr qsizetype mostWaiting = 500;  ///< the commit tells the rest

bool onlyServerReads(const rows::RelationColumn& column, Engine engine)
{
    return engine == Engine::Postgres && column.choices.isEmpty()
           && (column.family == rows::ColumnFamily::Other || column.family == rows::ColumnFamily::Temporal);
}

}  // namespace

void TableModel::checkOnServer(const QByteArray& row, int column, const rows::EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    if (!plain || !std::holds_alternative<Text>(*plain) || m_checks.size() >= mostWaiting
        || !onlyServerReads(m_relation.columns[column], m_relation.engine))
        return;
    m_checks += Check{row, column, *plain};
    if (!std::exchange(m_checking, true))
        QMetaObject::invokeMethod(this, &TableModel::sendChecks, Qt::QueuedConnection);
}

void TableModel::sendChecks()
{
    using Problems = QList<std::pair<Check, QString>>;
    m_checkJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [checks = std::exchange(m_checks, {}), columns = m_relation.columns](
            drivers::Connection& connection, const runtime::StopToken&) -> Result<Problems> {
            Problems problems;
            for (const Check& check : checks) {
                const auto cast = connection.scalar(
                    u"SELECT CAST(CAST($1 AS text) AS "_s + columns[check.column].type + u')', {check.value});
                if (!cast
                    && (cast.error().kind == ErrorKind::Connection
                        || cast.error().kind == ErrorKind::Cancelled))
                    return fail(cast.error());
                if (!cast)
                    problems += {check, cast.error().oneLine()};
            }
            return problems;
        },
        [this](const Result<Problems>& problems) {
            m_checking = false;
            const Problems found = problems.value_or(Problems());
            for (const auto& [check, problem] : found) {
                const QString& name = m_relation.columns[check.column].name;
                if (stagedAt(check.row, name) == check.value)
                    m_refusals.insert(check.row + '\n' + name.toUtf8(), problem);
            }
            if (!found.isEmpty() && rowCount() > 0)
                Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            if (!m_checks.isEmpty()) {
                m_checking = true;
                sendChecks();
            }
        });
}

std::optional<Value> TableModel::stagedAt(const QByteArray& row, const QString& column) const
{
    const auto plain = [](const rows::EditValue& value) {
        const auto* known = std::get_if<Value>(&value);
        return known ? std::optional(*known) : std::nullopt;
    };
    if (const auto edit = m_edits.rows().find(row); edit != m_edits.rows().end()) {
        const auto cell = edit->second.cells.find(column);
        return cell == edit->second.cells.end() ? std::nullopt : plain(cell->second.after);
    }
    bool isNew = false;
    const rows::NewRow* fresh = m_edits.newRow(row.toInt(&isNew));
    if (!isNew || !fresh)
        return {};
    const auto value = fresh->values.find(column);
    return value == fresh->values.end() ? std::nullopt : plain(value->second);
}

}  // namespace dewpoint::items
