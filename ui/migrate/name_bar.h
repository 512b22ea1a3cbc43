// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace dewpoint::migrate {

/// Asks for a new migration's name in its place.
class NameBar final : public QWidget
{
    Q_OBJECT
public:
    explicit NameBar(QWidget* parent = nullptr);
    void begin();

Q_SIGNALS:
    void named(const QString& name);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void finish();

    QLineEdit* m_name;
    QPushButton* m_create;
    QLabel* m_problem;
};

}  // namespace dewpoint::migrate
