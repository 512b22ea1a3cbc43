// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transfer/record_reader.h"

#include <QFile>
#include <QTemporaryDir>

namespace dewpoint::test {

/// A folder for files that are read and written.
class TransferFiles final
{
public:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("the test's file could not be written");
        return path(name);
    }
    QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no such file)");
    }
    QStringList names() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden); }

private:
    QTemporaryDir m_folder;
};

/// "3: [a] NULL '' {1}": a record by its line and its fields; what is wrong with it behind it.
inline QString shown(const transfer::Record& record)
{
    using Kind = transfer::Field::Kind;
    QStringList parts;
    for (const transfer::Field& field : record.fields) {
        const QString text = QString::fromUtf8(field.text);
        parts += field.kind == Kind::Null    ? QStringLiteral("NULL")
                 : field.kind == Kind::Empty ? QStringLiteral("-")
                 : field.kind == Kind::Text  ? QLatin1Char('[') + text + QLatin1Char(']')
                                             : text;
    }
    QString line = QStringLiteral("%1: %2").arg(record.line).arg(parts.join(QLatin1Char(' ')));
    if (!record.problem.isEmpty())
        line += QStringLiteral(" ! ") + record.problem;
    return line;
}

inline QStringList allOf(const QString& path, const transfer::ReadOptions& options)
{
    const auto reader = transfer::RecordReader::open(path, options);
    if (!reader)
        return {QStringLiteral("! ") + reader.error().oneLine()};
    QStringList lines;
    transfer::Record record;
    for (;;) {
        const auto some = (*reader)->next(record);
        if (!some)
            return lines << QStringLiteral("! ") + some.error().oneLine();
        if (!*some)
            return lines;
        lines << shown(record);
    }
}

}  // namespace dewpoint::test
