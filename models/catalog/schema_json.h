// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QJsonObject>

namespace dewpoint::catalog {

/// The catalog as JSON: the stable, documented shape behind `dewpoint schema inspect --json`.
/// Members are only ever added; "format" grows when the meaning of one changes.
///
///     {"format": 1, "engine": "sqlite" | "postgresql", "serverVersion", "schemas": [name],
///      "tables": [{"schema", "name", "kind": "table" | "partitioned" | "foreign" | "virtual",
///          "columns": [{"name", "type", "nullable", "default": sql | null, "primaryKey": place?,
///              "generated": {"kind": "stored" | "virtual", "expression"}?,
///              "identity": {"kind": "always" | "by default", "options"}?, "collation"?, "comment"?, "hidden"?}],
///          "constraints": [{"kind": "primary key" | "unique" | "foreign key" | "check" | "exclusion" | "not null",
///              "name": name | null, "columns", "definition"?, "autoIncrement"?, "references": {"schema"?,
///              "table", "columns", "onUpdate", "onDelete", "match"}?, "deferrable"?, "initiallyDeferred"?,
///              "validated"? (only false), "comment"?}],
///          "indexes": [{"name", "unique", "method"?, "parts": [{"column" | "expression", "descending"?,
///              "nullsFirst"?, "collation"?, "operatorClass"?}], "include"?, "where"?, "definition"?,
///              "implicit"?, "constraint"?, "valid"? (only false), "comment"?}],
///          "triggers": [{"name", "definition", "enabled"?, "comment"?}],
///          "policies": [{"name", "command", "permissive", "roles", "using"?, "check"?}]?,
///          "definition"?, "strict"?, "withoutRowid"?, "module"?, "unlogged"?, "rowSecurity"?,
///          "forceRowSecurity"?, "partitionKey"?, "partitionBound"?, "inherits"?, "foreignServer"?,
///          "options"?, "estimatedRows"?, "comment"?}],
///      "views": [{"schema", "name", "materialized", "columns", "definition", "options"?, "indexes"?, "triggers"?, "comment"?}],
///      "sequences": [{"schema", "name", "type", "start", "increment", "minimum", "maximum", "cache" (all
///          numbers as text), "cycles", "ownedBy"?}],
///      "routines": [{"schema", "name", "arguments", "kind": "function" | "procedure" | "aggregate" | "window",
///          "definition"?, "comment"?}],
///      "types": [{"schema", "name", "kind": "enum" | "domain" | "composite" | "range", "labels"?, "definition"?,
///          "attributes"?, "comment"?}],
///      "extensions": [{"name", "version", "schema"}],
///      "others": [{"kind", "schema"?, "name", "definition": [statement], "drop": statement, "comment"?}],
///      "privileges": [{"on": "schema" | "relation" | "sequence" | "routine" | "type" | "default", "schema"?,
///          "name", "arguments"? (of a routine), "role"? (whose new objects a default is for), "owner", "grants":
///          [{"role": name | null (PUBLIC), "privilege", "column"?, "grantable"?}]}]? (where they were asked for)}
///
/// "x"? is there only when it says something: text that is not empty, a flag that is true.
QJsonObject toJson(const schema::Database& database);

}  // namespace dewpoint::catalog
