// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"

#include <QFrame>

class QLabel;
class QListView;
class QStackedWidget;

namespace dewpoint::inspect {

class CellPanel;
class RecordModel;

/// The panel at the right that follows the focused cell: its whole row as a form, and the cell itself
/// large below.
class Inspector final : public QFrame
{
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    void setRecord(const Record& record);
    void clear();

Q_SIGNALS:
    void editRequested(const QString& columnName);
    void openReference(const QString& columnName);
    void saveRequested(const QString& columnName, const QString& path);
    void loadRequested(const QString& columnName, const QString& path);
    void copyRequested(const QString& columnName);

private:
    QWidget* emptyPage();
    QWidget* recordPage();
    void showField(int row);
    QString currentName() const;

    RecordModel* m_model;
    QStackedWidget* m_stack;
    QLabel* m_title;
    QListView* m_form;
    CellPanel* m_cell;
};

}  // namespace dewpoint::inspect
