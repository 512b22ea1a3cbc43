// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearsal/rehearsal_run.h"
#include "structure/propose.h"

#include <QWidget>

#include <functional>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace dewpoint::diagram {
class DiffCanvas;
}

namespace dewpoint::rehearsal {
class RehearsalView;
}

namespace dewpoint::design {

/// What staged edits would do, before anything happens: a sentence for each step, both scripts, what is
/// at risk and how much of it there is; and what may be made of it.
class ReviewPanel final : public QWidget
{
    Q_OBJECT
public:
    /// How many rows a table has, where that is known.
    using RowsOf = std::function<QString(const QString& schemaName, const QString& table)>;

    explicit ReviewPanel(Engine engine, QWidget* parent = nullptr);

    void setRowsOf(RowsOf rowsOf) { m_rowsOf = std::move(rowsOf); }
    /// Why nothing may be saved, or run; empty where it may.
    void setObstacles(const QString& toSaving, const QString& toRunning);
    void setProject(bool there);  ///< without one, saving begins with making one

    void showWorking();
    void showRefusal(const Error& error, bool hasPlace);
    void showProposal(const structure::Proposal& proposal);
    void setRehearsing(bool yes);
    void showStage(const QString& text);
    void showRehearsal(const Result<rehearsal::SharedRehearsal>& done);
    const structure::Proposal* proposal() const { return m_proposal ? &*m_proposal : nullptr; }

Q_SIGNALS:
    void backRequested();   ///< also what stops the work
    void placeRequested();  ///< of what is refused
    void saveRequested(bool andRun);
    void rehearsalRequested();  ///< or its end, where one is going on

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildBody(Engine engine);
    QWidget* buildFoot();
    QPlainTextEdit* addScript(const QString& name, const QString& title, Engine engine);
    void fillSteps(const structure::Proposal& proposal);
    void fillRisks(const structure::Proposal& proposal);
    QString guide(const structure::Proposal& proposal) const;
    QString affected(const structure::Proposal& proposal) const;
    void showStep();
    void copy();
    void refresh();

    std::optional<structure::Proposal> m_proposal;
    RowsOf m_rowsOf;
    QString m_saveObstacle;
    QString m_runObstacle;
    bool m_hasProject = true;
    bool m_rehearsing = false;
    QLabel* m_title;
    QLabel* m_detail;
    QWidget* m_body = nullptr;
    QListWidget* m_steps = nullptr;
    QTabWidget* m_tabs = nullptr;
    QPlainTextEdit* m_up = nullptr;
    QPlainTextEdit* m_down = nullptr;
    diagram::DiffCanvas* m_picture = nullptr;
    QListWidget* m_risks = nullptr;
    rehearsal::RehearsalView* m_rehearsal = nullptr;
    QLabel* m_stage = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_place = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_rehearse = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_save = nullptr;
};

}  // namespace dewpoint::design
