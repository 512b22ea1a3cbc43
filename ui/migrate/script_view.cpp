// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/script_view.h"

#include "kit/sql_syntax.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QTextBlock>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

ScriptView::ScriptView(Engine engine, QWidget* parent)
    : QPlainTextEdit(parent), m_syntax(std::make_unique<kit::SqlSyntax>(document(), engine))
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(theme::monoFont());
    document()->setDocumentMargin(theme::space::m);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &ScriptView::refreshMark);
}

ScriptView::~ScriptView() = default;

void ScriptView::showScript(const QString& script, const QString& fileName)
{
    m_syntax->setFileName(fileName);
    setPlainText(script);
    markLine(0, {});
}

void ScriptView::setWritable()
{
    setReadOnly(false);
    setTextInteractionFlags(Qt::TextEditorInteraction);
    setFrameShape(QFrame::StyledPanel);
    setTabChangesFocus(true);
}

QString ScriptView::text() const
{
    return kit::textOf(*document());
}

void ScriptView::replaceText(const QString& text)
{
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.insertText(text);
}

void ScriptView::markLine(int line, const QString& message)
{
    m_line = line;
    setToolTip(message);
    refreshMark();
}

void ScriptView::refreshMark()
{
    const QTextBlock block = m_line > 0 ? document()->findBlockByNumber(m_line - 1) : QTextBlock();
    if (!block.isValid()) {
        setExtraSelections(noted());
        return;
    }
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(block);
    mark.format.setBackground(theme::color(theme::Role::DangerSoft));
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    QTextEdit::ExtraSelection wave;
    wave.cursor = QTextCursor(block);
    wave.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wave.format.setUnderlineColor(theme::color(theme::Role::Danger));
    setExtraSelections(noted() + QList{mark, wave});
    setTextCursor(QTextCursor(block));
    centerCursor();
}

void ScriptView::setNotes(const QMap<int, QStringList>& notes)
{
    m_notes = notes;
    setExtraSelections(noted());
    if (m_line > 0)
        refreshMark();
}

QList<QTextEdit::ExtraSelection> ScriptView::noted() const
{
    QList<QTextEdit::ExtraSelection> marks;
    for (auto note = m_notes.keyBegin(); note != m_notes.keyEnd(); ++note) {
        const QTextBlock block = document()->findBlockByNumber(*note - 1);
        if (!block.isValid())
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setBackground(theme::color(theme::Role::WarningSoft));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    return marks;
}

void ScriptView::goToLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    centerCursor();
    setFocus();
}

bool ScriptView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int line = cursorForPosition(help->pos()).blockNumber() + 1;
    if (!m_notes.contains(line) || line == m_line)
        return QPlainTextEdit::viewportEvent(event);
    QToolTip::showText(help->globalPos(), m_notes.value(line).join(u'\n'), this);
    return true;
}

}  // namespace dewpoint::migrate
