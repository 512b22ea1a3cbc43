// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "runtime/own_session.h"
#include "testdata/fill_rows.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::exchange {

class ProgressStrip;
class RulesTable;

/// Made-up rows for a table: how each column's values are made, the first rows as they would be, then all of them in
/// one transaction.
class FillPage final : public QWidget
{
    Q_OBJECT
public:
    FillPage(runtime::Session& session, testdata::FillPlan plan, QWidget* parent = nullptr);
    ~FillPage() override;

    const rows::Relation& relation() const { return m_plan.relation; }
    QList<kit::Command> commands();
    bool isWriting() const { return m_writing; }
    bool isBusy() const { return m_writing || m_previewDue.isActive() || m_previewJob.isRunning(); }
    void start();
    void cancel();

Q_SIGNALS:
    void filled();  ///< rows of the table changed
    void statusText(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    QWidget* makeHead();
    QWidget* makeFoot();
    void wire();
    testdata::FillPlan plan() const;
    void askForPreview();
    void preview();
    void showPreview(const testdata::FillPreview& preview);
    void tell(const QString& text, bool problem);
    void renderState();
    void write(const testdata::FillPlan& wanted);
    void finished(const Result<testdata::Filled>& done);
    void tellRefused(const testdata::Filled& done);

    runtime::Session& m_shared;
    runtime::OwnSession m_session;
    testdata::FillPlan m_plan;
    kit::AskBar* m_ask;
    QSpinBox* m_rows;
    QSpinBox* m_seed;
    QPushButton* m_another;
    RulesTable* m_rules;
    QTableWidget* m_preview;
    QLabel* m_summary;
    QPushButton* m_start;
    ProgressStrip* m_strip;
    QTimer m_previewDue;
    runtime::Job m_previewJob;
    runtime::Job m_writeJob;
    bool m_writing = false;
    bool m_ready = false;  ///< the preview shows what would be written
};

}  // namespace dewpoint::exchange
