// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/import_rows.h"

#include <QTableWidget>

namespace dewpoint::exchange {

/// The rows that could not be written, to be mended where they stand. Delete leaves a row out. One that SQLite
/// would take, but as text, has a box: checked, it goes in as it is.
class BadRowsGrid final : public QTableWidget
{
    Q_OBJECT
public:
    explicit BadRowsGrid(QWidget* parent = nullptr);

    void show(const QList<transfer::BadRow>& rows, const QStringList& columns,
              const transfer::ImportPlan& plan);
    /// What was typed goes over the plan; rows that were taken away are left out of it.
    void applyTo(transfer::ImportPlan& plan) const;
    void leaveOutSelected();
    bool hasOdd() const;
    void finishEditing();  ///< what stands in an open editor is taken

Q_SIGNALS:
    void leftOutChanged(int rows);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    void addRow(int row, const transfer::BadRow& bad, const transfer::ImportPlan& plan);
    std::vector<transfer::Field> fieldsOf(int row) const;

    QList<transfer::BadRow> m_rows;
    QList<qint64> m_leftOut;
};

}  // namespace dewpoint::exchange
