// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/project.h"
#include "support/pg.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace dewpoint::test {

/// A project in a folder of its own, and a fresh database of either engine.
class ProjectScratch
{
public:
    explicit ProjectScratch(Engine engine)
    {
        if (engine == Engine::Postgres)
            m_postgres = std::make_unique<ScratchPostgres>();
    }

    QString path(const QString& name = {}) const
    {
        return name.isEmpty() ? m_folder.path() : m_folder.filePath(name);
    }
    void write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        QDir().mkpath(QFileInfo(file).path());
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }
    QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
    }
    project::Project project() const { return project::detect(path(), {}).value().value(); }
    Engine engine() const { return m_postgres ? Engine::Postgres : Engine::Sqlite; }
    drivers::Target target() const
    {
        if (m_postgres)
            return m_postgres->target();
        return {.engine = Engine::Sqlite,
                .location = path(QStringLiteral("test.db")),
                .password = {},
                .create = true};
    }
    QString url() const { return m_postgres ? m_postgres->url() : target().location; }
    std::unique_ptr<drivers::Connection> connect() const
    {
        return drivers::Connection::open(target()).value();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ScratchPostgres> m_postgres;
};

/// The data rows of a test that runs on both engines.
inline void engines()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("SQLite") << Engine::Sqlite;
    QTest::newRow("PostgreSQL") << Engine::Postgres;
}

/// All cells of a query: "a|b" per row, NULL as ∅.
inline QStringList rowsOf(drivers::Connection& connection, const QString& sql)
{
    const auto batch = connection.query(sql);
    if (!batch)
        return {QStringLiteral("error: ") + batch.error().oneLine()};
    QStringList rows;
    for (int row = 0; row < batch->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < batch->columnCount(); ++column)
            cells << (isNull(batch->at(row, column)) ? QStringLiteral("∅")
                                                     : displayText(batch->at(row, column)));
        rows << cells.join(u'|');
    }
    return rows;
}

}  // namespace dewpoint::test
