// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

#include <QTreeWidget>

namespace dewpoint::cells {

/// A value as a list of changes shows it; a word is one of ours: NULL, DEFAULT, empty text.
struct ShownValue {
    QString text;
    bool isWord = false;
};

struct ShownCell {
    QString column;
    ShownValue before, after;
};

struct ShownChange {
    enum class Kind { Inserted, Updated, Deleted };
    Kind kind = Kind::Updated;
    rows::RowRef row;
    QString title;           ///< the row's key
    QString note;            ///< "by ON DELETE"
    QString values;          ///< of a row that was made or deleted
    QList<ShownCell> cells;  ///< of an update
};

struct ShownTable {
    QString title;
    QList<ShownChange> changes;
};

ShownTable shownEdits(const rows::Relation& relation, const rows::StagedEdits& edits);
ShownTable shownChanges(const rows::TableChanges& changes);

/// Changed rows by table, each cell with its value before and after. Of very many rows only the first are
/// listed, and that is said.
class ChangeTree final : public QTreeWidget
{
    Q_OBJECT
public:
    static constexpr qsizetype mostListed = 2000;  ///< of one table

    explicit ChangeTree(QWidget* parent = nullptr);
    void show(const QList<ShownTable>& tables);

    /// A chosen line: a table, a row of it (an index into its changes), or a cell of that.
    struct Place {
        int table = -1;
        int change = -1;
        QString column;
        bool operator==(const Place&) const = default;
    };
    QList<Place> chosen() const;  ///< without those that a chosen line above holds already
    Place current() const;

Q_SIGNALS:
    void activatedAt(const dewpoint::cells::ChangeTree::Place& place);
    void chosenChanged();

private:
    void addChange(QTreeWidgetItem* parent, const ShownChange& change, const Place& place, bool open);
};

}  // namespace dewpoint::cells
