// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/lint_project.h"
#include "migrate/work.h"
#include "rehearse/rehearsal.h"

#include <QWidget>

class QLabel;
class QTabWidget;

namespace dewpoint::migrate {

class FindingsPanel;
class SchemaPicture;
class RehearsalView;
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
    void markFailure(apply::Direction direction, int line, const QString& message);

Q_SIGNALS:
    void rewriteRequested(const dewpoint::lint::Finding& finding);
    void rowsRequested(const dewpoint::lint::Question& question);
    void backfillRequested(const dewpoint::lint::Question& question);
    void checkRequested();

private:
    void buildFindings();
    void showTitle(const apply::MigrationState& migration);
    void showRisks(const apply::MigrationState& migration, const QList<lint::Question>& questions,
                   bool isCode);

    QLabel* m_title;
    QLabel* m_risks;
    QTabWidget* m_tabs;
    SchemaPicture* m_picture;
    ScriptView* m_up;
    ScriptView* m_down;
    FindingsPanel* m_findings;
    RehearsalView* m_rehearsal;
};

}  // namespace dewpoint::migrate
