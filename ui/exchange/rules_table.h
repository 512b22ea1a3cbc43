// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "testdata/fill_plan.h"

#include <QTableWidget>

namespace dewpoint::exchange {

/// A line for each column of a table: how its values are made up, and how many of them are NULL.
class RulesTable final : public QTableWidget
{
    Q_OBJECT
public:
    explicit RulesTable(QWidget* parent = nullptr);

    void show(const testdata::FillPlan& plan);
    QList<testdata::ColumnRule> rules() const;

Q_SIGNALS:
    void rulesChanged();

private:
    void addKinds(int row, const testdata::ColumnRule& rule);
    void addDetail(int row, const testdata::ColumnRule& rule);
    void addShare(int row, const testdata::ColumnRule& rule);
    void renderRow(int row, const testdata::ColumnRule& rule);
    testdata::RuleKind kindAt(int row) const;
    testdata::ColumnRule ruleAt(int row) const;

    QList<rows::RelationColumn> m_columns;
    QList<bool> m_refers;
};

}  // namespace dewpoint::exchange
