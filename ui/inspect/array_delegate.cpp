// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/array_delegate.h"

#include "cells/cell_editor.h"
#include "inspect/array_model.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

ArrayElement elementOf(const rows::EditValue& chosen)
{
    const auto* value = std::get_if<Value>(&chosen);
    return !value || isNull(*value) ? ArrayElement() : ArrayElement(displayText(*value).toUtf8());
}

}  // namespace

ArrayDelegate::ArrayDelegate(ArrayModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model)
{}

QWidget* ArrayDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                     const QModelIndex& index) const
{
    auto* self = const_cast<ArrayDelegate*>(this);
    const ArrayElement& element = m_model.at(index.row());
    // What is there while nothing is typed, as the grid's own cells have it: a value, or the word for none.
    const cells::EditorWishes wishes{.column = m_model.element(),
                                     .engine = Engine::Postgres,
                                     .placeholder = element ? index.data().toString() : u"NULL"_s,
                                     .pick = {}};
    m_edited = index;
    QWidget* editor = nullptr;
    switch (cells::editorKind(wishes.column, index.data(Qt::EditRole).toString(), wishes.engine)) {
    case cells::EditorKind::Area: editor = cells::makeAreaEditor(wishes, parent); break;
    case cells::EditorKind::Line: editor = cells::makeLineEditor(wishes, parent); break;
    case cells::EditorKind::Choice: {
        auto* choice = new cells::ChoiceEditor(wishes.column, wishes.engine, parent);
        connect(choice, &QComboBox::activated, this, [self, choice] { self->stage(choice, NoHint); });
        editor = choice;
        break;
    }
    }
    watch(editor);
    editor->setObjectName(u"arrayElement"_s);
    editor->setAutoFillBackground(true);
    editor->setAccessibleName(
        tr("Element %1").arg(index.siblingAtColumn(ArrayModel::Number).data().toString()));
    return editor;
}

/// Parts of an array of several dimensions are judged by the others, which no column knows.
void ArrayDelegate::watch(QWidget* editor) const
{
    if (!m_model.array().hasParts())
        return;
    const auto look = [this, editor] {
        if (m_edited.isValid())
            cells::showProblem(
                editor, m_model.problemOf(m_edited.row(), cells::editorText(editor).value_or(QString())));
    };
    if (auto* line = qobject_cast<QLineEdit*>(editor))
        connect(line, &QLineEdit::textEdited, editor, look);
    else if (auto* area = qobject_cast<QPlainTextEdit*>(editor))
        connect(area, &QPlainTextEdit::textChanged, editor, look);
}

void ArrayDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    if (cells::isFilled(editor))
        return;  // news of the element: what is typed comes first
    const ArrayElement& element = m_model.at(index.row());
    if (auto* choice = qobject_cast<cells::ChoiceEditor*>(editor))
        cells::fillEditor(*choice, element ? Value(Text{*element}) : Value(Null{}));
    else
        cells::fillEditor(editor, index.data(Qt::EditRole).toString());
}

void ArrayDelegate::setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index) const
{
    const bool isTouched = cells::isTouched(editor);
    if (!isTouched && !(m_wanted && index.row() == m_model.room()))
        return;  // it was only looked at: NULL is no empty text
    ArrayElement typed = m_model.at(index.row());
    if (const auto* choice = qobject_cast<const cells::ChoiceEditor*>(editor); choice && isTouched)
        typed = elementOf(choice->value());
    else if (const auto text = cells::editorText(editor); text && isTouched)
        typed = text->toUtf8();
    m_model.put(index.row(), typed);
}

void ArrayDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex&) const
{
    QRect place = option.rect;
    if (qobject_cast<QPlainTextEdit*>(editor)) {
        const QSize room = editor->parentWidget()->size();
        place = QRect(0, place.top(), room.width(), std::min(theme::space::areaHeight, room.height()));
        place.moveTop(std::max(0, std::min(place.top(), room.height() - place.height())));
    }
    editor->setGeometry(place);
}

void ArrayDelegate::stage(QWidget* editor, EndEditHint hint)
{
    const auto text = cells::editorText(editor);
    const QString problem =
        text && cells::isTouched(editor) ? m_model.problemOf(m_edited.row(), *text) : QString();
    if (!problem.isEmpty())
        return cells::showProblem(editor, problem);
    m_wanted = true;
    Q_EMIT commitData(editor);
    m_wanted = false;
    Q_EMIT closeEditor(editor, hint);
}

/// In a text of several lines Return is a line break and Ctrl+Return stages it, as in a grid.
bool ArrayDelegate::editorKey(QWidget* editor, QKeyEvent& event, bool pressed)
{
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool area = qobject_cast<QPlainTextEdit*>(editor) != nullptr;
    const bool plain = !(event.modifiers() & ~Qt::KeypadModifier);
    const bool stages = enter && (control || (!area && plain));
    const bool moves = event.key() == Qt::Key_Tab && plain;
    if ((!stages && !moves) || !m_edited.isValid())
        return false;
    event.accept();
    if (pressed)
        stage(editor, moves ? EditNextItem : NoHint);
    return true;
}

bool ArrayDelegate::eventFilter(QObject* watched, QEvent* event)
{
    auto* editor = qobject_cast<QWidget*>(watched);
    const bool pressed = event->type() == QEvent::KeyPress;
    if (editor && editor->objectName() == u"arrayElement"_s
        && (pressed || event->type() == QEvent::ShortcutOverride)
        && editorKey(editor, *static_cast<QKeyEvent*>(event), pressed))
        return true;
    return QStyledItemDelegate::eventFilter(watched, event);
}

}  // namespace dewpoint::inspect
