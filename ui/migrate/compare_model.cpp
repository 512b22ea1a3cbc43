// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/compare_model.h"

#include "theme/theme.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

theme::Role roleOf(std::optional<change::Kind> kind)
{
    switch (kind.value_or(change::Kind::Changed)) {
    case change::Kind::Added: return theme::Role::Added;
    case change::Kind::Removed: return theme::Role::Removed;
    case change::Kind::Changed: return theme::Role::Changed;
    }
    std::unreachable();
}

}  // namespace

/// The sign and the word, for colour is never alone.
QString CompareModel::kindText(const Line& line)
{
    if (!line.kind)
        return tr("→ renamed");
    switch (*line.kind) {
    case change::Kind::Added: return tr("+ added");
    case change::Kind::Removed: return tr("− removed");
    case change::Kind::Changed: return tr("~ changed");
    }
    std::unreachable();
}

void CompareModel::setWay(const shadow::Difference& way, Engine engine)
{
    beginResetModel();
    m_lines.clear();
    for (const plan::Rename& rename : way.renames)
        m_lines.append(
            {.kind = {},
             .text = plan::renameStep(rename, engine).sentence,
             .relation = {rename.schema, rename.what == plan::Renamed::Table ? rename.to : rename.owner}});
    for (const change::Change& change : way.changes)
        m_lines.append({.kind = change::kind(change),
                        .text = change::sentence(change),
                        .relation = change::relation(change)});
    endResetModel();
}

change::Name CompareModel::relationAt(int row) const
{
    return m_lines.at(row).relation;
}

QStringList CompareModel::sentences() const
{
    QStringList texts;
    for (const Line& line : m_lines)
        texts << line.text;
    return texts;
}

int CompareModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CompareModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Line& line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return index.column() == Text ? line.text : kindText(line);
    case Qt::ToolTipRole: return line.text;
    case Qt::ForegroundRole:
        return index.column() == Kind ? QVariant(theme::color(roleOf(line.kind))) : QVariant();
    default: return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Kind ? tr("From → To") : tr("What");
}

}  // namespace dewpoint::migrate
