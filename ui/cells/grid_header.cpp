// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"

#include "theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

int markWidth(const QString& mark)
{
    return QFontMetrics(theme::smallFont()).horizontalAdvance(mark) + 2 * theme::space::xs;
}

}  // namespace

GridHeader::GridHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(u"columnHeader"_s);
    setSectionsClickable(true);
    setHighlightSections(true);
    setSectionsMovable(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void GridHeader::setSorts(const QList<Sort>& sorts)
{
    m_marks.clear();
    for (int i = 0; i < sorts.size(); ++i) {
        const QString arrow = sorts[i].descending ? u"▼"_s : u"▲"_s;
        m_marks.insert(sorts[i].column, sorts.size() > 1 ? arrow + QString::number(i + 1) : arrow);
    }
    viewport()->update();
}

void GridHeader::setFrozen(int sections)
{
    sections = std::clamp(sections, 0, std::max(0, count() - 1));
    if (sections == m_frozen)
        return;
    m_frozen = sections;
    viewport()->update();
    Q_EMIT frozenChanged();
}

int GridHeader::frozenWidth() const
{
    int width = 0;
    for (int visual = 0; visual < std::min(m_frozen, count()); ++visual)
        width += sectionSize(logicalIndex(visual));
    return 3 * width > 2 * viewport()->width() ? 0 : width;
}

int GridHeader::left(int column) const
{
    return sectionViewportPosition(column) + (isFrozen(column) && frozenWidth() > 0 ? offset() : 0);
}

int GridHeader::columnAt(int x) const
{
    return logicalIndexAt(x >= 0 && x < frozenWidth() ? x - offset() : x);
}

void GridHeader::setNotes(const QHash<int, QString>& notes)
{
    m_notes = notes;
    viewport()->update();
}

/// The place a frozen section would have without being frozen, where the base class looks for it.
QPoint GridHeader::shifted(const QPoint& at, bool frozen) const
{
    return frozen ? at - QPoint(offset(), 0) : at;
}

template <class Handler>
void GridHeader::pass(QMouseEvent* event, bool frozen, Handler handler)
{
    const QPointF at = shifted(event->position().toPoint(), frozen);
    QMouseEvent moved(event->type(), at, event->globalPosition(), event->button(), event->buttons(),
                      event->modifiers());
    handler(&moved);
    event->setAccepted(moved.isAccepted());
}

void GridHeader::mousePressEvent(QMouseEvent* event)
{
    m_pressedFrozen = event->position().x() < frozenWidth();
    pass(event, m_pressedFrozen, [this](QMouseEvent* moved) { QHeaderView::mousePressEvent(moved); });
}

void GridHeader::mouseMoveEvent(QMouseEvent* event)
{
    const bool frozen =
        event->buttons() == Qt::NoButton ? event->position().x() < frozenWidth() : m_pressedFrozen;
    pass(event, frozen, [this](QMouseEvent* moved) { QHeaderView::mouseMoveEvent(moved); });
}

void GridHeader::mouseReleaseEvent(QMouseEvent* event)
{
    pass(event, m_pressedFrozen, [this](QMouseEvent* moved) { QHeaderView::mouseReleaseEvent(moved); });
}

void GridHeader::mouseDoubleClickEvent(QMouseEvent* event)
{
    pass(event, event->position().x() < frozenWidth(),
         [this](QMouseEvent* moved) { QHeaderView::mouseDoubleClickEvent(moved); });
}

bool GridHeader::viewportEvent(QEvent* event)
{
    auto* help = event->type() == QEvent::ToolTip ? static_cast<QHelpEvent*>(event) : nullptr;
    if (!help || help->pos().x() >= frozenWidth())
        return QHeaderView::viewportEvent(event);
    QHelpEvent moved(QEvent::ToolTip, shifted(help->pos(), true), help->globalPos());
    return QHeaderView::viewportEvent(&moved);
}

void GridHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const
{
    QHeaderView::initStyleOptionForIndex(option, logicalIndex);
    if (const QString note = m_notes.value(logicalIndex); !note.isEmpty())
        option->text += u" · "_s + note;
    const QString mark = sortMark(logicalIndex);
    if (mark.isEmpty())
        return;
    // The name ends before the mark, also where it stands at the right.
    const int taken = markWidth(mark);
    const int room = sectionSize(logicalIndex) - taken - 2 * theme::space::s;
    option->text = option->fontMetrics.elidedText(option->text, Qt::ElideRight, std::max(0, room));
    if (option->textAlignment & Qt::AlignRight)
        option->text +=
            QString(taken / std::max(1, option->fontMetrics.horizontalAdvance(QChar::Nbsp)) + 1, QChar::Nbsp);
}

void GridHeader::paintEvent(QPaintEvent* event)
{
    QHeaderView::paintEvent(event);
    const int width = frozenWidth();
    if (width == 0)
        return;
    QPainter painter(viewport());
    for (int visual = 0; visual < m_frozen && offset() > 0; ++visual) {
        const int column = logicalIndex(visual);
        if (!isSectionHidden(column))
            paintSection(&painter, QRect(left(column), 0, sectionSize(column), height()), column);
    }
    painter.fillRect(width - theme::space::hair, 0, theme::space::hair, height(),
                     theme::color(theme::Role::BorderStrong));
}

void GridHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    painter->save();
    QHeaderView::paintSection(painter, rect, logicalIndex);
    painter->restore();
    const QString mark = sortMark(logicalIndex);
    if (mark.isEmpty())
        return;
    painter->save();
    painter->setFont(theme::smallFont());
    const int width = markWidth(mark);
    const QRect place(rect.right() - width, rect.top(), width, rect.height() - theme::space::hair);
    painter->fillRect(place, theme::color(theme::Role::SurfaceAlternate));  // over the end of a long name
    painter->setPen(theme::color(theme::Role::Accent));
    painter->drawText(place, Qt::AlignCenter, mark);
    painter->restore();
}

QSize GridHeader::sectionSizeFromContents(int logicalIndex) const
{
    QSize size = QHeaderView::sectionSizeFromContents(logicalIndex);
    size.rwidth() += theme::space::l;  // room for the mark
    if (const QString note = m_notes.value(logicalIndex); !note.isEmpty())
        size.rwidth() += fontMetrics().horizontalAdvance(u" · "_s + note);
    return size;
}

}  // namespace dewpoint::cells
