// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/rehearsal.h"

#include <QFrame>

#include <memory>

class QLabel;
class QTableView;
class QTreeWidget;
class QTreeWidgetItem;

namespace dewpoint::rehearsal {

class RowDifferences;

/// What a rehearsal found out: the verdict, what did not come back, the statements with their times and
/// locks, and the rows of the table that is selected.
class RehearsalView final : public QWidget
{
    Q_OBJECT
public:
    explicit RehearsalView(QWidget* parent = nullptr);

    void show(std::shared_ptr<const rehearse::Rehearsal> rehearsal);
    bool isAbout(const QString& version) const;
    QString text() const;  ///< all of it, for the clipboard and tests

private:
    void build();
    void buildRows();
    void paintVerdict();
    QTreeWidgetItem* section(const QString& title);
    void addLost();
    void addBrokenSql();
    void addRuns();
    void addStructure();
    void addTables(const QString& title, const QList<rehearse::TableRows>& tables);
    void showRows();

    std::shared_ptr<const rehearse::Rehearsal> m_rehearsal;
    QFrame* m_band;
    QLabel* m_sign;
    QLabel* m_verdict;
    QLabel* m_live;
    QTreeWidget* m_tree;
    QLabel* m_rowsTitle;
    QWidget* m_rowsPart;
    QTableView* m_table;
    RowDifferences* m_rows;
};

}  // namespace dewpoint::rehearsal
