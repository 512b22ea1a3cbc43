// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "migrate/live_output.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace dewpoint::migrate {

/// What a project's own program says while it runs, and afterwards until it is closed. Hidden until
/// something runs.
class OutputPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit OutputPanel(QWidget* parent = nullptr);

    void begin(const QString& command, std::shared_ptr<LiveOutput> output);
    void end();
    bool isRunning() const { return m_output != nullptr; }

Q_SIGNALS:
    void stopRequested();

private:
    void pull();

    std::shared_ptr<LiveOutput> m_output;  ///< while it runs
    QTimer m_pulse;
    QLabel* m_command;
    QToolButton* m_stop;
    QToolButton* m_close;
    QPlainTextEdit* m_text;
};

}  // namespace dewpoint::migrate
