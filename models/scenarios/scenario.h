// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/row_changes.h"
#include "sql/dialect.h"

#include <QDateTime>
#include <QJsonObject>

namespace dewpoint::scenarios {

/// A table as it was when its rows were kept. SQLite: under its own names; PostgreSQL: as t0 (c0, c1 …) of a file.
struct KeptTable {
    QString schema;
    QString name;
    QStringList columns;  ///< all that are not computed
    rows::KeyKind keyKind = rows::KeyKind::None;
    QStringList keyColumns;
    bool operator==(const KeptTable&) const = default;
};

/// What a table or another object is made of, to tell whether it changed since.
struct KeptObject {
    QString name;
    QString text;
    bool operator==(const KeptObject&) const = default;
};

/// Where a sequence goes on.
struct KeptSequence {
    QString schema;
    QString name;
    QString next;
    bool operator==(const KeptSequence&) const = default;
};

/// The rows of a whole database at one moment, under a name, on this machine.
struct Scenario {
    QString id;  ///< later ones sort behind
    QString name;
    QDateTime at;
    Engine engine = Engine::Sqlite;
    QList<KeptTable> tables;  ///< in an order in which they can be filled
    QList<KeptObject> structure;
    QList<KeptSequence> sequences;  ///< PostgreSQL
    qint64 bytes = 0;
    bool operator==(const Scenario&) const = default;
};

QJsonObject toJson(const Scenario& scenario);
Scenario scenarioFrom(const QJsonObject& json);

}  // namespace dewpoint::scenarios
