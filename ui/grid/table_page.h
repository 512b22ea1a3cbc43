// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "items/table_model.h"
#include "kit/command.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::grid {

class ConflictPanel;
class FilterBar;
class GridView;
class PreviewSheet;
class RefusalList;

/// One table or view in a tab: filters, the grid, and Discard | Preview | Commit.
class TablePage final : public QWidget
{
    Q_OBJECT
public:
    TablePage(runtime::Session& session, const schema::Table& table, QWidget* parent = nullptr);
    TablePage(runtime::Session& session, const schema::View& view, QWidget* parent = nullptr);

    ~TablePage() override;

    QString title() const;
    const rows::Relation& relation() const { return m_model.relation(); }
    items::Record record() const;  ///< the focused row, for an inspector
    rows::StagedEdits::Counts pending() const { return m_model.edits().counts(); }
    bool isBusy() const { return m_committing || m_model.phase() == items::TableModel::Phase::Loading; }
    QList<kit::Command> commands();
    /// Filters, sort, place and staged edits; restoreState() before or after the first rows arrived.
    QJsonObject saveState() const;
    bool hasParkedEdits() const { return !m_parked.isEmpty(); }
    void restoreState(const QJsonObject& state);

    GridView* grid() const { return m_grid; }
    items::TableModel& model() { return m_model; }

public Q_SLOTS:
    void refresh();
    void commit();
    void discard();
    void togglePreview();
    void sortBy(int column, bool add);
    /// Only the rows whose columns have these values, as filters that can be seen and taken away.
    void filterBy(const QList<dewpoint::rows::Filter>& filters);
    void editColumn(const QString& name);  ///< of the focused row

Q_SIGNALS:
    void titleChanged(const QString& title);
    void statusText(const QString& text);
    void pendingChanged(int inserts, int updates, int deletes);
    void currentCellChanged(const dewpoint::items::Record& record);
    void schemaMayHaveChanged();  ///< the database does not know a column that is shown here

private:
    struct Place {
        int top = 0;
        int row = 0;
        int column = 0;
    };

    TablePage(runtime::Session& session, rows::Relation relation, QWidget* parent);
    void build();
    QWidget* buildTop();
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
    QModelIndexList selectedCells() const;

    runtime::Session& m_session;
    items::TableModel m_model;
    FilterBar* m_filters;
    GridView* m_grid;
    RefusalList* m_refusals;
    ConflictPanel* m_conflicts;
    PreviewSheet* m_preview;
    kit::AskBar* m_ask;
    QLabel* m_range;
    QLabel* m_lock;
    QLabel* m_message;
    QPushButton* m_discard;
    QPushButton* m_previewButton;
    QPushButton* m_commit;
    runtime::Job m_commitJob;
    bool m_committing = false;
    /// Drafts that cannot be staged here: of a read-only look at a table that is edited at other times, or
    /// made for another key. They come back where they fit.
    QJsonArray m_parked;
    bool m_fitted = false;
    bool m_schemaDoubted = false;  ///< since the last page that was read
    std::optional<Place> m_place;  ///< to go back to once its rows are there
};

}  // namespace dewpoint::grid
