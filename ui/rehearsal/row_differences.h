// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/table_rows.h"

#include <QAbstractTableModel>

namespace dewpoint::rehearsal {

/// The rows of one table that a rehearsal found different: a sign, then the cells; a changed one as
/// "before → after".
class RowDifferences final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const rehearse::TableRows& rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(const rehearse::RowDifference& row, int column) const;
    bool isChanged(const rehearse::RowDifference& row, int column) const;

    rehearse::TableRows m_rows;
};

}  // namespace dewpoint::rehearsal
