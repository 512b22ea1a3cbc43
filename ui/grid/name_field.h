// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QLineEdit;

namespace dewpoint::grid {

/// Asks for a name in its place. Return takes it, Esc and a click elsewhere leave it.
class NameField final : public QFrame
{
    Q_OBJECT
public:
    explicit NameField(QWidget* parent);
    /// `problem` says what is wrong with a name, or nothing.
    void ask(const QString& title, const QString& name, const QPoint& at,
             std::function<QString(const QString&)> problem, std::function<void(const QString&)> then);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take();

    QLabel* m_title;
    QLineEdit* m_input;
    QLabel* m_problem;
    std::function<QString(const QString&)> m_check;
    std::function<void(const QString&)> m_then;
};

}  // namespace dewpoint::grid
