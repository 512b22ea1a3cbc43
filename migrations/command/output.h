// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringList>

#include <deque>

namespace dewpoint::command {

/// A program's output as lines for people: no colours, none longer than a screen can show. What is kept
/// is its end, so that a flood costs no memory.
class Output final
{
public:
    static constexpr qsizetype keptLines = 200;
    static constexpr qsizetype longestLine = 2000;  ///< in bytes

    QStringList take(const QByteArray& bytes);  ///< the lines that these bytes complete
    QStringList end();                          ///< and what was left without a line end

    QStringList lastLines() const { return {m_last.begin(), m_last.end()}; }

private:
    QString finishLine();

    QByteArray m_line;
    bool m_returned = false;  ///< the last byte was a carriage return
    std::deque<QString> m_last;
};

}  // namespace dewpoint::command
