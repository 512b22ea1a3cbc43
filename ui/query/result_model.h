// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/row_batch.h"

#include <QAbstractTableModel>

#include <memory>

namespace dewpoint::query {

/// A finished result as a read-only table: exact text, numbers at the right, NULL and the empty
/// string told apart.
class ResultModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit ResultModel(std::shared_ptr<const RowBatch> batch, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The whole cell as text for the clipboard: NULL as an empty string.
    QString copyText(const QModelIndex& index) const;

private:
    QString shownText(int row, int column) const;
    QString toolTip(int row, int column) const;

    std::shared_ptr<const RowBatch> m_batch;
};

}  // namespace dewpoint::query
