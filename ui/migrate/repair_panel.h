// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace dewpoint::migrate {

class ScriptView;

/// Asks before a ledger is changed by hand, in its place above the list: what changes, and the exact SQL.
class RepairPanel final : public QFrame
{
    Q_OBJECT
public:
    explicit RepairPanel(Engine engine, QWidget* parent = nullptr);

    /// Escape and Cancel give it up; Cancel has the focus, so that a stray Return does no harm.
    void ask(const QString& title, const QString& detail, const QString& sql, const QString& acceptTitle,
             std::function<void()> accepted);
    void dismiss();
    bool isAsking() const { return static_cast<bool>(m_accepted); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void accept();
    void fitToText();

    std::function<void()> m_accepted;
    QLabel* m_title;
    QLabel* m_detail;
    ScriptView* m_sql;
    QPushButton* m_accept;
    QPushButton* m_cancel;
};

}  // namespace dewpoint::migrate
