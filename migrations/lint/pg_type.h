// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>

namespace dewpoint::lint {

/// A column's type of PostgreSQL, by the name that the server itself has for it.
struct PgType {
    QString name;  ///< "int4", "varchar"; of others as it is written
    QList<int> modifiers;
    bool isArray = false;

    bool operator==(const PgType&) const = default;
};

PgType typeOfNode(const QJsonValue& typeName);  ///< a TypeName node
PgType typeOfText(const QString& formatted);    ///< as format_type() writes it
QString shown(const PgType& type);

/// What ALTER COLUMN … TYPE does to the rows (ATColumnChangeRequiresRewrite in the server's sources).
enum class TypeChange {
    None,
    Relabel,  ///< the same bytes
    Rewrite,
    ZoneRewrite,  ///< between timestamp and timestamptz: not where the session's time zone is UTC
};

TypeChange changeOf(const PgType& from, const PgType& to);

/// Whether every value of one type surely fits the other.
bool alwaysFits(const PgType& from, const PgType& to);

}  // namespace dewpoint::lint
