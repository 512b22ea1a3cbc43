// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "schema/database.h"
#include "shadow/shadow_database.h"

namespace dewpoint::shadow {

/// A scratch database that scripts make, one after the other.
class Scripted final
{
public:
    static Result<Scripted> empty(const drivers::Target& server, const drivers::StopAsked& stop);

    /// Refused where it reaches beyond the database, but for roles, which are left out. `from` is the file that an
    /// error names.
    Result<> run(const QByteArray& text, const QString& from);
    Result<schema::Database> schema(catalog::Extent extent);

private:
    Scripted(ShadowDatabase shadow, Engine engine);

    ShadowDatabase m_shadow;
    Engine m_engine;
};

/// The error with what was being tried in front; a cancelled one stays as it is.
Error during(Error error, const QString& what);

}  // namespace dewpoint::shadow
