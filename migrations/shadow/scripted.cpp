// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/scripted.h"

#include "base/words.h"
#include "shadow/outside_effects.h"
#include "shadow/psql_script.h"
#include "sql/statements.h"

namespace dewpoint::shadow {

namespace {

/// As the engine's own shell sends it: PostgreSQL takes a text of several statements as one transaction, in which
/// CREATE INDEX CONCURRENTLY and a new enum value's use are refused.
Result<> runAsShell(drivers::Connection& connection, const QString& script, Engine engine)
{
    if (engine == Engine::Sqlite)
        return connection.executeScript(script.toUtf8());
    for (const sql::Statement& statement : sql::split(script, engine)) {
        const QString one = script.sliced(statement.start, statement.length);
        if (const auto ran = connection.executeScript(one.toUtf8()); !ran)
            return ran;
    }
    return {};
}

}  // namespace

Scripted::Scripted(ShadowDatabase shadow, Engine engine) : m_shadow(std::move(shadow)), m_engine(engine) {}

Result<Scripted> Scripted::empty(const drivers::Target& server, const drivers::StopAsked& stop)
{
    return ShadowDatabase::make(server).transform([&](ShadowDatabase shadow) {
        shadow.connection().setStopAsked(stop);
        return Scripted(std::move(shadow), server.engine);
    });
}

Result<> Scripted::run(const QByteArray& text, const QString& from)
{
    const QString script = QString::fromUtf8(text);
    auto ran = (m_engine == Engine::Postgres ? withoutPsql(script) : Result<QString>(script))
                   .and_then([&](const QString& plain) { return withoutRoles(plain.toUtf8(), m_engine); })
                   .and_then([&](const QByteArray& kept) {
                       return runAsShell(m_shadow.connection(), QString::fromUtf8(kept), m_engine);
                   });
    return ran ? ran : fail(during(ran.error(), from + QStringLiteral(": %1")));
}

Result<schema::Database> Scripted::schema(catalog::Extent extent)
{
    return catalog::inspect(m_shadow.connection(), extent);
}

Error during(Error error, const QString& what)
{
    if (isMissingRole(error))
        error.hint =
            Words::tr("Roles belong to the whole server, so none is made for a comparison. Make this "
                      "one there (CREATE ROLE), then compare again.");
    if (error.kind != ErrorKind::Cancelled)
        error.message = what.arg(error.message);
    error.position = -1;
    return error;
}

}  // namespace dewpoint::shadow
