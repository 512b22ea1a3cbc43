// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace dewpoint::connect {

/// Between choosing a database and seeing it: progress with Cancel, or what went wrong with the ways
/// on (another password, another try, back).
class ConnectingPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectingPage(QWidget* parent = nullptr);

    void showProgress(const QString& name);
    void showFailure(const QString& name, const Error& error);
    bool showsFailure() const { return m_failed; }

Q_SIGNALS:
    void cancelled();
    void retried();
    void passwordEntered(const QString& password);

private:
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_detail;
    QProgressBar* m_progress;
    QLineEdit* m_password;
    QPushButton* m_retry;
    QPushButton* m_cancel;
    bool m_failed = false;
};

}  // namespace dewpoint::connect
