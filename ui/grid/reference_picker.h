// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/reference.h"
#include "runtime/session.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListWidget;

namespace dewpoint::grid {

/// Finds the row that a foreign key is to point to, by its key or its label; the database searches.
class ReferencePicker final : public QFrame
{
    Q_OBJECT
public:
    ReferencePicker(runtime::Session& session, QWidget* parent);

    void open(const rows::Reference& reference, const QString& text, const QRect& cell);
    void leave();

Q_SIGNALS:
    void chosen(const std::vector<dewpoint::Value>& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void show(const Result<QList<rows::Label>>& found);
    void choose();
    bool inputKey(int key);

    runtime::Session& m_session;
    rows::Reference m_reference;
    QList<rows::Label> m_found;
    QTimer m_typing;
    runtime::Job m_job;
    QLineEdit* m_input;
    QListWidget* m_list;
    QLabel* m_note;
};

}  // namespace dewpoint::grid
