// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace dewpoint::plan {

/// SQLite keeps the text of CREATE statements, so its objects are made by that text again.

/// The CREATE TABLE text with another name in it.
QString withTableName(const QString& createTable, const QString& name);

/// How CREATE TABLE describes this column: "b VARCHAR(10) NOT NULL DEFAULT 'x'". Empty when it is not there.
QString columnItem(const QString& createTable, const QString& column);

/// The condition of the rows whose value of the column is no value of this type: a STRICT table refuses it,
/// and CAST makes another one of it. Empty where every value is one.
QString doesNotFit(const QString& quotedColumn, const QString& type);

/// True when the text has this name anywhere in it, quoted or not.
bool mentions(const QString& sql, const QString& name);

}  // namespace dewpoint::plan
