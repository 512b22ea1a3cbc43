// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/migration_filter.h"

#include "migrate/migration_model.h"

namespace dewpoint::migrate {

void MigrationFilter::setStates(States states)
{
    if (states == m_states)
        return;
    m_states = states;
    invalidateFilter();
}

bool MigrationFilter::isProblem(const apply::MigrationState& migration)
{
    return migration.state != apply::State::Applied && migration.state != apply::State::Baseline
           && migration.state != apply::State::Pending;
}

bool MigrationFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const auto* model = qobject_cast<const MigrationModel*>(sourceModel());
    const apply::MigrationState& migration = model->at(row);
    const bool fits = m_states == All || (m_states == Pending ? migration.isPending() : isProblem(migration));
    return fits && QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

/// Versions are no texts: 10 comes after 9. The model has them in order.
bool MigrationFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    return left.row() < right.row();
}

}  // namespace dewpoint::migrate
