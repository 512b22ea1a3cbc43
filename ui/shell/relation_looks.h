// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>

namespace dewpoint::shell {

/// How tables and views are looked at, by their names: remembered when their tabs are closed, too.
struct RelationLooks {
    QJsonObject columns;  ///< widths, order and hidden columns by key()
    QJsonObject views;    ///< those kept under a name, by key()

    static QString key(const QString& schemaName, const QString& name)
    {
        return schemaName + QLatin1Char('.') + name;
    }
};

}  // namespace dewpoint::shell
