// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/cells.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dewpoint::catalog {

qint64 Cells::number(int column) const
{
    const Value& value = m_batch.at(m_row, column);
    if (const qint64* whole = std::get_if<qint64>(&value))
        return *whole;
    const Text* text = std::get_if<Text>(&value);
    return text ? text->utf8.toLongLong() : 0;
}

bool Cells::flag(int column) const
{
    const Value& value = m_batch.at(m_row, column);
    const Text* text = std::get_if<Text>(&value);
    return text ? (text->utf8 == "t" || text->utf8 == "true" || text->utf8 == "1") : number(column) != 0;
}

QStringList Cells::list(int column) const
{
    const Text* text = std::get_if<Text>(&m_batch.at(m_row, column));
    if (!text)
        return {};
    QStringList result;
    const QJsonArray array = QJsonDocument::fromJson(text->utf8).array();
    for (const auto& member : array)
        result.append(member.toString());
    return result;
}

QList<int> Cells::numbers(int column) const
{
    QString plain = text(column);
    plain.replace(u'{', u' ').replace(u'}', u' ').replace(u',', u' ');
    QList<int> result;
    const QStringList words = plain.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words)
        result.append(word.toInt());
    return result;
}

QString catalogQuery(const QString& name)
{
    QFile file(u":/dewpoint/catalog/%1.sql"_s.arg(name));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "catalogQuery", qUtf8Printable(file.fileName()));
    const QString text = opened ? QString::fromUtf8(file.readAll()) : QString();
    // The server and the statement log get the query, not the file's licence.
    qsizetype from = 0;
    while (QStringView(text).sliced(from).startsWith(u"-- SPDX-"))
        from = text.indexOf(u'\n', from) + 1;
    return text.sliced(from);
}

Result<RowBatch> runCatalogQuery(drivers::Connection& connection, const QString& name,
                                 const QList<Value>& parameters)
{
    return connection.query(catalogQuery(name), parameters);
}

}  // namespace dewpoint::catalog
