// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/cell_delegate.h"

#include "items/table_model.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

using items::CellState;
using items::RowState;
using theme::Role;

std::optional<Role> groundOf(const CellState& state)
{
    if (!state.error.isEmpty())
        return Role::DangerSoft;
    if (state.row == RowState::Deleted)
        return Role::RemovedSoft;
    if (state.row == RowState::Added)
        return Role::AddedSoft;
    return state.changed ? std::optional(Role::ChangedSoft) : std::nullopt;
}

// What stands for a value that has no text; drawn faint and slanted so that it is no text.
QString placeholderOf(const CellState& state)
{
    if (state.null)
        return u"NULL"_s;
    if (state.isDefault)
        return u"DEFAULT"_s;
    if (state.empty)
        return CellDelegate::tr("empty");
    return state.row == RowState::Loading ? u"…"_s : QString();
}

}  // namespace

CellDelegate::CellDelegate(const items::TableModel& model, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model)
{}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const CellState state = m_model.cellState(index);
    const QString text = state.text.isEmpty() ? placeholderOf(state) : state.text;
    return {option.fontMetrics.horizontalAdvance(text.left(60)) + 2 * theme::space::s + theme::space::xs,
            theme::space::rowHeight};
}

void CellDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option,
                               const CellState& state) const
{
    const auto ground = groundOf(state);
    if (ground)
        painter.fillRect(option.rect, theme::color(*ground));
    if (option.state.testFlag(QStyle::State_Selected)) {
        QColor selection = theme::color(Role::Selection);
        if (ground)
            selection.setAlphaF(0.5F);  // the state must stay visible under a selection
        painter.fillRect(option.rect, selection);
    }
    painter.setPen(theme::color(Role::Grid));
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter.drawLine(option.rect.topRight(), option.rect.bottomRight());
    if (!state.error.isEmpty()) {
        painter.setPen(theme::color(Role::Danger));
        painter.drawRect(option.rect.adjusted(0, 0, -theme::space::hair, -theme::space::hair));
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(QPen(theme::color(Role::Accent), 2 * theme::space::hair));
        painter.drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
}

void CellDelegate::paintText(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                             const CellState& state) const
{
    const QString placeholder = placeholderOf(state);
    QFont font = option.font;
    font.setItalic(!placeholder.isEmpty());
    font.setStrikeOut(state.row == RowState::Deleted);
    painter.setFont(font);
    const Role role = state.row == RowState::Deleted ? Role::Removed
                      : !placeholder.isEmpty()       ? Role::TextFaint
                                                     : Role::Text;
    painter.setPen(theme::color(role));
    QString text = placeholder.isEmpty() ? state.text : placeholder;
    text.replace(u'\n', u'⏎').replace(u'\t', u'⇥').remove(u'\r');
    if (state.truncated)
        text += u" ⋯"_s;
    const rows::RelationColumn& column = m_model.relation().columns[index.column()];
    const bool right = rows::isNumber(column.family) && placeholder.isEmpty();
    const QRect inside = option.rect.adjusted(theme::space::s, 0, -theme::space::s, 0);
    const QString elided = QFontMetrics(font).elidedText(text, Qt::ElideRight, inside.width());
    painter.drawText(inside, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft), elided);
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const CellState state = m_model.cellState(index);
    painter->save();
    paintGround(*painter, option, state);
    paintText(*painter, option, index, state);
    painter->restore();
}

QWidget* CellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                    const QModelIndex& index) const
{
    const QString text = index.data(Qt::EditRole).toString();
    QWidget* editor = nullptr;
    // A line edit would join the lines of a long text.
    if (text.contains(u'\n')) {
        auto* area = new QPlainTextEdit(parent);
        area->setProperty("role", u"cell"_s);
        area->setToolTip(tr("Ctrl+Return stages the text, Esc leaves it as it was."));
        editor = area;
    } else {
        auto* line = new QLineEdit(parent);
        line->setFrame(false);
        const auto value = m_model.valueAt(index);
        line->setPlaceholderText(!value ? u"DEFAULT"_s : isNull(*value) ? u"NULL"_s : tr("empty"));
        editor = line;
    }
    editor->setObjectName(u"cellEditor"_s);
    editor->setAutoFillBackground(true);
    editor->setAccessibleName(m_model.relation().columns[index.column()].name);
    return editor;
}

void CellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    const QString text = index.data(Qt::EditRole).toString();
    if (auto* line = qobject_cast<QLineEdit*>(editor)) {
        line->setText(text);
        line->selectAll();
    } else if (auto* area = qobject_cast<QPlainTextEdit*>(editor)) {
        area->setPlainText(text);
    }
}

void CellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    if (const auto* line = qobject_cast<QLineEdit*>(editor))
        model->setData(index, line->text());
    else if (const auto* area = qobject_cast<QPlainTextEdit*>(editor))
        model->setData(index, area->toPlainText());
}

void CellDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                        const QModelIndex&) const
{
    QRect place = option.rect;
    if (qobject_cast<QPlainTextEdit*>(editor))
        place.setSize({std::max(place.width(), theme::space::inspectorWidth), 6 * theme::space::rowHeight});
    editor->setGeometry(place);
}

// In a text of several lines Return is a line break: Ctrl+Return stages it and Tab moves on, as ever.
bool CellDelegate::eventFilter(QObject* editor, QEvent* event)
{
    auto* area = qobject_cast<QPlainTextEdit*>(editor);
    const bool pressed = event->type() == QEvent::KeyPress;
    if (!area || (!pressed && event->type() != QEvent::ShortcutOverride))
        return QStyledItemDelegate::eventFilter(editor, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool stages = enter && key->modifiers().testFlag(Qt::ControlModifier);
    const bool moves = key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier;
    if (!stages && !moves)
        return QStyledItemDelegate::eventFilter(editor, event);
    event->accept();
    if (pressed) {
        Q_EMIT commitData(area);
        Q_EMIT closeEditor(area, moves ? EditNextItem : NoHint);
    }
    return true;
}

}  // namespace dewpoint::grid
