// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/dependency.h"
#include "schema/privileges.h"
#include "schema/table.h"
#include "sql/dialect.h"

#include <optional>

namespace dewpoint::schema {

struct View {
    QString schema;
    QString name;
    bool materialized = false;
    QList<Column> columns;
    QString definition;       ///< the SELECT (PostgreSQL) or the stored CREATE text (SQLite)
    QString options;          ///< PostgreSQL reloptions joined by ", ": check_option, security_invoker …
    QList<Index> indexes;     ///< materialised views
    QList<Trigger> triggers;  ///< INSTEAD OF
    QString comment;
    quint32 oid = 0;  ///< not part of equality
    bool operator==(const View& other) const;
};

struct Sequence {
    QString schema, name, type;
    QString start, increment, minimum, maximum, cache;
    bool cycles = false;
    QString ownedBy;  ///< "table.column" for serial columns
    bool operator==(const Sequence&) const = default;
};

enum class RoutineKind { Function, Procedure, Aggregate, Window };

struct Routine {
    QString schema, name;
    QString arguments;  ///< pg_get_function_identity_arguments
    RoutineKind kind = RoutineKind::Function;
    QString definition;  ///< pg_get_functiondef, or the like for an aggregate
    QString comment;
    bool operator==(const Routine&) const = default;
};

enum class TypeKind { Enum, Domain, Composite, Range };

struct Type {
    QString schema, name;
    TypeKind kind = TypeKind::Enum;
    QStringList labels;        ///< enum values in order
    QString definition;        ///< domain: base type, default, constraints; range: subtype…
    QList<Column> attributes;  ///< composite
    QString comment;
    bool operator==(const Type&) const = default;
};

struct Extension {
    QString name, version, schema;
    bool operator==(const Extension&) const = default;
};

/// What PostgreSQL has besides, each made and dropped whole: collations, extended statistics, rules, operators,
/// casts, dictionaries and configurations for text search, foreign data wrappers and servers, event triggers; and
/// what is set on something else: storage of columns, replica identity, comments on schemas and policies …
struct OtherObject {
    QString kind;            ///< "COLLATION", "REPLICA IDENTITY OF"
    QString schema;          ///< empty where it is in none
    QString name;            ///< with schema, types or table: "logged on public.users"
    QStringList definition;  ///< the statements that make it
    QString drop;            ///< the statement that takes it away
    QString comment;

    bool isSetting() const { return !drop.startsWith(QLatin1String("DROP ")); }
    bool operator==(const OtherObject&) const = default;
};

/// Everything the studio knows of one database's structure: plain values, references by name.
/// Lists are sorted by (schema, name); no tracking tables are left out here.
struct Database {
    Engine engine = Engine::Sqlite;
    QString serverVersion;
    QStringList schemas;
    QList<Table> tables;
    QList<View> views;
    QList<Sequence> sequences;
    QList<Routine> routines;
    QList<Type> types;
    QList<Extension> extensions;
    QList<OtherObject> others;
    QList<Dependency> dependencies;  ///< PostgreSQL, sorted
    /// PostgreSQL, where asked for: of every object, and the defaults that are not as usual.
    std::optional<QList<Privileges>> privileges;

    const Table* table(const QString& schema, const QString& name) const;
    const View* view(const QString& schema, const QString& name) const;
    /// Those of everything that is listed here, schemas first and defaults last; none where they were not read.
    QList<Privileges> allPrivileges() const;
    bool operator==(const Database&) const = default;
};

}  // namespace dewpoint::schema
