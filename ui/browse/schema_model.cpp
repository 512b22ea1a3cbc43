// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "browse/schema_model.h"

#include "theme/theme.h"

namespace dewpoint::browse {

SchemaModel::SchemaModel(QObject* parent) : QAbstractItemModel(parent), m_root(std::make_unique<SchemaNode>())
{}

void SchemaModel::setTree(std::unique_ptr<SchemaNode> root)
{
    beginResetModel();
    m_root = std::move(root);
    endResetModel();
}

const SchemaNode* SchemaModel::node(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<const SchemaNode*>(index.constInternalPointer()) : m_root.get();
}

QModelIndex SchemaModel::index(int row, int column, const QModelIndex& parent) const
{
    const SchemaNode* owner = node(parent);
    if (row < 0 || row >= static_cast<int>(owner->children.size()) || column < 0 || column > 1
        || parent.column() > 0)
        return {};
    return createIndex(row, column, owner->children[static_cast<size_t>(row)].get());
}

QModelIndex SchemaModel::parent(const QModelIndex& child) const
{
    const SchemaNode* owner = node(child)->parent;
    if (!owner || owner == m_root.get())
        return {};
    return createIndex(owner->row, 0, owner);
}

int SchemaModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(node(parent)->children.size());
}

int SchemaModel::columnCount(const QModelIndex&) const
{
    return 2;
}

QVariant SchemaModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const SchemaNode* line = node(index);
    if (role == Qt::DisplayRole)
        return index.column() == 0 ? line->name : line->note;
    if (role == Qt::ToolTipRole)
        return line->toolTip.isEmpty() ? line->name : line->toolTip;
    if (role == Qt::DecorationRole && index.column() == 0)
        return theme::icon(line->icon);
    if (index.column() == 1 && role == Qt::ForegroundRole)
        return theme::color(theme::Role::TextMuted);
    if (index.column() == 1 && role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (index.column() == 1 && role == Qt::FontRole)
        return theme::smallFont();
    return {};
}

}  // namespace dewpoint::browse
