// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/filter_bar.h"
#include "grid/refusal_list.h"
#include "grid/table_page.h"

using namespace Qt::StringLiterals;

// What a table page offers to the menu and the palette.
namespace dewpoint::grid {

QList<kit::Command> TablePage::commands()
{
    return editCommands() + rowCommands() + filterCommands() + columnCommands() + viewCommands()
           + fileCommands()
           + QList<kit::Command>{{u"grid.structure"_s,
                                  tr("Structure of this table"),
                                  QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_E),
                                  {},
                                  [this] { Q_EMIT structureRequested(); }}};
}

QList<kit::Command> TablePage::editCommands()
{
    const auto staged = [this] { return pending().total() > 0 && !m_committing; };
    return {
        {u"grid.commit"_s, tr("Commit changes"), QKeySequence(Qt::CTRL | Qt::Key_Return), staged,
         [this] { commit(); }},
        {u"grid.preview"_s, tr("Preview changes"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), staged,
         [this] { togglePreview(); }},
        {u"grid.discard"_s, tr("Discard changes"), {}, staged, [this] { discard(); }},
        {u"grid.undo"_s, tr("Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z),
         [this] { return m_model.edits().canUndo(); }, [this] { m_model.undo(); }},
        {u"grid.redo"_s, tr("Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
         [this] { return m_model.edits().canRedo(); }, [this] { m_model.redo(); }},
        {u"grid.takeBack"_s, tr("Take back the last commit"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Z),
         [this] { return m_history && relation().editable && !m_committing; }, [this] { takeBack(); }},
        {u"grid.nextRefusal"_s, tr("Next refused change"), QKeySequence(Qt::Key_F8),
         [this] { return !m_refusals->isHidden(); }, [this] { m_refusals->step(1); }},
        {u"grid.previousRefusal"_s, tr("Previous refused change"), QKeySequence(Qt::SHIFT | Qt::Key_F8),
         [this] { return !m_refusals->isHidden(); }, [this] { m_refusals->step(-1); }},
        {u"grid.revert"_s,
         tr("Revert selected cells"),
         {},
         staged,
         [this] { m_model.revert(selectedCells()); }},
    };
}

QList<kit::Command> TablePage::rowCommands()
{
    const auto editable = [this] { return relation().editable; };
    const auto stage = [this](const rows::EditValue& value) {
        return [this, value] { m_grid->setChosen(value); };
    };
    // Keys that the grid itself answers to have none here: in an open editor they mean something else.
    return {
        {u"grid.addRow"_s, tr("Add a row"), QKeySequence(Qt::CTRL | Qt::Key_N), editable,
         [this] {
             m_model.addRow();
             m_grid->setCurrentIndex(
                 m_model.index(static_cast<int>(m_model.edits().newRowIds().size()) - 1, 0));
             m_grid->setFocus();
         }},
        {u"grid.duplicateRow"_s,
         tr("Duplicate rows"),
         {},
         editable,
         [this] { m_grid->duplicateSelectedRows(); }},
        {u"grid.deleteRow"_s, tr("Delete rows"), {}, editable, [this] { m_grid->deleteSelectedRows(); }},
        {u"grid.fillDown"_s, tr("Fill down"), {}, editable, [this] { m_grid->fillDown(); }},
        {u"grid.replace"_s, tr("Find and replace in the column"), QKeySequence(Qt::CTRL | Qt::Key_H),
         editable, [this] { findAndReplace(); }},
        {u"grid.setNull"_s, tr("Set NULL"), {}, editable, stage(Value(Null{}))},
        {u"grid.setEmpty"_s, tr("Set empty text"), {}, editable, stage(textValue({}))},
        {u"grid.setDefault"_s, tr("Set DEFAULT"), {}, editable, stage(rows::Default{})},
    };
}

QList<kit::Command> TablePage::viewCommands()
{
    const auto jump = [this](bool last) {
        return [this, last] {
            if (const int rows = m_model.rowCount(); rows > 0)
                m_grid->setCurrentIndex(
                    m_model.index(last ? rows - 1 : 0, std::max(0, m_grid->currentIndex().column())));
        };
    };
    const auto references = [this] { return !m_model.references().isEmpty(); };
    return {
        {u"grid.refresh"_s, tr("Reload rows"), QKeySequence(Qt::Key_F5), {}, [this] { refresh(); }},
        {u"grid.openReference"_s,
         tr("Open the referenced row"),
         {},
         references,
         [this] { followReference(m_grid->currentIndex()); }},
        {u"grid.pickReference"_s,
         tr("Choose the referenced row"),
         {},
         references,
         [this] { pick(m_grid->currentIndex()); }},
        {u"grid.addFilter"_s,
         tr("Filter this column"),
         {},
         {},
         [this] {
             m_filters->addFilter(
                 {.column = relation().columns.value(std::max(0, m_grid->currentIndex().column())).name});
         }},
        {u"grid.addWhere"_s, tr("Filter by a WHERE condition"), {}, {}, [this] { m_filters->addRawWhere(); }},
        {u"grid.search"_s,
         tr("Search rows"),
         QKeySequence(Qt::CTRL | Qt::Key_F),
         {},
         [this] { m_filters->focusSearch(); }},
        {u"grid.first"_s, tr("Go to the first row"), {}, {}, jump(false)},
        {u"grid.last"_s, tr("Go to the last row"), {}, {}, jump(true)},
    };
}

}  // namespace dewpoint::grid
