// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/inspector_link.h"

#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "inspect/record_model.h"
#include "rows/element_column.h"
#include "rows/input_check.h"
#include "shell/pages.h"
#include "theme/measures.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QShortcut>

#include <utility>

namespace dewpoint::shell {

namespace {

QString placeText(const grid::TablePage& page, const rows::RowRef& row)
{
    const QString name =
        row.newId ? QString::number(row.newId) : QString::fromLatin1(rows::encoded(row.key).toHex());
    return QStringLiteral("%1/%2").arg(QString::number(reinterpret_cast<quintptr>(&page)), name);
}

}  // namespace

InspectorLink::InspectorLink(inspect::Inspector& inspector, Source source)
    : m_inspector(inspector)
    , m_source(std::move(source))
    , m_past(inspector, m_source.session, m_source.history)
{
    m_pointingDue.setSingleShot(true);
    m_pointingDue.setInterval(theme::time::searchDelay);
    connect(&m_pointingDue, &QTimer::timeout, this, &InspectorLink::tellReferrers);
    connect(&m_past, &PastLink::statusText, this, &InspectorLink::statusText);
    connect(&m_past, &PastLink::commitRequested, this, &InspectorLink::commitRequested);
    connect(&m_inspector, &inspect::Inspector::referrerRequested, this, [this](int referrer) {
        if (referrer >= 0 && referrer < m_pointing.size())
            Q_EMIT linkRequested(m_pointing[referrer]);
    });
    connect(&m_inspector, &inspect::Inspector::linkRequested, this, &InspectorLink::linkRequested);
    connect(&m_inspector, &inspect::Inspector::textStaged, this, &InspectorLink::stage);
    connect(&m_inspector, &inspect::Inspector::undoAsked, this, &InspectorLink::undo);
    connect(&m_inspector, &inspect::Inspector::wholeRequested, this, &InspectorLink::read);
    // The page's own keys end where the page ends; this one is wanted where a value was just edited.
    auto* commit = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), &m_inspector);
    commit->setContext(Qt::WidgetWithChildrenShortcut);
    connect(commit, &QShortcut::activated, this, &InspectorLink::commit);
    wireCells();
    m_inspector.setRelatedSource(
        {.links =
             [this](const rows::Relation& relation, const QString& column, const rows::ValueOf& valueOf) {
                 return rows::linksOf(relation, column, valueOf, m_source.database, m_source.notes);
             },
         .read =
             [this](const rows::Link& link, qint64 limit, const inspect::RelatedSource::Answer& done) {
                 return m_source.session.run(
                     runtime::Session::Lane::Read, this,
                     [link, limit](drivers::Connection& connection, const runtime::StopToken&) {
                         return rows::readLinked(connection, link, limit);
                     },
                     done);
             },
         .pointing =
             [this](const rows::Relation& relation, const rows::ValueOf& valueOf) {
                 return rows::pointingAt(relation, valueOf, m_source.database, m_source.notes);
             },
         .isPointedAt =
             [this](const rows::Relation& relation) {
                 return rows::isPointedAt(relation, m_source.database, m_source.notes);
             },
         .count = [this](const QList<rows::Link>& links,
                         const inspect::RelatedSource::Counts& done) { return count(links, done); }});
}

/// What is wanted of one cell of the row.
void InspectorLink::wireCells()
{
    connect(&m_inspector, &inspect::Inspector::editRequested, this, [this](int column) {
        grid::TablePage* table = this->table();
        if (!table || column < 0)
            return;
        const rows::RelationColumn& edited = table->relation().columns[column];
        const bool isArray = rows::elementColumn(edited, table->relation().engine).has_value();
        if ((rows::isJson(edited) && m_inspector.showsJson()) || (isArray && m_inspector.showsArray()))
            m_inspector.focusDocument();
        else
            table->editColumn(column);
    });
    connect(&m_inspector, &inspect::Inspector::loadRequested, this, [this](int column, const QString& path) {
        if (grid::TablePage* table = this->table())
            table->loadCell(column, path);
    });
    connect(&m_inspector, &inspect::Inspector::saveRequested, this, [this](int column, const QString& path) {
        if (cells::GridView* grid = gridOf(m_source.page()))
            grid->saveCell(column, path);
    });
    connect(&m_inspector, &inspect::Inspector::copyRequested, this, [this](int column) {
        if (cells::GridView* grid = gridOf(m_source.page()))
            grid->copyCell(column);
    });
}

grid::TablePage* InspectorLink::table() const
{
    return qobject_cast<grid::TablePage*>(m_source.page());
}

/// The row under the cursor, by what it is and not by where it stands.
InspectorLink::Inspected InspectorLink::inspectedNow() const
{
    grid::TablePage* page = table();
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

void InspectorLink::follow()
{
    // What is edited belongs to the row that was shown: it is staged there before another one comes.
    const Inspected now = inspectedNow();
    if (now.page != m_inspected.page || now.row != m_inspected.row)
        m_inspector.finishEditing();
    m_inspected = now;
    m_past.follow(now.page, now.row);
    auto record = recordOf(m_source.page());
    if (record && now.page) {
        record->place = placeText(*now.page, now.row);
        for (inspect::Field& field : record->fields) {
            if (!field.element)
                continue;
            rows::lookBelow(*field.element, m_source.database);
            field.element->choices = rows::labelsOfType(m_source.database, field.element->type);
        }
    }
    m_inspector.setVisible(record && m_wanted);
    const QList<inspect::Record> several =
        m_wanted ? selectedRecords(m_source.page()) : QList<inspect::Record>();
    if (several.isEmpty())
        m_inspector.setRecord(record.value_or(inspect::Record{}));
    else
        m_inspector.setRecords(several);
    m_pointingDue.start();
}

/// As if it had been typed into the cell.
void InspectorLink::stage(int field, const QByteArray& text)
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

/// What the tab's own keys do, which hold inside of it only.
void InspectorLink::undo(bool redo)
{
    grid::TablePage* page = m_inspected.page;
    if (!page)
        return;
    if (redo)
        page->model().redo();
    else
        page->model().undo();
}

void InspectorLink::read(int field)
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
        m_inspector.setWhole(place, name, values->first());
    });
}

void InspectorLink::showReferrers(const QList<qint64>& counts)
{
    QList<inspect::Referrer> shown;
    for (qsizetype i = 0; i < m_pointing.size(); ++i)
        shown += {.title = m_pointing[i].title,
                  .count = counts.isEmpty() ? QString() : inspect::countText(counts.value(i, -1)),
                  .link = m_pointing[i]};
    m_inspector.setReferrers(shown);
}

/// Soon after the cursor came to rest: counting is spare work, and stands behind everything else.
void InspectorLink::tellReferrers()
{
    m_pointingJob.cancel();
    m_pointing.clear();
    const grid::TablePage* page = table();
    const int row = page ? page->grid()->currentIndex().row() : -1;
    if (row >= 0 && m_wanted) {
        const rows::Relation& relation = page->relation();
        const auto valueOf = [&](const QString& column) {
            return page->model().valueAt(page->model().index(row, relation.indexOf(column)));
        };
        m_pointing = rows::pointingAt(relation, valueOf, m_source.database, m_source.notes);
    }
    showReferrers({});
    if (!m_pointing.isEmpty())
        countReferrers(0);
}

runtime::Job InspectorLink::count(const QList<rows::Link>& links, const inspect::RelatedSource::Counts& done)
{
    return m_source.session.run(
        runtime::Session::Lane::Spare, this,
        [links](drivers::Connection& connection, const runtime::StopToken&) {
            return rows::countLinked(connection, links);
        },
        done);
}

void InspectorLink::countReferrers(int tries)
{
    constexpr int mostTries = 5;
    m_pointingJob = count(m_pointing, [this, tries](const Result<QList<qint64>>& counts) {
        if (!counts && counts.error().kind == ErrorKind::Cancelled && tries < mostTries)
            return countReferrers(tries + 1);  // a page came first
        showReferrers(counts.value_or(QList<qint64>(m_pointing.size(), -1)));
    });
}

void InspectorLink::leave(const grid::TablePage& page)
{
    if (m_inspected.page == &page)
        m_inspector.finishEditing();
}

void InspectorLink::commit()
{
    m_inspector.finishEditing();
    if (grid::TablePage* page = table())
        page->commit();
}

void InspectorLink::toggle()
{
    m_wanted = !m_wanted;
    follow();
}

void InspectorLink::showInspector()
{
    m_wanted = true;
    follow();
    m_inspector.focusRow();
}

QList<kit::Command> InspectorLink::commands()
{
    return {{QStringLiteral("database.inspector"),
             tr("Inspector"),
             QKeySequence(Qt::CTRL | Qt::Key_I),
             {},
             [this] { toggle(); },
             [this] { return m_wanted; }},
            {QStringLiteral("database.record"),
             tr("Row as a form, selected rows beside each other (transposed)"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_I),
             [this] { return recordOf(m_source.page()).has_value(); }, [this] { showInspector(); }},
            {QStringLiteral("database.value"), tr("Whole value: text, JSON, array, image or bytes"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V),
             [this] { return recordOf(m_source.page()).has_value(); },
             [this] {
                 showInspector();
                 m_inspector.enlarge(true);
             }},
            {QStringLiteral("database.referrers"), tr("Rows that point to this one"),
             QKeySequence(Qt::SHIFT | Qt::Key_F12), [this] { return !m_pointing.isEmpty() && m_wanted; },
             [this] { m_inspector.focusReferrers(); }},
            {QStringLiteral("database.valueHistory"), tr("History of this value"),
             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J),
             [this] { return m_inspector.isVisible() && m_inspected.page; },
             [this] { m_inspector.togglePast(); }},
            {QStringLiteral("database.json"), tr("Edit the JSON or array in the inspector"),
             QKeySequence(Qt::CTRL | Qt::Key_J),
             [this] { return m_inspector.showsJson() || m_inspector.showsArray(); },
             [this] { m_inspector.focusDocument(); }}};
}

}  // namespace dewpoint::shell
