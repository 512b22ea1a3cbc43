// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/drift_model.h"

#include "theme/theme.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

theme::Role roleOf(drift::Kind kind)
{
    switch (kind) {
    case drift::Kind::Extra: return theme::Role::Added;
    case drift::Kind::Missing: return theme::Role::Removed;
    case drift::Kind::Different: return theme::Role::Changed;
    }
    std::unreachable();
}

}  // namespace

QString kindText(drift::Kind kind)
{
    switch (kind) {
    case drift::Kind::Extra: return DriftModel::tr("+ extra");
    case drift::Kind::Missing: return DriftModel::tr("− missing");
    case drift::Kind::Different: return DriftModel::tr("~ different");
    }
    std::unreachable();
}

void DriftModel::setFound(const QList<drift::Item>& items, const QList<store::IgnoredDifference>& ignored)
{
    m_all.clear();
    for (const drift::Item& item : items)
        m_all.append({.item = item,
                      .isIgnored = std::ranges::contains(ignored, item.key, &store::IgnoredDifference::key)});
    for (const store::IgnoredDifference& each : ignored) {
        if (!std::ranges::contains(items, each.key, &drift::Item::key))
            m_all.append({.item = {.key = each.key, .text = each.text, .changes = {}},
                          .isIgnored = true,
                          .isGone = true});
    }
    refill();
}

void DriftModel::setShown(Shown shown)
{
    m_shown = shown;
    refill();
}

void DriftModel::refill()
{
    beginResetModel();
    m_lines = m_all;
    m_lines.removeIf([this](const Line& line) { return line.isIgnored != (m_shown == Shown::Ignored); });
    endResetModel();
}

int DriftModel::openCount() const
{
    return static_cast<int>(m_all.size()) - ignoredCount();
}

int DriftModel::ignoredCount() const
{
    return static_cast<int>(std::ranges::count_if(m_all, &Line::isIgnored));
}

int DriftModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int DriftModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DriftModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Line& line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Text)
            return line.item.text;
        return line.isGone ? tr("not there now") : kindText(line.item.kind);
    case Qt::ToolTipRole: return line.item.text;
    case Qt::ForegroundRole:
        if (index.column() == Kind)
            return theme::color(line.isGone ? theme::Role::TextMuted : roleOf(line.item.kind));
        return {};
    default: return {};
    }
}

QVariant DriftModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Kind ? tr("The database has") : tr("What");
}

}  // namespace dewpoint::migrate
