// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/change_tree.h"

#include "theme/theme.h"

#include <QHeaderView>
#include <QLocale>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

enum Role { TableRole = Qt::UserRole, ChangeRole, ColumnRole };

constexpr qsizetype openUpTo = 60;  ///< rows; a longer list is read better folded

QString shortened(const QString& text)
{
    constexpr qsizetype longest = 200;
    const QString line = QString(text).replace(u'\n', u'⏎');
    return line.size() > longest ? line.left(longest) + u'…' : line;
}

ShownValue shown(const Value& value)
{
    if (isNull(value))
        return {u"NULL"_s, true};
    const QString text = displayText(value);
    return text.isEmpty() ? ShownValue{ChangeTree::tr("empty text"), true}
                          : ShownValue{shortened(text), false};
}

ShownValue shown(const rows::EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    return plain ? shown(*plain) : ShownValue{u"DEFAULT"_s, true};
}

/// "id 7, name Ada": the columns in the table's order.
QString valuesText(const QStringList& columns, const std::map<QString, rows::EditValue>& values)
{
    constexpr qsizetype mostColumns = 8;
    QStringList parts;
    for (const QString& column : columns) {
        const auto value = values.find(column);
        if (value != values.end())
            parts += column + u' ' + shown(value->second).text;
    }
    const bool more = parts.size() > mostColumns;
    return parts.first(std::min(parts.size(), mostColumns)).join(u", "_s) + (more ? u" …"_s : QString());
}

std::map<QString, rows::EditValue> asEdits(const rows::RowImage& image)
{
    return {image.begin(), image.end()};
}

QStringList namesOf(const rows::Relation& relation)
{
    QStringList names;
    for (const rows::RelationColumn& column : relation.columns)
        names += column.name;
    return names;
}

QString titleOf(const QStringList& keyColumns, const rows::RowKey& key)
{
    return keyColumns.join(u", "_s) + u' ' + rows::displayText(key);
}

struct Look {
    QString mark;
    theme::Role role;
};

Look lookOf(ShownChange::Kind kind)
{
    switch (kind) {
    case ShownChange::Kind::Inserted: return {u"+"_s, theme::Role::Added};
    case ShownChange::Kind::Updated: return {u"~"_s, theme::Role::Changed};
    case ShownChange::Kind::Deleted: return {u"−"_s, theme::Role::Removed};
    }
    std::unreachable();
}

void put(QTreeWidgetItem& item, int column, const ShownValue& value)
{
    item.setText(column, value.text);
    item.setToolTip(column, value.text);
    if (!value.isWord)
        return;
    QFont font = theme::textFont();
    font.setItalic(true);
    item.setFont(column, font);
    item.setForeground(column, theme::color(theme::Role::TextMuted));
}

void mark(QTreeWidgetItem& item, const ChangeTree::Place& place)
{
    item.setData(0, TableRole, place.table);
    item.setData(0, ChangeRole, place.change);
    item.setData(0, ColumnRole, place.column);
}

ChangeTree::Place placeOf(const QTreeWidgetItem* item)
{
    if (!item)
        return {};
    return {item->data(0, TableRole).toInt(), item->data(0, ChangeRole).toInt(),
            item->data(0, ColumnRole).toString()};
}

QList<ShownCell> shownCells(const rows::RowChange& row)
{
    QList<ShownCell> cells;
    const rows::RowImage before = row.before.value_or(rows::RowImage());
    const rows::RowImage after = row.after.value_or(rows::RowImage());
    const QStringList columns = rows::changedColumns(row);
    for (const QString& name : columns)
        cells += {name, shown(before.at(name)), shown(after.at(name))};
    return cells;
}

}  // namespace

ShownTable shownEdits(const rows::Relation& relation, const rows::StagedEdits& edits)
{
    ShownTable table{.title = relation.name, .changes = {}};
    const QStringList names = namesOf(relation);
    for (const int id : edits.newRowIds()) {
        const rows::NewRow* row = edits.newRow(id);
        table.changes += ShownChange{.kind = ShownChange::Kind::Inserted,
                                     .row = {.newId = id},
                                     .title = ChangeTree::tr("new row"),
                                     .values = valuesText(names, row->values)};
    }
    for (const auto& [bytes, edit] : edits.rows()) {
        ShownChange change{.kind = edit.deleted ? ShownChange::Kind::Deleted : ShownChange::Kind::Updated,
                           .row = {.key = edit.key},
                           .title = titleOf(relation.keyColumns, edit.key)};
        if (edit.deleted)
            change.values = valuesText(names, asEdits(edit.original));
        for (const QString& name : names) {
            const auto cell = edit.cells.find(name);
            if (edit.deleted || cell == edit.cells.end())
                continue;
            const bool known = edit.original.contains(name);
            change.cells += {name, known ? shown(cell->second.before) : ShownValue{u"…"_s, true},
                             shown(cell->second.after)};
        }
        table.changes += std::move(change);
    }
    return table;
}

ShownTable shownChanges(const rows::TableChanges& changes)
{
    ShownTable table{.title = changes.name, .changes = {}};
    for (const rows::RowChange& row : changes.rows) {
        ShownChange change{.kind = !row.before  ? ShownChange::Kind::Inserted
                                   : !row.after ? ShownChange::Kind::Deleted
                                                : ShownChange::Kind::Updated,
                           .row = {.key = row.key},
                           .title = titleOf(changes.keyColumns, row.key),
                           .note = row.byDatabase ? ChangeTree::tr("by a foreign key") : QString()};
        if (!row.before || !row.after)
            change.values = valuesText(
                changes.columns, asEdits(row.before ? *row.before : row.after.value_or(rows::RowImage())));
        else
            change.cells = shownCells(row);
        table.changes += std::move(change);
    }
    return table;
}

ChangeTree::ChangeTree(QWidget* parent) : QTreeWidget(parent)
{
    setColumnCount(3);
    setHeaderLabels({tr("Row"), tr("Before"), tr("After")});
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setUniformRowHeights(true);
    setAccessibleName(tr("Changed rows"));
    header()->setSectionResizeMode(QHeaderView::Stretch);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTreeWidget::itemActivated, this,
            [this](const QTreeWidgetItem* item) { Q_EMIT activatedAt(placeOf(item)); });
    connect(this, &QTreeWidget::itemSelectionChanged, this, &ChangeTree::chosenChanged);
}

void ChangeTree::addChange(QTreeWidgetItem* parent, const ShownChange& change, const Place& place, bool open)
{
    auto item = std::make_unique<QTreeWidgetItem>();
    const Look look = lookOf(change.kind);
    item->setText(0, look.mark + u' ' + change.title
                         + (change.note.isEmpty() ? QString() : u" ("_s + change.note + u')'));
    item->setForeground(0, theme::color(look.role));
    mark(*item, place);
    if (change.kind == ShownChange::Kind::Deleted)
        put(*item, 1, {change.values, false});
    if (change.kind == ShownChange::Kind::Inserted)
        put(*item, 2, {change.values, false});
    for (const ShownCell& cell : change.cells) {
        auto line = std::make_unique<QTreeWidgetItem>(QStringList{cell.column});
        line->setForeground(0, theme::color(theme::Role::TextMuted));
        mark(*line, {place.table, place.change, cell.column});
        put(*line, 1, cell.before);
        put(*line, 2, cell.after);
        item->addChild(line.release());
    }
    QTreeWidgetItem* added = item.get();
    parent->addChild(item.release());
    added->setExpanded(open);
}

void ChangeTree::show(const QList<ShownTable>& tables)
{
    const Place before = current();
    ensurePolished();  // the first row's height is that of all
    clear();
    qsizetype rows = 0;
    for (const ShownTable& table : tables)
        rows += table.changes.size();
    for (int i = 0; i < tables.size(); ++i) {
        const QList<ShownChange>& changes = tables[i].changes;
        auto* item = new QTreeWidgetItem(
            this, {tables[i].title, tr("%n row(s)", nullptr, static_cast<int>(changes.size()))});
        QFont bold = theme::textFont();
        bold.setBold(true);
        item->setFont(0, bold);
        item->setForeground(1, theme::color(theme::Role::TextMuted));
        mark(*item, {i, -1, {}});
        item->setExpanded(true);
        const qsizetype listed = std::min(changes.size(), mostListed);
        for (int change = 0; change < listed; ++change)
            addChange(item, changes[change], {i, change, {}}, rows <= openUpTo);
        if (listed < changes.size()) {
            auto* rest = new QTreeWidgetItem(
                item, {tr("… and %1 more").arg(QLocale().toString(changes.size() - listed))});
            rest->setFlags(Qt::ItemIsEnabled);
            mark(*rest, {i, -1, {}});
        }
    }
    if (before.table >= 0 && before.table < topLevelItemCount())
        setCurrentItem(topLevelItem(before.table), 0, QItemSelectionModel::NoUpdate);
}

QList<ChangeTree::Place> ChangeTree::chosen() const
{
    QList<Place> places;
    const QList<QTreeWidgetItem*> items = selectedItems();
    for (const QTreeWidgetItem* item : items) {
        bool held = false;
        for (const QTreeWidgetItem* above = item->parent(); above && !held; above = above->parent())
            held = above->isSelected();
        if (!held)
            places += placeOf(item);
    }
    return places;
}

ChangeTree::Place ChangeTree::current() const
{
    return placeOf(currentItem());
}

}  // namespace dewpoint::cells
