// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "design/staging.h"
#include "diff/part.h"
#include "kit/command.h"
#include "project/project.h"
#include "rehearsal/rehearsal_run.h"
#include "runtime/own_session.h"
#include "structure/propose.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace dewpoint::design {

class ColumnForm;
class ConstraintForm;
class Form;
class IndexForm;
class PartTree;
class ReviewPanel;
class TableForm;
class TriggerForm;

/// What this page is told about the database beside its structure.
struct Surroundings {
    std::function<std::optional<project::Project>()> project;
    std::function<QString(const QString& schemaName, const QString& table)> rows;
    /// "Added by 0003_orders"; empty where that is not known.
    std::function<QString(const diff::Part& part)> origin;
};

/// The structure of one table, edited as staged edits that all such pages share, and their review.
class StructurePage final : public QWidget
{
    Q_OBJECT
public:
    StructurePage(runtime::Session& session, Staging& staging, structure::TableId id,
                  Surroundings surroundings, QWidget* parent = nullptr);
    ~StructurePage() override;

    const structure::TableId& id() const { return m_id; }
    QString title() const;
    QList<kit::Command> commands();
    void finishEditing();
    bool isBusy() const { return m_job.isRunning() || m_rehearsals->isRunning(); }
    void review();
    void showPlace(const structure::Place& place);  ///< a part of this table, and the cursor in its field
    void renderOrigin();                            ///< what is known of it may be more than before

Q_SIGNALS:
    void historyRequested(const QString& schemaName, const QString& table);
    void titleChanged(const QString& title);
    void statusText(const QString& text);
    /// To be written as a migration, and run where `run` is true.
    void migrationRequested(const QString& name, const dewpoint::structure::Proposal& proposal, bool run);
    void placeRequested(const dewpoint::structure::Place& place);  ///< of another table

protected:
    void focusInEvent(QFocusEvent* event) override;

private:
    QWidget* buildEditor();
    QWidget* buildTools();
    QWidget* buildForms();
    QWidget* buildFoot();
    void wireForms();
    QString lockReason() const;
    structure::Draft draft() const;
    void render();
    void renderForm();
    void renderFoot();
    Form* shownForm() const;
    void stageForm();
    template <class T, class ReadInto>
    void stagePart(qsizetype row, ReadInto read);
    QStringList knownTypes() const;
    QList<std::pair<QString, QStringList>> targets() const;
    void fillConstraint(const structure::Draft& whole, qsizetype row);

    void addColumn();
    void addConstraint(schema::ConstraintKind kind);
    void addIndex();
    void addTrigger();
    template <class T>
    void addPart(structure::Kind kind, const T& part);
    void dropOrRestore();
    template <class T>
    void dropOrRestorePart(qsizetype row);
    void moveChosen(int by);
    void renderMoves();
    void discardAll();
    void proposed(const structure::Proposed& made);
    void rehearse();
    void leaveReview();
    void save(bool andRun);
    QString migrationName() const;
    bool isEditable() const;

    runtime::Session& m_session;
    runtime::OwnSession m_slow{m_session};  ///< replays take their time, and browsing goes on
    Staging& m_staging;
    structure::TableId m_id;
    Surroundings m_surroundings;
    QString m_locked;
    runtime::Job m_job;
    rehearsal::RehearsalRun* m_rehearsals;
    std::optional<structure::Place> m_refused;
    std::optional<structure::Place> m_shown;  ///< what the form shows
    QStackedWidget* m_stack;
    QLabel* m_lock = nullptr;
    PartTree* m_parts = nullptr;
    QToolButton* m_add = nullptr;
    QToolButton* m_drop = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
    QToolButton* m_undo = nullptr;
    QToolButton* m_redo = nullptr;
    QToolButton* m_history = nullptr;
    QLabel* m_origin = nullptr;
    QStackedWidget* m_forms = nullptr;
    TableForm* m_table = nullptr;
    ColumnForm* m_column = nullptr;
    ConstraintForm* m_constraint = nullptr;
    IndexForm* m_index = nullptr;
    TriggerForm* m_trigger = nullptr;
    QLabel* m_summary = nullptr;
    QPushButton* m_discard = nullptr;
    QPushButton* m_review = nullptr;
    ReviewPanel* m_panel = nullptr;
};

}  // namespace dewpoint::design
