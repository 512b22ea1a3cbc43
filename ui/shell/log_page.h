// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

#include <QWidget>

class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace dewpoint::shell {

class StatementLog;

/// The statement log in a tab: what was sent, how long it took, and a filter.
class LogPage final : public QWidget
{
    Q_OBJECT
public:
    explicit LogPage(StatementLog& log, QWidget* parent = nullptr);
    QList<kit::Command> commands();

private:
    void copy() const;

    StatementLog& m_log;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QTableView* m_table;
};

}  // namespace dewpoint::shell
