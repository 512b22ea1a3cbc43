// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/script_view.h"

#include "kit/sql_syntax.h"
#include "theme/theme.h"

#include <QTextBlock>

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
        setExtraSelections({});
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
    setExtraSelections({mark, wave});
    setTextCursor(QTextCursor(block));
    centerCursor();
}

}  // namespace dewpoint::migrate
