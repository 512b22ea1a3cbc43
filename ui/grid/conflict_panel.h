// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QTableWidget;

namespace dewpoint::grid {

/// Rows that changed under the user's edits: the value that was read, theirs and mine side by side, and
/// a choice for each cell that nobody makes but the user. Columns that only one side changed lie behind one
/// line of their row.
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

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Line {
        int conflict = 0;
        QString column;
        QStringList folded;  ///< the columns behind this line, which has no choice
    };
    void build();
    void addConflict(int index);
    void addLine(const Line& line, const QStringList& texts);
    void insertLine(int row, const Line& line, const QStringList& texts);
    void addColumn(int row, int conflict, const QString& column);
    void unfold(int row);
    void fitHeight();
    void considerChoices();

    QList<rows::Conflict> m_conflicts;
    QList<Line> m_lines;
    QLabel* m_title;
    QTableWidget* m_table;
    QPushButton* m_apply;
};

}  // namespace dewpoint::grid
