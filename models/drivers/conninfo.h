// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

#include <utility>

namespace dewpoint::drivers {

/// Key/value pairs of a libpq connection string or URL (PQconninfoParse; libpq manual 32.1.1).
Result<QList<std::pair<QString, QString>>> parseConninfo(const QString& text);

/// One value as a connection text holds it, in quotes.
QString quotedConninfoValue(QString value);

Result<> checkConninfo(const QString& text);

/// "shop on db.example.org", "service=prod", for titles.
QString conninfoDisplayName(const QString& text);

/// The same server, another database: for scratch databases. Gives key=value text.
Result<QString> conninfoWithDatabase(const QString& text, const QString& database);

/// The same text without its password (URL or key=value); a SQLite path is left as it is.
QString withoutPassword(const QString& location);

}  // namespace dewpoint::drivers
