// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/row_writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <cmath>

namespace dewpoint::cli {

namespace {

// pg_type.dat: bool, int8, int2, int4, oid, float4, float8, numeric
constexpr quint32 boolOid = 16;
constexpr std::array<quint32, 7> numberOids{20, 21, 23, 26, 700, 701, 1700};

QByteArray hexText(const QByteArray& bytes)
{
    return "\\x" + bytes.toHex();
}

QByteArray jsonText(const QString& text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

/// Text that is not UTF-8 (SQLite allows it) has no place in JSON: its bytes are shown as a blob's.
QByteArray jsonBytes(const QByteArray& utf8)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(utf8);
    return jsonText(decoder.hasError() ? QString::fromLatin1(hexText(utf8)) : text);
}

bool isJsonNumber(const QByteArray& text)
{
    static const QRegularExpression number(
        QStringLiteral("\\A-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?\\z"));
    return number.match(QString::fromLatin1(text)).hasMatch();
}

QByteArray csvText(const QByteArray& text)
{
    const bool plain = !text.isEmpty() && !text.contains(',') && !text.contains('"') && !text.contains('\n')
                       && !text.contains('\r');
    return plain ? text : '"' + QByteArray(text).replace("\"", "\"\"") + '"';
}

QByteArray plainText(const Value& value)
{
    if (const auto* text = std::get_if<Text>(&value))
        return text->utf8;
    if (const auto* blob = std::get_if<Blob>(&value))
        return hexText(blob->bytes);
    return displayText(value).toUtf8();
}

class CsvWriter final : public RowWriter
{
public:
    explicit CsvWriter(Console& console) : m_console(console) {}
    void begin(const QList<ColumnInfo>& columns) override
    {
        QByteArrayList cells;
        for (const auto& column : columns)
            cells << csvText(column.name.toUtf8());
        m_console.write(cells.join(',') + "\r\n");
    }
    void row(const std::vector<Value>& values) override
    {
        QByteArrayList cells;
        for (const auto& value : values)
            cells << csvCell(value);
        m_console.write(cells.join(',') + "\r\n");
    }
    void end() override {}

private:
    Console& m_console;
};

class JsonWriter final : public RowWriter
{
public:
    explicit JsonWriter(Console& console) : m_console(console) {}
    void begin(const QList<ColumnInfo>& columns) override
    {
        m_columns = columns;
        QStringList used;
        for (const auto& column : columns) {
            // Two members of one name are legal JSON that most readers lose one of.
            QString name = column.name;
            for (int i = 2; used.contains(name); ++i)
                name = QStringLiteral("%1_%2").arg(column.name).arg(i);
            used << name;
            m_names << jsonText(name);
        }
    }
    void row(const std::vector<Value>& values) override
    {
        QByteArray line = m_rows++ == 0 ? "[\n{" : ",\n{";
        for (size_t i = 0; i < values.size(); ++i) {
            line += i ? ", " : "";
            line += m_names[static_cast<qsizetype>(i)] + ": "
                    + jsonCell(m_columns[static_cast<qsizetype>(i)], values[i]);
        }
        m_console.write(line + '}');
    }
    void end() override { m_console.write(m_rows ? "\n]\n" : "[]\n"); }

private:
    Console& m_console;
    QList<ColumnInfo> m_columns;
    QByteArrayList m_names;
    qint64 m_rows = 0;
};

/// For people: it keeps all rows, because the widths come from all of them.
class TableWriter final : public RowWriter
{
public:
    explicit TableWriter(Console& console) : m_console(console) {}
    void begin(const QList<ColumnInfo>& columns) override
    {
        QStringList head;
        for (const auto& column : columns)
            head << flat(column.name);
        add(head);
    }
    void row(const std::vector<Value>& values) override
    {
        QStringList cells;
        for (const auto& value : values)
            cells << (isNull(value) ? QStringLiteral("NULL") : flat(QString::fromUtf8(plainText(value))));
        add(cells);
    }
    void end() override
    {
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            writeLine(m_lines[i], u' ');
            if (i == 0)
                writeLine(QStringList(m_widths.size()), u'-');
        }
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

QByteArray jsonCell(const ColumnInfo& column, const Value& value)
{
    if (isNull(value))
        return "null";
    if (const auto* number = std::get_if<double>(&value)) {
        const QByteArray text = displayText(value).toLatin1();
        return std::isfinite(*number) && isJsonNumber(text) ? text : jsonBytes(text);
    }
    if (std::holds_alternative<qint64>(value))
        return displayText(value).toLatin1();
    if (const auto* blob = std::get_if<Blob>(&value))
        return jsonText(QString::fromLatin1(hexText(blob->bytes)));
    const QByteArray& text = std::get<Text>(value).utf8;
    if (column.typeOid == boolOid)
        return text == "t" ? "true" : "false";
    if (std::ranges::contains(numberOids, column.typeOid) && isJsonNumber(text))
        return text;
    return jsonBytes(text);
}

QByteArray csvCell(const Value& value)
{
    return isNull(value) ? QByteArray() : csvText(plainText(value));
}

std::unique_ptr<RowWriter> RowWriter::make(RowFormat format, Console& console)
{
    switch (format) {
    case RowFormat::Csv: return std::make_unique<CsvWriter>(console);
    case RowFormat::Json: return std::make_unique<JsonWriter>(console);
    case RowFormat::Table: return std::make_unique<TableWriter>(console);
    }
    Q_UNREACHABLE_RETURN({});
}

}  // namespace dewpoint::cli
