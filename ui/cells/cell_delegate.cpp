// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/cell_delegate.h"

#include "cells/cell_editor.h"
#include "cells/labelled_text.h"
#include "items/table_model.h"
#include "kit/plain_tip.h"
#include "rows/cell_input.h"
#include "rows/input_check.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

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
    if (state.required)
        return CellDelegate::tr("required");
    if (state.empty)
        return CellDelegate::tr("empty");
    return state.row == RowState::Loading ? u"…"_s : QString();
}

/// SQLite takes any bytes for a text; what no editor can show none may write back.
bool isWholeText(const std::optional<Value>& value)
{
    const auto* text = value ? std::get_if<Text>(&*value) : nullptr;
    return !text || QString::fromUtf8(text->utf8).toUtf8() == text->utf8;
}

/// Behind a text that is drawn at `left`: what a search found in it, underlined as well, so that colour is
/// not the only sign.
void paintHits(QPainter& painter, const QRect& inside, int left, const QString& text, const QString& wanted)
{
    if (wanted.isEmpty())
        return;
    const QFontMetrics metrics(painter.font());
    for (qsizetype at = text.indexOf(wanted, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(wanted, at + wanted.size(), Qt::CaseInsensitive)) {
        const QRect place(left + metrics.horizontalAdvance(text.left(at)),
                          inside.center().y() - metrics.height() / 2,
                          metrics.horizontalAdvance(text.mid(at, wanted.size())), metrics.height());
        painter.fillRect(place, theme::color(Role::WarningSoft));
        painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 2 * theme::space::hair),
                         theme::color(Role::Warning));
    }
}

QString oneLine(QString text)
{
    return text.replace(u'\n', u'⏎').replace(u'\t', u'⇥').remove(u'\r');
}

}  // namespace

CellDelegate::CellDelegate(const items::TableModel& model, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model)
{}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const CellState state = m_model.cellState(index);
    const QString text = state.text.isEmpty() ? placeholderOf(state) : state.text;
    // Labels come after the rows; there is room for them from the start.
    const QString label = m_model.hasLabels(index.column()) ? u"  A usual label"_s : QString();
    return {option.fontMetrics.horizontalAdvance(text.left(60) + label) + 2 * theme::space::s
                + theme::space::xs,
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
    } else if (!state.warning.isEmpty()) {
        // A corner, as in spreadsheets: the value is taken, but it deserves a look.
        const QPoint corner = option.rect.topRight();
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::color(Role::Warning));
        painter.drawPolygon(
            QPolygon({corner, corner - QPoint(theme::space::s, 0), corner + QPoint(0, theme::space::s)}));
        painter.setBrush(Qt::NoBrush);
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
                      : state.required               ? Role::Warning
                      : !placeholder.isEmpty()       ? Role::TextFaint
                                                     : Role::Text;
    painter.setPen(theme::color(role));
    const QString formattedText = placeholder.isEmpty() ? formattedAt(index) : QString();
    QString text = !placeholder.isEmpty()     ? placeholder
                   : !formattedText.isEmpty() ? formattedText
                                              : state.text;
    text = oneLine(text);
    if (state.truncated)
        text += u" ⋯"_s;
    const bool right = m_model.isRightAligned(index.column()) && placeholder.isEmpty();
    const QRect inside = option.rect.adjusted(theme::space::s, 0, -theme::space::s, 0);
    const QFontMetrics metrics(font);
    const QString label =
        placeholder.isEmpty() && !state.label.isEmpty() ? u"  "_s + oneLine(state.label) : QString();
    const LabelledText shown = fitLabelled(metrics, text, label, inside.width());
    if (placeholder.isEmpty()) {
        const int start = right ? inside.right() + 1 - metrics.horizontalAdvance(shown.text) : inside.left();
        paintHits(painter, inside, start, shown.text, m_model.spec().search);
    }
    painter.drawText(inside, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft), shown.text);
    if (label.isEmpty())
        return;
    painter.setPen(theme::color(Role::TextMuted));
    painter.drawText(inside.adjusted(metrics.horizontalAdvance(shown.text), 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, shown.label);
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

QString CellDelegate::formattedAt(const QModelIndex& index) const
{
    const CellFormat format = m_formats.value(index.column(), CellFormat::Stored);
    if (format == CellFormat::Stored)
        return {};
    const auto value = m_model.valueAt(index);
    return value ? formatted(*value, format) : QString();
}

// What is shown otherwise is stored as the tool tip says.
bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index)
{
    const CellState state = index.isValid() ? m_model.cellState(index) : CellState();
    if (event->type() != QEvent::ToolTip || !state.error.isEmpty() || formattedAt(index).isEmpty())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), kit::plainTip(tr("Stored as %1").arg(state.text)), view);
    return true;
}

QWidget* CellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                    const QModelIndex& index) const
{
    const rows::RelationColumn& column = m_model.relation().columns[index.column()];
    auto* self = const_cast<CellDelegate*>(this);
    if (!isWholeText(m_model.valueAt(index))) {
        Q_EMIT self->said(tr("This text is not valid UTF-8: typing would change its other bytes, too."));
        return nullptr;
    }
    const CellState state = m_model.cellState(index);
    EditorWishes wishes{.column = column, .engine = m_model.relation().engine};
    wishes.placeholder = placeholderOf(state);
    wishes.several = m_targets.size() > 1;
    m_edited = index;
    if (!m_model.referencesAt(index.column()).isEmpty())
        wishes.pick = [self, place = m_edited] { Q_EMIT self->pickRequested(place); };
    QWidget* editor = nullptr;
    switch (editorKind(column, index.data(Qt::EditRole).toString(), wishes.engine)) {
    case EditorKind::Area: editor = makeAreaEditor(wishes, parent); break;
    case EditorKind::Line: editor = makeLineEditor(wishes, parent); break;
    case EditorKind::Choice: {
        auto* choice = new ChoiceEditor(column, wishes.engine, parent);
        connect(choice, &QComboBox::activated, this, [self, choice] { self->stage(choice, NoHint); });
        editor = choice;
        break;
    }
    }
    editor->setObjectName(u"cellEditor"_s);
    editor->setAutoFillBackground(true);
    editor->setAccessibleName(column.name);
    return editor;
}

void CellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    if (isFilled(editor))
        return;  // news of the cell: what is typed comes first
    if (auto* choice = qobject_cast<ChoiceEditor*>(editor)) {
        const auto value = m_model.valueAt(index);
        fillEditor(*choice, value ? rows::EditValue(*value) : rows::EditValue(rows::Default{}));
    } else {
        fillEditor(editor, index.data(Qt::EditRole).toString());
        // The key that opened it comes next, and replaces what was there, as in a line.
        if (auto* area = qobject_cast<QPlainTextEdit*>(editor); area && m_typed)
            area->selectAll();
    }
}

void CellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    auto* table = qobject_cast<items::TableModel*>(model);
    const QModelIndexList cells = m_filling && m_targets.size() > 1 ? m_targets : QModelIndexList{index};
    if (cells.size() == 1 && !isTouched(editor))
        return;  // it was only looked at, and may be another value by now
    if (const auto* choice = qobject_cast<const ChoiceEditor*>(editor)) {
        if (choice->currentIndex() >= 0)
            table->setValue(cells, choice->value());
        m_taken = choice->currentIndex() >= 0 ? static_cast<int>(cells.size()) : 0;
    } else if (const auto text = editorText(editor)) {
        QList<std::pair<QModelIndex, QString>> texts;
        for (const QModelIndex& cell : cells)
            texts += {cell, *text};
        m_taken = table->setTexts(texts);
    }
}

void CellDelegate::setTargets(const QModelIndexList& cells, bool typedOver)
{
    m_targets = cells;
    m_typed = typedOver;
    m_typedOver = typedOver && cells.size() > 1;
}

void CellDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                        const QModelIndex&) const
{
    QRect place = option.rect;
    if (qobject_cast<QPlainTextEdit*>(editor)) {
        const QSize room = editor->parentWidget()->size();
        place.setSize(QSize(std::max(place.width(), theme::space::areaWidth), theme::space::areaHeight)
                          .boundedTo(room));
        place.moveTop(std::max(0, std::min(place.top(), room.height() - place.height())));
        place.moveLeft(std::max(0, std::min(place.left(), room.width() - place.width())));
    } else {
        place.setWidth(std::max(place.width(), theme::space::editorWidth));
    }
    editor->setGeometry(place);
}

QString CellDelegate::refusal(const QWidget* editor) const
{
    const auto text = editorText(editor);
    if (!text || !m_edited.isValid() || !isTouched(editor))
        return {};
    if (m_model.rowState(m_edited.row()) == RowState::Loading)
        return tr("This row is being read again. Try once more in a moment.");
    const auto before = m_model.valueAt(m_edited);
    const auto value = rows::parsedInput(*text, m_model.relation().columns[m_edited.column()],
                                         before.value_or(Null{}), m_model.relation().engine);
    return value ? QString() : value.error().oneLine();
}

void CellDelegate::complain(QWidget* editor, const QString& problem)
{
    showProblem(editor, problem);
    const Error error{.message = problem, .hint = tr("Esc leaves the cell as it was.")};
    Q_EMIT said(error.oneLine());
}

void CellDelegate::stage(QWidget* editor, EndEditHint hint)
{
    const auto text = editorText(editor);
    const rows::RelationColumn& column = m_model.relation().columns[m_edited.column()];
    const bool same = text && !isTouched(editor);
    QString problem = refusal(editor);
    if (problem.isEmpty() && text && !same)
        problem = rows::inputProblem(*text, column, m_model.relation().engine);
    const bool untouched = text && text->isEmpty() && !m_model.valueAt(m_edited);
    if (!problem.isEmpty() && !untouched) {
        complain(editor, problem);
        return;
    }
    const bool filled = m_filling && m_targets.size() > 1;
    m_taken = 0;
    Q_EMIT commitData(editor);
    Q_EMIT closeEditor(editor, hint);
    if (filled)
        Q_EMIT said(tr("%n cell(s) set. Ctrl+Z takes it back.", nullptr, m_taken));
}

// In a text of several lines Return is a line break: Ctrl+Return stages it and Tab moves on, as ever.
// In any editor Ctrl+Return means the whole selection.
bool CellDelegate::editorKey(QWidget* editor, QKeyEvent& event, bool pressed)
{
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool area = qobject_cast<QPlainTextEdit*>(editor) != nullptr;
    const bool stages = enter && (control || (!area && event.modifiers() == Qt::NoModifier));
    const bool moves = event.key() == Qt::Key_Tab && event.modifiers() == Qt::NoModifier;
    const bool picks = event.key() == Qt::Key_F4 && !m_model.referencesAt(m_edited.column()).isEmpty();
    if ((!stages && !moves && !picks) || !m_edited.isValid())
        return false;
    event.accept();
    if (!pressed)
        return true;
    if (picks) {
        Q_EMIT pickRequested(m_edited);
        return true;
    }
    m_filling = stages && (control || m_typedOver);
    stage(editor, moves ? EditNextItem : NoHint);
    m_filling = false;
    return true;
}

bool CellDelegate::eventFilter(QObject* watched, QEvent* event)
{
    auto* editor = qobject_cast<QWidget*>(watched);
    const bool pressed = event->type() == QEvent::KeyPress;
    if (editor && editor->objectName() == u"cellEditor"_s
        && (pressed || event->type() == QEvent::ShortcutOverride)
        && editorKey(editor, *static_cast<QKeyEvent*>(event), pressed))
        return true;
    return QStyledItemDelegate::eventFilter(watched, event);
}

}  // namespace dewpoint::cells
