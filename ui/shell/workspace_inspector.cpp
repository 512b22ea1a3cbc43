// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "rows/input_check.h"
#include "shell/pages.h"
#include "shell/workspace.h"
#include "theme/measures.h"

#include <QClipboard>
#include <QGuiApplication>

// The inspector: which row it shows, what is edited in it, and the other rows that it unfolds.
namespace dewpoint::shell {

namespace {

QString placeText(const grid::TablePage& page, const rows::RowRef& row)
{
    const QString name =
        row.newId ? QString::number(row.newId) : QString::fromLatin1(rows::encoded(row.key).toHex());
    return QStringLiteral("%1/%2").arg(QString::number(reinterpret_cast<quintptr>(&page)), name);
}

}  // namespace

void Workspace::wireInspector()
{
    m_pointingDue.setSingleShot(true);
    m_pointingDue.setInterval(theme::time::searchDelay);
    connect(&m_pointingDue, &QTimer::timeout, this, &Workspace::tellReferrers);
    connect(m_inspector, &inspect::Inspector::referrerRequested, this, &Workspace::openReferrer);
    connect(m_inspector, &inspect::Inspector::openReference, this, &Workspace::openReference);
    connect(m_inspector, &inspect::Inspector::editRequested, this, [this](int column) {
        auto* table = qobject_cast<grid::TablePage*>(currentPage());
        const bool json = table && column >= 0 && rows::isJson(table->relation().columns[column])
                          && m_inspector->showsJson();
        if (json)
            m_inspector->focusJson();
        else if (table)
            table->editColumn(column);
    });
    connect(m_inspector, &inspect::Inspector::loadRequested, this, [this](int column, const QString& path) {
        if (auto* table = qobject_cast<grid::TablePage*>(currentPage()))
            table->loadCell(column, path);
    });
    connect(m_inspector, &inspect::Inspector::saveRequested, this, [this](int column, const QString& path) {
        if (cells::GridView* grid = gridOf(currentPage()))
            grid->saveCell(column, path);
    });
    connect(m_inspector, &inspect::Inspector::copyRequested, this, [this](int column) {
        if (cells::GridView* grid = gridOf(currentPage()))
            grid->copyCell(column);
    });
    connect(m_inspector, &inspect::Inspector::textStaged, this, &Workspace::stageInspected);
    connect(m_inspector, &inspect::Inspector::wholeRequested, this, &Workspace::readInspected);
    connect(m_inspector, &inspect::Inspector::linkRequested, this, &Workspace::openLink);
    m_inspector->setRelatedSource(
        {.links =
             [this](const rows::Relation& relation, const QString& column, const rows::ValueOf& valueOf) {
                 return rows::linksOf(relation, column, valueOf, m_database, m_notes);
             },
         .read =
             [this](const rows::Link& link, qint64 limit, const inspect::RelatedSource::Answer& done) {
                 return m_session.run(
                     runtime::Session::Lane::Read, this,
                     [link, limit](drivers::Connection& connection, const runtime::StopToken&) {
                         return rows::readLinked(connection, link, limit);
                     },
                     done);
             }});
}

/// The row under the cursor, by what it is and not by where it stands.
Workspace::Inspected Workspace::inspectedNow() const
{
    auto* page = qobject_cast<grid::TablePage*>(currentPage());
    const int row = page ? page->grid()->currentIndex().row() : -1;
    if (row < 0)
        return {};
    const QList<int>& fresh = page->model().edits().newRowIds();
    if (row < fresh.size())
        return {.page = page, .row = {.key = {}, .newId = fresh[row]}};
    if (auto key = page->model().keyOf(row))
        return {.page = page, .row = {.key = *std::move(key)}};
    return {};
}

void Workspace::showRecord()
{
    // What is edited belongs to the row that was shown: it is staged there before another one comes.
    const Inspected now = inspectedNow();
    if (now.page != m_inspected.page || now.row != m_inspected.row)
        m_inspector->finishEditing();
    m_inspected = now;
    auto record = recordOf(currentPage());
    if (record && now.page)
        record->place = placeText(*now.page, now.row);
    m_inspector->setVisible(record && m_inspectorWanted);
    const QList<inspect::Record> several =
        m_inspectorWanted ? selectedRecords(currentPage()) : QList<inspect::Record>();
    if (several.isEmpty())
        m_inspector->setRecord(record.value_or(inspect::Record{}));
    else
        m_inspector->setRecords(several);
    m_pointingDue.start();
}

/// As if it had been typed into the cell.
void Workspace::stageInspected(int field, const QByteArray& text)
{
    grid::TablePage* page = m_inspected.page;
    const int row = page ? page->model().rowOf(m_inspected.row) : -1;
    const QModelIndex cell = row < 0 ? QModelIndex() : page->model().index(row, field);
    if (!cell.isValid() || !page->model().isSettable(cell)) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
        return Q_EMIT statusText(
            tr("The cell cannot be edited any more. What you typed is on the clipboard."));
    }
    if (page->model().isEditable(cell))
        page->model().setTexts({{cell, QString::fromUtf8(text)}});
    else
        page->model().setValue({cell},
                               rows::EditValue(Value(Text{text})));  // of its beginning only was loaded
}

void Workspace::readInspected(int field)
{
    grid::TablePage* page = m_inspected.page;
    const int row = page ? page->model().rowOf(m_inspected.row) : -1;
    if (row < 0)
        return;
    const QModelIndex cell = page->model().index(row, field);
    const QString place = placeText(*page, m_inspected.row);
    m_wholeJob = page->model().readWhole({cell}, [this, place, name = page->relation().columns[field].name](
                                                     const Result<QList<Value>>& values) {
        if (!values)
            return Q_EMIT statusText(values.error().oneLine());
        m_inspector->setWhole(place, name, values->first());
    });
}

/// The rows that a line of the inspector leads to, in their table.
void Workspace::openLink(const rows::Link& link)
{
    QList<rows::Filter> filters;
    for (qsizetype i = 0; i < link.columns.size(); ++i)
        filters += rows::Filter{.column = link.columns[i],
                                .value = displayText(link.values[static_cast<size_t>(i)])};
    if (auto* page = visitRelation(link.relation.schema, link.relation.name))
        page->filterBy(filters);
}

void Workspace::editInspectedJson()
{
    if (m_inspector->showsJson())
        m_inspector->focusJson();
}

}  // namespace dewpoint::shell
