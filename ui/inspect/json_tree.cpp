// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/json_tree.h"

#include "inspect/document_keys.h"
#include "json/find.h"
#include "json/text.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr int mostUnfolded = 2000;  ///< values that one key unfolds
constexpr qsizetype openAtOnce = 64;

constexpr std::array allKinds{json::Kind::String, json::Kind::Number, json::Kind::Boolean,
                              json::Kind::Null,   json::Kind::Object, json::Kind::Array};

/// "name", "name 2" …: one that no member of the object has.
QString freeName(const json::Document& document, const json::Node& object, const QString& wanted)
{
    QStringList taken;
    for (const auto& child : object.children)
        taken += json::readable(document.keyText(*child));
    QString name = wanted;
    // Of those that are not listed, one that stands anywhere in the object counts as taken.
    const auto isTaken = [&] {
        return taken.contains(name)
               || (object.hasMore && document.valueText(object).contains(json::quoted(name)));
    };
    for (int i = 2; isTaken(); ++i)
        name = u"%1 %2"_s.arg(wanted, QString::number(i));
    return name;
}

}  // namespace

JsonTree::JsonTree(JsonTreeModel& model, QWidget* parent) : QTreeView(parent), m_model(model)
{
    setObjectName(u"inspectorTree"_s);
    setAccessibleName(tr("JSON tree in the cell"));
    setModel(&model);
    setUniformRowHeights(true);
    setIndentation(theme::space::m);
    setExpandsOnDoubleClick(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setAllColumnsShowFocus(true);
    setFrameShape(NoFrame);
    setTextElideMode(Qt::ElideRight);
    header()->setSectionResizeMode(JsonTreeModel::Name, QHeaderView::Interactive);
    header()->setSectionResizeMode(JsonTreeModel::Value, QHeaderView::Stretch);
    header()->setSectionResizeMode(JsonTreeModel::Type, QHeaderView::ResizeToContents);
    header()->setStretchLastSection(false);
    header()->resizeSection(JsonTreeModel::Name, theme::space::xxl * 3);
    connect(this, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        const json::Node* node = m_model.node(index);
        if (m_model.flags(index).testFlag(Qt::ItemIsEditable))
            edit(index);
        else if (node && json::isContainer(node->kind))
            setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
    });
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &JsonTree::keepOpen);
    connect(&model, &QAbstractItemModel::modelReset, this, &JsonTree::openAgain);
}

const json::Node* JsonTree::current() const
{
    return m_model.node(currentIndex());
}

/// While the text is no JSON there is no tree, and what was open before counts.
void JsonTree::keepOpen()
{
    if (!m_model.document().root())
        return;
    m_open.clear();
    m_place = current() ? json::Document::pathOf(*current()) : json::Path();
    QModelIndex index = m_model.index(0, 0);
    for (int left = mostUnfolded; index.isValid() && left > 0; index = indexBelow(index), --left) {
        if (isExpanded(index))
            m_open += json::Document::pathOf(*m_model.node(index));
    }
}

void JsonTree::openAgain()
{
    if (!m_model.document().root())
        return;
    for (const json::Path& path : std::as_const(m_open)) {
        if (const QModelIndex index = m_model.indexOf(path); index.isValid())
            expand(index);
    }
    const QModelIndex place = m_model.indexOf(m_place);
    setCurrentIndex(place.isValid() ? place : m_model.index(0, 0));
}

void JsonTree::showTop()
{
    m_open.clear();
    m_place.clear();
    const QModelIndex root = m_model.index(0, 0);
    if (!root.isValid())
        return;
    collapseAll();
    expand(root);
    // A small document is seen whole.
    if (m_model.rowCount(root) <= openAtOnce && m_model.document().text().size() <= openAtOnce * openAtOnce) {
        int left = static_cast<int>(openAtOnce);
        expandSome(root, left);
    }
    setCurrentIndex(root);
    scrollToTop();
}

void JsonTree::expandSome(const QModelIndex& from, int& left)
{
    if (!m_model.hasChildren(from) || left <= 0)
        return;
    m_model.fetchMore(from);
    expand(from);
    for (int row = 0; row < m_model.rowCount(from) && --left > 0; ++row)
        expandSome(m_model.index(row, 0, from), left);
}

void JsonTree::goTo(const json::Path& path)
{
    const QModelIndex index = m_model.indexOf(path);
    if (!index.isValid())
        return;
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
        expand(above);
    setCurrentIndex(index);
    scrollTo(index);
}

void JsonTree::editColumn(int column)
{
    const QModelIndex index = currentIndex().siblingAtColumn(column);
    if (m_model.flags(index).testFlag(Qt::ItemIsEditable)) {
        setCurrentIndex(index);
        edit(index);
    } else if (column == JsonTreeModel::Value && current()) {
        setExpanded(currentIndex().siblingAtColumn(0), !isExpanded(currentIndex().siblingAtColumn(0)));
    }
}

void JsonTree::insertAt(const json::Node& container, int row, const QByteArray& value)
{
    const bool object = container.kind == json::Kind::Object;
    m_model.fetchMore(m_model.indexOf(json::Document::pathOf(container)));
    const QByteArray key =
        object ? json::quoted(freeName(m_model.document(), container, tr("name"))) : QByteArray();
    json::Path path = json::Document::pathOf(container);
    m_model.apply(m_model.document().inserted(container, row, key, value));
    path += row;
    goTo(path);
    editColumn(object ? JsonTreeModel::Name : JsonTreeModel::Value);
}

/// Into a container that is open or empty, else behind the value.
void JsonTree::add()
{
    const json::Node* node = current() ? current() : m_model.document().root();
    if (!node || !m_model.isEditable())
        return;
    const bool into = json::isContainer(node->kind)
                      && (!node->parent || !m_model.document().hasItems(*node)
                          || isExpanded(currentIndex().siblingAtColumn(0)));
    if (into) {
        m_model.fetchMore(m_model.indexOf(json::Document::pathOf(*node)));
        insertAt(*node, static_cast<int>(node->children.size()), "null");
    } else if (node->parent) {
        insertAt(*node->parent, node->row + 1, "null");
    }
}

void JsonTree::remove()
{
    const json::Node* node = current();
    if (!m_model.isEditable() || !node || !node->parent)
        return;
    json::Path next = json::Document::pathOf(*node);
    const bool last = static_cast<size_t>(node->row) + 1 == node->parent->children.size();
    m_model.apply(m_model.document().removed(*node->parent, node->row));
    if (last && next.last() == 0)
        next.removeLast();
    else if (last)
        --next.last();
    goTo(next);
}

void JsonTree::duplicate()
{
    const json::Node* node = current();
    if (!m_model.isEditable() || !node || !node->parent)
        return;
    const json::Document& document = m_model.document();
    const QByteArray key =
        node->hasKey()
            ? json::quoted(freeName(document, *node->parent, json::readable(document.keyText(*node))))
            : QByteArray();
    json::Path path = json::Document::pathOf(*node);
    m_model.apply(
        document.inserted(*node->parent, node->row + 1, key, document.valueText(*node).toByteArray()));
    ++path.last();
    goTo(path);
}

bool JsonTree::mayMove(int by) const
{
    const json::Node* node = current();
    const int to = node ? node->row + by : -1;
    return mayEdit() && node->parent && to >= 0 && static_cast<size_t>(to) < node->parent->children.size();
}

void JsonTree::moveBy(int by)
{
    if (!mayMove(by))
        return;
    const json::Node* node = current();
    json::Path path = json::Document::pathOf(*node);
    m_model.apply(m_model.document().swapped(*node->parent, std::min(node->row, node->row + by)));
    path.last() += by;
    goTo(path);
}

void JsonTree::changeType(json::Kind kind)
{
    const json::Node* node = current();
    if (m_model.isEditable() && node && node->kind != kind)
        m_model.apply(m_model.document().valued(*node, converted(m_model.document(), *node, kind)));
}

void JsonTree::fillTypes(QMenu* menu)
{
    for (const json::Kind kind : allKinds) {
        QAction* action = menu->addAction(typeName(kind), this, [this, kind] { changeType(kind); });
        action->setCheckable(true);
        action->setChecked(current() && current()->kind == kind);
    }
}

void JsonTree::popUpTypes()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"jsonTypeMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillTypes(menu);
    menu->popup(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    menu->setActiveAction(menu->actions().constFirst());
}

void JsonTree::copyValue() const
{
    const json::Node* node = current();
    if (!node)
        return;
    const QByteArrayView text = m_model.document().valueText(*node);
    QGuiApplication::clipboard()->setText(node->kind == json::Kind::String ? json::readable(text)
                                                                           : QString::fromUtf8(text));
}

void JsonTree::copyPath() const
{
    if (const json::Node* node = current())
        QGuiApplication::clipboard()->setText(json::pathText(m_model.document(), *node));
}

bool JsonTree::event(QEvent* event)
{
    QList<kit::Command> wanted = commands();
    // With nothing to stage the key commits, as elsewhere in the inspector.
    wanted.removeIf([](const kit::Command& command) {
        return command.id == QLatin1String("json.stage") && !command.isEnabled();
    });
    return claimsKey(*event, wanted) || QTreeView::event(event);
}

void JsonTree::keyPressEvent(QKeyEvent* event)
{
    if (state() == EditingState)
        return QTreeView::keyPressEvent(event);  // what the editor of a value left over
    if (takesKey(*event, commands()))
        return event->accept();
    const QKeySequence pressed = pressedKeys(*event);
    if (pressed == QKeySequence(Qt::Key_Return))
        return editColumn(JsonTreeModel::Value);
    if (pressed == QKeySequence(Qt::SHIFT | Qt::Key_F10))
        return popUpMenu(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    QTreeView::keyPressEvent(event);
}

void JsonTree::contextMenuEvent(QContextMenuEvent* event)
{
    popUpMenu(event->globalPos());
}

void JsonTree::popUpMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"jsonMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const kit::Command& command : commands()) {
        if (command.id == u"json.type"_s) {
            QMenu* types = menu->addMenu(command.title);
            types->setEnabled(command.isEnabled());
            fillTypes(types);
            continue;
        }
        QAction* action = menu->addAction(
            command.title + u'\t' + command.shortcut.toString(QKeySequence::NativeText), this, command.run);
        action->setObjectName(command.id);
        action->setEnabled(command.isEnabled());
    }
    menu->popup(at);
}

}  // namespace dewpoint::inspect
