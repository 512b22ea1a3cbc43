// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/diagram_view.h"

#include "diagram/diagram_scene.h"
#include "kit/announce.h"
#include "theme/theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

constexpr qreal nearest = 4;
constexpr qreal farthest = 0.01;
constexpr qreal step = 1.25;
constexpr qreal legible = 0.8;  ///< a card that was searched for is shown at least this large

bool isArrow(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

}  // namespace

DiagramView::DiagramView(DiagramScene* scene, QWidget* parent) : QGraphicsView(scene, parent), m_scene(scene)
{
    setObjectName(u"diagramView"_s);
    setAccessibleName(tr("Diagram of the tables"));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // dragging pans, and the room around is endless
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    setResizeAnchor(QGraphicsView::AnchorViewCenter);
    setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
    setOptimizationFlag(QGraphicsView::DontAdjustForAntialiasing);
    connect(m_scene, &DiagramScene::selectionMoved, this, [this](int index) {
        const QString text = index < 0 ? QString() : m_scene->spoken(index);
        setAccessibleDescription(text);
        if (index >= 0)
            kit::announce(this, text);
    });
}

qreal DiagramView::zoom() const
{
    return transform().m11();
}

void DiagramView::zoomTo(qreal zoom)
{
    m_fits = false;
    const qreal wanted = std::clamp(zoom, farthest, nearest);
    setTransform(QTransform::fromScale(wanted, wanted));
    Q_EMIT zoomChanged(wanted);
}

void DiagramView::zoomBy(qreal factor)
{
    zoomTo(zoom() * factor);
}

void DiagramView::fit()
{
    QRectF drawn = m_whole;
    for (int i = 0; i < m_scene->cardCount() && m_whole.isEmpty(); ++i)
        drawn |= m_scene->cardRect(i);
    if (drawn.isEmpty())
        return;
    const qreal margin = theme::space::xxl;
    drawn.adjust(-margin, -margin, margin, margin);
    const QSizeF room = viewport()->size();
    zoomTo(std::min({1.0, room.width() / drawn.width(), room.height() / drawn.height()}));
    centerOn(drawn.center());
    m_fits = true;
}

void DiagramView::showCard(int index)
{
    if (zoom() < legible)
        zoomTo(legible);
    m_fits = false;
    centerOn(m_scene->cardRect(index).center());
}

void DiagramView::ensureSeen(int index)
{
    const int margin = theme::space::xxl;
    m_fits = false;
    ensureVisible(m_scene->cardRect(index), margin, margin);
}

bool DiagramView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), m_scene->toolTipAt(mapToScene(help->pos())), viewport());
        return true;
    }
    if (event->type() == QEvent::Leave)
        m_scene->hover(-1);
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1 + gesture->value());
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

void DiagramView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QGraphicsView::wheelEvent(event);
        m_fits = false;
        return;
    }
    zoomBy(std::pow(step, event->angleDelta().y() / static_cast<qreal>(QWheelEvent::DefaultDeltasPerStep)));
    event->accept();
}

void DiagramView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressed = m_last = event->position().toPoint();
    m_panning = event->button() == Qt::MiddleButton;
    if (event->button() == Qt::LeftButton)
        m_scene->select(m_scene->cardAt(mapToScene(*m_pressed)));
}

void DiagramView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    if (!m_pressed) {
        const int over = m_scene->cardAt(mapToScene(position));
        viewport()->setCursor(over >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        m_scene->hover(over);
        return;
    }
    m_panning = m_panning || (position - *m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (m_panning)
        panTo(position);
}

void DiagramView::panTo(const QPoint& position)
{
    viewport()->setCursor(Qt::ClosedHandCursor);
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (position.x() - m_last.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() - (position.y() - m_last.y()));
    m_last = position;
    m_fits = false;
}

void DiagramView::mouseReleaseEvent(QMouseEvent*)
{
    m_pressed.reset();
    m_panning = false;
    viewport()->setCursor(Qt::ArrowCursor);
}

void DiagramView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int index = m_scene->cardAt(mapToScene(event->position().toPoint()));
    if (event->button() == Qt::LeftButton && index >= 0)
        Q_EMIT activated(index);
}

bool DiagramView::walk(int key)
{
    if (isArrow(key)) {
        const int next = m_scene->neighbour(m_scene->selected(), static_cast<Qt::Key>(key));
        if (next >= 0) {
            m_scene->select(next);
            ensureSeen(next);
        }
        return true;
    }
    if (key == Qt::Key_Escape && m_scene->selected() >= 0) {
        m_scene->select(-1);
        return true;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_scene->selected() >= 0) {
        Q_EMIT activated(m_scene->selected());
        return true;
    }
    return false;
}

bool DiagramView::zoomByKey(int key)
{
    setTransformationAnchor(QGraphicsView::AnchorViewCenter);
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(step); break;
    case Qt::Key_Minus: zoomBy(1 / step); break;
    case Qt::Key_0: fit(); break;
    case Qt::Key_1: zoomTo(1); break;
    default: setTransformationAnchor(QGraphicsView::AnchorUnderMouse); return false;
    }
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    return true;
}

void DiagramView::keyPressEvent(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    if (modifiers != Qt::NoModifier || (!walk(event->key()) && !zoomByKey(event->key())))
        QGraphicsView::keyPressEvent(event);
}

void DiagramView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (m_fits)
        fit();
}

/// A frame shows where the keys go.
void DiagramView::drawForeground(QPainter* painter, const QRectF&)
{
    if (!hasFocus())
        return;
    painter->save();
    painter->resetTransform();
    painter->setPen(theme::color(theme::Role::Accent));
    painter->drawRect(viewport()->rect().adjusted(0, 0, -theme::space::hair, -theme::space::hair));
    painter->restore();
}

}  // namespace dewpoint::diagram
