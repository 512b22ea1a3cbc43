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

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    QSize sectionSizeFromContents(int logicalIndex) const override;

private:
    QHash<int, QString> m_marks;
};

}  // namespace dewpoint::cells
