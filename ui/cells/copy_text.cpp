// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/copy_text.h"

#include "kit/tsv.h"
#include "rows/cell_input.h"
#include "rows/input_check.h"
#include "rows/statement_writer.h"
#include "values/decimal.h"

#include <QJsonArray>
#include <QJsonDocument>

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

QString csvField(QString text)
{
    const bool quoted =
        text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r');
    return quoted ? u'"' + text.replace(u'"', u"\"\""_s) + u'"' : text;
}

QString csv(const CopiedCells& cells)
{
    QString out;
    for (const QStringList& line : QList<QStringList>{names(cells)} + texts(cells)) {
        QStringList fields;
        for (const QString& text : line)
            fields += csvField(text);
        out += fields.join(u',') + u'\n';
    }
    return out;
}

QString jsonString(const QString& text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

// Numbers keep their digits: a JSON number may be as long as it likes.
QString jsonValue(const std::optional<Value>& value, const rows::RelationColumn& column, Engine engine)
{
    if (!value || isNull(*value))
        return u"null"_s;
    const QString text = rows::editText(*value, engine);
    const bool number = std::holds_alternative<qint64>(*value) || std::holds_alternative<double>(*value)
                        || (engine == Engine::Postgres && rows::isNumber(column.family));
    if (const auto decimal = number ? Decimal::parse(text.toUtf8()) : std::nullopt)
        return QString::fromLatin1(decimal->toText());
    if (engine == Engine::Postgres && rows::isBoolean(column, engine))
        return text == u"t"_s ? u"true"_s : u"false"_s;
    if (rows::isJson(column) && rows::inputProblem(text, column, engine).isEmpty())
        return text;
    return jsonString(text);
}

QString json(const CopiedCells& cells)
{
    QStringList objects;
    for (const auto& row : cells.rows) {
        QStringList members;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const rows::RelationColumn& column = cells.relation.columns[cells.columns[i]];
            members += jsonString(column.name) + u": "_s + jsonValue(row[i], column, cells.relation.engine);
        }
        objects += u"  {"_s + members.join(u", "_s) + u'}';
    }
    return u"[\n"_s + objects.join(u",\n"_s) + u"\n]\n"_s;
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

QString markdownLine(const QStringList& fields)
{
    QStringList safe;
    for (QString text : fields)
        safe += text.replace(u'|', u"\\|"_s).replace(u'\n', u"<br>"_s);
    return u"| "_s + safe.join(u" | "_s) + u" |\n"_s;
}

QString markdown(const CopiedCells& cells)
{
    QString out = markdownLine(names(cells));
    QStringList rule;
    for (const int column : cells.columns)
        rule += rows::isNumber(cells.relation.columns[column].family) ? u"---:"_s : u"---"_s;
    out += markdownLine(rule);
    for (const QStringList& line : texts(cells))
        out += markdownLine(line);
    return out;
}

}  // namespace

QString copyText(const CopiedCells& cells, CopyFormat format)
{
    switch (format) {
    case CopyFormat::Tsv: return kit::toTsv(texts(cells));
    case CopyFormat::TsvWithHeader: return kit::toTsv(QList<QStringList>{names(cells)} + texts(cells));
    case CopyFormat::Csv: return csv(cells);
    case CopyFormat::Json: return json(cells);
    case CopyFormat::Insert: return inserts(cells);
    case CopyFormat::Markdown: return markdown(cells);
    }
    std::unreachable();
}

}  // namespace dewpoint::cells
