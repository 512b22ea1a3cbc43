// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"

#include <QSortFilterProxyModel>

namespace dewpoint::migrate {

/// The migrations as the list shows them: newest on top in the tool's own order, those of the chosen states.
class MigrationFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum States { All, Pending, Problems };

    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setStates(States states);
    States states() const { return m_states; }
    static bool isProblem(const apply::MigrationState& migration);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    States m_states = All;
};

}  // namespace dewpoint::migrate
