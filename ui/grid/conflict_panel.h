// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

#include <QFrame>

class QLabel;
class QTableWidget;

namespace dewpoint::grid {

/// Rows that changed under the user's edits: the value that was read, theirs and mine side by side, and
/// a choice for each cell.
class ConflictPanel final : public QFrame
{
    Q_OBJECT
public:
    enum class Choice { Mine, Theirs };

    explicit ConflictPanel(QWidget* parent = nullptr);
    void show(const QList<rows::Conflict>& conflicts);
    int count() const { return static_cast<int>(m_conflicts.size()); }
    const QList<rows::Conflict>& conflicts() const { return m_conflicts; }
    /// The columns of a conflict (an index into conflicts()) for which theirs was chosen; a row that is
    /// deleted or gone has one choice, under an empty name.
    QStringList theirsIn(int conflict) const;
    void chooseAll(Choice choice);

Q_SIGNALS:
    void resolved();

private:
    struct Line {
        int conflict = 0;
        QString column;
    };
    void addConflict(int index);
    void addLine(const Line& line, const QStringList& texts);

    QList<rows::Conflict> m_conflicts;
    QList<Line> m_lines;
    QLabel* m_title;
    QTableWidget* m_table;
};

}  // namespace dewpoint::grid
