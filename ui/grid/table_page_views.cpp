// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/column_chooser.h"
#include "grid/filter_bar.h"
#include "grid/name_field.h"
#include "grid/table_page.h"
#include "rows/view_spec_json.h"
#include "theme/theme.h"

#include <QMenu>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

// How a table is looked at: its columns, how they show their values, and views that are kept by name.
namespace dewpoint::grid {

namespace {

QString inMenu(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

}  // namespace

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

void TablePage::addFormatEntries(QMenu* menu, int column)
{
    const QList<cells::CellFormat> formats = cells::formatsFor(relation().columns[column]);
    if (formats.size() < 2)
        return;
    QMenu* as = menu->addMenu(tr("Show values"));
    as->setObjectName(u"formatMenu"_s);
    for (const cells::CellFormat format : formats) {
        QAction* action = as->addAction(cells::titleOf(format), this,
                                        [this, column, format] { setFormat(column, format); });
        action->setCheckable(true);
        action->setChecked(m_grid->formats().value(column, cells::CellFormat::Stored) == format);
    }
}

void TablePage::chooseColumns()
{
    m_columns->open(m_grid->currentIndex().column());
}

// ---- Views

void TablePage::buildViews()
{
    m_viewButton->setObjectName(u"views"_s);
    m_viewButton->setText(tr("Views"));
    m_viewButton->setIcon(theme::icon(u"view-list-details"_s));
    m_viewButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_viewButton->setPopupMode(QToolButton::InstantPopup);
    m_viewButton->setToolTip(tr("Filters, sort and columns, kept by name"));
    auto* menu = new QMenu(m_viewButton);
    menu->setObjectName(u"viewMenu"_s);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillViewMenu(menu); });
    m_viewButton->setMenu(menu);
    auto* columns = new QToolButton;
    columns->setObjectName(u"columns"_s);
    columns->setText(tr("Columns"));
    columns->setIcon(theme::icon(u"object-columns"_s));
    columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    columns->setToolTip(
        tr("Show, hide, order and freeze columns (%1)")
            .arg(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C).toString(QKeySequence::NativeText)));
    connect(columns, &QToolButton::clicked, this, &TablePage::chooseColumns);
    connect(&theme::Watch::instance(), &theme::Watch::changed, columns, [this, columns] {
        columns->setIcon(theme::icon(u"object-columns"_s));
        m_viewButton->setIcon(theme::icon(u"view-list-details"_s));
    });
    m_filters->addStart(m_viewButton);
    m_filters->addStart(columns);
}

void TablePage::setViews(const QJsonObject& views)
{
    m_views = views;
}

QJsonObject TablePage::viewNow() const
{
    return {{u"view"_s, rows::toJson(m_filters->spec(m_model.spec()))}, {u"columns"_s, columnLayout()}};
}

void TablePage::keepView(const QString& name)
{
    m_views[name] = viewNow();
    m_viewName = name;
    Q_EMIT viewsChanged();
    Q_EMIT statusText(tr("The view %1 is kept.").arg(name));
}

void TablePage::showView(const QString& name)
{
    if (!m_views.contains(name) || !m_grid->finishEditing())
        return;
    const QJsonObject view = m_views[name].toObject();
    m_viewName = name;
    setColumnLayout(view[u"columns"_s].toObject());
    m_filters->setSpec(rows::viewSpecFrom(view[u"view"_s].toObject()));
    rows::ViewSpec spec = m_model.spec();
    spec.sorts = rows::viewSpecFrom(view[u"view"_s].toObject()).sorts;
    m_model.setSpec(m_filters->spec(spec));
    renderSort();
    Q_EMIT columnsChanged();
}

void TablePage::showPlain()
{
    m_viewName.clear();
    m_filters->setSpec({});
    m_model.setSpec({});
    renderSort();
    for (int column = 0; column < m_grid->header()->count(); ++column) {
        m_grid->header()->showSection(column);
        m_grid->header()->moveSection(m_grid->header()->visualIndex(column), column);
    }
    m_grid->setFormats({});
    freezeKey();
    m_grid->fitColumns();
    Q_EMIT columnsChanged();
}

void TablePage::askForViewName(const QString& before)
{
    const QPoint at = m_viewButton->mapTo(this, m_viewButton->rect().bottomLeft());
    m_nameField->ask(
        before.isEmpty() ? tr("Keep this view as") : tr("Another name for %1").arg(before), before, at,
        [this, before](const QString& name) {
            return name != before && m_views.contains(name) ? tr("There is a view of this name.") : QString();
        },
        [this, before](const QString& name) {
            if (before.isEmpty())
                return keepView(name);
            const QJsonValue view = m_views.take(before);
            m_views[name] = view;
            m_viewName = name;
            Q_EMIT viewsChanged();
        });
}

void TablePage::forgetView(const QString& name)
{
    m_views.remove(name);
    if (m_viewName == name)
        m_viewName.clear();
    Q_EMIT viewsChanged();
    Q_EMIT statusText(tr("The view %1 is forgotten; the rows stay as they are shown.").arg(name));
}

void TablePage::fillViewMenu(QMenu* menu)
{
    menu->clear();
    const QStringList names = m_views.keys();
    for (const QString& name : names) {
        QAction* action = menu->addAction(inMenu(name), this, [this, name] { showView(name); });
        action->setCheckable(true);
        action->setChecked(name == m_viewName);
    }
    QAction* plain = menu->addAction(tr("All rows and columns"), this, &TablePage::showPlain);
    plain->setObjectName(u"view.plain"_s);
    menu->addSeparator();
    menu->addAction(tr("Keep this view…") + u"\tCtrl+Shift+V"_s, this, [this] { askForViewName({}); })
        ->setObjectName(u"view.keep"_s);
    if (!m_views.contains(m_viewName))
        return;
    const QString name = m_viewName;
    QAction* update = menu->addAction(tr("Keep the changes of %1").arg(inMenu(name)), this,
                                      [this, name] { keepView(name); });
    update->setObjectName(u"view.update"_s);
    update->setEnabled(m_views[name].toObject() != viewNow());
    menu->addAction(tr("Rename %1…").arg(inMenu(name)), this, [this, name] { askForViewName(name); })
        ->setObjectName(u"view.rename"_s);
    menu->addAction(tr("Forget %1").arg(inMenu(name)), this, [this, name] { forgetView(name); })
        ->setObjectName(u"view.forget"_s);
}

QList<kit::Command> TablePage::columnCommands()
{
    const auto cell = [this] { return m_grid->currentIndex().isValid(); };
    const auto column = [this] { return m_grid->currentIndex().column(); };
    const auto sort = [this](bool add) {
        return [this, add] { sortBy(m_grid->currentIndex().column(), add); };
    };
    QList<kit::Command> commands{
        {u"grid.columns"_s,
         tr("Choose columns"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
         {},
         [this] { chooseColumns(); }},
        {u"grid.hideColumn"_s, tr("Hide this column"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_H), cell,
         [this, column] { m_grid->hideColumn(column()); }},
        {u"grid.freezeColumn"_s, tr("Freeze or unfreeze this column"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K), cell,
         [this, column] { m_grid->freezeColumn(column(), !m_grid->header()->isFrozen(column())); }},
        {u"grid.sort"_s, tr("Sort by this column: up, down, not"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), cell, sort(false)},
        {u"grid.addSort"_s, tr("Add this column to the sort"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_S), cell, sort(true)},
        {u"grid.keepView"_s,
         tr("Keep this view"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V),
         {},
         [this] { askForViewName({}); }},
        {u"grid.plainView"_s, tr("Show all rows and columns"), {}, {}, [this] { showPlain(); }},
    };
    const QStringList names = m_views.keys();
    for (const QString& name : names)
        commands += {u"grid.view."_s + name, tr("Show the view %1").arg(name), {}, {}, [this, name] {
                         showView(name);
                     }};
    return commands;
}

}  // namespace dewpoint::grid
