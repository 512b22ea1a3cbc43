// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/plan.h"

#include "base/words.h"
#include "plan/engines.h"

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

namespace {

/// What a change outside of tables happens to.
struct Thing {
    template <class T>
    QString operator()(const T& c) const
    {
        if constexpr (requires { c.to.schema; })
            return of(c.to);
        else if constexpr (requires { c.type; })
            return of(c.type);
        else if constexpr (requires { c.sequence; })
            return of(c.sequence);
        else if constexpr (requires { c.routine; })
            return of(c.routine);
        else if constexpr (requires { c.extension; })
            return c.extension.name;
        else if constexpr (requires { c.owner; })
            return of(c.owner);
        else if constexpr (requires { c.name; })
            return c.name;
        else
            return {};
    }
    template <class T>
    static QString of(const T& object)
    {
        return object.schema + u'.' + object.name;
    }
};

/// What one direction makes of it the other takes back.
QString subject(const Step& step)
{
    if (!step.source)
        return {};
    const change::Name relation = change::relation(*step.source);
    return relation.name.isEmpty() ? std::visit(Thing{}, *step.source)
                                   : relation.schema + u'.' + relation.name;
}

void pairOneWay(Plan& plan, const Plan& back)
{
    for (Step& step : plan.steps) {
        const QString own = subject(step);
        for (const Step& other : back.steps) {
            if (!own.isEmpty() && subject(other) == own)
                step.reverse << other.sql;
        }
    }
}

}  // namespace

Result<Plan> plan(const schema::Database& from, const schema::Database& to, const Options& options)
{
    if (from.engine != to.engine)
        return fail(ErrorKind::InvalidInput,
                    Words::tr("One is %1 and the other %2.")
                        .arg(sql::engineName(from.engine), sql::engineName(to.engine)));
    return to.engine == Engine::Sqlite ? planSqlite(from, to) : planPostgres(from, to, options);
}

void pairReverses(Plan& up, Plan& down)
{
    pairOneWay(up, down);
    pairOneWay(down, up);
}

}  // namespace dewpoint::plan
