// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/refusals.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::items {

namespace {

constexpr qsizetype mostWaiting = 500;  ///< the commit tells the rest

bool onlyServerReads(const rows::RelationColumn& column, Engine engine)
{
    return engine == Engine::Postgres && column.choices.isEmpty()
           && (column.family == rows::ColumnFamily::Other || column.family == rows::ColumnFamily::Temporal);
}

QByteArray cellName(const QByteArray& row, const QString& column)
{
    return row + '\n' + column.toUtf8();
}

}  // namespace

Refusals::Refusals(runtime::Session& session, const rows::Relation& relation, IsStaged isStaged)
    : m_session(session), m_engine(relation.engine), m_isStaged(std::move(isStaged))
{}

QString Refusals::at(const QByteArray& row, const QString& column) const
{
    return m_reasons.value(cellName(row, column));
}

QString Refusals::inRow(const QByteArray& row) const
{
    for (auto it = m_reasons.cbegin(); it != m_reasons.cend(); ++it) {
        if (it.key().startsWith(row + '\n'))
            return it.value();
    }
    return {};
}

void Refusals::set(const QByteArray& row, const QString& column, const QString& reason)
{
    m_reasons.insert(cellName(row, column), reason);
}

void Refusals::remove(const QByteArray& row, const QString& column)
{
    m_reasons.remove(cellName(row, column));
}

void Refusals::clear()
{
    m_reasons.clear();
}

void Refusals::check(const QByteArray& row, const rows::RelationColumn& column, const rows::EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    if (!plain || !std::holds_alternative<Text>(*plain) || m_checks.size() >= mostWaiting
        || !onlyServerReads(column, m_engine))
        return;
    m_checks += Check{row, column.name, column.type, *plain};
    if (!std::exchange(m_checking, true))
        QMetaObject::invokeMethod(this, &Refusals::sendChecks, Qt::QueuedConnection);
}

void Refusals::sendChecks()
{
    using Problems = QList<std::pair<Check, QString>>;
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [checks = std::exchange(m_checks, {})](drivers::Connection& connection,
                                               const runtime::StopToken&) -> Result<Problems> {
            Problems problems;
            for (const Check& check : checks) {
                const auto cast = connection.scalar(u"SELECT CAST(CAST($1 AS text) AS "_s + check.type + u')',
                                                    {check.value});
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
                if (m_isStaged(check.row, check.column, check.value))
                    set(check.row, check.column, problem);
            }
            if (!found.isEmpty())
                Q_EMIT this->found();
            if (!m_checks.isEmpty()) {
                m_checking = true;
                sendChecks();
            }
        });
}

}  // namespace dewpoint::items
