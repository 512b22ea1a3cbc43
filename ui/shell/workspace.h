// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "design/staging.h"
#include "kit/command.h"
#include "kit/later.h"
#include "project/project.h"
#include "rows/related.h"
#include "runtime/session.h"
#include "shell/kept_tabs.h"
#include "shell/relation_looks.h"
#include "shell/row_counts.h"
#include "shell/trail.h"
#include "store/connections.h"
#include "store/drift_memory.h"
#include "store/history.h"
#include "structure/propose.h"

#include <QJsonObject>
#include <QTemporaryDir>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

namespace dewpoint::browse {
class Sidebar;
}
namespace dewpoint::grid {
class TablePage;
}
namespace dewpoint::inspect {
class Inspector;
}
namespace dewpoint::kit {
class AskBar;
}
namespace dewpoint::migrate {
class DriftPage;
class DriftWatch;
}  // namespace dewpoint::migrate
namespace dewpoint::query {
class QueryPage;
}

namespace dewpoint::shell {

class InspectorLink;
class SchemaWatch;
class PageTabs;
class StatementLog;
struct Obstacle;

/// One open database: sidebar, tabs and inspector around a session. It owns the session and the
/// catalog; features get what they need from here and never know of each other.
class Workspace final : public QWidget
{
    Q_OBJECT
public:
    Workspace(store::SavedConnection connection, QWidget* parent = nullptr);
    ~Workspace() override;

    /// Connects and reads the catalog; ends in opened() or failed().
    void open();
    void setPassword(const QString& password);
    const store::SavedConnection& connection() const { return m_connection; }

    QList<kit::Command> commands();                     ///< the workspace's own
    QList<kit::Command> pageCommands();                 ///< the active tab's
    QList<kit::Command> places();                       ///< every table and view, for the palette
    QList<kit::Command> searches(const QString& text);  ///< for it in rows: the active table's, and all
    QWidget* currentPage() const;

    bool finishEditing();  ///< before the state is saved for good; false where something cannot be staged
    std::optional<Obstacle> obstacle() const;  ///< what closing would break off
    bool holdsWork() const;                    ///< that would be lost where its state cannot be saved
    void ask(const Obstacle& obstacle, std::function<void()> accepted);
    kit::Later stateLater() const;
    void restoreState(const QJsonObject& state);
    bool isBusy() const;  ///< something visible is still loading

    /// Null where there is none of that name.
    grid::TablePage* openRelation(const QString& schemaName, const QString& name, bool pin);
    void openMigrations();
    void openDrift();  ///< where the database is not what its migrations make
    /// What the schema was after each migration; at the one of this version where it is given.
    void openTimeMachine(const QString& version = {});
    void openCompare();  ///< any two schemas
    void openDiagram();
    void openNamed(const QString& name);  ///< "users" or "public.users"
    QWidget* openQuery(const QString& text = {});
    void reloadCatalog();
    void focusFilter();
    void openLog();
    enum class ExportOf { Rows, Subset };
    void openExport(grid::TablePage& page, ExportOf what = ExportOf::Rows);
    void openImport(const grid::TablePage& page, const QString& path);
    void openFill(const grid::TablePage& page);  ///< made-up rows for its table
    void openScenarios();                        ///< all rows under a name, to be reset to
    void openSearch();                           ///< of a value in the whole database
    void openPending();                          ///< everything that is staged
    void openHistory();                          ///< everything that was committed
    void openCommit(const QString& id);          ///< there
    /// The structure of a table or view, to be edited; null where there is none of that name.
    QWidget* openStructure(const structure::TableId& id);
    void newTable(const QString& schemaName);  ///< an empty schema is the usual one
    void reviewStructure();                    ///< of all structure edits
    /// Stages what undoes it, in the tabs of its tables.
    void takeBack(const QString& commit, const QList<rows::TableChanges>& changes);
    void reopenTab();  ///< the one that was closed last
    void goBack();     ///< to where a reference was followed from
    void goForward();

Q_SIGNALS:
    void opened();
    void restored();          ///< the tabs of last time are there
    void writingRequested();  ///< on a read-only connection
    void failed(const dewpoint::Error& error);
    void statusText(const QString& text);
    void statementText(const QString& text);  ///< the last statement's duration and rows
    void transactionChanged(bool open);       ///< left open by a query tab
    void editsText(const QString& text);      ///< "12 changes in 3 tables"; empty when there are none
    void pageChanged();
    void changed();  ///< something worth saving for the next start

private:
    void buildWidgets();
    void addTabKeys();
    void catalogArrived(Result<schema::Database> database);
    QString findProject();  ///< what went wrong, for people
    grid::TablePage* addRelationPage(const QString& schemaName, const QString& name);
    grid::TablePage* makeRelationPage(const QString& schemaName, const QString& name);
    void refreshRelation(grid::TablePage& page);
    void restorePages();
    void openLink(const rows::Link& link);
    void wireRelations(grid::TablePage* page);
    void takeNotes(rows::RelationNotes notes);
    grid::TablePage* visitRelation(const QString& schemaName, const QString& name);
    void openReference(int column);
    void showPlace();
    void followReference(grid::TablePage& from, int reference);
    void visit(const QJsonObject& place);
    void keepColumns(const QWidget* page);
    void wireRelationPage(grid::TablePage* page);
    void wireQueryPage(query::QueryPage* page);
    void refreshAll();
    void rowsImported(const QString& schemaName, const QString& name);
    QList<kit::Command> placeCommands();
    QList<kit::Command> changeCommands();
    QList<kit::Command> tabCommands();
    QList<kit::Command> schemaCommands();
    void addPage(QWidget* page, const QString& title, const QString& icon);
    QWidget* openPage(const QJsonObject& page);  ///< as stateOf() gave it; null where it is gone
    void closePage(int index);
    void dropPage(QWidget* page);
    void retitle(QWidget* page, const QString& title);
    void tellEdits();
    void tookCommit(const grid::TablePage* from, const QList<rows::TableChanges>& changes);
    void migrateChanges(const QByteArray& up, const QByteArray& down);
    QList<kit::Command> structureCommands();
    void tellStructure();
    void takeMadeEdits();
    void migrateStructure(const QString& name, const structure::Proposal& proposal, bool run);
    store::DriftMemory driftMemory() const;
    void watchDrift();
    void showDrift();

    store::SavedConnection m_connection;
    runtime::Session m_session;
    runtime::Job m_loading;
    runtime::Job m_badge;
    schema::Database m_database;
    RowCounts m_counts;
    std::optional<project::Project> m_project;
    QList<project::Project> m_projects;        ///< all that the folder holds
    std::unique_ptr<QTemporaryDir> m_scratch;  ///< for the history of what is not remembered
    store::History m_history;
    design::Staging m_staging;
    structure::Edits m_drafted;  ///< those of a migration that is being made
    QString m_searched;          ///< where a project was looked for
    QJsonObject m_toRestore;
    KeptTabs m_kept;
    bool m_ready = false;
    SchemaWatch* m_watch;
    migrate::DriftWatch* m_drift;
    browse::Sidebar* m_sidebar;
    kit::AskBar* m_ask;
    inspect::Inspector* m_inspector;
    std::unique_ptr<InspectorLink> m_link;
    PageTabs* m_tabs;
    StatementLog* m_log;
    rows::RelationNotes m_notes;  ///< what a person said of the database's relations
    Trail m_trail;
    RelationLooks m_looks;
};

}  // namespace dewpoint::shell
