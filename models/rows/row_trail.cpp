// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/row_trail.h"

#include <utility>

namespace dewpoint::rows {

RowTrail::RowTrail(const Relation& relation, RowKey key)
    : m_keyKind(relation.keyKind), m_keyColumns(relation.keyColumns), m_key(std::move(key))
{
    // A place (ctid) is another one after every update.
    m_ended = m_key.isEmpty() || m_keyKind == KeyKind::None || m_keyKind == KeyKind::Ctid;
}

bool RowTrail::isKeyedAlike(const TableChanges& changes) const
{
    return changes.keyKind == m_keyKind && changes.keyColumns == m_keyColumns;
}

std::optional<RowKey> RowTrail::keyIn(const RowImage& image) const
{
    RowKey key;
    for (const QString& column : m_keyColumns) {
        const auto value = image.find(column);
        if (value == image.end())
            return {};
        key.values.push_back(value->second);
    }
    return key;
}

std::optional<RowKey> RowTrail::keyBefore(const RowChange& change, const TableChanges& changes) const
{
    if (!change.before)
        return {};
    // A hidden key (rowid) stands in no image, and nobody can change it here.
    const auto key = keyIn(*change.before);
    return key || !isKeyedAlike(changes) ? key : std::optional(change.key);
}

std::optional<RowKey> RowTrail::keyAfter(const RowChange& change, const TableChanges& changes) const
{
    if (!change.after)
        return {};
    return isKeyedAlike(changes) ? std::optional(change.key) : keyIn(*change.after);
}

QList<RowChange> RowTrail::stepsIn(const TableChanges& changes)
{
    const RowChange* came = nullptr;  // what the row with this key came from
    const RowChange* went = nullptr;  // what took the key from another row
    for (const RowChange& each : changes.rows) {
        if (keyAfter(each, changes) == m_key)
            came = &each;
        else if (keyBefore(each, changes) == m_key)
            went = &each;
    }
    QList<RowChange> steps;
    if (m_ended)
        return steps;
    if (came)
        steps += *came;
    if (came && came->before) {
        m_key = keyBefore(*came, changes).value_or(m_key);
    } else if (went && went->after) {
        m_ended = true;  // who had the key before went on with another one
    } else if (went) {
        steps += *went;
    }
    return steps;
}

}  // namespace dewpoint::rows
