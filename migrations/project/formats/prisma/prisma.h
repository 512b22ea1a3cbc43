// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// Prisma Migrate (2 to 7): folders with migration.sql; a row for each attempt, failed ones included.
namespace dewpoint::project::prisma {

const Format& format();

/// prisma.config.ts, package.json's prisma.schema, prisma/schema.prisma or schema.prisma, here or above.
QString spelled(const Project& project, const QString& url);
Result<std::optional<Project>> detect(const QString& given, const Environment& environment);

/// The datasource block of a schema, as text.
struct Datasource {
    QString provider;
    QString url;       ///< a literal; empty when it is not one
    QString variable;  ///< of env("…")
    bool operator==(const Datasource&) const = default;
};
Datasource readDatasource(const QString& schema);

Result<QList<Migration>> list(const Project& project);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
LedgerFormat ledgerFormat();

}  // namespace dewpoint::project::prisma
