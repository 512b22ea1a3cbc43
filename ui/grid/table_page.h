// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cells/cell_format.h"
#include "items/table_model.h"
#include "kit/later.h"
#include "rows/take_back.h"
#include "store/history.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QPushButton;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::grid {

class ColumnChooser;
class CommitConsequences;
class ConflictPanel;
class FilterBar;
class PreviewSheet;
class ReferencePicker;
class RefusalList;
class RelationMenu;
class ReplaceBar;
class TableFooter;
class ViewButton;

/// One table or view in a tab: filters, the grid, and Discard | Preview | Commit.
class TablePage final : public QWidget
{
    Q_OBJECT
public:
    /// What a key or a menu entry filters a cell's column by.
    enum class CellFilter { Equal, Other, Null, NotNull, Contains };
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
    bool canTakeBack() const { return m_history && relation().editable && !m_committing; }
    /// The foreign keys by which its rows make others follow.
    void setDependants(const schema::Database& database, const schema::Table& table);
    rows::TableEdits tableEdits() const;  ///< what is staged, as it is committed
    /// The staged edits of several pages of one database in one transaction; asks nothing.
    static void writeTogether(const QList<TablePage*>& pages);
    bool wasRefused() const;  ///< the last commit, and that is still shown
    /// Filters, sort, place and staged edits; restoreState() before or after the first rows arrived.
    kit::Later stateLater() const;
    QJsonObject saveState() const { return stateLater()(); }
    bool hasParkedEdits() const { return !m_parked.isEmpty(); }
    void restoreState(const QJsonObject& state);
    /// The same without the edits: what Back returns to.
    QJsonObject savePlace() const;
    void restorePlace(const QJsonObject& state);
    /// Widths, order and hidden columns, by name.
    QJsonObject columnLayout() const;
    void setColumnLayout(const QJsonObject& layout);
    RefusalList& refusals() { return *m_refusals; }
    ViewButton& views() { return *m_views; }
    RelationMenu& relations() { return *m_relations; }
    FilterBar* filters() const { return m_filters; }
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
    void setSorts(const QList<dewpoint::rows::SortKey>& sorts);
    void chooseColumns();
    void setFormat(int column, dewpoint::cells::CellFormat format);
    /// Only the rows for which these hold, as filters that can be seen and taken away.
    void filterBy(const QList<dewpoint::rows::Filter>& filters, const QString& condition = {});
    void filterByCell(const QModelIndex& cell, CellFilter how);
    void clearFilters();
    void followReference(const QModelIndex& cell);
    /// The row that a cell is to reference, by the best of its references where none is named.
    void pick(const QModelIndex& cell, int reference = -1);
    void editColumn(int column);  ///< of the focused row
    void searchFor(const QString& text);
    void searchWithin(const QString& text);  ///< as well as what is filtered already
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
    void commitEnded();  ///< however it ended
    /// The last commit touched other tables as well.
    void takeBackRequested(const QString& commit, const QList<dewpoint::rows::TableChanges>& changes);

private:
    struct Place {
        int top = 0;
        int row = 0;
        int column = 0;
    };

    void build();
    void wire();
    void renderPhase();
    void renderEdits();
    void renderSort();
    void renderPreview();
    void renderConsequences(const QString& before);
    void takeDrafts(const QJsonArray& drafts);
    void doubtSchema(const Error& error);
    void goBack();
    void beginWriting(const std::shared_ptr<runtime::Job>& job);
    /// Of the tables that were committed together.
    struct Together {
        int count = 0;   ///< what was staged
        int others = 0;  ///< rows that the database changed with it
        QString problem = {};
    };
    void committedWith(const Result<rows::CommitReport>& report, const Together& together);
    void wasCommitted(const rows::CommitReport& report, const Together& together);
    rows::RowRef placeAfter(const rows::CommitReport& report);
    void resolveConflicts();
    void showAlone(const rows::RowKey& key, int column);
    void tookBack(const rows::TakeBack& back, const QString& commit);
    void takeFocus();
    void narrowBy(const rows::Filter& filter);
    void takeFilters();
    void refuseCondition(int condition, const Error& error);
    void freezeKey();
    void buildViews();
    QJsonObject viewNow() const;
    void lookAs(const QJsonObject& view);

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
    CommitConsequences* m_consequences;
    ColumnChooser* m_columns;
    RelationMenu* m_relations;
    ViewButton* m_views;
    TableFooter* m_footer;
    QLabel* m_message;
    QPushButton* m_discard;
    QPushButton* m_previewButton;
    QPushButton* m_commit;
    QList<rows::Dependant> m_dependants;
    QList<rows::Dependant> m_referrers;
    std::shared_ptr<runtime::Job> m_commitJob;  ///< shared by the pages that are written together
    runtime::Job m_placeJob;
    runtime::Job m_takeBackJob;
    runtime::Job m_fileJob;
    runtime::Job m_checkJob;  ///< of the conditions that are to be used next
    bool m_committing = false;
    std::optional<store::History> m_history;
    QString m_takesBack;  ///< the commit that the staged edits take back
    /// Drafts that cannot be staged here: of a read-only look at a table that is edited at other times, or
    /// made for another key. They come back where they fit.
    QJsonArray m_parked;
    bool m_fitted = false;
    bool m_failedBefore = false;
    bool m_schemaDoubted = false;  ///< since the last page that was read
    std::optional<Place> m_place;  ///< to go back to once its rows are there
    int m_column = 0;              ///< of the cursor, which stays in it when other rows are shown
};

}  // namespace dewpoint::grid
