// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "query/run.h"

#include <QWidget>

class QListWidget;
class QStackedWidget;
class QTabWidget;

namespace dewpoint::query {

class ResultView;

/// What a run brought: a tab for every statement that gave rows, and one with a line for every
/// statement, failures included.
class ResultPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ResultPanel(runtime::Session& session, QWidget* parent = nullptr);

    void begin(int statements);  ///< forgets the last run
    void add(const std::shared_ptr<Outcome>& outcome);
    void finish(int statements);     ///< tells of those that were not run
    void note(const QString& text);  ///< a line of the messages without a statement
    ResultView* current() const;     ///< none while the messages are in front

Q_SIGNALS:
    void wholeResultWanted(const dewpoint::query::Request& request);
    void placeWanted(qsizetype editorPosition);
    void currentCellChanged();  ///< or another result is in front
    void said(const QString& text);
    void exportRequested();  ///< of the result in front

private:
    void addMessage(const Outcome& outcome);

    runtime::Session& m_session;
    QStackedWidget* m_stack;
    QTabWidget* m_tabs;
    QListWidget* m_messages;
    int m_answered = 0;
};

}  // namespace dewpoint::query
