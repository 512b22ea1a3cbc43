// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/array_editor.h"

#include "inspect/array_list.h"
#include "inspect/content.h"
#include "inspect/document_parts.h"
#include "inspect/text_tools.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QtConcurrentRun>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

ArrayEditor::ArrayEditor(QWidget* parent)
    : QWidget(parent)
    , m_list(new ArrayList(m_model, this))
    , m_text(new QPlainTextEdit(this))
    , m_textTools(new TextTools(*m_text, this, u"array"_s))
    , m_listButton(new QToolButton(this))
    , m_textButton(new QToolButton(this))
    , m_add(iconButton(this, u"arrayAdd"_s, tr("Add an element (Ins)"), u"list-add"_s))
    , m_more(iconButton(this, u"arrayMore"_s, tr("More of what can be done"), u"application-menu"_s))
    , m_findBar(buildFind())
    , m_problem(new QLabel(this))
    , m_note(new QLabel(this))
{
    setObjectName(u"arrayEditor"_s);
    build();
    refreshTheme();
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &ArrayEditor::refreshTheme);
    connect(&m_model, &ArrayModel::edited, this, &ArrayEditor::wasEdited);
    connect(&m_model, &ArrayModel::refused, this, [this](const QString& reason) {
        m_problem->setText(reason);
        m_problem->show();
    });
    connect(m_list, &ArrayList::undoAsked, this, &ArrayEditor::undoAsked);
    connect(m_list, &ArrayList::findAsked, this, &ArrayEditor::openFind);
    connect(m_list, &ArrayList::findNextAsked, this, [this](bool backwards) { find(true, backwards); });
    connect(m_add, &QToolButton::clicked, this, [this] {
        showView(View::List);
        m_list->add();
    });
    connect(m_more, &QToolButton::clicked, this,
            [this] { m_list->popUpMenu(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    connect(m_listButton, &QToolButton::clicked, this, &ArrayEditor::focusList);
    connect(m_textButton, &QToolButton::clicked, this, [this] { showView(View::Text); });
    connect(&m_reading, &QFutureWatcherBase::finished, this, [this] {
        if (m_reading.future().resultCount() > 0)  // none where it was given up
            take(m_reading.future().takeResult());
    });
}

ArrayEditor::~ArrayEditor()
{
    // The view outlives the model, and what is typed in it is of no use any more.
    m_model.disconnect(this);
    m_model.disconnect(m_list);
    m_list->setModel(nullptr);
}

void ArrayEditor::open(const ArrayTask& task)
{
    m_task = task;
    m_place = 0;
    m_findState->clear();
    m_list->setKnown(false);
    m_model.setArray({}, task.element);
    read();
}

void ArrayEditor::rebase(const ArrayTask& task)
{
    // Most news is of the very same text, which is not to be compared when it is long.
    const bool isSame = task.text.isSharedWith(m_task.text) || task.text == m_task.text;
    if (isSame && task.editable == m_task.editable && task.element == m_task.element)
        return;
    m_place = std::max(0, m_list->row());
    m_task = task;
    read();
}

void ArrayEditor::read()
{
    m_reading.setFuture({});
    m_model.setEditable(false);
    const char delimiter = arrayDelimiter(m_task.element.type);
    if (m_task.text.size() <= readAside)
        return take(ArrayText::parse(m_task.text, delimiter));
    m_reading.setFuture(
        QtConcurrent::run([text = m_task.text, delimiter] { return ArrayText::parse(text, delimiter); }));
    renderState();
}

/// What is no array, as it may be typed into the grid's cell, is shown as a text.
void ArrayEditor::take(Read read)
{
    m_isArray = read.has_value();
    m_model.setEditable(m_isArray && m_task.editable);
    m_problem->setText(m_isArray ? QString() : sentence(read.error()));
    m_problem->setVisible(!m_isArray);
    m_model.setArray(m_isArray ? std::move(*read) : ArrayText(), m_task.element);
    m_list->setKnown(m_isArray);
    m_list->goTo(m_place);
    m_textIsOld = true;
    arrange();
    renderState();
}

void ArrayEditor::wasEdited()
{
    m_task.text = m_model.array().write();
    m_textIsOld = true;
    m_problem->hide();
    renderState();
    Q_EMIT staged(m_task.text);
}

void ArrayEditor::finishEditing()
{
    m_list->finishEditing();
}

void ArrayEditor::focusList()
{
    showView(m_isArray || isReading() ? View::List : View::Text);
}

void ArrayEditor::showView(View view)
{
    finishEditing();
    m_view = view;
    arrange();
    if (m_text->isHidden())
        m_list->setFocus();
    else
        m_text->setFocus();
    renderState();
}

void ArrayEditor::arrange()
{
    const bool isText = m_view == View::Text || (!m_isArray && !isReading());
    m_list->setVisible(!isText);
    m_text->setVisible(isText);
    m_textTools->setVisible(isText);
    m_listButton->setChecked(!isText);
    m_textButton->setChecked(isText);
    if (isText)
        m_findBar->hide();
    if (isText && m_textIsOld)
        fillText();
}

void ArrayEditor::fillText()
{
    const TextContent content = plainContent(Text{m_task.text});
    if (m_text->toPlainText() != content.text)
        m_text->setPlainText(content.text);
    m_textTools->lookAgain();
    m_textIsOld = false;
    m_textIsCut = content.isCut;
}

QString ArrayEditor::notes() const
{
    if (isReading())
        return tr("The array is being read…");
    const ArrayText& array = m_model.array();
    QStringList notes;
    if (m_model.rowCount() > 0)
        notes += tr("%n element(s).", nullptr, m_model.rowCount());
    if (array.hasParts() && m_model.rowCount() > 0)
        notes += tr("Of %1 dimensions: each element is an array itself, and is edited as its text.")
                     .arg(array.inner.size() + 1);
    if (array.lower() != 1 && m_model.rowCount() > 0)
        notes += tr("The numbers begin at %1.").arg(array.lower());
    if (!m_text->isHidden() && m_textIsCut)
        notes += tr("Only the beginning of the text is shown.");
    return notes.join(u' ');
}

void ArrayEditor::renderState()
{
    const QString said = notes();
    m_note->setText(said);
    m_note->setVisible(!said.isEmpty());
    m_listButton->setEnabled(m_isArray || isReading());
    m_add->setEnabled(m_model.isEditable());
    m_add->setVisible(m_task.editable);
    m_more->setEnabled(m_isArray);
}

void ArrayEditor::openFind()
{
    m_findBar->show();
    m_find->setFocus();
    m_find->selectAll();
}

void ArrayEditor::find(bool again, bool backwards)
{
    m_findState->clear();
    if (m_find->text().isEmpty() || m_model.rowCount() == 0)
        return;
    const int from = m_list->row() + (!again ? 0 : backwards ? -1 : 1);
    const int found = m_model.find(m_find->text(), from, backwards);
    m_findState->setText(found < 0 ? tr("not found") : QString());
    if (found >= 0)
        m_list->goTo(found);
}

bool ArrayEditor::eventFilter(QObject* watched, QEvent* event)
{
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (watched != m_find || (!override && event->type() != QEvent::KeyPress))
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool goesOn =
        key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_F3;
    if (!goesOn && key->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (override)
        return true;
    if (goesOn) {
        find(true, key->modifiers().testFlag(Qt::ShiftModifier));
    } else {
        m_findBar->hide();
        m_list->setFocus();
    }
    return true;
}

QList<kit::Command> ArrayEditor::commands()
{
    return {
        {.id = u"array.showList"_s,
         .title = tr("Array: list of elements"),
         .enabledWhen = [this] { return m_isArray; },
         .run = [this] { focusList(); }},
        {.id = u"array.showText"_s, .title = tr("Array: text"), .run = [this] { showView(View::Text); }},
        {.id = u"array.append"_s,
         .title = tr("Array: add an element"),
         .enabledWhen = [this] { return m_model.isEditable(); },
         .run = [this] { m_add->click(); }},
    };
}

}  // namespace dewpoint::inspect
