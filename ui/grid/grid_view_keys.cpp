// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/grid_view.h"
#include "items/table_model.h"
#include "kit/tsv.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace dewpoint::grid {

namespace {

QModelIndexList staged(const GridView& view)
{
    QModelIndexList cells = view.selectionModel()->selectedIndexes();
    if (cells.isEmpty() && view.currentIndex().isValid())
        cells += view.currentIndex();
    return cells;
}

}  // namespace

bool GridView::stageKey(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (!control)
        return false;
    switch (event.key()) {
    case Qt::Key_Backspace:
        m_model->setValue(staged(*this),
                          shift ? rows::EditValue(textValue({})) : rows::EditValue(Value(Null{})));
        return true;
    case Qt::Key_0: m_model->setValue(staged(*this), rows::EditValue(Value(Null{}))); return true;
    case Qt::Key_Z:
        if (shift)
            m_model->redo();
        else
            m_model->undo();
        return true;
    case Qt::Key_Y: m_model->redo(); return true;
    default: return false;
    }
}

bool GridView::rowKey(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (control && event.key() == Qt::Key_Delete) {
        m_model->deleteRows(selectedRows());
        return true;
    }
    if (control && event.key() == Qt::Key_D) {
        if (shift)
            m_model->setValue(staged(*this), rows::Default{});
        else
            m_model->duplicateRows(selectedRows());
        return true;
    }
    return false;
}

void GridView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    if (event->matches(QKeySequence::Paste))
        return paste();
    if (m_model && state() != EditingState && (stageKey(*event) || rowKey(*event)))
        return event->accept();
    if (m_model && event->key() == Qt::Key_Escape && m_model->phase() == items::TableModel::Phase::Loading) {
        m_model->stopLoading();
        return event->accept();
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && state() != EditingState) {
        edit(currentIndex());
        return event->accept();
    }
    QAbstractItemView::keyPressEvent(event);
}

void GridView::copySelection()
{
    constexpr int most = 20'000;
    if (!m_model)
        return;
    QList<QStringList> texts;
    int missing = 0;
    const QItemSelection selection = selectionModel()->selection();
    const QList<int> rows = selectedRows();
    for (const int row : rows.first(std::min<qsizetype>(rows.size(), most))) {
        if (m_model->rowState(row) == items::RowState::Loading) {
            ++missing;
            continue;
        }
        QStringList line;
        for (int visual = 0; visual < m_header->count(); ++visual) {
            const QModelIndex cell = m_model->index(row, m_header->logicalIndex(visual));
            if (selection.contains(cell))
                line += cell.data(Qt::EditRole).toString();
        }
        texts += line;
    }
    if (texts.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(kit::toTsv(texts));
    Q_EMIT said(missing == 0 ? tr("%n row(s) copied", nullptr, static_cast<int>(texts.size()))
                             : tr("%1 rows copied; %2 are not loaded yet: export the table to get all")
                                   .arg(texts.size())
                                   .arg(missing));
}

// One value fills the selection; a range goes down and right from the current cell.
void GridView::paste()
{
    if (!m_model || !currentIndex().isValid())
        return;
    const QList<QStringList> texts = kit::fromTsv(QGuiApplication::clipboard()->text());
    QList<std::pair<QModelIndex, QString>> cells;
    int outside = 0;
    if (texts.size() == 1 && texts.first().size() == 1) {
        for (const QModelIndex& cell : staged(*this))
            cells += {cell, texts.first().first()};
    } else {
        const int left = m_header->visualIndex(currentIndex().column());
        for (int row = 0; row < texts.size(); ++row) {
            for (int column = 0; column < texts[row].size(); ++column) {
                const int place = m_header->logicalIndex(left + column);
                const QModelIndex cell = m_model->index(currentIndex().row() + row, place);
                if (place >= 0 && cell.isValid())
                    cells += {cell, texts[row][column]};
                else
                    ++outside;
            }
        }
    }
    m_model->setTexts(cells);
    const QString pasted = tr("%n cell(s) pasted", nullptr, static_cast<int>(cells.size()));
    Q_EMIT said(outside == 0 ? pasted : tr("%1; %2 beyond the edge were left out").arg(pasted).arg(outside));
}

}  // namespace dewpoint::grid
