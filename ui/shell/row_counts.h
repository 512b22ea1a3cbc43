// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/session.h"
#include "schema/table.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>

namespace dewpoint::shell {

/// How many rows the small tables have, for the tree; counted when nothing else is to be done.
class RowCounts final : public QObject
{
    Q_OBJECT
public:
    explicit RowCounts(runtime::Session& session) : m_session(session) {}

    using Counts = QHash<QString, qint64>;  ///< by "schema.name"; large tables have none
    const Counts& counts() const { return m_counts; }
    bool isRunning() const { return m_job.isRunning(); }
    void countAll(const QList<schema::Table>& tables);
    /// Only these anew, by "schema.name".
    void recount(const QSet<QString>& names);

Q_SIGNALS:
    void counted();

private:
    void run(const std::shared_ptr<Counts>& known);

    runtime::Session& m_session;
    QList<schema::Table> m_tables;
    Counts m_counts;
    runtime::Job m_job;
};

}  // namespace dewpoint::shell
