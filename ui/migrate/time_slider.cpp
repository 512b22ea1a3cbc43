// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/time_slider.h"

#include "theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

constexpr int dot = theme::space::s;              ///< a point's width
constexpr int handle = theme::space::l;           ///< the handle's
constexpr int margin = theme::space::xxl;         ///< room for the handle and the captions at both ends
constexpr int line = theme::space::l;             ///< where the track is, from above
constexpr int titleRoom = theme::space::xxl * 2;  ///< the least for which titles are drawn
constexpr qreal pointRoom = dot + theme::space::hair * 2.0;  ///< the least for which points are

theme::Role roleOf(TimeSlider::Point point)
{
    switch (point) {
    case TimeSlider::Point::Empty: return theme::Role::TextMuted;
    case TimeSlider::Point::Applied: return theme::Role::Added;
    case TimeSlider::Point::Pending: return theme::Role::Accent;
    case TimeSlider::Point::Broken: return theme::Role::Danger;
    }
    std::unreachable();
}

}  // namespace

TimeSlider::TimeSlider(QWidget* parent) : QAbstractSlider(parent)
{
    setObjectName(u"timeSlider"_s);
    setAccessibleName(tr("Step in the history"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setPageStep(theme::space::m);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, [this] { update(); });
}

QSize TimeSlider::sizeHint() const
{
    return {theme::space::pageLeast, line * 2 + QFontMetrics(theme::smallFont()).height()};
}

QSize TimeSlider::minimumSizeHint() const
{
    return {theme::space::xxl * 4, sizeHint().height()};
}

void TimeSlider::setSteps(const QList<Step>& steps, int reached)
{
    m_steps = steps;
    setPageStep(std::max(2, static_cast<int>(steps.size()) / 10));
    setRange(0, std::max(0, reached));
    update();
}

void TimeSlider::setBase(int base)
{
    m_base = base;
    update();
}

qreal TimeSlider::spacing() const
{
    const auto gaps = std::max<qsizetype>(1, m_steps.size() - 1);
    return (width() - 2.0 * margin) / static_cast<qreal>(gaps);
}

QPoint TimeSlider::pointOf(int step) const
{
    return {margin + qRound(step * spacing()), line};
}

int TimeSlider::stepAt(const QPoint& position) const
{
    return std::clamp(qRound((position.x() - margin) / spacing()), 0, maximum());
}

void TimeSlider::goTo(int step, bool isBase)
{
    if (!isBase)
        return setValue(step);
    const int wanted = std::clamp(step, 0, maximum());
    if (wanted != m_base)
        Q_EMIT baseMoved(wanted);
}

bool TimeSlider::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_steps.isEmpty())
        return QAbstractSlider::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int step =
        std::clamp(qRound((help->pos().x() - margin) / spacing()), 0, static_cast<int>(m_steps.size()) - 1);
    const Step& shown = m_steps.at(step);
    QToolTip::showText(help->globalPos(),
                       shown.state.isEmpty() ? shown.title : shown.title + u" · "_s + shown.state, this);
    return true;
}

void TimeSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    const QPoint position = event->position().toPoint();
    m_movesBase = event->modifiers().testFlag(Qt::ShiftModifier);
    setSliderDown(!m_movesBase);
    goTo(stepAt(position), m_movesBase);
}

void TimeSlider::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        goTo(stepAt(event->position().toPoint()), m_movesBase);
}

void TimeSlider::mouseReleaseEvent(QMouseEvent*)
{
    m_movesBase = false;
    setSliderDown(false);
}

void TimeSlider::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() != Qt::ShiftModifier)
        return QAbstractSlider::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left: return goTo(m_base - 1, true);
    case Qt::Key_Right: return goTo(m_base + 1, true);
    case Qt::Key_Home: return goTo(0, true);
    case Qt::Key_End: return goTo(maximum(), true);
    default: QAbstractSlider::keyPressEvent(event);
    }
}

void TimeSlider::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawTrack(painter);
    if (spacing() >= pointRoom) {
        for (int step = 0; step < m_steps.size(); ++step)
            drawPoint(painter, step);
    } else {
        for (int step = 0; step < m_steps.size(); ++step) {
            if (m_steps.at(step).point == Point::Broken)
                drawPoint(painter, step);
        }
    }
    if (m_base != value())
        drawHandle(painter, m_base, true);
    drawHandle(painter, value(), false);
    if (spacing() >= titleRoom)
        drawTitles(painter);
}

/// Where there is no room for points, the line is thick as far as it is applied; what lies between the base
/// and the step stands out.
void TimeSlider::drawTrack(QPainter& painter) const
{
    const auto stretch = [&](int from, int to, theme::Role role, int thick) {
        painter.setPen(QPen(theme::color(role), thick, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(pointOf(from), pointOf(to));
    };
    const int last = std::max(0, static_cast<int>(m_steps.size()) - 1);
    stretch(0, last, theme::Role::Border, theme::space::hair * 2);
    if (spacing() < pointRoom) {
        for (int step = 1; step <= last; ++step) {
            if (m_steps.at(step).point == Point::Applied)
                stretch(step - 1, step, theme::Role::Added, theme::space::xs);
        }
    }
    stretch(std::min(m_base, value()), std::max(m_base, value()), theme::Role::Accent, theme::space::xs);
}

/// Filled is applied, a ring is pending, a square the empty database, a cross what cannot be replayed.
void TimeSlider::drawPoint(QPainter& painter, int step) const
{
    const Step& shown = m_steps.at(step);
    const bool isReached = step <= maximum();
    const QColor colour = theme::color(isReached || shown.point == Point::Broken ? roleOf(shown.point)
                                                                                 : theme::Role::BorderStrong);
    const qreal radius = dot / 2.0;
    const QPointF centre = pointOf(step);
    painter.setPen(QPen(colour, theme::space::hair * 2));
    painter.setBrush(theme::color(theme::Role::Surface));
    switch (shown.point) {
    case Point::Applied:
        painter.setBrush(colour);
        painter.drawEllipse(centre, radius, radius);
        break;
    case Point::Pending: painter.drawEllipse(centre, radius, radius); break;
    case Point::Empty: painter.drawRect(QRectF(centre.x() - radius, centre.y() - radius, dot, dot)); break;
    case Point::Broken:
        painter.drawLine(centre - QPointF(radius, radius), centre + QPointF(radius, radius));
        painter.drawLine(centre - QPointF(radius, -radius), centre + QPointF(radius, -radius));
        break;
    }
}

/// The base is a bracket that opens towards the step.
void TimeSlider::drawHandle(QPainter& painter, int step, bool isBase) const
{
    const QPointF centre = pointOf(step);
    const qreal radius = handle / 2.0;
    if (isBase) {
        const qreal arm = (step < value() ? 1 : -1) * static_cast<qreal>(theme::space::xs);
        painter.setPen(QPen(theme::color(theme::Role::Accent), theme::space::hair * 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QList<QPointF>{{centre.x() + arm, centre.y() - radius},
                                            {centre.x() - arm, centre.y() - radius},
                                            {centre.x() - arm, centre.y() + radius},
                                            {centre.x() + arm, centre.y() + radius}});
        return;
    }
    painter.setPen(QPen(theme::color(theme::Role::Accent), theme::space::hair * 2));
    painter.setBrush(theme::color(hasFocus() ? theme::Role::Accent : theme::Role::AccentSoft));
    painter.drawEllipse(centre, radius, radius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, radius + theme::space::hair * 3, radius + theme::space::hair * 3);
    }
}

void TimeSlider::drawTitles(QPainter& painter) const
{
    const QFont font = theme::smallFont();
    const QFontMetrics metrics(font);
    const int half = static_cast<int>(spacing()) / 2;
    painter.setFont(font);
    for (int step = 0; step < m_steps.size(); ++step) {
        // At both ends there is only the margin on one side.
        const int left = std::max(0, pointOf(step).x() - half);
        const int right = std::min(width(), pointOf(step).x() + half);
        const QRect room(left, line + handle / 2 + theme::space::xs, right - left - theme::space::s,
                         metrics.height());
        const auto side = left == 0 ? Qt::AlignLeft : right == width() ? Qt::AlignRight : Qt::AlignHCenter;
        painter.setPen(theme::color(step == value()     ? theme::Role::Text
                                    : step <= maximum() ? theme::Role::TextMuted
                                                        : theme::Role::TextFaint));
        painter.drawText(room, side | Qt::AlignTop,
                         metrics.elidedText(m_steps.at(step).caption, Qt::ElideRight, room.width()));
    }
}

}  // namespace dewpoint::migrate
