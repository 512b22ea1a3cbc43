// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/project.h"
#include "support/pg.h"
#include "support/rows_of.h"

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

}  // namespace dewpoint::test
