// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace dewpoint::browse {

enum class NodeKind {
    Root,
    Schema,
    Group,
    Table,
    View,
    Column,
    Index,
    Constraint,
    Trigger,
    Routine,
    Type,
    Sequence,
    Other
};

/// One line of the schema tree: finished texts, so that the model only hands them out.
struct SchemaNode {
    NodeKind kind = NodeKind::Root;
    QString schema;
    QString object;  ///< table or view the line belongs to
    QString name;    ///< what is shown and filtered
    QString note;    ///< muted text at the right: type, row count
    QString icon;    ///< Breeze icon name
    QString toolTip;
    SchemaNode* parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<SchemaNode>> children;
};

/// Rows of a table for people: exact below 100,000, otherwise an estimate ("~1.2 M"); "" unknown.
QString rowCountText(qint64 rows, bool exact);

/// The whole tree of a database. `counts` holds exact row counts by "schema.table" where known.
std::unique_ptr<SchemaNode> buildSchemaTree(const schema::Database& database,
                                            const QHash<QString, qint64>& counts);

}  // namespace dewpoint::browse
