// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/course.h"

#include <QMap>

namespace dewpoint::rehearse {

/// Goes along with the way there and back on the copy and writes down what each statement did, which locks
/// it took, and what the catalog was behind each migration.
class Observer final
{
public:
    Observer(drivers::Connection& copy, const Course& course, schema::Database before);

    apply::Escort escort();

    QList<StepRun> runs;
    QMap<QString, schema::Database> beforeThere;  ///< by version
    QMap<QString, schema::Database> afterThere;
    QMap<QString, schema::Database> afterBack;

private:
    bool isThere(const apply::Step& step) const;
    Result<> begins(const apply::Step& step);
    Result<> ends(const apply::Step& step);
    void ran(const apply::Step& step, const session::Sent& sent);
    QList<Lock> newLocks();

    drivers::Connection& m_copy;
    const Course& m_course;
    schema::Database m_now;
    QStringList m_known;  ///< locks that were told already
};

}  // namespace dewpoint::rehearse
