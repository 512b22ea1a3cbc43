// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "park/parcel.h"

namespace dewpoint::park {

/// The columns of a table that hold values of their own, as it is now; none where there is no such table.
Result<QStringList> columnsNow(drivers::Connection& connection, const QString& schema, const QString& table);

/// The parcel with the columns that its table has now; none where there is nothing of it, and of a table
/// that goes also those that no migration made.
Result<Parcel> asItIsNow(drivers::Connection& connection, Parcel parcel);

/// How much of it there is now: cells that are not NULL, or rows.
Result<qint64> valuesIn(drivers::Connection& connection, const Parcel& parcel);

/// FROM's own word for a table whose rows are its own alone: what inherits from it is a table by itself.
QString relationText(const Parcel& parcel, Engine engine);

/// PostgreSQL, until the transaction ends or it is left: texts of values that read back as the same whatever
/// the session has set, and no rows that row security hides (it fails loudly instead).
class PlainTexts final
{
public:
    static Result<PlainTexts> enter(drivers::Connection& connection);
    Result<> leave();

private:
    explicit PlainTexts(drivers::Connection& connection) : m_connection(connection) {}
    Result<> set(const QString& name, const Value& value);

    drivers::Connection& m_connection;
    QList<std::pair<QString, Value>> m_before;
};

}  // namespace dewpoint::park
