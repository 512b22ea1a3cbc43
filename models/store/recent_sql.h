// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/target.h"

#include <QDateTime>
#include <QList>

namespace dewpoint::store {

/// A statement that somebody ran in a query tab, and when last.
struct RecentSql {
    QString sql;
    QDateTime at;
    bool operator==(const RecentSql&) const = default;
};

/// Of this database, whatever the guard level: the newest first, each once. Kept on this machine only.
QList<RecentSql> recentSql(const drivers::Target& target);

/// Whether it reads or writes rows. Others cannot be tried without being run, and may hold a role's password.
bool isAboutRows(const QString& statement);

/// Only what is about rows. The oldest go where there are too many; a very long one is not kept.
Result<> rememberSql(const drivers::Target& target, const QString& sql,
                     const QDateTime& at = QDateTime::currentDateTimeUtc());

}  // namespace dewpoint::store
