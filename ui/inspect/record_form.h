// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QSet>
#include <QTimer>
#include <QTreeView>

namespace dewpoint::inspect {

class RecordModel;

/// The form of a row, whose foreign keys unfold. What was unfolded of one row is unfolded of the next one
/// in its table as well, once the cursor rests.
class RecordForm final : public QTreeView
{
    Q_OBJECT
public:
    explicit RecordForm(RecordModel& model, QWidget* parent = nullptr);

    bool isOwn(const QModelIndex& index) const { return index.isValid() && !index.parent().isValid(); }
    int linesHeight(int most) const;  ///< of the lines that are to be seen, at most so many

Q_SIGNALS:
    void jumpAsked(const QModelIndex& index);  ///< to the row that the line stands for or points to
    void openAsked(const QModelIndex& index);  ///< Return or a double click
    void linesChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void reopen();
    void reopenBelow(const QModelIndex& parent);

    RecordModel& m_model;
    QSet<QString> m_open;  ///< paths of what a person unfolded
    QTimer m_rest;
};

}  // namespace dewpoint::inspect
