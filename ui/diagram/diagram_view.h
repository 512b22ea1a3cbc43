// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QGraphicsView>

#include <optional>

namespace dewpoint::diagram {

class DiagramScene;

/// Moves over the drawing: wheel, pinch and keys zoom, dragging pans, arrows walk from table to table.
class DiagramView final : public QGraphicsView
{
    Q_OBJECT
public:
    explicit DiagramView(DiagramScene* scene, QWidget* parent = nullptr);

    qreal zoom() const;
    void zoomBy(qreal factor);
    void zoomTo(qreal zoom);
    /// Everything in the window, but never larger than life.
    void fit();
    /// What "everything" is where that is more than the cards that are drawn now; empty for these.
    void setWhole(const QRectF& whole) { m_whole = whole; }
    /// Brings a card to the middle, near enough to be read.
    void showCard(int index);

Q_SIGNALS:
    void zoomChanged(qreal zoom);
    void activated(int card);

protected:
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    bool walk(int key);
    bool zoomByKey(int key);
    void panTo(const QPoint& position);
    void ensureSeen(int index);

    DiagramScene* m_scene;
    QRectF m_whole;
    std::optional<QPoint> m_pressed;  ///< where the button went down, while it is down
    QPoint m_last;
    bool m_panning = false;
    bool m_fits = false;  ///< the whole drawing was asked for, so a new window size asks again
};

}  // namespace dewpoint::diagram
