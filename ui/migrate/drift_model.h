// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drift/item.h"
#include "store/drift_memory.h"

#include <QAbstractTableModel>

namespace dewpoint::migrate {

/// The differences between a database and its migrations, a line each: those that are open, or those that a
/// person chose to ignore.
class DriftModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Kind, Text, ColumnCount };
    enum class Shown { Open, Ignored };

    struct Line {
        drift::Item item;  ///< of what is there no more, only key and text
        bool isIgnored = false;
        bool isGone = false;  ///< ignored once, and not a difference now
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setFound(const QList<drift::Item>& items, const QList<store::IgnoredDifference>& ignored);
    void setShown(Shown shown);
    Shown shown() const { return m_shown; }
    const Line& at(int row) const { return m_lines.at(row); }
    int openCount() const;
    int ignoredCount() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refill();

    QList<Line> m_all;
    QList<Line> m_lines;  ///< what is shown of them
    Shown m_shown = Shown::Open;
};

/// "+ extra", "− missing", "~ different": the sign and the word, for colour is never alone.
QString kindText(drift::Kind kind);

}  // namespace dewpoint::migrate
