// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "project/format.h"
#include "schema/database.h"
#include "session/session_rules.h"
#include "shadow/replay.h"
#include "shadow/shadow_database.h"

namespace dewpoint::shadow {

/// A scratch database in the tool's session, which grows migration by migration.
class Replayer final
{
public:
    static Result<Replayer> make(const drivers::Target& server, project::Project project,
                                 const drivers::StopAsked& stop);

    drivers::Connection& connection() { return m_shadow.connection(); }
    void setStop(const drivers::StopAsked& stop);

    // What it is after these as well, without the tracking table.
    Result<schema::Database> after(const Leg& leg);
    Result<schema::Database> after(const QList<project::Migration>& migrations,
                                   catalog::Extent extent = catalog::Extent::Structure);
    /// New SQL, whose roles would be in no catalog and so in no file of the tool.
    Result<schema::Database> after(const QByteArray& text);

private:
    Result<> replaySql(const QList<project::Migration>& migrations,
                       project::Direction direction = project::Direction::Up);

    Replayer(ShadowDatabase shadow, session::SessionRules rules, project::Project project,
             drivers::StopAsked stop);

    ShadowDatabase m_shadow;
    session::SessionRules m_rules;  ///< ends before the database that it belongs to
    project::Project m_project;
    drivers::StopAsked m_stop;
};

}  // namespace dewpoint::shadow
