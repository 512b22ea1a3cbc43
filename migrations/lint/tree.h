// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

namespace dewpoint::lint {

/// A statement of PostgreSQL as its own grammar reads it (libpg_query); fields that are false, zero or
/// empty are left out of the tree.
struct Tree {
    QString kind;  ///< "AlterTableStmt"
    QJsonObject node;
};

/// InvalidInput with the grammar's words where it does not read it.
Result<QList<Tree>> parseTree(const QString& sql);

/// The SQL statements in a DO block or PL/pgSQL function, as far as they are written out.
QStringList bodyStatements(const QString& statement);

/// The texts in a list of String nodes: a qualified name.
QStringList strings(const QJsonValue& list);

/// The columns that an expression names.
QStringList columnsIn(const QJsonValue& expression);

/// Calls `visit(kind, node)` for each node below.
template <class Visit>
void eachNode(const QJsonValue& value, Visit visit)
{
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        for (const auto& item : list)
            eachNode(item, visit);
        return;
    }
    const QJsonObject object = value.toObject();
    for (auto field = object.begin(); field != object.end(); ++field) {
        visit(field.key(), field.value());
        eachNode(field.value(), visit);
    }
}

}  // namespace dewpoint::lint
