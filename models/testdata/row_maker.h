// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "testdata/dice.h"
#include "testdata/fill_plan.h"
#include "values/value.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace dewpoint::testdata {

/// What the database has to say before rows can be made for it.
struct FillContext {
    std::vector<std::vector<std::vector<Value>>> targets;  ///< by foreign key: rows that can be referred to
    QHash<int, qint64> firstNumbers;                       ///< by column: the first that is free
};

/// Makes rows after a plan. The same plan, context, row and attempt give the same row; rows whose unique values
/// were there before are made once more.
class RowMaker final
{
public:
    RowMaker(const FillPlan& plan, FillContext context);

    /// Columns of the relation that have a value, in order.
    const QList<int>& columns() const { return m_columns; }
    /// More rows that a foreign key can refer to: those made meanwhile.
    void setTargets(int foreignKey, std::vector<std::vector<Value>> rows);
    void make(qint64 row, int attempt, std::vector<Value>& values);

private:
    using Cells = std::vector<std::optional<Value>>;

    void fill(qint64 row, int attempt, Cells& cells);
    void refer(int foreignKey, qint64 row, int attempt, Cells& cells);
    const std::vector<Value>* chosenTarget(int foreignKey, qint64 row, int attempt, const Cells& cells) const;
    void tellMoments(qint64 row, int attempt, Cells& cells) const;
    Value made(int column, qint64 row, int attempt) const;
    QString text(const ColumnRule& rule, qint64 row, int attempt, Dice& dice) const;
    bool isNew(const Cells& cells) const;
    void remember(const Cells& cells);
    QByteArray keyOf(const QStringList& columns, const Cells& cells) const;

    const FillPlan& m_plan;
    FillContext m_context;
    QList<int> m_columns;
    QList<int> m_moments;                  ///< columns of dates, in the order in which things happen
    QHash<int, int> m_lengths;             ///< of text columns that have a limit
    QList<bool> m_oneToOne;                ///< by foreign key: no two rows refer to the same
    std::vector<QSet<QByteArray>> m_seen;  ///< by unique columns
};

}  // namespace dewpoint::testdata
