// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/table_menu.h"

#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/filter_bar.h"
#include "grid/relation_menu.h"
#include "grid/table_page.h"
#include "kit/menu_text.h"
#include "rows/input_check.h"

#include <QMenu>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

QString shortened(const QString& text)
{
    constexpr qsizetype longest = 30;
    const QString line = text.simplified();
    return line.size() > longest ? line.left(longest) + u'…' : line;
}

void addValueEntries(TablePage& page, QMenu* menu, const QModelIndex& cell)
{
    const rows::RelationColumn& column = page.relation().columns[cell.column()];
    const auto stage = [&page](const rows::EditValue& value) {
        return [&page, value] { page.grid()->setChosen(value); };
    };
    const bool editable = page.relation().editable && !column.readOnly;
    menu->addAction(kit::menuText(TablePage::tr("Edit"), u"F2"_s), &page,
                    [&page, cell = QPersistentModelIndex(cell)] { page.grid()->edit(cell); })
        ->setEnabled(page.model().isEditable(cell));
    menu->addAction(kit::menuText(TablePage::tr("Set NULL"), u"Ctrl+0"_s), &page, stage(Value(Null{})))
        ->setEnabled(editable && column.nullable);
    // A column without a default has nothing that DEFAULT could mean but NULL.
    menu->addAction(kit::menuText(TablePage::tr("Set DEFAULT"), u"Ctrl+Shift+D"_s), &page,
                    stage(rows::Default{}))
        ->setEnabled(editable && rows::mayBeLeftOut(column));
    if (column.family == rows::ColumnFamily::Text || page.relation().engine == Engine::Sqlite)
        menu->addAction(kit::menuText(TablePage::tr("Set empty text"), u"Ctrl+Shift+Backspace"_s), &page,
                        stage(textValue({})))
            ->setEnabled(editable);
    if (rows::isUuid(column))
        menu->addAction(TablePage::tr("Generate a UUID"), &page,
                        [&page] {
                            page.grid()->setChosen(
                                textValue(QUuid::createUuid().toString(QUuid::WithoutBraces)));
                        })
            ->setEnabled(editable);
    menu->addAction(kit::menuText(TablePage::tr("Fill down"), u"Ctrl+D"_s), &page,
                    [&page] { page.grid()->fillDown(); })
        ->setEnabled(editable);
}

void addFilterEntries(TablePage& page, QMenu* menu, const QModelIndex& cell)
{
    const auto value = page.model().valueAt(cell);
    if (!value)
        return;
    const QString name = page.relation().columns[cell.column()].name;
    const auto add = [&](const QString& text, TablePage::CellFilter how, const QString& keys = {}) {
        menu->addAction(kit::menuText(text, keys), &page,
                        [&page, place = QPersistentModelIndex(cell), how] { page.filterByCell(place, how); });
    };
    const bool null = isNull(*value);
    if (null) {
        add(TablePage::tr("Show only %1 = %2").arg(name, u"NULL"_s), TablePage::CellFilter::Null,
            u"Ctrl+Alt+F"_s);
        add(TablePage::tr("Leave out %1 = %2").arg(name, u"NULL"_s), TablePage::CellFilter::NotNull,
            u"Ctrl+Alt+X"_s);
        return;
    }
    const QString shown = shortened(displayText(*value));
    // The beginning of a value equals no whole one.
    if (!page.model().cellState(cell).truncated) {
        add(TablePage::tr("Show only %1 = %2").arg(name, shown), TablePage::CellFilter::Equal,
            u"Ctrl+Alt+F"_s);
        add(TablePage::tr("Leave out %1 = %2").arg(name, shown), TablePage::CellFilter::Other,
            u"Ctrl+Alt+X"_s);
        add(TablePage::tr("Show only %1 that contains it").arg(name), TablePage::CellFilter::Contains,
            u"Ctrl+Alt+C"_s);
    }
    add(TablePage::tr("Show only %1 = %2").arg(name, u"NULL"_s), TablePage::CellFilter::Null,
        u"Ctrl+Alt+N"_s);
}

void addSortEntries(TablePage& page, QMenu* menu, int column)
{
    const QString name = page.relation().columns[column].name;
    const auto sort = [&page, name](std::optional<bool> descending) {
        return [&page, name, descending] {
            page.setSorts(descending ? QList{rows::SortKey{name, *descending}} : QList<rows::SortKey>());
        };
    };
    menu->addAction(TablePage::tr("Sort ascending"), &page, sort(false));
    menu->addAction(TablePage::tr("Sort descending"), &page, sort(true));
    menu->addAction(kit::menuText(TablePage::tr("Add to the sort"), TablePage::tr("Shift+Click")), &page,
                    [&page, column] { page.sortBy(column, true); });
    menu->addAction(TablePage::tr("Do not sort"), &page, sort(std::nullopt))
        ->setEnabled(!page.model().spec().sorts.isEmpty());
}

void addFormatEntries(TablePage& page, QMenu* menu, int column)
{
    const QList<cells::CellFormat> formats = cells::formatsFor(page.relation().columns[column]);
    if (formats.size() < 2)
        return;
    QMenu* as = menu->addMenu(TablePage::tr("Show values"));
    as->setObjectName(u"formatMenu"_s);
    for (const cells::CellFormat format : formats) {
        QAction* action = as->addAction(cells::titleOf(format), &page,
                                        [&page, column, format] { page.setFormat(column, format); });
        action->setCheckable(true);
        action->setChecked(page.grid()->formats().value(column, cells::CellFormat::Stored) == format);
    }
}

void addColumnEntries(TablePage& page, QMenu* menu, int column)
{
    cells::GridHeader* header = page.grid()->header();
    menu->addAction(kit::menuText(TablePage::tr("Hide column %1").arg(page.relation().columns[column].name)),
                    &page, [&page, column] { page.grid()->hideColumn(column); });
    const bool frozen = header->isFrozen(column);
    menu->addAction(frozen ? TablePage::tr("Unfreeze this column") : TablePage::tr("Freeze this column"),
                    &page, [&page, column, frozen] { page.grid()->freezeColumn(column, !frozen); });
    addFormatEntries(page, menu, column);
    menu->addAction(kit::menuText(TablePage::tr("Columns…"), u"Ctrl+Shift+C"_s), &page,
                    &TablePage::chooseColumns);
    if (header->hiddenSectionCount() == 0)
        return;
    QMenu* hidden = menu->addMenu(TablePage::tr("Show column"));
    for (int i = 0; i < header->count(); ++i) {
        if (header->isSectionHidden(i))
            hidden->addAction(kit::menuText(page.relation().columns[i].name), &page,
                              [header, i] { header->showSection(i); });
    }
    menu->addAction(TablePage::tr("Show all columns"), &page, [header] {
        for (int i = 0; i < header->count(); ++i)
            header->showSection(i);
    });
}

void addRowEntries(TablePage& page, QMenu* menu, const QModelIndex& cell)
{
    const bool editable = page.relation().editable;
    menu->addAction(kit::menuText(TablePage::tr("Duplicate rows"), u"Ctrl+Shift+N"_s), &page,
                    [&page] { page.grid()->duplicateSelectedRows(); })
        ->setEnabled(editable);
    menu->addAction(kit::menuText(TablePage::tr("Delete rows"), u"Del"_s), &page,
                    [&page] { page.grid()->deleteSelectedRows(); })
        ->setEnabled(editable);
    const items::RowState state = page.model().rowState(cell.row());
    const bool changed = state != items::RowState::Clean && state != items::RowState::Loading;
    menu->addAction(TablePage::tr("Revert the selected cells"), &page,
                    [&page] { page.model().revert(page.grid()->chosenCells()); })
        ->setEnabled(editable && !page.model().edits().isEmpty());
    menu->addAction(TablePage::tr("Revert the whole row"), &page,
                    [&page, row = cell.row()] {
                        QModelIndexList cells;
                        for (int column = 0; column < page.model().columnCount(); ++column)
                            cells += page.model().index(row, column);
                        page.model().revert(cells);
                    })
        ->setEnabled(editable && changed);
}

void addReferenceEntries(TablePage& page, QMenu* menu, const QModelIndex& cell)
{
    for (const int reference : page.model().referencesAt(cell.column())) {
        const QString title = page.model().references()[reference].targetTitle;
        menu->addAction(kit::menuText(TablePage::tr("Open the row in %1").arg(title), u"F12"_s), &page,
                        [&page, reference] { Q_EMIT page.referenceRequested(reference); })
            ->setEnabled(page.model().referencedKey(cell.row(), reference).has_value());
        menu->addAction(
                kit::menuText(TablePage::tr("Choose a row of %1…").arg(title), u"F4"_s), &page,
                [&page, place = QPersistentModelIndex(cell), reference] { page.pick(place, reference); })
            ->setEnabled(page.model().isEditable(cell));
    }
}

void addFileEntries(TablePage& page, QMenu* menu)
{
    menu->addAction(TablePage::tr("Export rows…"), &page, &TablePage::exportRequested);
    menu->addAction(TablePage::tr("Save rows with what they refer to…"), &page, &TablePage::subsetRequested)
        ->setEnabled(page.relation().keyKind != rows::KeyKind::None);
    menu->addAction(TablePage::tr("Import rows…"), &page, [&page] { Q_EMIT page.importRequested({}); })
        ->setEnabled(page.relation().editable);
    menu->addAction(TablePage::tr("Add test rows…"), &page, &TablePage::testRowsRequested)
        ->setEnabled(page.relation().editable);
}

}  // namespace

void showCellMenu(TablePage& page, const QModelIndex& cell, const QPoint& at)
{
    auto* menu = new QMenu(&page);
    menu->setObjectName(u"cellMenu"_s);
    if (!cell.isValid()) {
        menu->addAction(kit::menuText(TablePage::tr("Paste"), u"Ctrl+V"_s), &page,
                        [&page] { page.grid()->paste(); })
            ->setEnabled(page.relation().editable);
        addFileEntries(page, menu);
        return page.grid()->popUp(menu, at);
    }
    page.grid()->addCopyEntries(menu);
    menu->addAction(kit::menuText(TablePage::tr("Paste"), u"Ctrl+V"_s), &page,
                    [&page] { page.grid()->paste(); })
        ->setEnabled(page.relation().editable);
    menu->addSeparator();
    addValueEntries(page, menu, cell);
    menu->addSeparator();
    addReferenceEntries(page, menu, cell);
    page.relations().addEntries(menu, cell.column());
    menu->addSeparator();
    addFilterEntries(page, menu, cell);
    addSortEntries(page, menu->addMenu(TablePage::tr("Sort")), cell.column());
    menu->addSeparator();
    addRowEntries(page, menu, cell);
    menu->addSeparator();
    addColumnEntries(page, menu, cell.column());
    menu->addSeparator();
    addFileEntries(page, menu);
    page.grid()->popUp(menu, at);
}

void showHeaderMenu(TablePage& page, int column, const QPoint& at)
{
    auto* menu = new QMenu(&page);
    menu->setObjectName(u"headerMenu"_s);
    addSortEntries(page, menu, column);
    menu->addSeparator();
    menu->addAction(TablePage::tr("Filter this column"), &page, [&page, column] {
        page.filters()->addFilter({.column = page.relation().columns[column].name});
    });
    menu->addSeparator();
    addColumnEntries(page, menu, column);
    menu->addAction(TablePage::tr("Fit all columns"), &page, [&page] { page.grid()->fitColumns(); });
    menu->addSeparator();
    menu->addAction(kit::menuText(TablePage::tr("Structure"), u"Ctrl+Alt+E"_s), &page,
                    &TablePage::structureRequested);
    page.grid()->popUp(menu, at);
}

}  // namespace dewpoint::grid
