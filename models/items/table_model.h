// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "items/cell_state.h"
#include "items/page_cache.h"
#include "items/record.h"
#include "items/reference_labels.h"
#include "items/refusals.h"
#include "rows/commit.h"
#include "rows/staged_edits.h"
#include "runtime/session.h"

#include <QAbstractTableModel>
#include <QPersistentModelIndex>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace dewpoint::items {

/// A table or view of any size as an item model that never blocks: pages come from the session's read
/// lane (newest wish first), staged edits lie over them. New rows stand at the top.
class TableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Phase { Loading, Failed, Ready };
    static constexpr int pageRows = 128;

    TableModel(runtime::Session& session, rows::Relation relation, QList<rows::Reference> references = {},
               QObject* parent = nullptr);
    /// A result that is in memory as a whole: nothing is read, and nothing can be edited.
    TableModel(runtime::Session& session, RowBatch result, QObject* parent = nullptr);

    const rows::Relation& relation() const { return m_relation; }
    const rows::ViewSpec& spec() const { return m_spec; }
    void setSpec(rows::ViewSpec spec);
    void refresh();
    /// Gives up the first page of a long sort or filter (Failed, until refresh()), or counting the rest.
    /// False when there was nothing to stop.
    bool stop();
    bool isCounting() const { return m_phase == Phase::Ready && !m_total.exact && m_counting; }
    Phase phase() const { return m_phase; }
    const std::optional<Error>& error() const { return m_error; }
    rows::RowCount total() const { return m_total; }
    bool isWhole() const { return m_whole.has_value(); }  ///< all rows are in memory
    RowBatch whole() const { return m_whole ? m_whole->rows : RowBatch{}; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    CellState cellState(const QModelIndex& index) const;
    RowState rowState(int row) const;
    bool isLoaded(int row) const;  ///< without asking for it
    /// The loaded ones of these rows: as fast for millions as for a page.
    QList<int> loadedRows(int first, int last) const;
    QString rowError(int row) const;
    /// The value as it would be committed; nothing while loading and for DEFAULT.
    std::optional<Value> valueAt(const QModelIndex& index) const;
    bool isEditable(const QModelIndex& index) const;
    bool isSettable(const QModelIndex& index) const;   ///< to another value as a whole, if not by typing
    std::optional<rows::RowKey> keyOf(int row) const;  ///< of an existing row that is loaded
    bool isRightAligned(int column) const;
    bool hasLabels(int column) const { return labelReference(column) >= 0; }
    Record recordAt(const QModelIndex& index) const;

    const QList<rows::Reference>& references() const { return m_labels.references(); }
    /// The references a column is part of, best first: those of this column alone.
    QList<int> referencesAt(int column) const;
    /// What a row's reference points to; nothing while loading and where a part of it is NULL.
    std::optional<std::vector<Value>> referencedKey(int row, int reference) const;

    const rows::StagedEdits& edits() const { return m_edits; }
    void setEdits(rows::StagedEdits edits);
    /// While a commit is under way nothing more is staged: it would be neither in it nor after it.
    void setFrozen(bool frozen) { m_frozen = frozen; }
    bool isFrozen() const { return m_frozen; }
    /// An editor is open on this cell (none: closed): until then its row stays loaded and where it is.
    void setEdited(const QModelIndex& index);
    /// An edit was meant for so many more rows, which are not loaded.
    void leaveOut(int rows);
    /// NULL, the empty text, DEFAULT … into many cells, as one step for undo.
    void setValue(const QModelIndexList& indexes, const rows::EditValue& value);
    void setValues(const QList<std::pair<QModelIndex, rows::EditValue>>& values);
    int setTexts(const QList<std::pair<QModelIndex, QString>>& texts);  ///< how many took theirs
    using NewTexts = QList<std::pair<int, QString>>;                    ///< column and text
    /// Over cells and as new rows, in one step. How many of the cells took their text: none that is not
    /// loaded, nor one that cannot be edited.
    int paste(const QList<std::pair<QModelIndex, QString>>& texts, const QList<NewTexts>& newRows);
    /// Every cell takes the value of the topmost chosen one in its column.
    void fillDown(const QModelIndexList& indexes);
    int deleteRows(const QList<int>& rows);  ///< how many were there to be deleted
    void addRow();
    /// Values of which only the beginning is loaded are read whole first: then the copies come later.
    void duplicateRows(const QList<int>& rows);
    /// These cells as they are in the database. The answer comes later, and never when the job is forgotten.
    using WholeRead = std::function<void(const Result<QList<Value>>&)>;
    [[nodiscard]] runtime::Job readWhole(const QModelIndexList& cells, const WholeRead& done);
    /// The whole value of a cell into a file; the answer is its size in bytes.
    [[nodiscard]] runtime::Job saveWhole(const QModelIndex& cell, const QString& path,
                                         const std::function<void(const Result<qint64>&)>& done);
    void revert(const QModelIndexList& indexes);
    /// The same wherever the rows are; without a column the whole row.
    void revertRows(const QList<std::pair<rows::RowRef, QString>>& cells);
    void undo();
    void redo();
    void discard();

    void showViolations(const QList<rows::Violation>& violations);
    /// What is known to be wrong with staged cells without a commit having said so.
    QList<rows::Violation> knownProblems() const;
    /// The model row of a staged row where it is loaded; -1 otherwise.
    int rowOf(const rows::RowRef& ref) const;

Q_SIGNALS:
    void phaseChanged();
    void totalChanged();
    void editsChanged();
    void rowsAboutToMove();  ///< or to be read anew: what is typed in an editor is to be staged first
    void inputRefused(const dewpoint::Error& error);  ///< the cell keeps its value, and says why
    void problemFound(const QString& problem);  ///< the server would refuse what is staged: "column: why"
    void rowsLeftOut(int rows);  ///< an edit was meant for these as well, but they are not loaded

private:
    struct Place {
        const rows::Page* page = nullptr;
        int row = -1;
    };
    int newCount() const { return static_cast<int>(m_fresh.size()); }
    Place placeOf(int row) const;
    const rows::RowKey* keyAt(int row) const;
    QByteArray nameOf(int row) const;  ///< in m_refusals; empty while it is loading
    rows::RowImage originalAt(const Place& place) const;
    CellState newCell(int id, int column) const;
    CellState loadedCell(const Place& place, int column) const;
    bool stage(const QModelIndex& index, const rows::EditValue& wanted);
    bool stageText(const QModelIndex& index, const QString& text);
    void insertTexts(const NewTexts& texts);
    void mark(const QModelIndex& index, const QString& problem);
    std::optional<rows::EditValue> stagedAt(const QByteArray& row, const QString& column) const;
    bool isStaged(const QByteArray& row) const;
    void redrawAll();
    using RowValues = std::map<QString, rows::EditValue>;
    RowValues copyOf(int row, QModelIndexList& cut) const;
    void insertCopies(QList<RowValues> copies);
    template <class Change>
    void changeEdits(Change change);
    void publishEdits();
    void placeNewRows();
    bool isStageable(int column) const;
    void refuse(const QModelIndex& index, const Error& error);
    void tellLeftOut(const QSet<int>& rows);
    Value beforeAt(const QModelIndex& index) const;

    int labelReference(int column) const;
    QString labelAt(int row, int column) const;
    void wantLabels(int firstRow, int lastRow);

    void reload(const rows::RowCount& known = {});
    void want(qint64 page) const;
    void fetchNext();
    void pageArrived(quint64 generation, qint64 number, Result<rows::Page> page);
    void setTotal(rows::RowCount total);
    void startBackground();
    void advance();
    void stopCounting();
    void background(quint64 generation, const Result<bool>& done, rows::RowCount total);

    runtime::Session& m_session;
    rows::Relation m_relation;
    ReferenceLabels m_labels;
    Refusals m_refusals;
    rows::ViewSpec m_spec;
    std::shared_ptr<rows::PagedRows> m_rows;  ///< used on the read lane only
    std::optional<rows::Page> m_whole;
    PageCache m_cache;
    mutable QList<qint64> m_wanted;  ///< newest first
    mutable QTimer m_wish;
    qint64 m_fetching = -1;
    bool m_retried = false;  ///< the last page was asked for again after it was lost or cancelled
    quint64 m_generation = 0;
    runtime::Job m_pageJob;
    runtime::Job m_wholeJob;
    runtime::Job m_backgroundJob;
    bool m_counting = false;
    Phase m_phase = Phase::Loading;
    std::optional<Error> m_error;
    rows::RowCount m_total;
    rows::StagedEdits m_edits;
    QList<int> m_fresh;  ///< new rows as they are shown: those of m_edits, once they are published
    bool m_frozen = false;
    QPersistentModelIndex m_edited;
    std::function<void()> m_afterEditing;  ///< news that would have moved the edited row
};

}  // namespace dewpoint::items
