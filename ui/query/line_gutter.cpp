// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/line_gutter.h"

#include "query/sql_editor.h"
#include "theme/theme.h"

#include <QPainter>
#include <QPaintEvent>
#include <QTextBlock>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

// The first and the last block have the document's margin in their box, so its middle is not the text's.
qreal lineBaseline(const QTextBlock& block)
{
    const QTextLine line = block.layout()->lineCount() > 0 ? block.layout()->lineAt(0) : QTextLine();
    return line.isValid() ? line.y() + line.ascent() : 0;
}

}  // namespace

LineGutter::LineGutter(SqlEditor& editor) : QWidget(&editor), m_editor(editor)
{
    connect(&editor, &QPlainTextEdit::blockCountChanged, this, &LineGutter::place);
    connect(&editor, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            scroll(0, dy);
        else
            update(0, rect.y(), width(), rect.height());
    });
}

int LineGutter::neededWidth() const
{
    const auto digits = qMax<qsizetype>(3, QString::number(m_editor.blockCount()).size());
    const QFontMetrics metrics(theme::monoFont());
    return static_cast<int>(digits) * metrics.horizontalAdvance(u'9') + theme::space::l + theme::space::s;
}

QSize LineGutter::sizeHint() const
{
    return {neededWidth(), 0};
}

void LineGutter::place()
{
    m_editor.setViewportMargins(neededWidth(), 0, 0, 0);
    const QRect inside = m_editor.contentsRect();
    setGeometry(inside.left(), inside.top(), neededWidth(), inside.height());
    update();
}

void LineGutter::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), theme::color(theme::Role::Surface));
    painter.setFont(theme::monoFont());
    const auto statement = m_editor.currentStatement();
    const qsizetype errorAt = m_editor.errorPosition();
    const int currentLine = m_editor.textCursor().blockNumber();
    const int right = width() - theme::space::m;
    for (QTextBlock block = m_editor.firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = m_editor.blockBoundingGeometry(block).translated(m_editor.contentOffset());
        if (box.top() > event->rect().bottom())
            break;
        const int top = qRound(box.top());
        const int height = qRound(box.height());
        const qsizetype begin = block.position();
        const qsizetype end = begin + block.length() - 1;
        const bool failed = errorAt >= begin && errorAt <= end;
        if (failed)
            painter.fillRect(0, top, width(), height, theme::color(theme::Role::DangerSoft));
        const auto role = failed                               ? theme::Role::Danger
                          : block.blockNumber() == currentLine ? theme::Role::Text
                                                               : theme::Role::TextFaint;
        painter.setPen(theme::color(role));
        const QString number = QString::number(block.blockNumber() + 1);
        const qreal baseline = box.top() + lineBaseline(block);
        painter.drawText(
            QPointF(right - theme::space::xs - painter.fontMetrics().horizontalAdvance(number), baseline),
            number);
        if (statement && begin <= statement->start + statement->length && end >= statement->start)
            painter.fillRect(right, top, theme::space::xs - theme::space::hair, height,
                             theme::color(theme::Role::Accent));
        if (failed)
            painter.drawText(QPointF(theme::space::hair * 2, baseline), u"✕"_s);
    }
}

}  // namespace dewpoint::query
