// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cells/cell_format.h"
#include "items/table_model.h"
#include "kit/command.h"
#include "rows/declared.h"
#include "rows/take_back.h"
#include "store/history.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QPersistentModelIndex>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::grid {

class ColumnChooser;
class ConflictPanel;
class FilterBar;
class NameField;
class PreviewSheet;
class ReferencePicker;
class RefusalList;
class ReplaceBar;
class RelationField;

/// One table or view in a tab: filters, the grid, and Discard | Preview | Commit.
class TablePage final : public QWidget
{
    Q_OBJECT
public:
    TablePage(runtime::Session& session, const schema::Table& table, QWidget* parent = nullptr);
    TablePage(runtime::Session& session, const schema::View& view, QWidget* parent = nullptr);
    TablePage(runtime::Session& session, rows::Relation relation, QList<rows::Reference> references = {},
              QWidget* parent = nullptr);
    ~TablePage() override;

    QString title() const;
    const rows::Relation& relation() const { return m_model.relation(); }
    items::Record record() const;  ///< the focused row, for an inspector
    rows::StagedEdits::Counts pending() const { return m_model.edits().counts(); }
    bool isBusy() const { return m_committing || m_model.phase() == items::TableModel::Phase::Loading; }
    bool isCommitting() const { return m_committing; }
    /// Where its commits are kept, to be taken back; without one none can be.
    void setHistory(const store::History& history) { m_history = history; }
    /// The foreign keys that point to this table: what deleting rows would do elsewhere is said.
    void setDependants(const QList<rows::Dependant>& dependants) { m_dependants = dependants; }
    /// The staged edits of several pages of one database in one transaction; asks nothing.
    static void writeTogether(const QList<TablePage*>& pages);
    bool wasRefused() const;  ///< the last commit, and that is still shown
    QList<kit::Command> commands();
    /// Filters, sort, place and staged edits; restoreState() before or after the first rows arrived.
    QJsonObject saveState() const;
    bool hasParkedEdits() const { return !m_parked.isEmpty(); }
    void restoreState(const QJsonObject& state);
    /// The same without the edits: what Back returns to.
    QJsonObject savePlace() const;
    void restorePlace(const QJsonObject& state);
    /// Widths, order and hidden columns, by name.
    QJsonObject columnLayout() const;
    void setColumnLayout(const QJsonObject& layout);
    /// Filters, sort and columns that are kept under a name.
    const QJsonObject& views() const { return m_views; }
    void setViews(const QJsonObject& views);

    /// What relations may point to, and whether one was declared here and may be forgotten.
    struct RelationSource {
        std::function<QList<rows::Relation>()> targets;
        std::function<bool(const rows::RelationForeignKey&)> isDeclared;
    };
    void setRelationSource(RelationSource source) { m_relations = std::move(source); }

    cells::GridView* grid() const { return m_grid; }
    items::TableModel& model() { return m_model; }
    const items::TableModel& model() const { return m_model; }

public Q_SLOTS:
    void refresh();
    void takeBack();  ///< the last commit of this table, as edits to be committed
    void takeBack(const dewpoint::rows::TableChanges& changes, const QString& commit);
    /// To a row wherever it is; to the same column where none is named.
    void goTo(const dewpoint::rows::RowRef& row, const QString& column = {});
    void findAndReplace();
    void commit();
    void discard();
    void togglePreview();
    void sortBy(int column, bool add);
    /// Only the rows whose columns have these values, as filters that can be seen and taken away.
    void filterBy(const QList<dewpoint::rows::Filter>& filters);
    /// Only the rows for which this condition holds.
    void filterBy(const QString& condition);
    void editColumn(int column);  ///< of the focused row
    void keepView(const QString& name);
    void showView(const QString& name);
    void showPlain();  ///< all rows and columns
    void searchFor(const QString& text);
    /// The row with this key alone; where the table has none, the rows whose column holds the text.
    void showFound(const QString& column, const dewpoint::rows::RowKey& key, const QString& text);
    void loadCell(int column, const QString& path);

Q_SIGNALS:
    void titleChanged(const QString& title);
    void statusText(const QString& text);
    void pendingChanged(int inserts, int updates, int deletes);
    void currentCellChanged(const dewpoint::items::Record& record);
    void schemaMayHaveChanged();             ///< the database does not know a column that is shown here
    void writingRequested();                 ///< on a read-only connection
    void referenceRequested(int reference);  ///< an index into the model's references
    void columnsChanged();
    void exportRequested();
    void structureRequested();
    void subsetRequested();                     ///< the selected rows with what they refer to
    void testRowsRequested();                   ///< made-up rows for this table
    void importRequested(const QString& path);  ///< empty: to be chosen
    void committed(const QList<dewpoint::rows::TableChanges>& changes);
    /// The last commit touched other tables as well.
    void takeBackRequested(const QString& commit, const QList<dewpoint::rows::TableChanges>& changes);
    void viewsChanged();
    void relationDeclared(const dewpoint::rows::DeclaredRelation& relation);
    void relationForgotten(const dewpoint::rows::DeclaredRelation& relation);
    void labelChosen(const dewpoint::rows::Relation& target, const QString& column);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Place {
        int top = 0;
        int row = 0;
        int column = 0;
    };

    void build();
    void buildTop();
    QWidget* buildFooter();
    void wire();
    void renderPhase();
    void renderFooter();
    void renderEdits();
    void renderSort();
    void takeDrafts(const QJsonArray& drafts);
    void doubtSchema(const Error& error);
    void goBack();
    void beginWriting(const std::shared_ptr<runtime::Job>& job);
    void committedWith(const Result<rows::CommitReport>& report, const QString& problem);
    void wasCommitted(const rows::CommitReport& report, const QString& problem);
    rows::RowRef placeAfter(const rows::CommitReport& report);
    void resolveConflicts();
    void showAlone(const rows::RowKey& key, int column);
    void tookBack(const rows::TakeBack& back, const QString& commit);
    void considerDeletes();
    void takeFocus();
    QList<kit::Command> editCommands();
    QList<kit::Command> rowCommands();
    QList<kit::Command> viewCommands();
    QList<kit::Command> fileCommands();
    QModelIndexList selectedCells() const;
    void showCellMenu(const QModelIndex& cell, const QPoint& at);
    void showHeaderMenu(int column, const QPoint& at);
    void addValueEntries(QMenu* menu, const QModelIndex& cell);
    void showOnly(const QList<rows::Filter>& filters, const QString& condition);
    void addFilterEntries(QMenu* menu, const QModelIndex& cell);
    void addSortEntries(QMenu* menu, int column);
    void addColumnEntries(QMenu* menu, int column);
    void addRowEntries(QMenu* menu, const QModelIndex& cell);
    void addFileEntries(QMenu* menu);
    bool canBeSubset() const;
    void addReferenceEntries(QMenu* menu, const QModelIndex& cell);
    void narrowBy(const rows::Filter& filter);
    void takeFilters();
    void refuseCondition(int condition, const Error& error);
    /// What a key or a menu entry filters the current cell's column by.
    enum class CellFilter { Equal, Other, Null, NotNull, Contains };
    void filterByCell(const QModelIndex& cell, CellFilter how);
    void clearFilters();
    void freezeKey();
    void chooseColumns();
    void setFormat(int column, cells::CellFormat format);
    void addFormatEntries(QMenu* menu, int column);
    void buildViews();
    void fillViewMenu(QMenu* menu);
    void askForViewName(const QString& before);
    void forgetView(const QString& name);
    QJsonObject viewNow() const;
    QList<kit::Command> columnCommands();
    void declareRelation(const QString& column);
    void addRelationEntries(QMenu* menu, const QModelIndex& cell);
    void addLabelEntries(QMenu* menu, const rows::Reference& reference);
    QList<kit::Command> filterCommands();
    void followReference(const QModelIndex& cell);
    void pick(const QModelIndex& cell, int reference = -1);
    void takePicked(const std::vector<Value>& key);

    runtime::Session& m_session;
    items::TableModel m_model;
    FilterBar* m_filters;
    cells::GridView* m_grid;
    RefusalList* m_refusals;
    ConflictPanel* m_conflicts;
    PreviewSheet* m_preview;
    kit::AskBar* m_ask;
    ReferencePicker* m_picker;
    ReplaceBar* m_replace;
    QLabel* m_consequences;  ///< what deleting the marked rows does elsewhere
    ColumnChooser* m_columns;
    NameField* m_nameField;
    RelationField* m_relationField;
    RelationSource m_relations;
    QToolButton* m_viewButton;
    QJsonObject m_views;
    QString m_viewName;  ///< the one that was shown last
    QPersistentModelIndex m_picked;
    int m_pickedReference = -1;
    QLabel* m_range;
    QLabel* m_figures;  ///< sum, average … of the selection
    QLabel* m_lock;
    QToolButton* m_unlock;
    QLabel* m_message;
    QPushButton* m_discard;
    QPushButton* m_previewButton;
    QPushButton* m_commit;
    std::shared_ptr<runtime::Job> m_commitJob;  ///< shared by the pages that are written together
    runtime::Job m_placeJob;
    runtime::Job m_takeBackJob;
    runtime::Job m_dependantsJob;
    runtime::Job m_fileJob;
    runtime::Job m_checkJob;  ///< of the conditions that are to be used next
    bool m_committing = false;
    std::optional<store::History> m_history;
    QString m_takesBack;  ///< the commit that the staged edits take back
    QList<rows::Dependant> m_dependants;
    std::vector<rows::RowKey> m_considered;  ///< deleted rows whose dependants are known or being counted
    /// Drafts that cannot be staged here: of a read-only look at a table that is edited at other times, or
    /// made for another key. They come back where they fit.
    QJsonArray m_parked;
    bool m_fitted = false;
    bool m_failedBefore = false;
    bool m_schemaDoubted = false;  ///< since the last page that was read
    std::optional<Place> m_place;  ///< to go back to once its rows are there
};

}  // namespace dewpoint::grid
