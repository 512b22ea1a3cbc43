// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/refusals.h"

#include "rows/blame.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::items {

namespace {

constexpr qsizetype mostWaiting = 500;  ///< the commit tells the rest

bool onlyServerReads(const rows::RelationColumn& column, Engine engine)
{
    return engine == Engine::Postgres && column.choices.isEmpty()
           && (!column.domain.isEmpty() || column.family == rows::ColumnFamily::Other
               || column.family == rows::ColumnFamily::Temporal);
}

}  // namespace

Refusals::Refusals(runtime::Session& session, const rows::Relation& relation, Staged staged,
                   IsRowStaged isRowStaged)
    : m_session(session)
    , m_engine(relation.engine)
    , m_staged(std::move(staged))
    , m_isRowStaged(std::move(isRowStaged))
{}

Refusals::Reason Refusals::reasonFor(const QByteArray& row, const QString& column, const QString& text) const
{
    return {text, m_staged(row, column), m_isRowStaged(row)};
}

QString Refusals::textOf(const Reasons& reasons, const QByteArray& row, const QString& column) const
{
    const auto place = reasons.constFind(row);
    if (place == reasons.cend())
        return {};
    const auto reason = place->constFind(column);
    const bool holds = reason != place->cend() && reason->about == m_staged(row, column)
                       && (!reason->ofStagedRow || m_isRowStaged(row));
    return holds ? reason->text : QString();
}

QString Refusals::at(const QByteArray& row, const QString& column) const
{
    const QString refused = textOf(m_refused, row, column);
    return refused.isEmpty() ? textOf(m_known, row, column) : refused;
}

QString Refusals::inRow(const QByteArray& row) const
{
    QStringList columns = m_refused.value(row).keys() + m_known.value(row).keys();
    columns.removeDuplicates();
    QStringList lines;
    for (const QString& column : std::as_const(columns)) {
        if (const QString reason = at(row, column); !reason.isEmpty())
            lines += column.isEmpty() ? reason : column + u": "_s + reason;
    }
    return lines.join(u'\n');
}

void Refusals::set(const QByteArray& row, const QString& column, const QString& reason)
{
    m_known[row].insert(column, reasonFor(row, column, reason));
}

void Refusals::setRefused(const QByteArray& row, const QString& column, const QString& reason)
{
    m_refused[row].insert(column, reasonFor(row, column, reason));
}

QList<std::tuple<QByteArray, QString, QString>> Refusals::known() const
{
    QList<std::tuple<QByteArray, QString, QString>> cells;
    for (auto row = m_known.cbegin(); row != m_known.cend(); ++row) {
        for (auto reason = row->cbegin(); reason != row->cend(); ++reason) {
            if (const QString text = textOf(m_known, row.key(), reason.key()); !text.isEmpty())
                cells += {row.key(), reason.key(), text};
        }
    }
    return cells;
}

void Refusals::remove(const QByteArray& row, const QString& column)
{
    for (Reasons* reasons : {&m_known, &m_refused}) {
        if (const auto place = reasons->find(row); place != reasons->end()) {
            place->remove(column);
            place->remove(QString());  // what was said of the row as it was
            if (place->isEmpty())
                reasons->erase(place);
        }
    }
}

void Refusals::clear()
{
    m_known.clear();
    m_refused.clear();
}

void Refusals::check(const QByteArray& row, const rows::RelationColumn& column, const rows::EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    if (!plain || !std::holds_alternative<Text>(*plain) || m_checks.size() >= mostWaiting
        || !onlyServerReads(column, m_engine))
        return;
    m_checks += Check{row, column.name, column.declared(), *plain};
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
                auto cast = connection.scalar(u"SELECT CAST(CAST($1 AS text) AS "_s + check.type + u')',
                                              {check.value});
                if (!cast
                    && (cast.error().kind == ErrorKind::Connection
                        || cast.error().kind == ErrorKind::Cancelled))
                    return fail(cast.error());
                if (cast)
                    continue;
                Error error = std::move(cast).error();
                if (auto told = rows::tellRule(connection, {}, error); !told)
                    return fail(told.error());
                problems += {check, error.oneLine()};
            }
            return problems;
        },
        [this](const Result<Problems>& problems) {
            m_checking = false;
            const Problems found = problems.value_or(Problems());
            QString first;
            for (const auto& [check, problem] : found) {
                if (m_staged(check.row, check.column) != rows::EditValue(check.value))
                    continue;
                set(check.row, check.column, problem);
                if (first.isEmpty())
                    first = check.column + u": "_s + problem;
            }
            if (!first.isEmpty())
                Q_EMIT this->found(first);
            if (!m_checks.isEmpty()) {
                m_checking = true;
                sendChecks();
            }
        });
}

}  // namespace dewpoint::items
