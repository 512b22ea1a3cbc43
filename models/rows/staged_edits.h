// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/edit_value.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace dewpoint::rows {

/// Pending changes of one table, keyed by primary key, so that sorting, filtering and refreshing never
/// touch them. A value: copy it, compare it, write it to a draft. Every change can be undone.
class StagedEdits final
{
public:
    struct Counts {
        int inserts = 0;
        int updates = 0;
        int deletes = 0;
        int total() const { return inserts + updates + deletes; }
        bool operator==(const Counts&) const = default;
    };

    /// Stages one cell; going back to the value it had takes the edit away again.
    void setCell(const RowKey& key, const RowImage& original, const QString& column, EditValue after);
    void deleteRow(const RowKey& key, const RowImage& original);
    int insertRow(std::map<QString, EditValue> values = {});
    void setNewCell(int id, const QString& column, EditValue value);
    void removeNew(int id);
    void revertRow(const RowKey& key);
    void revertCell(const RowKey& key, const QString& column);
    void clear();
    /// The base a later comparison uses, after someone else changed the row: keeps mine, takes theirs as base.
    void rebase(const RowKey& key, const RowImage& theirs);

    /// What is changed between group() calls is one step for undo.
    void beginGroup();
    void endGroup();
    bool canUndo() const { return !m_undo.isEmpty(); }
    bool canRedo() const { return !m_redo.isEmpty(); }
    void undo();
    void redo();

    const RowEdit* row(const RowKey& key) const;
    const NewRow* newRow(int id) const;
    const std::map<QByteArray, RowEdit>& rows() const { return m_rows; }
    const QList<int>& newRowIds() const { return m_order; }
    Counts counts() const;
    bool isEmpty() const { return m_rows.empty() && m_new.empty(); }

    QJsonObject toJson() const;
    static StagedEdits fromJson(const QJsonObject& json);

    /// Equal when the same changes are pending, whatever the history.
    bool operator==(const StagedEdits& other) const { return m_rows == other.m_rows && m_new == other.m_new; }

private:
    struct Change {
        QByteArray key;  ///< an existing row, or empty for the new row `id`
        int id = 0;
        std::optional<RowEdit> rowBefore, rowAfter;
        std::optional<NewRow> newBefore, newAfter;
    };
    using Step = QList<Change>;

    RowEdit edited(const RowKey& key, const RowImage& original) const;
    void putRow(const RowKey& key, std::optional<RowEdit> after);
    void putNew(int id, std::optional<NewRow> after);
    void apply(const Change& change, bool forward);
    void record(Change change);

    std::map<QByteArray, RowEdit> m_rows;
    std::map<int, NewRow> m_new;
    QList<int> m_order;
    int m_nextId = 1;
    QList<Step> m_undo;
    QList<Step> m_redo;
    Step m_group;
    int m_depth = 0;
};

}  // namespace dewpoint::rows
