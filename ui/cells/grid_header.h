// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QHeaderView>

namespace dewpoint::cells {

/// The column header of a grid. A sort by several columns shows all of them, with their order.
class GridHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit GridHeader(QWidget* parent);

    struct Sort {
        int column = -1;
        bool descending = false;
    };
    void setSorts(const QList<Sort>& sorts);
    /// "▲", or "▲2" where it is the second of several; empty for a column that is not sorted.
    QString sortMark(int column) const { return m_marks.value(column); }

    /// So many columns, counted as they stand, stay at the left while the others scroll under them.
    void setFrozen(int sections);
    int frozen() const { return m_frozen; }
    bool isFrozen(int column) const { return visualIndex(column) < m_frozen; }
    int frozenWidth() const;     ///< 0 where they would leave too little room for the others
    int left(int column) const;  ///< where it is drawn in the viewport
    int columnAt(int x) const;   ///< the same the other way round; -1 none
    /// Said behind a column's name: that its cells are not shown as they are stored.
    void setNotes(const QHash<int, QString>& notes);

Q_SIGNALS:
    void frozenChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const override;
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    QSize sectionSizeFromContents(int logicalIndex) const override;

private:
    QPoint shifted(const QPoint& at, bool frozen) const;
    template <class Handler>
    void pass(QMouseEvent* event, bool frozen, Handler handler);

    QHash<int, QString> m_marks;
    QHash<int, QString> m_notes;
    int m_frozen = 0;
    bool m_pressedFrozen = false;  ///< a drag goes on in the coordinates in which it began
};

}  // namespace dewpoint::cells
