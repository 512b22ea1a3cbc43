// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/editing.h"

#include <QList>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::query::editing {

namespace {

QList<QTextBlock> linesOf(const QTextCursor& cursor)
{
    QTextBlock block = cursor.document()->findBlock(cursor.selectionStart());
    const int last = cursor.selectionEnd();
    QList<QTextBlock> lines{block};
    // A selection that ends before a line's first character does not take that line.
    for (block = block.next(); block.isValid() && block.position() < last; block = block.next())
        lines.append(block);
    return lines;
}

qsizetype leadingSpaces(const QString& line)
{
    return std::ranges::find_if(line, [](QChar c) { return !c.isSpace(); }) - line.begin();
}

void remove(QTextCursor& cursor, qsizetype from, qsizetype count)
{
    cursor.setPosition(static_cast<int>(from));
    cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor, static_cast<int>(count));
    cursor.removeSelectedText();
}

}  // namespace

void toggleComment(QTextCursor cursor)
{
    const QList<QTextBlock> lines = linesOf(cursor);
    const auto commented = [](const QTextBlock& line) {
        const QString text = line.text().trimmed();
        return text.isEmpty() || text.startsWith(u"--");
    };
    const bool uncomment =
        std::ranges::all_of(lines, commented) && std::ranges::any_of(lines, [](const QTextBlock& line) {
            return !line.text().trimmed().isEmpty();
        });
    cursor.beginEditBlock();
    for (const QTextBlock& line : lines) {
        const QString text = line.text();
        const qsizetype at = leadingSpaces(text);
        if (uncomment && at < text.size()) {
            remove(cursor, line.position() + at, text.mid(at).startsWith(u"-- ") ? 3 : 2);
        } else if (!uncomment && (at < text.size() || lines.size() == 1)) {
            cursor.setPosition(line.position());
            cursor.insertText(u"-- "_s);
        }
    }
    cursor.endEditBlock();
}

void indent(QTextCursor cursor, int columns)
{
    const QList<QTextBlock> lines = linesOf(cursor);
    cursor.beginEditBlock();
    if (lines.size() == 1) {
        const int column = cursor.document()->findBlock(cursor.selectionStart()).position();
        const int offset = cursor.selectionStart() - column;
        cursor.insertText(QString(columns - offset % columns, u' '));
    } else {
        for (const QTextBlock& line : lines) {
            cursor.setPosition(line.position());
            cursor.insertText(QString(columns, u' '));
        }
    }
    cursor.endEditBlock();
}

void outdent(QTextCursor cursor, int columns)
{
    const QList<QTextBlock> lines = linesOf(cursor);
    cursor.beginEditBlock();
    for (const QTextBlock& line : lines) {
        const QString text = line.text();
        const qsizetype count = text.startsWith(u'\t') ? 1 : qMin<qsizetype>(leadingSpaces(text), columns);
        if (count > 0)
            remove(cursor, line.position(), count);
    }
    cursor.endEditBlock();
}

void newLine(QTextCursor cursor)
{
    const QTextBlock block = cursor.document()->findBlock(cursor.selectionStart());
    const QString before = block.text().first(cursor.selectionStart() - block.position());
    const QString margin = before.first(leadingSpaces(before));
    cursor.beginEditBlock();
    cursor.insertText(u'\n' + margin);
    cursor.endEditBlock();
}

}  // namespace dewpoint::query::editing
