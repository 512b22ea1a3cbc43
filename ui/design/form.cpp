// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "design/form.h"

#include "design/names_field.h"
#include "kit/announce.h"
#include "kit/sql_syntax.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::design {

namespace {

constexpr int sqlLines = 10;

QLabel* problemLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setProperty("role", u"danger"_s);
    kit::announceTexts(label, kit::Urgency::AtOnce);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->hide();
    return label;
}

void markProblem(QWidget* editor, bool wrong)
{
    if (editor->property("problem").toBool() == wrong)
        return;
    editor->setProperty("problem", wrong);
    editor->style()->unpolish(editor);
    editor->style()->polish(editor);
}

}  // namespace

Form::Form(QWidget* parent) : QWidget(parent), m_layout(new QFormLayout), m_whole(problemLabel(this))
{
    m_whole->setObjectName(u"partProblem"_s);
    m_layout->setContentsMargins({});
    m_layout->setHorizontalSpacing(theme::space::l);
    m_layout->setVerticalSpacing(theme::space::s);
    m_layout->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_layout->setRowWrapPolicy(QFormLayout::WrapLongRows);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(theme::space::s);
    column->addWidget(m_whole);
    column->addLayout(m_layout);
    column->addStretch(1);
    setMaximumWidth(theme::space::formWidth);
}

void Form::add(Field field, const QString& name, const QString& label, QWidget* editor)
{
    editor->setObjectName(name);
    editor->setAccessibleName(QString(label).remove(u'&'));
    auto* shell = new QWidget(this);
    auto* column = new QVBoxLayout(shell);
    column->setContentsMargins({});
    column->setSpacing(theme::space::xs / 2);
    column->addWidget(editor);
    auto* problem = problemLabel(shell);
    problem->setObjectName(name + u"Problem"_s);
    column->addWidget(problem);
    if (qobject_cast<QCheckBox*>(editor)) {
        m_layout->addRow(QString(), shell);
    } else {
        auto* title = new QLabel(label, this);
        title->setBuddy(editor);
        title->setProperty("role", u"muted"_s);
        m_layout->addRow(title, shell);
    }
    QList<QLineEdit*> lines = editor->findChildren<QLineEdit*>();
    lines += qobject_cast<QLineEdit*>(editor);
    for (QLineEdit* line : std::as_const(lines)) {
        if (line)
            line->installEventFilter(this);
    }
    m_rows.append({.field = field, .editor = editor, .shell = shell, .problem = problem});
}

QLineEdit* Form::addText(Field field, const QString& name, const QString& label, const QString& hint)
{
    auto* edit = new QLineEdit(this);
    edit->setPlaceholderText(hint);
    connect(edit, &QLineEdit::textEdited, this, [this, edit] { m_dirty = edit; });
    connect(edit, &QLineEdit::editingFinished, this, &Form::tell);
    add(field, name, label, edit);
    return edit;
}

QComboBox* Form::addChoice(Field field, const QString& name, const QString& label, bool editable)
{
    auto* box = new QComboBox(this);
    box->setEditable(editable);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(box, &QComboBox::activated, this, [this, box] {
        m_dirty = box;
        tell();
    });
    if (editable) {
        box->setCompleter(nullptr);  // "time" is not the beginning of "timestamptz"
        connect(box->lineEdit(), &QLineEdit::textEdited, this, [this, box] { m_dirty = box; });
        connect(box->lineEdit(), &QLineEdit::editingFinished, this, &Form::tell);
        box->lineEdit()->setAccessibleName(QString(label).remove(u'&'));
    }
    add(field, name, label, box);
    return box;
}

QCheckBox* Form::addCheck(const QString& name, const QString& label)
{
    auto* box = new QCheckBox(label, this);
    connect(box, &QCheckBox::clicked, this, [this, box] {
        m_dirty = box;
        tell();
    });
    add(Field::Whole, name, label, box);
    return box;
}

NamesField* Form::addNames(Field field, const QString& name, const QString& label)
{
    auto* names = new NamesField(this);
    connect(names, &NamesField::typed, this, [this, names] { m_dirty = names; });
    connect(names, &NamesField::finished, this, &Form::tell);
    add(field, name, label, names);
    return names;
}

QPlainTextEdit* Form::addSql(Field field, const QString& name, const QString& label, Engine engine)
{
    auto* edit = new QPlainTextEdit(this);
    edit->setFont(theme::monoFont());
    edit->setTabChangesFocus(true);
    edit->setFrameShape(QFrame::StyledPanel);
    edit->setMinimumHeight(edit->fontMetrics().lineSpacing() * sqlLines);
    auto* syntax = new kit::SqlSyntax(edit->document(), engine);
    syntax->setParent(edit);
    edit->installEventFilter(this);
    connect(edit, &QPlainTextEdit::textChanged, this, [this, edit] {
        if (!m_filling)
            m_dirty = edit;
    });
    add(field, name, label, edit);
    return edit;
}

void Form::addNote(const QString& text)
{
    auto* note = new QLabel(text, this);
    note->setProperty("role", u"muted"_s);
    note->setWordWrap(true);
    m_layout->addRow(QString(), note);
}

void Form::setRow(QWidget* editor, bool shown)
{
    for (const Row& row : std::as_const(m_rows)) {
        if (row.editor == editor)
            m_layout->setRowVisible(row.shell, shown);
    }
}

void Form::setText(QLineEdit* edit, const QString& text)
{
    if (edit->text() != text)
        edit->setText(text);
}

void Form::setText(QComboBox* box, const QString& text)
{
    if (box->currentText() != text)
        box->setEditText(text);
}

void Form::setText(QPlainTextEdit* edit, const QString& text)
{
    if (edit->toPlainText() != text)
        edit->setPlainText(text);
}

void Form::showProblems(const QList<structure::Problem>& problems)
{
    QStringList whole;
    for (const Row& row : std::as_const(m_rows)) {
        QStringList texts;
        for (const structure::Problem& problem : problems) {
            if (problem.place.field == row.field && row.field != Field::Whole)
                texts << problem.text;
        }
        row.problem->setText(texts.join(u'\n'));
        row.problem->setVisible(!texts.isEmpty());
        row.editor->setAccessibleDescription(texts.join(u' '));
        markProblem(row.editor, !texts.isEmpty());
    }
    for (const structure::Problem& problem : problems) {
        const bool shown = std::ranges::any_of(m_rows, [&](const Row& row) {
            return row.field == problem.place.field && row.field != Field::Whole
                   && m_layout->isRowVisible(row.shell);
        });
        if (!shown)
            whole << problem.text;
    }
    m_whole->setText(whole.join(u'\n'));
    m_whole->setVisible(!whole.isEmpty());
}

void Form::setLocked(bool locked)
{
    for (const Row& row : std::as_const(m_rows)) {
        if (auto* line = qobject_cast<QLineEdit*>(row.editor))
            line->setReadOnly(locked);
        else if (auto* text = qobject_cast<QPlainTextEdit*>(row.editor))
            text->setReadOnly(locked);
        else
            row.editor->setEnabled(!locked);
    }
}

void Form::focusFirst()
{
    for (const Row& row : std::as_const(m_rows)) {
        if (!m_layout->isRowVisible(row.shell))
            continue;
        row.editor->setFocus(Qt::OtherFocusReason);
        if (auto* line = qobject_cast<QLineEdit*>(row.editor))
            line->selectAll();
        return;
    }
}

void Form::focusField(Field field)
{
    for (const Row& row : std::as_const(m_rows)) {
        if (row.field == field && field != Field::Whole && m_layout->isRowVisible(row.shell))
            return row.editor->setFocus(Qt::OtherFocusReason);
    }
    focusFirst();
}

void Form::finishEditing()
{
    tell();
}

void Form::tell()
{
    if (m_filling || !std::exchange(m_dirty, nullptr))
        return;
    Q_EMIT edited();
}

bool Form::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut && qobject_cast<QPlainTextEdit*>(watched))
        tell();
    const auto* line = qobject_cast<QLineEdit*>(watched);
    if (line && event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        // Where nothing was typed, it is the staged edits that are undone.
        if ((key->matches(QKeySequence::Undo) && !line->isUndoAvailable())
            || (key->matches(QKeySequence::Redo) && !line->isRedoAvailable())) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace dewpoint::design
