// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "values/array_text.h"

#include <QTreeView>

class QLabel;
class QMimeData;
class QPushButton;

namespace dewpoint::inspect {

class ArrayModel;

/// The elements of an array: everything that changes them has a key, and stands in its menu.
class ArrayList final : public QTreeView
{
    Q_OBJECT
public:
    explicit ArrayList(ArrayModel& model, QWidget* parent = nullptr);

    /// What its menu offers; the shortcuts hold while the list has the focus.
    QList<kit::Command> commands();
    void add();
    void finishEditing();  ///< what stands in an open editor is taken
    void goTo(int row);
    int row() const { return currentIndex().row(); }
    void popUpMenu(const QPoint& at);
    void setKnown(bool known);  ///< while it is read, nobody knows whether it is empty

Q_SIGNALS:
    void undoAsked(bool redo);  ///< of the grid, where all of it is staged
    void findAsked();
    void findNextAsked(bool backwards);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void commitData(QWidget* editor) override;
    void closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) override;

private:
    void buildEmptiness();
    void showEmptiness();  ///< what there is to do where there is no element
    QList<kit::Command> elementCommands();
    QList<kit::Command> otherCommands();
    QList<int> chosen() const;
    bool mayEdit() const;
    bool mayMove(int by) const;
    void editElement();
    void duplicate();
    void remove();
    void moveBy(int by);
    void setAll(const ArrayElement& element);
    void copy() const;
    void paste();
    std::vector<ArrayElement> pasted(const QMimeData& clip) const;

    ArrayModel& m_model;
    bool m_known = false;
    bool m_staging = false;  ///< the grid asks for what is typed while it takes just that
    QWidget* m_emptiness;
    QLabel* m_emptyText;
    QPushButton* m_addFirst;
};

/// Actions and keys of every list of elements, for the list of keys.
QList<kit::Command> arrayKeys();

}  // namespace dewpoint::inspect
