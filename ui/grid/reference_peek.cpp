// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/reference_peek.h"

#include "cells/grid_view.h"
#include "items/table_model.h"
#include "rows/related.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

constexpr int mostLines = 8;

/// The target as the database describes it, with all of its columns.
Result<RowBatch> readWhole(drivers::Connection& connection, const rows::Reference& reference,
                           const std::vector<Value>& key)
{
    const auto shape = connection.query(u"SELECT * FROM %1 LIMIT 0"_s.arg(reference.target.quotedName()), {});
    if (!shape)
        return fail(shape.error());
    rows::Link link{.title = reference.targetTitle,
                    .relation = rows::relationOf(*shape, connection.engine()),
                    .columns = reference.target.keyColumns,
                    .values = key};
    link.relation.schema = reference.target.schema;
    link.relation.name = reference.target.name;
    return rows::readLinked(connection, link, 1);
}

}  // namespace

ReferencePeek::ReferencePeek(runtime::Session& session, items::TableModel& model, cells::GridView& grid)
    : QFrame(&grid), m_session(session), m_model(model), m_grid(grid), m_title(new QLabel)
{
    setObjectName(u"referencePeek"_s);
    setProperty("role", u"card"_s);
    setAutoFillBackground(true);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_title->setObjectName(u"peekTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_title->setTextFormat(Qt::PlainText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    column->setSpacing(theme::space::xs);
    column->addWidget(m_title);
    m_lines = new QGridLayout;
    m_lines->setHorizontalSpacing(theme::space::m);
    m_lines->setVerticalSpacing(theme::space::xs);
    m_lines->setColumnStretch(1, 1);
    column->addLayout(m_lines);
    m_delay.setSingleShot(true);
    m_delay.setInterval(theme::time::peekDelay);
    connect(&m_delay, &QTimer::timeout, this, &ReferencePeek::read);
    grid.viewport()->setMouseTracking(true);
    grid.viewport()->installEventFilter(this);
    grid.installEventFilter(this);
    connect(grid.verticalScrollBar(), &QScrollBar::valueChanged, this, &ReferencePeek::leave);
    connect(grid.horizontalScrollBar(), &QScrollBar::valueChanged, this, &ReferencePeek::leave);
    connect(&model, &items::TableModel::modelReset, this, &ReferencePeek::leave);
    hide();
}

void ReferencePeek::hover(const QPoint& at)
{
    const QModelIndex cell = m_grid.indexAt(at);
    if (cell.isValid() && m_cell == cell)
        return;
    leave();
    if (!cell.isValid() || m_model.referencesAt(cell.column()).isEmpty())
        return;
    m_cell = cell;
    m_delay.start();
}

void ReferencePeek::read()
{
    // What is typed or chosen there comes first.
    const QWidget* focused = QApplication::focusWidget();
    const bool onGrid = focused == &m_grid || focused == m_grid.viewport();
    const bool typing = focused && !onGrid && m_grid.isAncestorOf(focused);
    if (typing || !m_cell.isValid() || m_model.rowState(m_cell.row()) == items::RowState::Loading)
        return;
    const QList<int> references = m_model.referencesAt(m_cell.column());
    m_reference = m_model.references()[references.first()];
    std::vector<Value> key;
    for (const QString& column : std::as_const(m_reference.columns)) {
        const auto value = m_model.valueAt(m_model.index(m_cell.row(), m_model.relation().indexOf(column)));
        if (!value || isNull(*value))
            return;  // a part of the key is NULL: it points nowhere
        key.push_back(*value);
    }
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [reference = m_reference, key](drivers::Connection& connection, const runtime::StopToken&) {
            return readWhole(connection, reference, key);
        },
        [this](const Result<RowBatch>& row) { show(row); });
}

void ReferencePeek::addLine(const QString& name, const Value& value, bool cut)
{
    auto* caption = new QLabel(name);
    caption->setProperty("role", u"muted"_s);
    auto* text = new QLabel;
    caption->setTextFormat(Qt::PlainText);
    text->setTextFormat(Qt::PlainText);
    constexpr qsizetype longest = 200;
    const QString whole = isNull(value) ? u"NULL"_s : displayText(value).left(longest).simplified();
    const int room = theme::space::pickerWidth - theme::space::xxl * 4;
    text->setText(text->fontMetrics().elidedText(cut ? whole + u'…' : whole, Qt::ElideRight, room));
    const int line = m_lines->count() / 2;
    m_lines->addWidget(caption, line, 0);
    m_lines->addWidget(text, line, 1);
}

void ReferencePeek::show(const Result<RowBatch>& row)
{
    if (!m_cell.isValid())
        return;
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_title->setText(m_reference.targetTitle);
    if (!row) {
        addLine(tr("Not read"), textValue(row.error().oneLine()), false);
    } else if (row->rowCount() == 0) {
        addLine(tr("No such row"), textValue({}), false);
    } else {
        for (int column = 0; column < std::min(row->columnCount(), mostLines); ++column)
            addLine(row->columns[column].name, row->at(0, column), row->truncated.contains(column));
        if (const int more = row->columnCount() - mostLines; more > 0)
            addLine(tr("%n more column(s)", nullptr, more), textValue({}), false);
    }
    place();
    raise();
    QFrame::show();
}

void ReferencePeek::place()
{
    const QSize size = QSize(theme::space::pickerWidth, sizeHint().height()).boundedTo(m_grid.size());
    const QRect cell = m_grid.visualRect(m_cell);
    QRect place(m_grid.viewport()->mapTo(&m_grid, cell.bottomLeft()) + QPoint(0, theme::space::xs), size);
    if (place.bottom() > m_grid.height())
        place.moveBottom(m_grid.viewport()->mapTo(&m_grid, cell.topLeft()).y() - theme::space::xs);
    place.moveTop(std::max(0, place.top()));
    place.moveLeft(std::clamp(place.left(), 0, std::max(0, m_grid.width() - place.width())));
    setGeometry(place);
}

void ReferencePeek::leave()
{
    m_delay.stop();
    m_job.cancel();
    m_cell = QPersistentModelIndex();
    hide();
}

bool ReferencePeek::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove: {
        const auto* moved = static_cast<QMouseEvent*>(event);
        if (watched == m_grid.viewport() && moved->buttons() == Qt::NoButton)
            hover(moved->position().toPoint());
        break;
    }
    case QEvent::KeyPress: {
        // Esc closes the card and nothing else; the cell that it was of has been looked at.
        const QPersistentModelIndex cell = m_cell;
        const bool shown = isVisible();
        leave();
        if (shown)
            m_cell = cell;
        if (shown && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
            return true;
        break;
    }
    case QEvent::Leave:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::FocusOut:
    case QEvent::Hide: leave(); break;
    default: break;
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace dewpoint::grid
