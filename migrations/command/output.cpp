// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "command/output.h"

#include <QRegularExpression>

namespace dewpoint::command {

QStringList Output::take(const QByteArray& bytes)
{
    QStringList lines;
    for (const char byte : bytes) {
        // A carriage return alone rewrites a line on a terminal; here each state is a line of its own.
        if (byte == '\n' && m_returned) {
            m_returned = false;
            continue;
        }
        m_returned = byte == '\r';
        if (byte == '\n' || byte == '\r')
            lines << finishLine();
        else if (m_line.size() < longestLine)
            m_line.append(byte);
    }
    return lines;
}

QStringList Output::end()
{
    return m_line.isEmpty() ? QStringList() : QStringList{finishLine()};
}

QString Output::finishLine()
{
    static const QRegularExpression escape(QStringLiteral("\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b."));
    QString line = QString::fromUtf8(m_line);
    if (line.contains(u'\x1b'))
        line.remove(escape);
    m_line.clear();
    m_last.push_back(line);
    if (m_last.size() > keptLines)
        m_last.pop_front();
    return line;
}

}  // namespace dewpoint::command
