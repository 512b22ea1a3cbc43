// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"

#include <algorithm>
#include <utility>

// What referenced rows are called: looked up for a page at a time, one query per foreign key.
namespace dewpoint::items {

namespace {

constexpr qsizetype labelsKept = 50'000;  ///< per foreign key

}  // namespace

QList<int> TableModel::referencesAt(int column) const
{
    const QString& name = m_relation.columns[column].name;
    QList<int> found;
    for (int i = 0; i < m_references.size(); ++i) {
        if (m_references[i].columns.contains(name))
            found += i;
    }
    std::ranges::stable_sort(found, {}, [this](int i) { return m_references[i].columns.size(); });
    return found;
}

// A key of several columns is labelled once, at its last one.
int TableModel::labelReference(int column) const
{
    if (m_references.isEmpty() || column < 0 || column >= m_relation.columns.size())
        return -1;
    for (const int i : referencesAt(column)) {
        if (!m_references[i].label.isEmpty()
            && m_references[i].columns.last() == m_relation.columns[column].name)
            return i;
    }
    return -1;
}

std::optional<std::vector<Value>> TableModel::referencedKey(int row, int reference) const
{
    std::vector<Value> values;
    for (const QString& name : m_references[reference].columns) {
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
    if (reference < 0)
        return {};
    const auto key = referencedKey(row, reference);
    return key ? m_labels[static_cast<size_t>(reference)].value(rows::labelKey(*key)) : QString();
}

void TableModel::wantLabels(int firstRow, int lastRow)
{
    bool some = false;
    for (int reference = 0; reference < m_references.size(); ++reference) {
        const auto place = static_cast<size_t>(reference);
        if (m_references[reference].label.isEmpty())
            continue;
        for (int row = firstRow; row <= lastRow; ++row) {
            auto key = referencedKey(row, reference);
            const QByteArray name = key ? rows::labelKey(*key) : QByteArray();
            if (!key || m_labels[place].contains(name))
                continue;
            m_labelsWanted[place].insert(name, rows::RowKey{std::move(*key)});
            some = true;
        }
    }
    if (some && !m_labelling)
        fetchLabels();
}

void TableModel::fetchLabels()
{
    m_labelling = true;
    using Found = std::vector<QHash<QByteArray, QString>>;
    auto wanted =
        std::exchange(m_labelsWanted, std::vector<QHash<QByteArray, rows::RowKey>>(m_labels.size()));
    m_labelJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [references = m_references, wanted](drivers::Connection& connection,
                                            const runtime::StopToken&) -> Result<Found> {
            Found found(wanted.size());
            for (size_t i = 0; i < wanted.size(); ++i) {
                std::vector<rows::RowKey> keys(wanted[i].cbegin(), wanted[i].cend());
                // A table that may not be read only means that its rows have no labels here.
                if (auto labels = rows::labelsOf(connection, references[static_cast<qsizetype>(i)], keys))
                    found[i] = *std::move(labels);
                else if (labels.error().kind == ErrorKind::Connection)
                    return fail(labels.error());
            }
            return found;
        },
        [this, wanted](const Result<Found>& found) {
            m_labelling = false;
            if (!found)
                return;
            for (size_t i = 0; i < m_labels.size(); ++i) {
                if (m_labels[i].size() > labelsKept)
                    m_labels[i].clear();
                // Where there is no such row it is not asked for again.
                for (auto key = wanted[i].keyBegin(); key != wanted[i].keyEnd(); ++key)
                    m_labels[i].insert(*key, (*found)[i].value(*key));
            }
            if (rowCount() > 0)
                Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            const bool more =
                std::ranges::any_of(m_labelsWanted, [](const auto& keys) { return !keys.isEmpty(); });
            if (more)
                fetchLabels();
        });
}

}  // namespace dewpoint::items
