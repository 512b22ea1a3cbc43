// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace dewpoint::schema {

enum class Identity { None, Always, ByDefault };
enum class Generated { None, Stored, Virtual };

struct Column {
    QString name;
    QString type;  ///< as declared (SQLite) or format_type() (PostgreSQL): "numeric(10,2)"
    bool notNull = false;
    std::optional<QString> defaultSql;  ///< expression text, as the engine stores it
    Generated generated = Generated::None;
    QString generatedSql;                ///< expression of a generated column
    Identity identity = Identity::None;  ///< PostgreSQL
    QString identityOptions;             ///< sequence options that differ from the default, as SQL
    QString collation;                   ///< only when it is not the type's default
    QString comment;
    int keyPosition = 0;  ///< 1-based place in the primary key, 0 when not part of it
    bool hidden = false;  ///< SQLite hidden column of a virtual table

    bool operator==(const Column&) const = default;
};

}  // namespace dewpoint::schema
