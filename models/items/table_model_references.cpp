// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"

#include <utility>

// Where rows point to, and what that is called.
namespace dewpoint::items {

QList<int> TableModel::referencesAt(int column) const
{
    return m_labels.referencesAt(m_relation.columns[column].name);
}

int TableModel::labelReference(int column) const
{
    return column < 0 || column >= m_relation.columns.size()
               ? -1
               : m_labels.labelled(m_relation.columns[column].name);
}

std::optional<std::vector<Value>> TableModel::referencedKey(int row, int reference) const
{
    std::vector<Value> values;
    for (const QString& name : references()[reference].columns) {
        const auto value = valueAt(index(row, m_relation.indexOf(name)));
        if (!value || isNull(*value))
            return {};
        values.push_back(*value);
    }
    return values;
}

QString TableModel::labelAt(int row, int column) const
{
    const int reference = labelReference(column);
    const auto key = reference < 0 ? std::nullopt : referencedKey(row, reference);
    return key ? m_labels.label(reference, *key) : QString();
}

void TableModel::wantLabels(int firstRow, int lastRow)
{
    for (int reference = 0; reference < references().size(); ++reference) {
        for (int row = firstRow; row <= lastRow; ++row) {
            if (auto key = referencedKey(row, reference))
                m_labels.want(reference, *std::move(key));
        }
    }
    m_labels.fetch();
}

}  // namespace dewpoint::items
