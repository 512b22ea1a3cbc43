// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace dewpoint::ddl {

/// An object by its qualified name, and the statement that makes it.
struct Node {
    QString schema;
    QString name;
    QString text;
};

/// Places of `nodes` so that each comes behind those whose qualified name its statement mentions (outside
/// strings and routine bodies), else as they were. PostgreSQL's own definitions, read with an empty search
/// path, qualify every name, so that a mention is a dependency. Those in a circle keep their order.
QList<qsizetype> inDependencyOrder(const QList<Node>& nodes);

}  // namespace dewpoint::ddl
