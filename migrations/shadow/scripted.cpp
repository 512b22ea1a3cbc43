// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/scripted.h"

#include "base/words.h"
#include "shadow/outside_effects.h"

namespace dewpoint::shadow {

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
    auto ran = withoutRoles(text, m_engine).and_then([&](const QByteArray& kept) {
        return m_shadow.connection().executeScript(kept);
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
