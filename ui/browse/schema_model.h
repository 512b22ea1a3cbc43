// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "browse/schema_node.h"

#include <QAbstractItemModel>

namespace dewpoint::browse {

/// The schema tree as an item model: name and note as two columns.
class SchemaModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit SchemaModel(QObject* parent = nullptr);

    void setTree(std::unique_ptr<SchemaNode> root);
    const SchemaNode* node(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::unique_ptr<SchemaNode> m_root;
};

}  // namespace dewpoint::browse
