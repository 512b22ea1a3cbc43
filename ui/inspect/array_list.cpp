// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/array_list.h"

#include "inspect/array_delegate.h"
#include "inspect/array_model.h"
#include "inspect/document_keys.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

/// Beside the lines that anybody reads: the elements exactly, NULL and line breaks included.
constexpr QLatin1StringView arrayMime("application/x-dewpoint-array");

}  // namespace

ArrayList::ArrayList(ArrayModel& model, QWidget* parent)
    : QTreeView(parent)
    , m_model(model)
    , m_emptiness(new QWidget(viewport()))
    , m_emptyText(new QLabel(m_emptiness))
    , m_addFirst(new QPushButton(tr("Add an element (Ins)"), m_emptiness))
{
    setObjectName(u"inspectorArray"_s);
    setAccessibleName(tr("Elements of the array in the cell"));
    setModel(&model);
    setItemDelegate(new ArrayDelegate(model, this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setEditTriggers(DoubleClicked);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setAllColumnsShowFocus(true);
    setFrameShape(NoFrame);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(true);
    header()->resizeSection(ArrayModel::Number, theme::space::xxl + theme::space::m);
    buildEmptiness();
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ArrayList::showEmptiness);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ArrayList::showEmptiness);
    connect(&model, &QAbstractItemModel::modelReset, this, &ArrayList::showEmptiness);
}

void ArrayList::buildEmptiness()
{
    m_emptiness->setObjectName(u"arrayEmpty"_s);
    m_emptyText->setText(tr("An empty array, which is not NULL"));
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyText->setProperty("role", u"muted"_s);
    m_addFirst->setObjectName(u"arrayAddFirst"_s);
    auto* column = new QVBoxLayout(m_emptiness);
    column->addStretch();
    column->addWidget(m_emptyText);
    column->addWidget(m_addFirst, 0, Qt::AlignHCenter);
    column->addStretch();
    auto* whole = new QVBoxLayout(viewport());
    whole->setContentsMargins({});
    whole->addWidget(m_emptiness);
    m_emptiness->hide();
    connect(m_addFirst, &QPushButton::clicked, this, &ArrayList::add);
}

void ArrayList::setKnown(bool known)
{
    m_known = known;
    showEmptiness();
}

void ArrayList::showEmptiness()
{
    m_emptiness->setVisible(m_known && m_model.rowCount() == 0);
    m_addFirst->setVisible(m_model.isEditable());
}

/// Those that are selected, in their order.
QList<int> ArrayList::chosen() const
{
    QList<int> rows;
    const QModelIndexList selected = selectionModel()->selectedRows();
    for (const QModelIndex& index : selected)
        rows += index.row();
    std::ranges::sort(rows);
    return rows;
}

bool ArrayList::mayEdit() const
{
    return m_model.isEditable() && currentIndex().isValid();
}

bool ArrayList::mayMove(int by) const
{
    if (!mayEdit())
        return false;
    const QList<int> rows = chosen();
    return !rows.isEmpty() && rows.first() + by >= 0 && rows.last() + by < m_model.rowCount();
}

void ArrayList::goTo(int row)
{
    const QModelIndex index = m_model.index(std::min(row, m_model.rowCount() - 1), ArrayModel::Value);
    if (!index.isValid())
        return;
    // Whatever keys are held: with Ctrl the view would add it to what is selected.
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void ArrayList::editElement()
{
    const QModelIndex index = currentIndex().siblingAtColumn(ArrayModel::Value);
    if (!m_model.flags(index).testFlag(Qt::ItemIsEditable))
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    edit(index);
}

/// It is an element as soon as something is typed; Esc leaves the array as it was.
void ArrayList::add()
{
    if (!m_model.isEditable())
        return;
    setFocus();
    finishEditing();
    const int at = currentIndex().isValid() ? row() + 1 : m_model.rowCount();
    m_model.makeRoom(at);
    goTo(at);
    editElement();
}

void ArrayList::finishEditing()
{
    QWidget* editor = indexWidget(currentIndex().siblingAtColumn(ArrayModel::Value));
    if (!editor || state() != EditingState || m_staging)
        return;
    commitData(editor);
    closeEditor(editor, QAbstractItemDelegate::NoHint);
}

void ArrayList::commitData(QWidget* editor)
{
    const QScopedValueRollback staging(m_staging, true);
    QTreeView::commitData(editor);
}

void ArrayList::closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint)
{
    // Behind the last one there is none to go on to.
    const bool isLast = row() + 1 >= m_model.rowCount();
    QTreeView::closeEditor(
        editor, hint == QAbstractItemDelegate::EditNextItem && isLast ? QAbstractItemDelegate::NoHint : hint);
    if (const int room = m_model.room(); room >= 0) {
        m_model.giveRoomUp();
        goTo(std::max(0, room - 1));
    }
}

void ArrayList::duplicate()
{
    const int at = row() + 1;
    m_model.insert(at, {m_model.at(row())});
    goTo(at);
}

void ArrayList::remove()
{
    const QList<int> rows = chosen();
    if (rows.isEmpty())
        return;
    m_model.remove(rows);
    goTo(rows.first());
}

void ArrayList::moveBy(int by)
{
    m_model.move(chosen(), by);
    scrollTo(currentIndex());
}

void ArrayList::setAll(const ArrayElement& element)
{
    m_model.set(chosen(), element);
}

void ArrayList::copy() const
{
    ArrayText some = m_model.array();
    some.lowers.clear();
    some.elements.clear();
    QStringList lines;
    const QList<int> rows = chosen();
    for (const int row : rows) {
        some.elements.push_back(m_model.at(row));
        lines += QString::fromUtf8(m_model.at(row).value_or(QByteArray()));
    }
    auto* copied = new QMimeData;
    copied->setText(lines.join(u'\n'));
    copied->setData(arrayMime, some.write());
    QGuiApplication::clipboard()->setMimeData(copied);
}

/// Elements that were copied here, or the lines of any text.
std::vector<ArrayElement> ArrayList::pasted(const QMimeData& clip) const
{
    const bool exact = clip.hasFormat(arrayMime);
    auto copied = exact ? ArrayText::parse(clip.data(arrayMime), m_model.array().delimiter)
                        : std::unexpected(ArrayProblem());
    if (copied && copied->inner == m_model.array().inner)
        return std::move(copied->elements);
    QString text = clip.text().remove(u'\r');
    if (text.endsWith(u'\n'))
        text.chop(1);
    std::vector<ArrayElement> elements;
    if (text.isEmpty() || m_model.array().hasParts())
        return elements;
    const QStringList lines = text.split(u'\n');
    for (const QString& line : lines)
        elements.emplace_back(line.toUtf8());
    return elements;
}

void ArrayList::paste()
{
    const QMimeData* clip = QGuiApplication::clipboard()->mimeData();
    const std::vector<ArrayElement> elements = clip ? pasted(*clip) : std::vector<ArrayElement>();
    const int at = currentIndex().isValid() ? row() + 1 : m_model.rowCount();
    m_model.insert(at, elements);
    if (!elements.empty())
        goTo(at + static_cast<int>(elements.size()) - 1);
}

bool ArrayList::event(QEvent* event)
{
    return claimsKey(*event, arrayKeys()) || QTreeView::event(event);
}

void ArrayList::keyPressEvent(QKeyEvent* event)
{
    if (state() == EditingState)
        return QTreeView::keyPressEvent(event);  // what the editor of a value left over
    if (takesKey(*event, commands()))
        return event->accept();
    const QKeySequence pressed = pressedKeys(*event);
    if (pressed == QKeySequence(Qt::Key_Return))
        return editElement();
    if (pressed == QKeySequence(Qt::SHIFT | Qt::Key_F10))
        return popUpMenu(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    QTreeView::keyPressEvent(event);
}

void ArrayList::contextMenuEvent(QContextMenuEvent* event)
{
    popUpMenu(event->globalPos());
}

void ArrayList::popUpMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"arrayMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const kit::Command& command : commands()) {
        QAction* action = menu->addAction(
            command.title + u'\t' + command.shortcut.toString(QKeySequence::NativeText), this, command.run);
        action->setObjectName(command.id);
        action->setEnabled(command.isEnabled());
    }
    menu->popup(at);
}

}  // namespace dewpoint::inspect
