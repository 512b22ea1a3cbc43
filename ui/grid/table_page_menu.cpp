// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/filter_bar.h"
#include "grid/reference_picker.h"
#include "grid/table_page.h"
#include "rows/input_check.h"

#include <QMenu>
#include <QUuid>

using namespace Qt::StringLiterals;

// The menus of cells and headers, and what foreign keys offer.
namespace dewpoint::grid {

namespace {

/// An ampersand in a name is no key of the menu, and behind a tab stands the key to press.
QString entry(QString text, const QString& keys = {})
{
    text.replace(u'&', u"&&"_s);
    return keys.isEmpty() ? text : text + u'\t' + keys;
}

QString shortened(const QString& text)
{
    constexpr qsizetype longest = 30;
    const QString line = text.simplified();
    return line.size() > longest ? line.left(longest) + u'…' : line;
}

}  // namespace

void TablePage::addValueEntries(QMenu* menu, const QModelIndex& cell)
{
    const rows::RelationColumn& column = relation().columns[cell.column()];
    const auto stage = [this](const rows::EditValue& value) {
        return [this, value] { m_grid->setChosen(value); };
    };
    const bool editable = relation().editable && !column.readOnly;
    menu->addAction(entry(tr("Edit"), u"F2"_s), this,
                    [this, cell = QPersistentModelIndex(cell)] { m_grid->edit(cell); })
        ->setEnabled(m_model.isEditable(cell));
    menu->addAction(entry(tr("Set NULL"), u"Ctrl+0"_s), this, stage(Value(Null{})))
        ->setEnabled(editable && column.nullable);
    // A column without a default has nothing that DEFAULT could mean but NULL.
    menu->addAction(entry(tr("Set DEFAULT"), u"Ctrl+Shift+D"_s), this, stage(rows::Default{}))
        ->setEnabled(editable && rows::mayBeLeftOut(column));
    if (column.family == rows::ColumnFamily::Text || relation().engine == Engine::Sqlite)
        menu->addAction(entry(tr("Set empty text"), u"Ctrl+Shift+Backspace"_s), this, stage(textValue({})))
            ->setEnabled(editable);
    if (rows::isUuid(column))
        menu->addAction(
                tr("Generate a UUID"), this,
                [this] { m_grid->setChosen(textValue(QUuid::createUuid().toString(QUuid::WithoutBraces))); })
            ->setEnabled(editable);
    menu->addAction(entry(tr("Fill down"), u"Ctrl+D"_s), this, [this] { m_grid->fillDown(); })
        ->setEnabled(editable);
}

void TablePage::addFilterEntries(QMenu* menu, const QModelIndex& cell)
{
    const auto value = m_model.valueAt(cell);
    if (!value)
        return;
    const QString name = relation().columns[cell.column()].name;
    const auto add = [&](const QString& text, CellFilter how, const QString& keys = {}) {
        menu->addAction(entry(text, keys), this,
                        [this, place = QPersistentModelIndex(cell), how] { filterByCell(place, how); });
    };
    const bool null = isNull(*value);
    if (null) {
        add(tr("Show only %1 = %2").arg(name, u"NULL"_s), CellFilter::Null, u"Ctrl+Alt+F"_s);
        add(tr("Leave out %1 = %2").arg(name, u"NULL"_s), CellFilter::NotNull, u"Ctrl+Alt+X"_s);
        return;
    }
    const QString shown = shortened(displayText(*value));
    // The beginning of a value equals no whole one.
    if (!m_model.cellState(cell).truncated) {
        add(tr("Show only %1 = %2").arg(name, shown), CellFilter::Equal, u"Ctrl+Alt+F"_s);
        add(tr("Leave out %1 = %2").arg(name, shown), CellFilter::Other, u"Ctrl+Alt+X"_s);
        add(tr("Show only %1 that contains it").arg(name), CellFilter::Contains, u"Ctrl+Alt+C"_s);
    }
    add(tr("Show only %1 = %2").arg(name, u"NULL"_s), CellFilter::Null, u"Ctrl+Alt+N"_s);
}

void TablePage::addSortEntries(QMenu* menu, int column)
{
    const QString name = relation().columns[column].name;
    const auto sort = [this, name](std::optional<bool> descending) {
        return [this, name, descending] {
            rows::ViewSpec spec = m_model.spec();
            spec.sorts.clear();
            if (descending)
                spec.sorts += rows::SortKey{name, *descending};
            m_model.setSpec(spec);
            renderSort();
        };
    };
    menu->addAction(tr("Sort ascending"), this, sort(false));
    menu->addAction(tr("Sort descending"), this, sort(true));
    menu->addAction(entry(tr("Add to the sort"), tr("Shift+Click")), this,
                    [this, column] { sortBy(column, true); });
    menu->addAction(tr("Do not sort"), this, sort(std::nullopt))->setEnabled(!m_model.spec().sorts.isEmpty());
}

void TablePage::addColumnEntries(QMenu* menu, int column)
{
    cells::GridHeader* header = m_grid->header();
    menu->addAction(entry(tr("Hide column %1").arg(relation().columns[column].name)), this,
                    [this, column] { m_grid->hideColumn(column); });
    const bool frozen = m_grid->header()->isFrozen(column);
    menu->addAction(frozen ? tr("Unfreeze this column") : tr("Freeze this column"), this,
                    [this, column, frozen] { m_grid->freezeColumn(column, !frozen); });
    addFormatEntries(menu, column);
    menu->addAction(tr("Columns…") + u"\tCtrl+Shift+C"_s, this, &TablePage::chooseColumns);
    if (header->hiddenSectionCount() == 0)
        return;
    QMenu* hidden = menu->addMenu(tr("Show column"));
    for (int i = 0; i < header->count(); ++i) {
        if (header->isSectionHidden(i))
            hidden->addAction(entry(relation().columns[i].name), this,
                              [header, i] { header->showSection(i); });
    }
    menu->addAction(tr("Show all columns"), this, [header] {
        for (int i = 0; i < header->count(); ++i)
            header->showSection(i);
    });
}

void TablePage::addRowEntries(QMenu* menu, const QModelIndex& cell)
{
    const bool editable = relation().editable;
    menu->addAction(entry(tr("Duplicate rows"), u"Ctrl+Shift+N"_s), this,
                    [this] { m_grid->duplicateSelectedRows(); })
        ->setEnabled(editable);
    menu->addAction(entry(tr("Delete rows"), u"Del"_s), this, [this] { m_grid->deleteSelectedRows(); })
        ->setEnabled(editable);
    const items::RowState state = m_model.rowState(cell.row());
    const bool changed = state != items::RowState::Clean && state != items::RowState::Loading;
    menu->addAction(tr("Revert the selected cells"), this, [this] { m_model.revert(selectedCells()); })
        ->setEnabled(editable && !m_model.edits().isEmpty());
    menu->addAction(tr("Revert the whole row"), this,
                    [this, row = cell.row()] {
                        QModelIndexList cells;
                        for (int column = 0; column < m_model.columnCount(); ++column)
                            cells += m_model.index(row, column);
                        m_model.revert(cells);
                    })
        ->setEnabled(editable && changed);
}

void TablePage::addReferenceEntries(QMenu* menu, const QModelIndex& cell)
{
    for (const int reference : m_model.referencesAt(cell.column())) {
        const QString title = m_model.references()[reference].targetTitle;
        menu->addAction(entry(tr("Open the row in %1").arg(title), u"F12"_s), this,
                        [this, reference] { Q_EMIT referenceRequested(reference); })
            ->setEnabled(m_model.referencedKey(cell.row(), reference).has_value());
        menu->addAction(entry(tr("Choose a row of %1…").arg(title), u"F4"_s), this,
                        [this, place = QPersistentModelIndex(cell), reference] { pick(place, reference); })
            ->setEnabled(m_model.isEditable(cell));
    }
}

void TablePage::showCellMenu(const QModelIndex& cell, const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"cellMenu"_s);
    if (!cell.isValid()) {
        menu->addAction(entry(tr("Paste"), u"Ctrl+V"_s), this, [this] { m_grid->paste(); })
            ->setEnabled(relation().editable);
        addFileEntries(menu);
        return m_grid->popUp(menu, at);
    }
    m_grid->addCopyEntries(menu);
    menu->addAction(entry(tr("Paste"), u"Ctrl+V"_s), this, [this] { m_grid->paste(); })
        ->setEnabled(relation().editable);
    menu->addSeparator();
    addValueEntries(menu, cell);
    menu->addSeparator();
    addReferenceEntries(menu, cell);
    addRelationEntries(menu, cell);
    menu->addSeparator();
    addFilterEntries(menu, cell);
    addSortEntries(menu->addMenu(tr("Sort")), cell.column());
    menu->addSeparator();
    addRowEntries(menu, cell);
    menu->addSeparator();
    addColumnEntries(menu, cell.column());
    menu->addSeparator();
    addFileEntries(menu);
    m_grid->popUp(menu, at);
}

void TablePage::showHeaderMenu(int column, const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"headerMenu"_s);
    addSortEntries(menu, column);
    menu->addSeparator();
    menu->addAction(tr("Filter this column"), this,
                    [this, column] { m_filters->addFilter({.column = relation().columns[column].name}); });
    menu->addSeparator();
    addColumnEntries(menu, column);
    menu->addAction(tr("Fit all columns"), this, [this] { m_grid->fitColumns(); });
    menu->addSeparator();
    menu->addAction(entry(tr("Structure"), u"Ctrl+Alt+E"_s), this, &TablePage::structureRequested);
    m_grid->popUp(menu, at);
}

void TablePage::followReference(const QModelIndex& cell)
{
    if (!cell.isValid())
        return;
    for (const int reference : m_model.referencesAt(cell.column())) {
        if (m_model.referencedKey(cell.row(), reference))
            return Q_EMIT referenceRequested(reference);
    }
    Q_EMIT statusText(m_model.referencesAt(cell.column()).isEmpty()
                          ? tr("%1 is no foreign key.").arg(relation().columns[cell.column()].name)
                          : tr("This row references no other."));
}

void TablePage::pick(const QModelIndex& cell, int reference)
{
    if (!cell.isValid() || !m_model.isEditable(cell))
        return;
    const QList<int> known = m_model.referencesAt(cell.column());
    if (known.isEmpty())
        return Q_EMIT statusText(tr("%1 is no foreign key.").arg(relation().columns[cell.column()].name));
    m_picked = cell;
    m_pickedReference = reference < 0 ? known.first() : reference;
    const QString typed = m_grid->dropEditor();  // is what to look for
    const QRect place = m_grid->visualRect(cell);
    m_picker->open(m_model.references()[m_pickedReference], typed,
                   QRect(m_grid->viewport()->mapTo(m_grid, place.topLeft()), place.size()));
}

void TablePage::takePicked(const std::vector<Value>& key)
{
    m_grid->setFocus();
    if (!m_picked.isValid())
        return;
    const QStringList& columns = m_model.references()[m_pickedReference].columns;
    QList<std::pair<QModelIndex, rows::EditValue>> cells;
    for (qsizetype i = 0; i < columns.size(); ++i)
        cells += {m_model.index(m_picked.row(), relation().indexOf(columns[i])), key[static_cast<size_t>(i)]};
    m_model.setValues(cells);
}

}  // namespace dewpoint::grid
