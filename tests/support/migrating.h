// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/executor.h"

#include <QTest>

namespace dewpoint::test {

/// "applied 1", one for each migration, as the list has them.
inline QString states(drivers::Connection& connection, const project::Project& project,
                      const QString& between = QStringLiteral("\n"),
                      QString project::Migration::* shown = &project::Migration::version)
{
    const auto now = apply::status(connection, project);
    if (!now)
        return now.error().oneLine();
    QStringList each;
    for (const auto& state : now->migrations)
        each << apply::stateName(state.state) + u' ' + state.migration.*shown;
    return each.join(between);
}

/// "applied pending": the states alone.
inline QString stateNames(drivers::Connection& connection, const project::Project& project)
{
    const auto now = apply::status(connection, project);
    if (!now)
        return now.error().oneLine();
    QStringList names;
    for (const auto& state : now->migrations)
        names << apply::stateName(state.state);
    return names.join(u' ');
}

/// Why not all can be run.
inline QString refusal(drivers::Connection& connection, const project::Project& project)
{
    const auto report = apply::execute(connection, project, apply::Action::Run, apply::Scope::all());
    return report ? QStringLiteral("it ran") : report.error().message;
}

/// Fails the test where the run did not begin, or came to a failure.
inline void verify(const Result<apply::Report>& report)
{
    QVERIFY2(report, report ? "" : qPrintable(report.error().oneLine()));
    QVERIFY2(!report->failure, report->failure ? qPrintable(report->failure->oneLine()) : "");
}

}  // namespace dewpoint::test
