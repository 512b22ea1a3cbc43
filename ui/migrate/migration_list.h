// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "migrate/migration_model.h"
#include "migrate/rehearse_work.h"

#include <QHash>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace dewpoint::migrate {

class MigrationFilter;
class MigrationModel;

/// The left side: the project in a line or two, a filter, and the migrations, newest on top.
class MigrationList final : public QWidget
{
    Q_OBJECT
public:
    explicit MigrationList(QWidget* parent = nullptr);
    ~MigrationList() override;

    void setStatus(const apply::Status& status, const QString& database);
    void setClasses(const Classes& classes);
    void setNotes(const DownNotes& notes);  ///< what is known of each way back
    void setFailed(const QString& version);
    /// The chooser is there only when there is something to choose.
    void setProjects(const QList<project::Project>& projects, const project::Project& current);
    void select(const QString& version);
    void reveal(const QString& version);  ///< select, and no filter hides it
    const apply::MigrationState* selected() const;

Q_SIGNALS:
    void selectionChanged();
    void menuRequested(const QPoint& globalPlace);  ///< of the selected migration: mouse, Menu key, Shift+F10
    void ledgerRequested(const QString& table);
    void projectPicked(const dewpoint::project::Project& project);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPoint selectedPlace() const;
    void buildTable();
    void buildFilters();
    void showCounts(const apply::Status& status);

    MigrationModel* m_model;
    MigrationFilter* m_shown;
    QList<project::Project> m_projects;
    QComboBox* m_chooser;
    QLabel* m_badge;
    QLabel* m_place;
    QToolButton* m_ledger;
    QLineEdit* m_filter;
    QComboBox* m_states;
    QTableView* m_table;
};

}  // namespace dewpoint::migrate
