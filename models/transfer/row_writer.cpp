// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/row_writer.h"

#include "base/words.h"
#include "sql/dialect.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

constexpr qsizetype bufferBytes = 64 * 1024;

/// Gathers what is written into large pieces.
class TextWriter : public RowWriter
{
public:
    TextWriter(WriteOptions options, ByteSink sink) : m_options(std::move(options)), m_sink(std::move(sink))
    {
        m_buffer.reserve(2 * bufferBytes);
    }

protected:
    const WriteOptions& options() const { return m_options; }
    QByteArray& out() { return m_buffer; }
    Result<> flushed(qsizetype least = bufferBytes)
    {
        if (m_buffer.size() < least || m_buffer.isEmpty())
            return {};
        const bool well = m_sink(m_buffer);
        m_buffer.resize(0);
        m_buffer.reserve(2 * bufferBytes);
        return well ? Result<>{} : fail(ErrorKind::File, Words::tr("The output could not be written."));
    }
    Result<> flushAll() { return flushed(0); }

private:
    WriteOptions m_options;
    ByteSink m_sink;
    QByteArray m_buffer;
};

class CsvWriter final : public TextWriter
{
public:
    CsvWriter(const WriteOptions& options, ByteSink sink, char delimiter)
        : TextWriter(options, std::move(sink)), m_delimiter(delimiter)
    {}
    Result<> begin(const QList<OutColumn>& columns) override
    {
        if (options().bom)
            out() += "\xEF\xBB\xBF";
        if (!options().header)
            return {};
        for (qsizetype i = 0; i < columns.size(); ++i) {
            if (i > 0)
                out() += m_delimiter;
            appendCsvCell(out(), textValue(columns[i].name), m_delimiter, options().nullText);
        }
        out() += "\r\n";
        return {};
    }
    Result<> row(const std::vector<Value>& cells) override
    {
        for (size_t i = 0; i < cells.size(); ++i) {
            if (i > 0)
                out() += m_delimiter;
            appendCsvCell(out(), cells[i], m_delimiter, options().nullText);
        }
        out() += "\r\n";
        return flushed();
    }
    Result<> end() override { return flushAll(); }

private:
    char m_delimiter;
};

class JsonWriter final : public TextWriter
{
public:
    enum class Shape { Array, Lines };
    JsonWriter(const WriteOptions& options, ByteSink sink, Shape shape)
        : TextWriter(options, std::move(sink)), m_shape(shape)
    {}
    Result<> begin(const QList<OutColumn>& columns) override
    {
        m_columns = columns;
        m_names = jsonNames(columns);
        return {};
    }
    Result<> row(const std::vector<Value>& cells) override
    {
        if (m_shape == Shape::Array)
            out() += m_rows == 0 ? "[\n" : ",\n";
        ++m_rows;
        out() += '{';
        for (size_t i = 0; i < cells.size(); ++i) {
            const auto column = static_cast<qsizetype>(i);
            out() += i ? ", " : "";
            out() += m_names[column];
            out() += ": ";
            out() += jsonCell(m_columns[column], cells[i]);
        }
        out() += m_shape == Shape::Array ? "}" : "}\n";
        return flushed();
    }
    Result<> end() override
    {
        if (m_shape == Shape::Array)
            out() += m_rows ? "\n]\n" : "[]\n";
        return flushAll();
    }

private:
    Shape m_shape;
    QList<OutColumn> m_columns;
    QList<QByteArray> m_names;
    qint64 m_rows = 0;
};

class SqlWriter final : public TextWriter
{
public:
    using TextWriter::TextWriter;
    Result<> begin(const QList<OutColumn>& columns) override
    {
        QStringList names;
        for (const OutColumn& column : columns) {
            m_kept.push_back(!column.generated);
            if (!column.generated)
                names += sql::quoted(column.name);
        }
        m_start = u"INSERT INTO %1 (%2)%3 VALUES ("_s
                      .arg(options().table, names.join(u", "_s),
                           options().overriding ? u" OVERRIDING SYSTEM VALUE"_s : QString())
                      .toUtf8();
        return {};
    }
    Result<> row(const std::vector<Value>& cells) override
    {
        out() += m_start;
        bool first = true;
        for (size_t i = 0; i < cells.size(); ++i) {
            if (!m_kept[i])
                continue;
            out() += std::exchange(first, false) ? "" : ", ";
            add(cells[i]);
        }
        out() += ");\n";
        return flushed();
    }
    Result<> end() override { return flushAll(); }

private:
    // A text goes as its bytes: what is not UTF-8 (SQLite allows it) stays as it is.
    void add(const Value& value)
    {
        const auto* text = std::get_if<Text>(&value);
        if (!text) {
            out() += sql::literal(value, options().engine).toUtf8();
        } else if (text->utf8.contains('\0') && options().engine == Engine::Sqlite) {
            out() += "CAST(X'" + text->utf8.toHex() + "' AS TEXT)";  // a script ends at a NUL
        } else {
            out() += '\'';
            out() += QByteArray(text->utf8).replace("'", "''");
            out() += '\'';
        }
    }

    QByteArray m_start;
    std::vector<bool> m_kept;
};

class MarkdownWriter final : public TextWriter
{
public:
    using TextWriter::TextWriter;
    Result<> begin(const QList<OutColumn>& columns) override
    {
        QList<QByteArray> names;
        QList<QByteArray> rule;
        for (const OutColumn& column : columns) {
            names += column.name.toUtf8();
            rule += column.number ? "---:" : "---";
        }
        out() += markdownLine(names) + markdownLine(rule);
        return {};
    }
    Result<> row(const std::vector<Value>& cells) override
    {
        QList<QByteArray> texts;
        for (const Value& value : cells)
            texts += plainText(value);
        out() += markdownLine(texts);
        return flushed();
    }
    Result<> end() override { return flushAll(); }
};

QByteArray htmlText(const QByteArray& text)
{
    return QByteArray(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
}

class HtmlWriter final : public TextWriter
{
public:
    using TextWriter::TextWriter;
    Result<> begin(const QList<OutColumn>& columns) override
    {
        const QByteArray title = htmlText(options().title.toUtf8());
        out() +=
            "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>" + title
            + "</title>\n<style>table { border-collapse: collapse } th, td { border: 1px solid; "
              "padding: 2px 6px; text-align: left; white-space: pre-wrap } .number { text-align: right } "
              ".null { opacity: .5 }</style>\n</head>\n<body>\n<table>\n<thead>\n<tr>";
        for (const OutColumn& column : columns) {
            out() += "<th>" + htmlText(column.name.toUtf8()) + "</th>";
            m_numbers.push_back(column.number);
        }
        out() += "</tr>\n</thead>\n<tbody>\n";
        return {};
    }
    Result<> row(const std::vector<Value>& cells) override
    {
        out() += "<tr>";
        for (size_t i = 0; i < cells.size(); ++i) {
            const Value& value = cells[i];
            const bool number = m_numbers[i] || std::holds_alternative<qint64>(value)
                                || std::holds_alternative<double>(value);
            if (isNull(value))
                out() += "<td class=\"null\">NULL</td>";
            else
                out() += (number ? "<td class=\"number\">" : "<td>") + htmlText(plainText(value)) + "</td>";
        }
        out() += "</tr>\n";
        return flushed();
    }
    Result<> end() override
    {
        out() += "</tbody>\n</table>\n</body>\n</html>\n";
        return flushAll();
    }

private:
    std::vector<bool> m_numbers;
};

}  // namespace

std::unique_ptr<RowWriter> RowWriter::make(Format format, const WriteOptions& options, ByteSink sink)
{
    switch (format) {
    case Format::Csv: return std::make_unique<CsvWriter>(options, std::move(sink), options.delimiter);
    case Format::Tsv: return std::make_unique<CsvWriter>(options, std::move(sink), '\t');
    case Format::Json:
        return std::make_unique<JsonWriter>(options, std::move(sink), JsonWriter::Shape::Array);
    case Format::Ndjson:
        return std::make_unique<JsonWriter>(options, std::move(sink), JsonWriter::Shape::Lines);
    case Format::Sql: return std::make_unique<SqlWriter>(options, std::move(sink));
    case Format::Markdown: return std::make_unique<MarkdownWriter>(options, std::move(sink));
    case Format::Html: return std::make_unique<HtmlWriter>(options, std::move(sink));
    case Format::Xlsx: break;
    }
    Q_UNREACHABLE_RETURN({});
}

}  // namespace dewpoint::transfer
