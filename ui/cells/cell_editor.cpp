// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/cell_editor.h"

#include "base/words.h"
#include "cells/day_picker.h"
#include "kit/exact_text.h"
#include "rows/input_check.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStyle>
#include <QToolTip>
#include <QUuid>

#include <limits>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

constexpr qsizetype longText = 80;  ///< more is read better in several lines

void watch(QWidget* editor, const EditorWishes& wishes)
{
    const auto look = [editor, wishes] {
        const QString text = editorText(editor).value_or(QString());
        const bool untouched = text.isEmpty() && !wishes.placeholder.isEmpty();
        showProblem(editor, untouched ? QString() : rows::inputProblem(text, wishes.column, wishes.engine));
    };
    if (auto* line = qobject_cast<QLineEdit*>(editor))
        QObject::connect(line, &QLineEdit::textChanged, line, look);
    else if (auto* area = qobject_cast<QPlainTextEdit*>(editor))
        QObject::connect(area, &QPlainTextEdit::textChanged, area, look);
}

}  // namespace

EditorKind editorKind(const rows::RelationColumn& column, const QString& text, Engine engine)
{
    if (!column.choices.isEmpty() || rows::isBoolean(column, engine))
        return EditorKind::Choice;
    // A line edit would join the lines of a long text.
    const bool large = text.size() > longText || rows::isJson(column) || kit::hasSeveralLines(text)
                       || text.contains(QChar::LineSeparator);
    return large ? EditorKind::Area : EditorKind::Line;
}

ChoiceEditor::ChoiceEditor(const rows::RelationColumn& column, Engine engine, QWidget* parent)
    : QComboBox(parent)
{
    if (!column.choices.isEmpty()) {
        for (const QString& label : column.choices)
            add(label, textValue(label));
    } else {
        const bool postgres = engine == Engine::Postgres;
        add(postgres ? u"true"_s : u"true (1)"_s, postgres ? textValue(u"t"_s) : Value(qint64{1}));
        add(postgres ? u"false"_s : u"false (0)"_s, postgres ? textValue(u"f"_s) : Value(qint64{0}));
    }
    if (column.nullable)
        add(u"NULL"_s, Value(Null{}));
    if (rows::hasServerValue(column))
        add(u"DEFAULT"_s, rows::Default{});
    setFrame(false);
    view()->installEventFilter(this);
}

/// Tab takes what the open list has marked, and goes on as from any editor.
bool ChoiceEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != view() || event->type() != QEvent::KeyPress)
        return QComboBox::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_Tab || key->modifiers() != Qt::NoModifier)
        return QComboBox::eventFilter(watched, event);
    if (const QModelIndex marked = view()->currentIndex(); marked.isValid())
        setCurrentIndex(marked.row());
    hidePopup();
    QKeyEvent tab(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
    QCoreApplication::sendEvent(this, &tab);
    return true;
}

void ChoiceEditor::add(const QString& title, const rows::EditValue& value)
{
    addItem(title);
    m_values += value;
}

void ChoiceEditor::setValue(const rows::EditValue& value)
{
    const auto* known = std::get_if<Value>(&value);
    if (!m_values.contains(value) && known)
        add(isNull(*known) ? u"NULL"_s : displayText(*known), value);
    setCurrentIndex(static_cast<int>(m_values.indexOf(value)));
}

QWidget* makeLineEditor(const EditorWishes& wishes, QWidget* parent)
{
    auto* line = new QLineEdit(parent);
    line->setFrame(false);
    line->setMaxLength(std::numeric_limits<int>::max());  // a paste is never cut
    line->setPlaceholderText(wishes.placeholder);
    line->setProperty("role", u"cell"_s);
    if (wishes.several)
        line->setToolTip(Words::tr("Ctrl+Return sets the value in all selected cells."));
    if (rows::isUuid(wishes.column)) {
        auto* generate = line->addAction(theme::icon(u"view-refresh"_s), QLineEdit::TrailingPosition);
        generate->setObjectName(u"generateUuid"_s);
        generate->setText(Words::tr("Generate a UUID"));
        generate->setToolTip(Words::tr("Generate a UUID (Ctrl+G)"));
        generate->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_G));
        generate->setShortcutContext(Qt::WidgetShortcut);
        QObject::connect(generate, &QAction::triggered, line,
                         [line] { line->setText(QUuid::createUuid().toString(QUuid::WithoutBraces)); });
    }
    if (holdsDay(wishes.column, wishes.engine))
        addDayPicker(*line);
    if (wishes.pick) {
        auto* pick = line->addAction(theme::icon(u"edit-find"_s), QLineEdit::TrailingPosition);
        pick->setObjectName(u"pickReferenced"_s);
        pick->setText(Words::tr("Choose the referenced row"));
        pick->setToolTip(Words::tr("Choose the referenced row (F4)"));
        QObject::connect(pick, &QAction::triggered, line, wishes.pick);
    }
    watch(line, wishes);
    return line;
}

QWidget* makeAreaEditor(const EditorWishes& wishes, QWidget* parent)
{
    auto* area = new QPlainTextEdit(parent);
    area->setProperty("role", u"cell"_s);
    area->setPlaceholderText(wishes.placeholder);
    area->setToolTip(
        wishes.several
            ? Words::tr("Ctrl+Return stages the text in all selected cells, Esc leaves it as it was.")
            : Words::tr("Ctrl+Return stages the text, Esc leaves it as it was."));
    if (rows::isJson(wishes.column))
        area->setFont(theme::monoFont());
    watch(area, wishes);
    return area;
}

std::optional<QString> editorText(const QWidget* editor)
{
    if (const auto* line = qobject_cast<const QLineEdit*>(editor))
        return line->text();
    if (const auto* area = qobject_cast<const QPlainTextEdit*>(editor))
        return kit::exactText(*area);
    return {};
}

void fillEditor(QWidget* editor, const QString& text)
{
    if (auto* line = qobject_cast<QLineEdit*>(editor)) {
        line->setText(text);
        line->selectAll();
    } else if (auto* area = qobject_cast<QPlainTextEdit*>(editor)) {
        kit::fillExactly(*area, text);
    }
    editor->setProperty("filledWith", editorText(editor).value_or(QString()));
}

void fillEditor(ChoiceEditor& editor, const rows::EditValue& value)
{
    editor.setValue(value);
    editor.setProperty("filledWith", editor.currentIndex());
}

bool isFilled(const QWidget* editor)
{
    return editor->property("filledWith").isValid();
}

bool isTouched(const QWidget* editor)
{
    const QVariant before = editor->property("filledWith");
    if (const auto* choice = qobject_cast<const ChoiceEditor*>(editor))
        return choice->currentIndex() != before.toInt();
    return editorText(editor).value_or(QString()) != before.toString();
}

void showProblem(QWidget* editor, const QString& problem)
{
    if (editor->property("problemText").toString() == problem)
        return;
    editor->setProperty("problemText", problem);
    editor->setProperty("problem", !problem.isEmpty());
    editor->setAccessibleDescription(problem);
    editor->style()->unpolish(editor);
    editor->style()->polish(editor);
    if (problem.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(editor->mapToGlobal(QPoint(0, editor->height())), problem.toHtmlEscaped(), editor);
}

}  // namespace dewpoint::cells
