// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QRegularExpression>

#include <optional>

namespace dewpoint::render {

/// What [print_schema] of diesel.toml says about the text; its defaults are the tool's.
struct DieselOptions {
    enum class Docs { None, Comments, Generated };
    enum class Grouping { AllTables, Related, None };

    Docs docs = Docs::None;
    Grouping grouping = Grouping::AllTables;
    std::optional<QList<QRegularExpression>> onlyTables;
    QList<QRegularExpression> exceptTables;
    bool sortsColumnsByName = false;
    std::optional<QString> schema;  ///< PostgreSQL; then everything is in a module of that name
    QStringList importTypes;
    bool definesMissingTypes = true;
    QList<QRegularExpression> exceptTypes;
    QStringList typeDerives;
    bool integerKeyIsBigint = false;           ///< SQLite
    QList<QRegularExpression> domainsAsTypes;  ///< PostgreSQL
};

/// schema.rs as diesel_cli 2.3's `diesel print-schema` prints it, in rustfmt's layout. An error for what
/// it refuses: a PostgreSQL table without a primary key, a SQLite column type that it does not know.
Result<QString> diesel(const schema::Database& database, const DieselOptions& options = {});

}  // namespace dewpoint::render
