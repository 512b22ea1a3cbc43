// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/failure_place.h"

#include "sql/statements.h"

#include <algorithm>

namespace dewpoint::apply {

Place placeAt(const QString& script, qsizetype position, Engine engine)
{
    const qsizetype at = std::clamp<qsizetype>(position, 0, script.size());
    const QStringView before = QStringView(script).first(at);
    const QStringView line = before.mid(before.lastIndexOf(u'\n') + 1);
    const auto lows = std::ranges::count_if(line, [](QChar c) { return c.isLowSurrogate(); });
    Place place{.line = static_cast<int>(before.count(u'\n')) + 1,
                .column = static_cast<int>(line.size() - lows) + 1,
                .statement = {}};
    const auto statements = sql::split(script, engine);
    const int index = sql::statementAt(statements, at);
    if (index >= 0)
        place.statement = script.mid(statements[index].start, statements[index].length);
    return place;
}

std::optional<qsizetype> findFailingStatement(drivers::Connection& connection, const QString& script,
                                              const Error& error)
{
    for (const auto& statement : sql::split(script, connection.engine())) {
        const auto run = connection.executeScript(script.mid(statement.start, statement.length).toUtf8());
        if (run)
            continue;
        if (run.error().sqlState != error.sqlState)
            return std::nullopt;
        return statement.start;
    }
    return std::nullopt;
}

}  // namespace dewpoint::apply
