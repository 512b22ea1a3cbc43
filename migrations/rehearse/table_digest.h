// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "schema/database.h"

#include <QCryptographicHash>

#include <array>

namespace dewpoint::rehearse {

using Digest = std::array<quint64, 2>;

/// The digest of a row's cells: each with its kind and length, so that no two rows give the same bytes.
class RowHash final
{
public:
    void add(const Value& value);
    Digest result() const;

private:
    QCryptographicHash m_hash{QCryptographicHash::Md5};
};

/// Tables whose rows are their own: no partitions, foreign or virtual tables.
bool hasOwnRows(const schema::Table& table);

/// "schema"."table" for FROM. A partitioned table's rows are its partitions', an inheritance parent's own are
/// its own.
QString source(const schema::Table& table, Engine engine);

/// Quoted, for SELECT and ORDER BY.
QString quotedList(const QStringList& columns);

/// What a SELECT can name.
QStringList columnNames(const schema::Table& table);

/// How many rows, and a sum of their digests that does not depend on their order.
struct TableDigest {
    qint64 rows = 0;
    QByteArray sum;
    bool operator==(const TableDigest&) const = default;
};

Result<TableDigest> digestOf(drivers::Connection& connection, const schema::Table& table);

}  // namespace dewpoint::rehearse
