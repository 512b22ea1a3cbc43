// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/dependants.h"
#include "runtime/session.h"

#include <QLabel>

#include <vector>

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::grid {

/// What deleting the marked rows would do to the tables that refer to them; hidden while that is nothing.
class DeleteConsequences final : public QLabel
{
    Q_OBJECT
public:
    DeleteConsequences(runtime::Session& session, const items::TableModel& model);
    /// The foreign keys that point to the table.
    void setDependants(const QList<rows::Dependant>& dependants) { m_dependants = dependants; }
    const QList<rows::Dependant>& dependants() const { return m_dependants; }
    /// Counted anew when other rows are marked, and said as long as they are.
    void consider();

Q_SIGNALS:
    void told(const QString& before);  ///< what the text was

private:
    void say(const QStringList& lines);

    runtime::Session& m_session;
    const items::TableModel& m_model;
    QList<rows::Dependant> m_dependants;
    std::vector<rows::RowKey> m_considered;  ///< rows whose dependants are known or being counted
    runtime::Job m_job;
};

}  // namespace dewpoint::grid
