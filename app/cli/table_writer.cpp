// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/table_writer.h"

#include <algorithm>

namespace dewpoint::cli {

namespace {

/// For people: it keeps all rows, because the widths come from all of them.
class TableWriter final : public transfer::RowWriter
{
public:
    explicit TableWriter(Console& console) : m_console(console) {}
    Result<> begin(const QList<transfer::OutColumn>& columns) override
    {
        QStringList head;
        for (const auto& column : columns)
            head << flat(column.name);
        add(head);
        return {};
    }
    Result<> row(const std::vector<Value>& values) override
    {
        QStringList cells;
        for (const auto& value : values)
            cells << (isNull(value) ? QStringLiteral("NULL")
                                    : flat(QString::fromUtf8(transfer::plainText(value))));
        add(cells);
        return {};
    }
    Result<> end() override
    {
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            writeLine(m_lines[i], u' ');
            if (i == 0)
                writeLine(QStringList(m_widths.size()), u'-');
        }
        return {};
    }

private:
    static QString flat(QString text)
    {
        return text.replace(u'\r', u' ').replace(u'\n', u'↵').replace(u'\t', u' ');
    }
    void add(const QStringList& cells)
    {
        m_widths.resize(cells.size());
        for (qsizetype i = 0; i < cells.size(); ++i)
            m_widths[i] = std::max(m_widths[i], cells[i].size());
        m_lines << cells;
    }
    void writeLine(const QStringList& cells, QChar fill)
    {
        QStringList padded;
        for (qsizetype i = 0; i < cells.size(); ++i)
            padded << cells[i].leftJustified(m_widths[i], fill);
        QString line = padded.join(QStringLiteral("  "));
        while (line.endsWith(u' '))
            line.chop(1);
        m_console.write(line.toUtf8() + '\n');
    }

    Console& m_console;
    QList<QStringList> m_lines;
    QList<qsizetype> m_widths;
};

}  // namespace

std::unique_ptr<transfer::RowWriter> makeTableWriter(Console& console)
{
    return std::make_unique<TableWriter>(console);
}

}  // namespace dewpoint::cli
