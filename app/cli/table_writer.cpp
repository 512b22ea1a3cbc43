// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/table_writer.h"

#include <algorithm>

namespace dewpoint::cli {

namespace {

constexpr qsizetype sampledRows = 200;
constexpr qsizetype sampledText = 1 << 20;  ///< characters that are held at most
constexpr qsizetype widest = 160;           ///< a column; a longer text makes its own line longer

/// For people: the widths come from the first rows, and what follows is written as it comes, so that a result
/// of any length needs no more than those. A longer cell further down widens its own line only.
class TableWriter final : public transfer::RowWriter
{
public:
    explicit TableWriter(Console& console) : m_console(console) {}
    Result<> begin(const QList<transfer::OutColumn>& columns) override
    {
        QStringList head;
        for (const auto& column : columns)
            head << flat(column.name);
        hold(head);
        return {};
    }
    Result<> row(const std::vector<Value>& values) override
    {
        QStringList cells;
        for (const auto& value : values)
            cells << (isNull(value) ? QStringLiteral("NULL")
                                    : flat(QString::fromUtf8(transfer::plainText(value))));
        if (m_isSampled)
            writeLine(cells, u' ');
        else
            hold(cells);
        if (!m_isSampled && (m_held.size() > sampledRows || m_heldText > sampledText))
            writeHeld();
        return {};
    }
    Result<> end() override
    {
        writeHeld();
        return {};
    }

private:
    static QString flat(QString text)
    {
        return text.replace(u'\r', u' ').replace(u'\n', u'↵').replace(u'\t', u' ');
    }
    void hold(const QStringList& cells)
    {
        m_widths.resize(cells.size());
        for (qsizetype i = 0; i < cells.size(); ++i) {
            m_widths[i] = std::max(m_widths[i], std::min(cells[i].size(), widest));
            m_heldText += cells[i].size();
        }
        m_held << cells;
    }
    void writeHeld()
    {
        m_isSampled = true;
        for (qsizetype i = 0; i < m_held.size(); ++i) {
            writeLine(m_held[i], u' ');
            if (i == 0)
                writeLine(QStringList(m_widths.size()), u'-');
        }
        m_held.clear();
    }
    void writeLine(const QStringList& cells, QChar fill)
    {
        QString line;
        for (qsizetype i = 0; i < cells.size(); ++i)
            line += (i > 0 ? QStringLiteral("  ") : QString()) + cells[i].leftJustified(m_widths[i], fill);
        while (line.endsWith(u' '))
            line.chop(1);
        m_console.write(line.toUtf8() + '\n');
    }

    Console& m_console;
    QList<QStringList> m_held;  ///< the head first
    QList<qsizetype> m_widths;
    qsizetype m_heldText = 0;
    bool m_isSampled = false;
};

}  // namespace

std::unique_ptr<transfer::RowWriter> makeTableWriter(Console& console)
{
    return std::make_unique<TableWriter>(console);
}

}  // namespace dewpoint::cli
