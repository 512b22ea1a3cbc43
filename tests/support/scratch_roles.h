// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "support/pg.h"

#include <QUuid>

#include <memory>

namespace dewpoint::test {

/// Roles are the whole server's: their names are this run's own, and they go with it.
class ScratchRoles final
{
public:
    ScratchRoles()
    {
        const QString own = QStringLiteral("dw_%1_").arg(QUuid::createUuid().toString(QUuid::Id128).first(8));
        for (QString* role : {&reader, &writer, &boss}) {
            *role = own + QString::number(++m_count);
            run(QStringLiteral("CREATE ROLE ") + *role);
        }
    }
    ~ScratchRoles()
    {
        for (const QString& role : {reader, writer, boss})
            run(QStringLiteral("DROP ROLE ") + role);
    }
    ScratchRoles(const ScratchRoles&) = delete;
    ScratchRoles& operator=(const ScratchRoles&) = delete;

    /// "$reader" … as they are called here, and back.
    QString named(QString text) const
    {
        return text.replace(QStringLiteral("$reader"), reader)
            .replace(QStringLiteral("$writer"), writer)
            .replace(QStringLiteral("$boss"), boss);
    }
    QString plain(QString text) const
    {
        return text.replace(reader, QStringLiteral("$reader"))
            .replace(writer, QStringLiteral("$writer"))
            .replace(boss, QStringLiteral("$boss"));
    }

    QString reader, writer, boss;

private:
    void run(const QString& sql) const
    {
        if (const auto done = m_server->executeScript(sql.toUtf8()); !done)
            qWarning("%s", qPrintable(done.error().oneLine()));
    }

    ScratchPostgres m_scratch;
    std::unique_ptr<drivers::Connection> m_server = drivers::Connection::open(m_scratch.target()).value();
    int m_count = 0;
};

}  // namespace dewpoint::test
