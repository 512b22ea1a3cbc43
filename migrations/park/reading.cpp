// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/reading.h"

#include "park/losses.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::park {

Result<QStringList> columnsNow(drivers::Connection& connection, const QString& schema, const QString& table)
{
    const bool postgres = connection.engine() == Engine::Postgres;
    const QString sql =
        postgres ? u"SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($1)"
                   " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"_s
                 : u"SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0 ORDER BY cid"_s;
    return connection.query(sql, {textValue(postgres ? sql::quoted(schema, table) : table)})
        .transform([](const RowBatch& batch) {
            QStringList names;
            for (int row = 0; row < batch.rowCount(); ++row)
                names << displayText(batch.at(row, 0));
            return names;
        });
}

Result<Parcel> asItIsNow(drivers::Connection& connection, Parcel parcel)
{
    const auto there = columnsNow(connection, parcel.schema, parcel.table);
    if (!there)
        return fail(there.error());
    if (parcel.wholeTable)
        parcel.columns = *there;
    else
        parcel.columns.removeIf(
            [&](const QString& column) { return !hasName(*there, column, connection.engine()); });
    return parcel;
}

Result<qint64> valuesIn(drivers::Connection& connection, const Parcel& parcel)
{
    const auto there = asItIsNow(connection, parcel);
    if (!there)
        return fail(there.error());
    if (there->columns.isEmpty())
        return 0;
    // Row security would hide rows from the count.
    std::optional<drivers::Transaction> own;
    if (connection.engine() == Engine::Postgres && !connection.inTransaction()) {
        auto begun = drivers::Transaction::begin(connection);
        if (!begun)
            return fail(begun.error());
        own.emplace(*std::move(begun));
    }
    auto plain = PlainTexts::enter(connection);
    if (!plain)
        return fail(plain.error());
    QStringList counts;
    for (const QString& column : there->columns)
        counts << u"count(%1)"_s.arg(sql::quoted(column));
    const auto counted = connection.scalar(u"SELECT %1 FROM %2"_s.arg(
        there->wholeTable ? u"count(*)"_s : counts.join(u" + "), relationText(*there, connection.engine())));
    if (!counted)
        return fail(counted.error());
    if (auto left = plain->leave(); !left)
        return fail(left.error());
    return displayText(*counted).toLongLong();
}

QString relationText(const Parcel& parcel, Engine engine)
{
    const bool alone = engine == Engine::Postgres && !parcel.partitioned;
    return (alone ? u"ONLY "_s : QString()) + sql::quoted(parcel.schema, parcel.table);
}

Result<> PlainTexts::set(const QString& name, const Value& value)
{
    return m_connection.query(u"SELECT pg_catalog.set_config($1, $2, true)"_s, {textValue(name), value})
        .transform([](const RowBatch&) {});
}

Result<PlainTexts> PlainTexts::enter(drivers::Connection& connection)
{
    PlainTexts texts(connection);
    if (connection.engine() == Engine::Sqlite)
        return texts;
    const QList<std::pair<QString, QString>> settings{
        {u"row_security"_s, u"off"_s}, {u"datestyle"_s, u"ISO"_s},    {u"intervalstyle"_s, u"postgres"_s},
        {u"timezone"_s, u"UTC"_s},     {u"bytea_output"_s, u"hex"_s}, {u"extra_float_digits"_s, u"3"_s}};
    for (const auto& [name, value] : settings) {
        auto was = connection.scalar(u"SELECT pg_catalog.current_setting($1)"_s, {textValue(name)});
        if (!was)
            return fail(was.error());
        texts.m_before.append({name, *std::move(was)});
        if (auto done = texts.set(name, textValue(value)); !done)
            return fail(done.error());
    }
    return texts;
}

Result<> PlainTexts::leave()
{
    for (const auto& [name, value] : std::as_const(m_before)) {
        if (auto done = set(name, value); !done)
            return done;
    }
    m_before.clear();
    return {};
}

}  // namespace dewpoint::park
