// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/json_tree_model.h"
#include "kit/command.h"

#include <QTreeView>

namespace dewpoint::inspect {

/// The tree of a JSON document: everything that changes it has a key, and stands in its menu.
class JsonTree final : public QTreeView
{
    Q_OBJECT
public:
    explicit JsonTree(JsonTreeModel& model, QWidget* parent = nullptr);

    /// What its menu offers; the shortcuts hold while the tree has the focus.
    QList<kit::Command> commands();
    void showTop();  ///< the root, and what fits below it
    void goTo(const json::Path& path);
    void add();
    void setStageable(bool stageable) { m_stageable = stageable; }  ///< there is something to stage
    void popUpMenu(const QPoint& at);

Q_SIGNALS:
    void findAsked();
    void findNextAsked(bool backwards);
    void stageAsked();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QList<kit::Command> valueCommands();
    QList<kit::Command> placeCommands();
    QList<kit::Command> viewCommands();
    const json::Node* current() const;
    bool mayEdit() const { return m_model.isEditable() && current(); }
    bool mayMove(int by) const;
    void editColumn(int column);
    void insertAt(const json::Node& container, int row, const QByteArray& value);
    void remove();
    void duplicate();
    void moveBy(int by);
    void changeType(json::Kind kind);
    void popUpTypes();
    void fillTypes(QMenu* menu);
    void copyValue() const;
    void copyPath() const;
    void expandSome(const QModelIndex& from, int& left);
    void keepOpen();
    void openAgain();

    JsonTreeModel& m_model;
    QList<json::Path> m_open;  ///< what was unfolded before the document was read anew
    json::Path m_place;
    bool m_stageable = false;
};

/// Actions and keys of every JSON tree, for the list of keys.
QList<kit::Command> jsonKeys();

}  // namespace dewpoint::inspect
