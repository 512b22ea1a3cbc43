// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/table.h"

#include <QList>
#include <QString>

namespace dewpoint::structure {

/// A CREATE TABLE text of SQLite that is changed part by part. What is not touched stays as it is
/// written, comments and conflict clauses included.
class SqliteTableText final
{
public:
    explicit SqliteTableText(const QString& sql);
    /// A new table without anything in it.
    static SqliteTableText named(const QString& name);

    QString text() const;

    void addColumn(const schema::Column& column);
    void dropColumn(const QString& name);  ///< with the constraints that are written in it
    /// Where the column is called `to.name` already.
    void changeColumn(const schema::Column& from, const schema::Column& to);

    void orderColumns(const QStringList& names);  ///< all that there are

    void addConstraint(const schema::Constraint& constraint);
    bool dropConstraint(const schema::Constraint& constraint);  ///< false where it was not found

    void setOptions(bool strict, bool withoutRowid);

private:
    /// What stands between two commas, and the white space and comments around it.
    struct Item {
        QString lead;
        QString core;
        QString trail;
    };

    SqliteTableText() = default;
    void insert(qsizetype place, const QString& core);
    void remove(qsizetype place);
    qsizetype columnPlace(const QString& name) const;
    bool isMultiLine() const;

    QString m_head;  ///< up to and with "("
    QList<Item> m_items;
    QString m_tail;  ///< from ")"
};

/// As CREATE TABLE takes it: "price NUMERIC NOT NULL DEFAULT 0".
QString sqliteColumn(const schema::Column& column);
/// "CONSTRAINT c FOREIGN KEY (a) REFERENCES t (b) ON DELETE CASCADE"
QString sqliteConstraint(const schema::Constraint& constraint);
/// DEFAULT takes literals bare and everything else in parentheses.
QString sqliteDefault(const QString& expression);

}  // namespace dewpoint::structure
