// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "items/table_model.h"
#include "kit/clipboard.h"
#include "rows/row_key.h"

#include <QLocale>
#include <QMenu>

using namespace Qt::StringLiterals;

// What can be had of a table's cells without changing them, in menus and from the inspector.
namespace dewpoint::cells {

void GridView::addCopyEntries(QMenu* menu)
{
    menu->addAction(tr("Copy") + u"\tCtrl+C"_s, this, [this] { copySelection(); });
    QMenu* as = menu->addMenu(tr("Copy as"));
    const QList<std::pair<QString, CopyFormat>> formats{
        {tr("TSV with column names"), CopyFormat::TsvWithHeader},
        {tr("CSV"), CopyFormat::Csv},
        {tr("JSON"), CopyFormat::Json},
        {tr("INSERT statements"), CopyFormat::Insert},
        {tr("Markdown table"), CopyFormat::Markdown}};
    for (const auto& [title, format] : formats)
        connect(as->addAction(title), &QAction::triggered, this,
                [this, chosen = format] { copySelection(chosen); });
}

void GridView::saveCell(int column, const QString& path)
{
    const QModelIndex cell = m_model->index(currentIndex().row(), column);
    if (!cell.isValid() || !m_model->valueAt(cell))
        return;
    m_copyJob = m_model->saveWhole(cell, path, [this, path](const Result<qint64>& size) {
        Q_EMIT said(size ? tr("%1 written to %2").arg(QLocale().formattedDataSize(*size), path)
                         : size.error().oneLine());
    });
}

void GridView::copyCell(int column)
{
    const QModelIndex cell = m_model->index(currentIndex().row(), column);
    if (!cell.isValid())
        return;
    m_copyJob = m_model->readWhole({cell}, [this](const Result<QList<Value>>& values) {
        if (!values)
            return Q_EMIT said(tr("Nothing was copied: %1").arg(values.error().oneLine()));
        kit::copyLater(
            this, rows::memoryOf({values->first()}), [value = values->first()] { return displayText(value); },
            [this] { Q_EMIT said(tr("The whole value was copied.")); });
    });
}

}  // namespace dewpoint::cells
