// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/observer.h"

#include "change/words.h"

#include <algorithm>

namespace dewpoint::rehearse {

Observer::Observer(drivers::Connection& copy, const Course& course, schema::Database before)
    : m_copy(copy), m_course(course), m_now(std::move(before))
{}

apply::Escort Observer::escort()
{
    return {.before = [this](const apply::Step& step) { return begins(step); },
            .after = [this](const apply::Step& step) { return ends(step); },
            .sent = [this](const apply::Step& step, const session::Sent& sent) { ran(step, sent); }};
}

bool Observer::isThere(const apply::Step& step) const
{
    return step.direction == m_course.steps.first().direction;
}

Result<> Observer::begins(const apply::Step& step)
{
    runs.append({.step = step});
    if (isThere(step))
        beforeThere.insert(step.migration.version, m_now);
    if (!m_copy.inTransaction())
        m_known.clear();
    else
        (void)newLocks();  // the ledger's own, and what reading the catalog took
    return {};
}

Result<> Observer::ends(const apply::Step& step)
{
    auto now = m_course.catalog(m_copy);
    if (!now)
        return fail(now.error());
    m_now = *std::move(now);
    (isThere(step) ? afterThere : afterBack).insert(step.migration.version, m_now);
    return {};
}

void Observer::ran(const apply::Step&, const session::Sent& sent)
{
    if (runs.isEmpty())
        return;
    runs.last().statements.append({.sent = sent, .locks = newLocks()});
    runs.last().microseconds += sent.microseconds;
}

/// Only of what was there before: nobody waits for a table that is just being made. Dropped ones are no
/// longer in the catalog, but their lock has their number.
QList<Lock> Observer::newLocks()
{
    if (m_copy.engine() == Engine::Sqlite || !m_copy.inTransaction())
        return {};
    const auto held = m_copy.query(QStringLiteral("SELECT relation, mode FROM pg_locks WHERE pid = "
                                                  "pg_backend_pid() AND locktype = 'relation' AND granted"
                                                  " AND mode <> 'AccessShareLock'"));
    QList<Lock> fresh;
    for (int row = 0; held && row < held->rowCount(); ++row) {
        const auto oid = displayText(held->at(row, 0)).toUInt();
        const QString mode = displayText(held->at(row, 1));
        const QString key = QStringLiteral("%1 %2").arg(oid).arg(mode);
        if (m_known.contains(key))
            continue;
        m_known.append(key);
        const auto table = std::ranges::find(m_now.tables, oid, &schema::Table::oid);
        if (table != m_now.tables.end())
            fresh.append({.relation = change::called(table->schema, table->name), .mode = mode});
        const auto view = std::ranges::find(m_now.views, oid, &schema::View::oid);
        if (view != m_now.views.end())
            fresh.append({.relation = change::called(view->schema, view->name), .mode = mode});
    }
    return fresh;
}

}  // namespace dewpoint::rehearse
