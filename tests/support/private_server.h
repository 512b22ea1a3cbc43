// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

#include <QTemporaryDir>

namespace dewpoint::test {

/// A PostgreSQL server of one test's own, which may be killed: never the one that all tests share.
class PrivateServer final
{
public:
    enum class Kind { Plain, Secure };  ///< Secure: also TCP on 127.0.0.1 with TLS and passwords

    explicit PrivateServer(Kind kind = Kind::Plain);
    ~PrivateServer();
    PrivateServer(const PrivateServer&) = delete;
    PrivateServer& operator=(const PrivateServer&) = delete;

    void kill();    ///< SIGKILL to all its processes
    void resume();  ///< starts it again on the same data

    QString socketFolder() const { return contentOf(QStringLiteral("socket")); }
    QString port() const;
    QString certificate() const { return m_folder.filePath(QStringLiteral("server.crt")); }
    drivers::Target target() const;  ///< as the superuser, over the socket

private:
    void script(const QString& command);
    QString contentOf(const QString& name) const;

    QTemporaryDir m_folder;
    Kind m_kind;
};

}  // namespace dewpoint::test
