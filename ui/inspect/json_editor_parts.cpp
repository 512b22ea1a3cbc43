// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/document_parts.h"
#include "inspect/json_editor.h"
#include "inspect/json_tree.h"
#include "json/text.h"
#include "kit/sql_syntax.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <initializer_list>

using namespace Qt::StringLiterals;

// What the editor of JSON is made of, and its keys outside of the tree.
namespace dewpoint::inspect {

void JsonEditor::build()
{
    m_text->setObjectName(u"inspectorJsonText"_s);
    m_text->setAccessibleName(tr("JSON text in the cell"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);  // one history for tree and text
    m_text->installEventFilter(this);
    m_find->installEventFilter(this);
    makeProblem(m_problem, u"jsonProblem"_s);
    m_problem->setToolTip(tr("A click goes to the place."));
    m_problem->setCursor(Qt::PointingHandCursor);
    m_problem->installEventFilter(this);
    makeNote(m_note, u"jsonNote"_s);
    m_halves->addWidget(m_tree);
    m_halves->addWidget(m_text);
    m_halves->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildBar());
    column->addWidget(m_findBar);
    column->addWidget(m_problem);
    column->addWidget(m_halves, 1);
    column->addWidget(m_note);
    m_stop->setObjectName(u"jsonStop"_s);
    m_listMore->setObjectName(u"jsonListMore"_s);
    column->addWidget(m_stop);
    column->addWidget(m_listMore);
    column->addWidget(buildFoot());
    m_stop->hide();
    m_listMore->hide();
    m_problem->hide();
    m_note->hide();
    m_findBar->hide();
}

QWidget* JsonEditor::buildBar()
{
    auto* bar = new QWidget(this);
    QHBoxLayout* row = viewRow(bar);
    addView(row, m_treeButton, u"jsonTreeView"_s, tr("Tree"));
    addView(row, m_textButton, u"jsonTextView"_s, tr("Text"));
    row->addStretch();
    for (QToolButton* button : {m_add, m_undo, m_redo, m_more})
        row->addWidget(button);
    return bar;
}

QWidget* JsonEditor::buildFind()
{
    const FindParts parts = findParts(this, u"jsonFind"_s, tr("Find a name or value"));
    m_find = parts.field;
    m_findState = parts.state;
    connect(m_find, &QLineEdit::textChanged, this, [this] { find(false, false); });
    return parts.bar;
}

QWidget* JsonEditor::buildFoot()
{
    m_foot->setObjectName(u"jsonFoot"_s);
    auto* said = new QLabel(tr("Not staged yet"), m_foot);
    said->setProperty("role", u"muted"_s);
    m_revert->setObjectName(u"jsonRevert"_s);
    m_revert->setToolTip(tr("Give up what was changed here since it was staged"));
    m_stage->setObjectName(u"jsonStage"_s);
    m_stage->setProperty("primary", true);
    auto* row = new QHBoxLayout(m_foot);
    row->setContentsMargins(theme::space::m, theme::space::xs, theme::space::m, theme::space::xs);
    row->addWidget(said, 1);
    row->addWidget(m_revert);
    row->addWidget(m_stage);
    m_foot->hide();
    return m_foot;
}

void JsonEditor::refreshTheme()
{
    m_text->setFont(theme::monoFont());
    m_findState->setFont(theme::smallFont());
    m_note->setFont(theme::smallFont());
    for (QToolButton* button : {m_add, m_undo, m_redo, m_more})
        setIcon(button);
    m_tree->viewport()->update();
}

bool JsonEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_problem && event->type() == QEvent::MouseButtonRelease) {
        goToProblem();
        return true;
    }
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (!override && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    if (watched == m_find && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        if (!override)
            find(true, key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    }
    if (watched == m_find && key->key() == Qt::Key_Escape) {
        if (!override) {
            m_findBar->hide();
            focusTree();
        }
        event->accept();
        return true;
    }
    const QKeySequence pressed(key->keyCombination());
    for (const kit::Command& command : textCommands()) {
        const bool fits = command.shortcut == pressed && (watched == m_text || command.id == u"json.next"_s);
        const bool commits = command.id == u"json.stage"_s && !command.isEnabled();
        if (!fits || commits)
            continue;
        event->accept();
        if (!override && command.isEnabled())
            command.run();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

/// Keys of the text, which the tree has as well.
QList<kit::Command> JsonEditor::textCommands()
{
    return {
        {.id = u"json.undo"_s, .shortcut = Qt::CTRL | Qt::Key_Z, .run = [this] { m_model.undo(); }},
        {.id = u"json.redo"_s,
         .shortcut = Qt::CTRL | Qt::SHIFT | Qt::Key_Z,
         .run = [this] { m_model.redo(); }},
        {.id = u"json.find"_s, .shortcut = Qt::CTRL | Qt::Key_F, .run = [this] { openFind(); }},
        {.id = u"json.next"_s, .shortcut = Qt::Key_F3, .run = [this] { find(true, false); }},
        {.id = u"json.next"_s, .shortcut = Qt::SHIFT | Qt::Key_F3, .run = [this] { find(true, true); }},
        {.id = u"json.stage"_s,
         .shortcut = Qt::CTRL | Qt::Key_Return,
         .enabledWhen = [this] { return m_stage->isEnabled(); },
         .run = [this] { Q_EMIT stageAsked(); }},
    };
}

QList<kit::Command> JsonEditor::commands()
{
    const auto shaped = [this] { return m_task.editable && m_model.document().root(); };
    return {
        {.id = u"json.format"_s,
         .title = tr("JSON: format, a value a line"),
         .enabledWhen = shaped,
         .run = [this] { reshape(&json::formatted); }},
        {.id = u"json.minify"_s,
         .title = tr("JSON: take out all spaces between values"),
         .enabledWhen = shaped,
         .run = [this] { reshape(&json::minified); }},
        {.id = u"json.showTree"_s,
         .title = tr("JSON: tree"),
         .enabledWhen = [this] { return m_model.document().root() != nullptr; },
         .run = [this] { focusTree(); }},
        {.id = u"json.showText"_s, .title = tr("JSON: text"), .run = [this] { showView(View::Text); }},
    };
}

/// The tree's own menu, and what is done to the text as a whole.
void JsonEditor::showMenu()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"jsonMoreMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const kit::Command& command : commands().first(2) + m_tree->commands()) {
        if (command.id == u"json.edit"_s)
            menu->addSeparator();
        const QString keys = command.shortcut.toString(QKeySequence::NativeText);
        QAction* action =
            menu->addAction(keys.isEmpty() ? command.title : command.title + u'\t' + keys, this, command.run);
        action->setObjectName(command.id);
        action->setEnabled(command.isEnabled());
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

}  // namespace dewpoint::inspect
