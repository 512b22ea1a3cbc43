// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"
#include "kit/command.h"

#include <QFrame>

class QLabel;
class QModelIndex;
class QSplitter;
class QStackedWidget;

namespace dewpoint::inspect {

class CellPanel;
class PastView;
class RecordForm;
class RecordModel;
class RowCompare;

/// The panel at the right that follows the focused cell: its whole row as a form, in which what it points to
/// unfolds, what points to it, and the cell itself large below.
class Inspector final : public QFrame
{
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    void setRelatedSource(const RelatedSource& source);
    void setRecord(const Record& record);
    /// Several rows beside each other, in place of one.
    void setRecords(const QList<Record>& records);
    void clear();
    /// What points to the row: shown below it, one line each.
    void setReferrers(const QList<Referrer>& referrers);
    void focusReferrers();
    void focusRow();        ///< the one, or those beside each other
    void enlarge(bool on);  ///< the value takes all of the room
    /// The whole of a value of which the record has the beginning.
    void setWhole(const QString& place, const QString& field, const Value& value);
    /// Tells what is edited in it and not told yet.
    void finishEditing();
    bool showsJson() const;
    bool showsArray() const;
    void focusDocument();  ///< the tree of JSON, or the elements of an array
    /// The history of the value, in place of it: filled by who knows of commits.
    PastView& past();
    bool showsPast() const;
    void togglePast();  ///< with the focus in it
    int shownField() const { return currentField(); }
    QList<kit::Command> commands();

Q_SIGNALS:
    // Of the record's field with this index.
    void editRequested(int field);
    void openReference(int field);
    void saveRequested(int field, const QString& path);
    void loadRequested(int field, const QString& path);
    void copyRequested(int field);
    void wholeRequested(int field);
    void textStaged(int field, const QByteArray& text);
    void undoAsked(bool redo);             ///< of the grid, where what is edited here is staged
    void referrerRequested(int referrer);  ///< by its place in setReferrers()
    void linkRequested(const dewpoint::rows::Link& link);
    void pastWanted();  ///< of another field, or shown for the first time

private:
    QWidget* emptyPage();
    QWidget* recordPage();
    QWidget* comparePage();
    void buildForm();
    void buildReferrers();
    void wireCell();
    void wireForm();
    void showLine(const RecordForm* form, const QModelIndex& index);
    void jump(const RecordForm* form, const QModelIndex& index);
    void fitReferrers();
    int currentField() const;

    RecordModel* m_model;
    RecordModel* m_pointing;
    QStackedWidget* m_stack;
    QLabel* m_title;
    RecordForm* m_form;
    CellPanel* m_cell;
    QSplitter* m_halves;
    QLabel* m_compareTitle;
    RowCompare* m_compare;
    QLabel* m_referrersTitle;
    RecordForm* m_referrers;
    bool m_large = false;
};

}  // namespace dewpoint::inspect
