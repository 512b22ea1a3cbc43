// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drivers/connection.h"
#include "project/project.h"
#include "support/pg.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

namespace dewpoint::test {

/// A Diesel-layout project in a folder of its own, and a fresh database of either engine.
class DieselScratch final
{
public:
    explicit DieselScratch(Engine engine)
    {
        if (engine == Engine::Postgres)
            m_postgres = std::make_unique<ScratchPostgres>();
        write(QStringLiteral("diesel.toml"), "[migrations_directory]\ndir = \"migrations\"\n");
        QDir(m_folder.path()).mkpath(QStringLiteral("migrations"));
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
    void migration(const QString& folder, const QByteArray& up, const QByteArray& down = {}) const
    {
        const QString base = QStringLiteral("migrations/") + folder;
        write(base + QStringLiteral("/up.sql"), up);
        if (!down.isEmpty())
            write(base + QStringLiteral("/down.sql"), down);
    }
    project::Project project() const { return project::detect(path(), {}).value().value(); }
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
