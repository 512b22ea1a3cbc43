// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/column_chooser.h"
#include "grid/filter_bar.h"
#include "grid/table_page.h"
#include "grid/view_button.h"
#include "rows/view_spec_json.h"
#include "theme/theme.h"

#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

// How a table is looked at: its columns, how they show their values, and views that are kept by name.
namespace dewpoint::grid {

QJsonObject TablePage::columnLayout() const
{
    const cells::GridHeader* header = m_grid->header();
    QJsonObject layout;
    for (int i = 0; i < header->count(); ++i) {
        QJsonObject column{{u"place"_s, header->visualIndex(i)},
                           {u"hidden"_s, header->isSectionHidden(i)},
                           {u"frozen"_s, header->isFrozen(i)}};
        if (m_fitted && !header->isSectionHidden(i))
            column[u"width"_s] = header->sectionSize(i);
        if (const auto format = m_grid->formats().constFind(i); format != m_grid->formats().cend())
            column[u"format"_s] = cells::idOf(*format);
        layout[relation().columns[i].name] = column;
    }
    return layout;
}

void TablePage::setColumnLayout(const QJsonObject& layout)
{
    if (layout.isEmpty())
        return;
    cells::GridHeader* header = m_grid->header();
    QList<std::pair<int, int>> places;
    QHash<int, cells::CellFormat> formats;
    int frozen = 0;
    bool told = false;
    for (int i = 0; i < header->count(); ++i) {
        const QJsonObject column = layout[relation().columns[i].name].toObject();
        places += {column[u"place"_s].toInt(header->count()), i};
        header->setSectionHidden(i, column[u"hidden"_s].toBool());
        if (const int width = column[u"width"_s].toInt(); width > 0) {
            m_fitted = true;  // as they were left, and not as they would fit
            if (!header->isSectionHidden(i))
                header->resizeSection(i, width);
        }
        told = told || column.contains(u"frozen"_s);
        frozen += column[u"frozen"_s].toBool() ? 1 : 0;
        const cells::CellFormat format = cells::formatCalled(column[u"format"_s].toString());
        if (format != cells::CellFormat::Stored)
            formats.insert(i, format);
    }
    if (header->hiddenSectionCount() == header->count())
        header->showSection(0);
    std::ranges::stable_sort(places);
    for (int place = 0; place < places.size(); ++place)
        header->moveSection(header->visualIndex(places[place].second), place);
    if (told)
        header->setFrozen(frozen);
    m_grid->setFormats(formats);
}

/// Key columns that stand first stay while the others scroll.
void TablePage::freezeKey()
{
    int frozen = 0;
    while (frozen < relation().columns.size()
           && relation().keyColumns.contains(relation().columns[frozen].name))
        ++frozen;
    m_grid->header()->setFrozen(frozen);
}

void TablePage::setFormat(int column, cells::CellFormat format)
{
    QHash<int, cells::CellFormat> formats = m_grid->formats();
    if (format == cells::CellFormat::Stored)
        formats.remove(column);
    else
        formats.insert(column, format);
    m_grid->setFormats(formats);
    Q_EMIT columnsChanged();
}

void TablePage::chooseColumns()
{
    m_columns->open(m_grid->currentIndex().column());
}

// ---- Views

void TablePage::buildViews()
{
    auto* columns = new QToolButton;
    columns->setObjectName(u"columns"_s);
    columns->setText(tr("Columns"));
    columns->setIcon(theme::icon(u"object-columns"_s));
    columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    columns->setToolTip(
        tr("Show, hide, order and freeze columns (%1)")
            .arg(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C).toString(QKeySequence::NativeText)));
    connect(columns, &QToolButton::clicked, this, &TablePage::chooseColumns);
    connect(&theme::Watch::instance(), &theme::Watch::changed, columns,
            [columns] { columns->setIcon(theme::icon(u"object-columns"_s)); });
    m_filters->addStart(m_views);
    m_filters->addStart(columns);
    connect(m_views, &ViewButton::said, this, &TablePage::statusText);
}

QJsonObject TablePage::viewNow() const
{
    return {{u"view"_s, rows::toJson(m_filters->spec(m_model.spec()))}, {u"columns"_s, columnLayout()}};
}

void TablePage::lookAs(const QJsonObject& view)
{
    if (!m_grid->finishEditing())
        return;
    if (view.isEmpty()) {
        for (int column = 0; column < m_grid->header()->count(); ++column) {
            m_grid->header()->showSection(column);
            m_grid->header()->moveSection(m_grid->header()->visualIndex(column), column);
        }
        m_grid->setFormats({});
        freezeKey();
        m_grid->fitColumns();
    }
    setColumnLayout(view[u"columns"_s].toObject());
    const rows::ViewSpec spec = rows::viewSpecFrom(view[u"view"_s].toObject());
    m_filters->setSpec(spec);
    m_model.setSpec(m_filters->spec(spec));
    renderSort();
    Q_EMIT columnsChanged();
}

}  // namespace dewpoint::grid
