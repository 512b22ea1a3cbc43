// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "drivers/connection.h"
#include "rows/relation.h"
#include "support/pg.h"

#include <QTemporaryDir>

#include <memory>

namespace dewpoint::test {

/// A scratch database of either engine with a script run in it.
class RowsFixture final
{
public:
    RowsFixture(Engine engine, const QByteArray& script)
    {
        if (engine == Engine::Postgres)
            m_postgres = std::make_unique<ScratchPostgres>();
        const auto made = connect()->executeScript(script);
        if (!made)
            qCritical("%s", qUtf8Printable(made.error().oneLine()));
    }

    drivers::Target target() const
    {
        if (m_postgres)
            return m_postgres->target();
        return {.engine = Engine::Sqlite,
                .location = m_folder.filePath(QStringLiteral("rows.sqlite")),
                .create = true};
    }

    std::unique_ptr<drivers::Connection> connect() const
    {
        auto connection = drivers::Connection::open(target());
        if (!connection)
            qFatal("%s", qUtf8Printable(connection.error().oneLine()));
        return std::move(*connection);
    }

    schema::Table table(const QString& name) const
    {
        const auto connection = connect();
        const auto database = catalog::inspect(*connection);
        if (!database)
            qFatal("%s", qUtf8Printable(database.error().oneLine()));
        for (const schema::Table& found : database->tables) {
            if (found.name == name)
                return found;
        }
        qFatal("no table %s", qUtf8Printable(name));
    }

    rows::Relation relation(const QString& name) const
    {
        return rows::relationOf(table(name), target().engine);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ScratchPostgres> m_postgres;
};

}  // namespace dewpoint::test
