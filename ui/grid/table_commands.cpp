// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/table_commands.h"

#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/filter_bar.h"
#include "grid/refusal_list.h"
#include "grid/table_page.h"
#include "grid/view_button.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

QList<kit::Command> editCommands(TablePage& page)
{
    const auto staged = [&page] { return page.pending().total() > 0 && !page.isCommitting(); };
    return {
        {u"grid.commit"_s, TablePage::tr("Commit changes"), QKeySequence(Qt::CTRL | Qt::Key_Return), staged,
         [&page] { page.commit(); }},
        {u"grid.preview"_s, TablePage::tr("Preview changes"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
         staged, [&page] { page.togglePreview(); }},
        {u"grid.discard"_s, TablePage::tr("Discard changes"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_D), staged, [&page] { page.discard(); }},
        {u"grid.undo"_s, TablePage::tr("Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z),
         [&page] { return page.model().edits().canUndo(); }, [&page] { page.model().undo(); }},
        {u"grid.redo"_s, TablePage::tr("Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
         [&page] { return page.model().edits().canRedo(); }, [&page] { page.model().redo(); }},
        {u"grid.takeBack"_s, TablePage::tr("Take back the last commit"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Z), [&page] { return page.canTakeBack(); },
         [&page] { page.takeBack(); }},
        {u"grid.nextRefusal"_s, TablePage::tr("Next refused change"), QKeySequence(Qt::Key_F8),
         [&page] { return !page.refusals().isHidden(); }, [&page] { page.refusals().step(1); }},
        {u"grid.previousRefusal"_s, TablePage::tr("Previous refused change"),
         QKeySequence(Qt::SHIFT | Qt::Key_F8), [&page] { return !page.refusals().isHidden(); },
         [&page] { page.refusals().step(-1); }},
        {u"grid.revert"_s, TablePage::tr("Revert selected cells"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_U), staged,
         [&page] { page.model().revert(page.grid()->chosenCells()); }},
    };
}

QList<kit::Command> rowCommands(TablePage& page)
{
    const auto editable = [&page] { return page.relation().editable; };
    const auto stage = [&page](const rows::EditValue& value) {
        return [&page, value] { page.grid()->setChosen(value); };
    };
    // Keys that the grid itself answers to have none here: in an open editor they mean something else.
    return {
        {u"grid.addRow"_s, TablePage::tr("Add a row"), QKeySequence(Qt::CTRL | Qt::Key_N), editable,
         [&page] {
             page.model().addRow();
             page.grid()->setCurrentIndex(
                 page.model().index(static_cast<int>(page.model().edits().newRowIds().size()) - 1, 0));
             page.grid()->setFocus();
         }},
        {u"grid.duplicateRow"_s,
         TablePage::tr("Duplicate rows"),
         {},
         editable,
         [&page] { page.grid()->duplicateSelectedRows(); }},
        {u"grid.deleteRow"_s,
         TablePage::tr("Delete rows"),
         {},
         editable,
         [&page] { page.grid()->deleteSelectedRows(); }},
        {u"grid.fillDown"_s, TablePage::tr("Fill down"), {}, editable, [&page] { page.grid()->fillDown(); }},
        {u"grid.replace"_s, TablePage::tr("Find and replace in the column"),
         QKeySequence(Qt::CTRL | Qt::Key_H), editable, [&page] { page.findAndReplace(); }},
        {u"grid.setNull"_s, TablePage::tr("Set NULL"), {}, editable, stage(Value(Null{}))},
        {u"grid.setEmpty"_s, TablePage::tr("Set empty text"), {}, editable, stage(textValue({}))},
        {u"grid.setDefault"_s, TablePage::tr("Set DEFAULT"), {}, editable, stage(rows::Default{})},
    };
}

QList<kit::Command> viewCommands(TablePage& page)
{
    const auto jump = [&page](bool last) {
        return [&page, last] {
            if (const int rows = page.model().rowCount(); rows > 0)
                page.grid()->setCurrentIndex(page.model().index(
                    last ? rows - 1 : 0, std::max(0, page.grid()->currentIndex().column())));
        };
    };
    const auto references = [&page] { return !page.model().references().isEmpty(); };
    return {
        {u"grid.refresh"_s,
         TablePage::tr("Reload rows"),
         QKeySequence(Qt::Key_F5),
         {},
         [&page] { page.refresh(); }},
        {u"grid.openReference"_s,
         TablePage::tr("Open the referenced row"),
         {},
         references,
         [&page] { page.followReference(page.grid()->currentIndex()); }},
        {u"grid.pickReference"_s,
         TablePage::tr("Choose the referenced row"),
         {},
         references,
         [&page] { page.pick(page.grid()->currentIndex()); }},
        {u"grid.addFilter"_s,
         TablePage::tr("Filter this column"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_F),
         {},
         [&page] {
             page.filters()->addFilter(
                 {.column =
                      page.relation().columns.value(std::max(0, page.grid()->currentIndex().column())).name});
         }},
        {u"grid.addWhere"_s,
         TablePage::tr("Filter by a WHERE condition"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_W),
         {},
         [&page] { page.filters()->addRawWhere(); }},
        {u"grid.search"_s,
         TablePage::tr("Search rows"),
         QKeySequence(Qt::CTRL | Qt::Key_F),
         {},
         [&page] { page.filters()->focusSearch(); }},
        {u"grid.goToRow"_s,
         TablePage::tr("Go to row number…"),
         {},
         [&page] { return page.model().rowCount() > 0; },
         [&page] { Q_EMIT page.grid()->rowAsked(); }},
        {u"grid.first"_s, TablePage::tr("Go to the first row"), {}, {}, jump(false)},
        {u"grid.last"_s, TablePage::tr("Go to the last row"), {}, {}, jump(true)},
    };
}

QList<kit::Command> filterCommands(TablePage& page)
{
    const auto cell = [&page] { return page.grid()->currentIndex().isValid(); };
    const auto by = [&page](TablePage::CellFilter how) {
        return [&page, how] { page.filterByCell(page.grid()->currentIndex(), how); };
    };
    const auto keys = [](Qt::Key key) { return QKeySequence(Qt::CTRL | Qt::ALT | key); };
    return {
        {u"grid.filterEqual"_s, TablePage::tr("Show only rows with this value"), keys(Qt::Key_F), cell,
         by(TablePage::CellFilter::Equal)},
        {u"grid.filterOther"_s, TablePage::tr("Leave out rows with this value"), keys(Qt::Key_X), cell,
         by(TablePage::CellFilter::Other)},
        {u"grid.filterContains"_s, TablePage::tr("Show only rows that contain this text"), keys(Qt::Key_C),
         cell, by(TablePage::CellFilter::Contains)},
        {u"grid.filterNull"_s, TablePage::tr("Show only rows with NULL here"), keys(Qt::Key_N), cell,
         by(TablePage::CellFilter::Null)},
        {u"grid.clearFilters"_s, TablePage::tr("Take all filters away"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X),
         [&page] { return page.filters()->spec({}) != rows::ViewSpec{}; }, [&page] { page.clearFilters(); }},
    };
}

QList<kit::Command> columnCommands(TablePage& page)
{
    const auto cell = [&page] { return page.grid()->currentIndex().isValid(); };
    const auto column = [&page] { return page.grid()->currentIndex().column(); };
    const auto sort = [&page](bool add) {
        return [&page, add] { page.sortBy(page.grid()->currentIndex().column(), add); };
    };
    const QList<kit::Command> commands{
        {u"grid.columns"_s,
         TablePage::tr("Choose columns"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
         {},
         [&page] { page.chooseColumns(); }},
        {u"grid.hideColumn"_s, TablePage::tr("Hide this column"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_H), cell,
         [&page, column] { page.grid()->hideColumn(column()); }},
        {u"grid.freezeColumn"_s, TablePage::tr("Freeze or unfreeze this column"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K), cell,
         [&page, column] {
             page.grid()->freezeColumn(column(), !page.grid()->header()->isFrozen(column()));
         }},
        {u"grid.sort"_s, TablePage::tr("Sort by this column: up, down, not"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), cell, sort(false)},
        {u"grid.addSort"_s, TablePage::tr("Add this column to the sort"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_S), cell, sort(true)},
    };
    return commands + page.views().commands();
}

QList<kit::Command> fileCommands(TablePage& page)
{
    return {
        {u"grid.export"_s,
         TablePage::tr("Export rows…"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
         {},
         [&page] { Q_EMIT page.exportRequested(); }},
        {u"grid.subset"_s, TablePage::tr("Save rows with what they refer to…"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_E),
         // A view's rows are in no table, and without a key no row can be told from another.
         [&page] { return page.relation().keyKind != rows::KeyKind::None; },
         [&page] { Q_EMIT page.subsetRequested(); }},
        {u"grid.import"_s, TablePage::tr("Import rows…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I),
         [&page] { return page.relation().editable; }, [&page] { Q_EMIT page.importRequested({}); }},
        {u"grid.testRows"_s, TablePage::tr("Add test rows…"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_T),
         [&page] { return page.relation().editable; }, [&page] { Q_EMIT page.testRowsRequested(); }},
    };
}

}  // namespace

QList<kit::Command> commandsOf(TablePage& page)
{
    return editCommands(page) + rowCommands(page) + filterCommands(page) + columnCommands(page)
           + viewCommands(page) + fileCommands(page)
           + QList<kit::Command>{{u"grid.structure"_s,
                                  TablePage::tr("Structure of this table"),
                                  QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_E),
                                  {},
                                  [&page] { Q_EMIT page.structureRequested(); }}};
}

}  // namespace dewpoint::grid
