// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/restorer.h"

#include "base/words.h"
#include "catalog/inspect.h"
#include "park/losses.h"
#include "park/reading.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::park {

namespace {

/// A statement that silences a trigger, and the one that makes it as it was.
struct Silence {
    QString off;
    QString on;
};

QList<Silence> silencesOf(const schema::Table& table, Engine engine)
{
    QList<Silence> list;
    const QString name = sql::quoted(table.schema, table.name);
    for (const schema::Trigger& trigger : table.triggers) {
        const QString quoted = sql::quoted(trigger.name);
        if (engine == Engine::Sqlite) {
            list.append({.off = u"DROP TRIGGER "_s + quoted, .on = trigger.definition});
            continue;
        }
        if (trigger.enabled == u"D")
            continue;
        const QString kind = trigger.enabled == u"A"   ? u"ENABLE ALWAYS"_s
                             : trigger.enabled == u"R" ? u"ENABLE REPLICA"_s
                                                       : u"ENABLE"_s;
        list.append({.off = u"ALTER TABLE %1 DISABLE TRIGGER %2"_s.arg(name, quoted),
                     .on = u"ALTER TABLE %1 %2 TRIGGER %3"_s.arg(name, kind, quoted)});
    }
    return list;
}

constexpr auto loaded = "temp.dewpoint_parked";  ///< SQLite: the parcel on the live connection
constexpr auto fitting = "temp.dewpoint_fitting";

bool isNumeric(const QString& type)
{
    return type == "smallint"_L1 || type == "integer"_L1 || type == "bigint"_L1 || type == "real"_L1
           || type == "double precision"_L1 || type.startsWith("numeric"_L1);
}

/// Whether the value is another one as this type. Its text may be another one all the same.
QString changes(const QString& type, const QString& cell)
{
    const QString value = u"%1::%2"_s.arg(cell, type);
    QString otherwise = u"true"_s;
    if (isNumeric(type))
        otherwise = u"CASE WHEN %1 ~ '^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$' THEN (%2)::numeric <> %1::numeric "
                    "ELSE true END"_s.arg(cell, value);
    else if (type.startsWith("timestamp"_L1) && type.endsWith("with time zone"_L1))
        otherwise = u"%2 <> %1::timestamptz"_s.arg(cell, value);
    return u"CASE WHEN (%1)::text = %2 THEN false ELSE %3 END"_s.arg(value, cell, otherwise);
}

QString anyOf(const QList<qsizetype>& places, const QString& condition)
{
    QStringList each;
    for (const qsizetype place : places)
        each << condition.arg(place + 1);
    return u'(' + each.join(u" OR "_s) + u')';
}

}  // namespace

Result<Restorer> Restorer::make(drivers::Connection& connection, Warehouse& warehouse)
{
    auto database = catalog::inspect(connection);
    if (!database)
        return fail(database.error());
    return Restorer(connection, warehouse, *std::move(database));
}

QList<Stored> Restorer::inOrder(QList<Stored> stored) const
{
    QList<Stored> ordered;
    const auto waits = [&](const Stored& one) {
        const schema::Table* table = tableNamed(m_database, {one.parcel.schema, one.parcel.table});
        return table && std::ranges::any_of(table->constraints, [&](const schema::Constraint& constraint) {
                   return constraint.kind == schema::ConstraintKind::ForeignKey
                          && std::ranges::any_of(stored, [&](const Stored& other) {
                                 return other.place != one.place && other.parcel.wholeTable
                                        && other.parcel.table == constraint.targetTable;
                             });
               });
    };
    while (!stored.isEmpty()) {
        const auto ready = std::ranges::find_if(stored, [&](const Stored& one) { return !waits(one); });
        const qsizetype next = ready == stored.end() ? 0 : ready - stored.begin();
        ordered.append(stored.takeAt(next));
    }
    return ordered;
}

Result<> Restorer::send(const QString& statement)
{
    return m_connection.executeScript(statement.toUtf8());
}

Result<qint64> Restorer::number(const QString& sql)
{
    return m_connection.scalar(sql).transform(
        [](const Value& value) { return displayText(value).toLongLong(); });
}

/// What inherits from it has rows of its own.
QString Restorer::target(const Way& way) const
{
    const bool alone = isPostgres() && way.table.kind != schema::TableKind::Partitioned;
    return (alone ? u"ONLY "_s : QString()) + sql::quoted(way.table.schema, way.table.name);
}

/// NULL where the column takes no NULL now: the row keeps what it was given.
QString Restorer::valueOf(const Way& way, qsizetype place) const
{
    const schema::Column& column = *way.table.column(way.stored.parcel.columns[place]);
    const QString cell =
        isPostgres() ? u"p.c%1::%2"_s.arg(place + 1).arg(column.type) : u"p.c%1"_s.arg(place + 1);
    return column.notNull && !way.stored.parcel.wholeTable
               ? u"coalesce(%1, t.%2)"_s.arg(cell, sql::quoted(column.name))
               : cell;
}

QString Restorer::sameRow(const Way& way) const
{
    QStringList same;
    for (qsizetype i = 0; i < way.stored.parcel.key.size(); ++i) {
        const schema::Column& column = *way.table.column(way.stored.parcel.key[i]);
        same << u"t.%1 = p.k%2%3"_s.arg(sql::quoted(column.name), QString::number(i + 1),
                                        isPostgres() ? u"::"_s + column.type : QString());
    }
    return same.join(u" AND "_s);
}

/// SQLite: its parcels are in another file, and a statement sees only one.
Result<QString> Restorer::load(const Stored& stored)
{
    if (isPostgres())
        return m_warehouse.sql(stored);
    QStringList names;
    for (qsizetype i = 1; i <= stored.parcel.key.size(); ++i)
        names << u"k%1"_s.arg(i);
    for (qsizetype i = 1; i <= stored.parcel.columns.size(); ++i)
        names << u"c%1"_s.arg(i);
    const QString name = QString::fromLatin1(loaded);
    for (const QString& statement :
         {u"DROP TABLE IF EXISTS "_s + name, u"CREATE TABLE %1 (%2)"_s.arg(name, names.join(u", "))}) {
        if (auto made = send(statement); !made)
            return fail(made.error());
    }
    const auto insert = m_connection.prepareForRows(
        u"INSERT INTO %1 VALUES (%2)"_s.arg(name, QStringList(names.size(), u"?"_s).join(u", ")));
    if (!insert)
        return fail(insert.error());
    std::optional<Error> failure;
    const auto read = m_warehouse.rows(stored, [&](const auto&, std::vector<Value>& row) {
        const auto kept = (*insert)->run(row);
        if (!kept)
            failure = kept.error();
        return kept.has_value();
    });
    if (failure || !read)
        return fail(failure ? *failure : read.error());
    return name;
}

/// How many of the values would be others in that column: a shorter type cuts, SQLite's affinity converts.
Result<qint64> Restorer::misfits(const Way& way, qsizetype place, const schema::Column& column)
{
    const QString cell = u"p.c%1"_s.arg(place + 1);
    if (isPostgres())
        return number(u"SELECT count(*) FROM %1 p WHERE %2 IS NOT NULL AND %3"_s.arg(
            way.source, cell, changes(column.type, cell)));
    // Any value as it is; what does not fit otherwise, a STRICT table refuses.
    if (way.table.strict)
        return 0;
    const QString fit = QString::fromLatin1(fitting);
    for (const QString& statement :
         {u"DROP TABLE IF EXISTS "_s + fit,
          u"CREATE TABLE %1 (n INTEGER PRIMARY KEY, v %2)"_s.arg(fit, column.type),
          u"INSERT INTO %1 SELECT p.rowid, %2 FROM %3 p WHERE %2 IS NOT NULL"_s.arg(fit, cell, way.source)}) {
        if (auto done = send(statement); !done)
            return fail(done.error());
    }
    const auto count = number(u"SELECT count(*) FROM %1 f JOIN %2 p ON p.rowid = f.n WHERE +f.v IS NOT %3 "
                              "AND CAST(f.v AS TEXT) IS NOT CAST(%3 AS TEXT)"_s.arg(fit, way.source, cell));
    if (auto gone = send(u"DROP TABLE "_s + fit); !gone)
        return fail(gone.error());
    return count;
}

/// The columns that all values find a place in; what is said of the others.
Result<QString> Restorer::findPlaces(Way& way, QStringList& left)
{
    QStringList why;
    const QString& table = way.table.name;
    for (qsizetype i = 0; i < way.stored.parcel.columns.size(); ++i) {
        const QString& name = way.stored.parcel.columns[i];
        const schema::Column* column = way.table.column(name);
        if (!column || column->generated != schema::Generated::None) {
            left << name;
            why << (column ? Words::tr("%1.%2 is computed now.") : Words::tr("%1 has no column %2 now."))
                       .arg(table, name);
            continue;
        }
        const auto others = misfits(way, i, *column);
        if (!others)
            return fail(others.error());
        if (*others == 0) {
            way.places << i;
            continue;
        }
        left << name;
        why << Words::tr("%1 of %2 would be changed by its type now (%3).")
                   .arg(*others == 1 ? Words::tr("1 value") : Words::tr("%1 values").arg(*others),
                        table + u'.' + name, column->type);
    }
    return why.join(u' ');
}

Result<> Restorer::writeRows(const Way& way, Count& count)
{
    QStringList names;
    QStringList values;
    for (const qsizetype place : way.places) {
        names << sql::quoted(way.stored.parcel.columns[place]);
        values << valueOf(way, place);
    }
    const auto wanted = number(u"SELECT count(*) FROM "_s + way.source);
    const auto written = m_connection.execute(u"INSERT INTO %1 (%2) %3SELECT %4 FROM %5 p"_s.arg(
        sql::quoted(way.table.schema, way.table.name), names.join(u", "),
        isPostgres() ? u"OVERRIDING SYSTEM VALUE "_s : QString(), values.join(u", "), way.source));
    if (!wanted || !written)
        return fail(wanted ? written.error() : wanted.error());
    if (*wanted != *written)
        return fail(ErrorKind::Conflict,
                    Words::tr("%1 took %2 of %3 rows.").arg(way.table.name).arg(*written).arg(*wanted));
    count.rows = count.values = *written;
    return {};
}

Result<> Restorer::writeColumns(const Way& way, Count& count)
{
    const QString present = anyOf(way.places, u"p.c%1 IS NOT NULL"_s);
    const QString same = sameRow(way);
    QStringList sets;
    QStringList values;
    QStringList due{present};
    for (const qsizetype place : way.places) {
        const QString name = sql::quoted(way.stored.parcel.columns[place]);
        sets << name + u" = "_s + valueOf(way, place);
        values << u"count(c%1) FILTER (WHERE here)"_s.arg(place + 1);
        due << u"t.%1 IS NOT NULL"_s.arg(name);
    }
    const auto there =
        m_connection.query(u"SELECT count(*) FILTER (WHERE here AND %1), count(*) FILTER (WHERE NOT here AND "
                           u"%1), %2 FROM (SELECT "
                           "p.*, EXISTS (SELECT 1 FROM %3 t WHERE %4) AS here FROM %5 p) p"_s.arg(
                               present, values.join(u" + "), target(way) + u" AS"_s, same, way.source));
    if (!there)
        return fail(there.error());
    count.rows = displayText(there->at(0, 0)).toLongLong();
    count.orphans = displayText(there->at(0, 1)).toLongLong();
    count.values = displayText(there->at(0, 2)).toLongLong();
    const QString condition = same + u" AND ("_s + due.join(u" OR "_s) + u')';
    const auto wanted =
        number(u"SELECT count(*) FROM %1 p, %2 AS t WHERE %3"_s.arg(way.source, target(way), condition));
    const auto written = m_connection.execute(u"UPDATE %1 AS t SET %2 FROM %3 p WHERE %4"_s.arg(
        target(way), sets.join(u", "), way.source, condition));
    if (!wanted || !written)
        return fail(wanted ? written.error() : wanted.error());
    if (*wanted != *written)
        return fail(ErrorKind::Conflict,
                    Words::tr("%1 took %2 of %3 rows.").arg(way.table.name).arg(*written).arg(*wanted));
    return {};
}

/// The next number must be behind those that came back, and within the sequence's bounds. (SQLite's
/// AUTOINCREMENT follows by itself.)
Result<> Restorer::moveSequences(const Way& way)
{
    if (!isPostgres())
        return {};
    const QString name = sql::quoted(way.table.schema, way.table.name);
    for (const qsizetype place : way.places) {
        const QString column = sql::quoted(way.stored.parcel.columns[place]);
        const auto sequence =
            m_connection.scalar(u"SELECT pg_catalog.pg_get_serial_sequence($1, $2)"_s,
                                {textValue(name), textValue(way.stored.parcel.columns[place])});
        if (!sequence)
            return fail(sequence.error());
        if (isNull(*sequence))
            continue;
        const auto moved = m_connection.query(
            u"SELECT pg_catalog.setval(s.seqrelid::regclass, l.last) FROM pg_catalog.pg_sequence s, LATERAL "
            "(SELECT CASE WHEN s.seqincrement > 0 THEN max(%1) ELSE min(%1) END AS last FROM %2) l "
            "WHERE s.seqrelid = $1::regclass AND l.last BETWEEN s.seqmin AND s.seqmax"_s.arg(column, name),
            {*sequence});
        if (!moved)
            return fail(moved.error());
    }
    return {};
}

/// Triggers do not hear of it. References are checked at the end, when all tables have their rows again.
Result<> Restorer::write(const Way& way, Count& count)
{
    const QList<Silence> silences = silencesOf(way.table, m_connection.engine());
    if (auto late = isPostgres() ? Result<>{} : send(u"PRAGMA defer_foreign_keys = ON"_s); !late)
        return late;
    for (const Silence& silence : silences) {
        if (auto quiet = send(silence.off); !quiet)
            return quiet;
    }
    if (auto written = way.stored.parcel.wholeTable ? writeRows(way, count) : writeColumns(way, count);
        !written)
        return written;
    if (auto moved = moveSequences(way); !moved)
        return moved;
    if (auto checked =
            isPostgres() && !silences.isEmpty() ? send(u"SET CONSTRAINTS ALL IMMEDIATE"_s) : Result<>{};
        !checked)
        return checked;
    for (const Silence& silence : silences) {
        if (auto loud = send(silence.on); !loud)
            return loud;
    }
    return {};
}

Result<Restorer::Count> Restorer::into(const schema::Table& table, const Stored& stored)
{
    const Parcel& parcel = stored.parcel;
    for (const QString& column : parcel.key) {
        if (!table.column(column))
            return Count{.why = Words::tr("%1 has no column %2 now, by which they would be put back.")
                                    .arg(table.name, column)};
    }
    const auto source = load(stored);
    if (!source)
        return fail(source.error());
    Way way{.stored = stored, .table = table, .source = *source, .places = {}};
    if (parcel.wholeTable) {
        const auto rows = number(u"SELECT count(*) FROM (SELECT 1 FROM %1 LIMIT 1) one"_s.arg(target(way)));
        if (!rows)
            return fail(rows.error());
        if (*rows > 0)
            return Count{.why = Words::tr("%1 has rows already, which may be these.").arg(table.name)};
    }
    Count count;
    auto why = findPlaces(way, count.left);
    if (!why)
        return fail(why.error());
    count.why = *std::move(why);
    count.key = parcel.wholeTable ? table.primaryKey() : parcel.key;
    const bool canFollow =
        !count.key.isEmpty() && std::ranges::none_of(count.key, [&](const QString& column) {
            return parcel.wholeTable && (count.left.contains(column) || !parcel.columns.contains(column));
        });
    // What cannot follow later stays together.
    if (way.places.isEmpty() || (!count.isAll() && !canFollow))
        return Count{.why = count.why};
    return write(way, count).transform([&] { return count; });
}

Result<Restorer::Count> Restorer::restore(const Stored& stored)
{
    const schema::Table* table = tableNamed(m_database, {stored.parcel.schema, stored.parcel.table});
    if (!table)
        return Count{.why = Words::tr("There is no table %1 now.").arg(stored.parcel.table)};
    auto plain = PlainTexts::enter(m_connection);
    if (!plain)
        return fail(plain.error());
    auto count = into(*table, stored);
    if (!count)
        return count;
    if (auto gone =
            isPostgres() ? Result<>{} : send(u"DROP TABLE IF EXISTS "_s + QString::fromLatin1(loaded));
        !gone)
        return fail(gone.error());
    return plain->leave().transform([&] { return *count; });
}

}  // namespace dewpoint::park
