// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"

#include <QFrame>

class QLabel;
class QListView;
class QStackedWidget;
class QTreeWidget;

namespace dewpoint::inspect {

class CellPanel;
class RecordModel;
class RowCompare;

/// The panel at the right that follows the focused cell: its whole row as a form, and the cell itself
/// large below.
class Inspector final : public QFrame
{
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    void setRecord(const Record& record);
    /// Several rows beside each other, in place of one.
    void setRecords(const QList<Record>& records);
    void clear();
    /// What points to the row: shown below it, one line each.
    void setReferrers(const QList<Referrer>& referrers);
    void focusReferrers();

Q_SIGNALS:
    // Of the record's field with this index.
    void editRequested(int field);
    void openReference(int field);
    void saveRequested(int field, const QString& path);
    void loadRequested(int field, const QString& path);
    void copyRequested(int field);
    void referrerRequested(int referrer);  ///< by its place in setReferrers()

private:
    QWidget* emptyPage();
    QWidget* recordPage();
    QWidget* comparePage();
    void buildReferrers();
    void showField(int row);
    int currentField() const;

    RecordModel* m_model;
    QStackedWidget* m_stack;
    QLabel* m_title;
    QListView* m_form;
    CellPanel* m_cell;
    QLabel* m_compareTitle;
    RowCompare* m_compare;
    QLabel* m_referrersTitle;
    QTreeWidget* m_referrers;
};

}  // namespace dewpoint::inspect
