// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractSlider>
#include <QList>
#include <QString>

namespace dewpoint::migrate {

/// A line with a point for the empty database and one for each migration. The handle is the step that is
/// shown; a second one, the base, is what it is compared with.
class TimeSlider final : public QAbstractSlider
{
    Q_OBJECT
public:
    enum class Point { Empty, Applied, Pending, Broken };

    struct Step {
        Point point = Point::Empty;
        QString title;
        QString caption;  ///< the title where there is little room
        QString state;    ///< in words
        bool operator==(const Step&) const = default;
    };

    explicit TimeSlider(QWidget* parent = nullptr);

    /// Those behind `reached` are drawn and cannot be gone to.
    void setSteps(const QList<Step>& steps, int reached);
    void setBase(int base);
    int base() const { return m_base; }
    QPoint pointOf(int step) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void baseMoved(int base);  ///< by the user: Shift with the mouse or the arrows

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    qreal spacing() const;
    int stepAt(const QPoint& position) const;
    void goTo(int step, bool isBase);
    void drawTrack(QPainter& painter) const;
    void drawPoint(QPainter& painter, int step) const;
    void drawHandle(QPainter& painter, int step, bool isBase) const;
    void drawTitles(QPainter& painter) const;

    QList<Step> m_steps;
    int m_base = 0;
    bool m_movesBase = false;  ///< what the mouse has hold of
};

}  // namespace dewpoint::migrate
