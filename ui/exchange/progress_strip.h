// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/progress.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace dewpoint::exchange {

/// How far a transfer is, and its Cancel button. Hidden while nothing runs.
class ProgressStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressStrip(QWidget* parent = nullptr);

    void begin(const QString& title, std::shared_ptr<transfer::Progress> progress);
    void end();

Q_SIGNALS:
    void cancelled();

private:
    void draw();

    std::shared_ptr<transfer::Progress> m_progress;
    QTimer m_pulse;
    QString m_title;
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

}  // namespace dewpoint::exchange
