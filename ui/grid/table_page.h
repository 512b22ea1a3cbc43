// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "items/table_model.h"
#include "kit/command.h"
#include "rows/take_back.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QPersistentModelIndex>
#include <QTimer>
#include <QWidget>

#include <optional>

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

class ConflictPanel;
class FilterBar;
class PreviewSheet;
class ReferencePicker;
class RefusalList;

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

    cells::GridView* grid() const { return m_grid; }
    items::TableModel& model() { return m_model; }

public Q_SLOTS:
    void refresh();
    void takeBack();  ///< the last commit, as edits to be committed
    void commit();
    void discard();
    void togglePreview();
    void sortBy(int column, bool add);
    /// Only the rows whose columns have these values, as filters that can be seen and taken away.
    void filterBy(const QList<dewpoint::rows::Filter>& filters);
    /// Only the rows for which this condition holds.
    void filterBy(const QString& condition);
    void editColumn(int column);  ///< of the focused row
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

private:
    struct Written {
        Result<rows::CommitReport> report;
        rows::TakeBack back;
    };
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
    void write();
    void committedWith(const Result<rows::CommitReport>& report);
    void resolveConflicts();
    void goTo(const rows::Violation& violation);
    void showAlone(const rows::Violation& violation);
    void noteCommit(const rows::TakeBack& back);
    QList<kit::Command> editCommands();
    QList<kit::Command> rowCommands();
    QList<kit::Command> viewCommands();
    QModelIndexList selectedCells() const;
    void showCellMenu(const QModelIndex& cell, const QPoint& at);
    void showHeaderMenu(int column, const QPoint& at);
    void addValueEntries(QMenu* menu, const QModelIndex& cell);
    void showOnly(const QList<rows::Filter>& filters, const QString& condition);
    void addFilterEntries(QMenu* menu, const QModelIndex& cell);
    void addSortEntries(QMenu* menu, int column);
    void addColumnEntries(QMenu* menu, int column);
    void addRowEntries(QMenu* menu, const QModelIndex& cell);
    void addReferenceEntries(QMenu* menu, const QModelIndex& cell);
    void narrowBy(const rows::Filter& filter);
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
    runtime::Job m_commitJob;
    runtime::Job m_fileJob;
    bool m_committing = false;
    QList<rows::TakeBack> m_commits;  ///< what would undo them, oldest first
    bool m_takingBack = false;        ///< the staged edits are the last of m_commits
    /// Drafts that cannot be staged here: of a read-only look at a table that is edited at other times, or
    /// made for another key. They come back where they fit.
    QJsonArray m_parked;
    bool m_fitted = false;
    bool m_failedBefore = false;
    bool m_schemaDoubted = false;  ///< since the last page that was read
    std::optional<Place> m_place;  ///< to go back to once its rows are there
};

}  // namespace dewpoint::grid
