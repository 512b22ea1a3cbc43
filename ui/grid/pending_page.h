// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cells/change_tree.h"
#include "kit/command.h"
#include "rows/commit.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::runtime {
class Session;
}

namespace dewpoint::grid {

class CommitConsequences;
class TablePage;

/// Everything that is staged in any tab of one database: to look at, to go to, to take away and to commit,
/// a table or all of them in one transaction.
class PendingPage final : public QWidget
{
    Q_OBJECT
public:
    using Pages = std::function<QList<TablePage*>()>;

    /// `asksBefore`: the connection wants a yes before it is written to; `database` is its name.
    PendingPage(runtime::Session& session, Pages pages, bool asksBefore, QString database,
                QWidget* parent = nullptr);

    QList<kit::Command> commands();
    void refreshSoon();  ///< something was staged or taken away
    void commitAll();
    void revertChosen();

Q_SIGNALS:
    void wanted(dewpoint::grid::TablePage* page);  ///< to the front
    void statusText(const QString& text);

private:
    void build();
    void refresh();
    void forget(const TablePage* page);
    void tellRefusal();
    void renderTitle();
    void renderConsequences(const QString& before);
    QString detailOfWriting() const;
    QList<rows::TableEdits> edits() const;
    void renderButtons();
    void commit(const QList<TablePage*>& pages);
    void write(const QList<TablePage*>& pages);
    void goTo(const cells::ChangeTree::Place& place);
    TablePage* chosenTable() const;

    Pages m_allPages;
    bool m_asksBefore = false;
    QString m_database;
    QList<TablePage*> m_pages;  ///< those with edits, as they are listed
    QList<cells::ShownTable> m_shown;
    QString m_refused;  ///< tables whose refusals are told of
    kit::AskBar* m_ask;
    CommitConsequences* m_consequences;
    QLabel* m_title;
    cells::ChangeTree* m_tree;
    QPushButton* m_revert;
    QPushButton* m_commitTable;
    QPushButton* m_commitAll;
    QTimer m_due;
};

}  // namespace dewpoint::grid
