// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace dewpoint::migrate {

class MigrationModel;

/// The left side: the project in a line or two, a filter, and the migrations, newest on top.
class MigrationList final : public QWidget
{
    Q_OBJECT
public:
    explicit MigrationList(QWidget* parent = nullptr);
    ~MigrationList() override;

    void setStatus(const apply::Status& status, const QString& database);
    void setFailed(const QString& version);
    void select(const QString& version);
    const apply::MigrationState* selected() const;

Q_SIGNALS:
    void selectionChanged();

private:
    void buildTable();

    MigrationModel* m_model;
    QSortFilterProxyModel* m_shown;
    QLabel* m_badge;
    QLabel* m_place;
    QLineEdit* m_filter;
    QTableView* m_table;
};

}  // namespace dewpoint::migrate
