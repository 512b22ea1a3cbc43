// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/lint_project.h"
#include "migrate/work.h"
#include "rehearse/rehearsal.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QTabWidget;
class QToolButton;

namespace dewpoint::diagram {
class DiffCanvas;
}

namespace dewpoint::rehearsal {
class RehearsalView;
}

namespace dewpoint::migrate {

/// Of which migrations the picture is.
enum class Span { One, ToNewest, Pending };

class FindingsPanel;
class SchemaPicture;
class ScriptView;

/// The right side: what the selected migration does, as a picture and as its two scripts, and what
/// it puts at risk.
class MigrationPreview final : public QWidget
{
    Q_OBJECT
public:
    explicit MigrationPreview(Engine engine, QWidget* parent = nullptr);

    void showNothing();
    void showLoading(const apply::MigrationState& migration);
    void showSource(const QString& text, const QString& fileName);  ///< where migrations are programs
    void showDetails(const apply::MigrationState& migration, const Details& details);
    void showRehearsal(std::shared_ptr<const rehearse::Rehearsal> rehearsal);
    void showError(const Error& error);
    /// What lint says of the migration that is shown; null where nothing can be said.
    void showFindings(const apply::Linted* linted, const project::Project& project, bool editable);
    /// The picture of several; `note` where there is none.
    void showPicture(const std::shared_ptr<const diagram::States>& states, const QString& note);
    Span span() const;
    void markFailure(const apply::MigrationState& migration, apply::Direction direction, int line,
                     const QString& message);

Q_SIGNALS:
    void rewriteRequested(const dewpoint::lint::Finding& finding);
    void rowsRequested(const dewpoint::lint::Question& question);
    void backfillRequested(const dewpoint::lint::Question& question);
    void checkRequested();
    void spanChosen();
    void reviewRequested();  ///< of what the picture shows, as a file

private:
    void buildFindings();
    QWidget* buildPicture();
    void showChanges(const QString& note, const Details& details);
    void showTitle(const apply::MigrationState& migration);
    void showRisks(const apply::MigrationState& migration, const QList<lint::Question>& questions,
                   bool isCode);

    QLabel* m_title;
    QLabel* m_risks;
    QTabWidget* m_tabs;
    SchemaPicture* m_picture;
    diagram::DiffCanvas* m_canvas;
    QComboBox* m_span = nullptr;
    QToolButton* m_export = nullptr;
    ScriptView* m_up;
    ScriptView* m_down;
    FindingsPanel* m_findings;
    rehearsal::RehearsalView* m_rehearsal;
};

}  // namespace dewpoint::migrate
