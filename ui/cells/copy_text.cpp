// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/copy_text.h"

#include "kit/tsv.h"
#include "rows/cell_input.h"
#include "rows/statement_writer.h"
#include "transfer/row_writer.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

QString plainText(const std::optional<Value>& value, Engine engine)
{
    return value ? rows::editText(*value, engine) : QString();
}

QStringList names(const CopiedCells& cells)
{
    QStringList names;
    for (const int column : cells.columns)
        names += cells.relation.columns[column].name;
    return names;
}

QList<QStringList> texts(const CopiedCells& cells)
{
    QList<QStringList> all;
    for (const auto& row : cells.rows) {
        QStringList line;
        for (const auto& value : row)
            line += plainText(value, cells.relation.engine);
        all += line;
    }
    return all;
}

/// The same words as in a file; a cell that is DEFAULT has none.
QString written(const CopiedCells& cells, transfer::Format format)
{
    QByteArray out;
    const auto writer =
        transfer::RowWriter::make(format, {.engine = cells.relation.engine}, [&](const QByteArray& bytes) {
            out += bytes;
            return true;
        });
    QList<transfer::OutColumn> columns;
    for (const int column : cells.columns)
        columns += transfer::outColumnOf(cells.relation.columns[column], cells.relation.engine);
    (void)writer->begin(columns);
    for (const auto& row : cells.rows) {
        std::vector<Value> values;
        for (const auto& value : row)
            values.push_back(value.value_or(Null{}));
        (void)writer->row(values);
    }
    (void)writer->end();
    return QString::fromUtf8(out);
}

QString inserts(const CopiedCells& cells)
{
    QString out;
    rows::StatementWriter writer(cells.relation, rows::StatementWriter::Values::Literal);
    for (const auto& row : cells.rows) {
        rows::NewRow values;
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (const auto& value = row[i])
                values.values.emplace(cells.relation.columns[cells.columns[i]].name, *value);
        }
        out += writer.insert(values).sql + u";\n"_s;
    }
    return out;
}

}  // namespace

QString copyText(const CopiedCells& cells, CopyFormat format)
{
    switch (format) {
    case CopyFormat::Tsv: return kit::toTsv(texts(cells));
    case CopyFormat::TsvWithHeader: return kit::toTsv(QList<QStringList>{names(cells)} + texts(cells));
    case CopyFormat::Csv: return written(cells, transfer::Format::Csv);
    case CopyFormat::Json: return written(cells, transfer::Format::Json);
    case CopyFormat::Insert: return inserts(cells);
    case CopyFormat::Markdown: return written(cells, transfer::Format::Markdown);
    }
    std::unreachable();
}

}  // namespace dewpoint::cells
