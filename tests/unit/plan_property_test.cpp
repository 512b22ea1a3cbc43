// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "diff/compare.h"
#include "plan/script.h"
#include "sql/statements.h"
#include "support/pg.h"
#include "support/random_schema.h"

#include <QMap>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::Pieces;
using test::SchemaPair;

namespace {

/// What is in the columns that stay, by table and column, in the order of the ids.
using Rows = QMap<QString, QStringList>;

enum class Verdict { Fine, NoPair, Unfit, Wrong };

struct Outcome {
    Verdict verdict = Verdict::Fine;
    QString what;
};

Outcome wrong(const QString& what)
{
    return {Verdict::Wrong, what};
}

QString sentences(const QList<change::Change>& changes)
{
    QString text;
    for (const change::Change& change : changes)
        text += u"  "_s + change::sentence(change) + u'\n';
    return text;
}

/// Two databases of an engine, emptied for each pair.
class Bench final
{
public:
    explicit Bench(Engine engine) : m_engine(engine)
    {
        if (engine == Engine::Postgres) {
            m_first.emplace();
            m_second.emplace();
        }
    }

    Outcome tryPair(const SchemaPair& pair)
    {
        const Outcome withRows = tryPair(pair, true);
        return withRows.verdict == Verdict::Unfit ? tryPair(pair, false) : withRows;
    }

private:
    Outcome tryPair(const SchemaPair& pair, bool fill)
    {
        auto database = opened(m_first ? &*m_first : nullptr);
        auto goal = opened(m_second ? &*m_second : nullptr);
        const auto from = built(*database, pair.from);
        const auto to = built(*goal, pair.to);
        if (!from || !to)
            return {Verdict::NoPair, (from ? to : from).error().oneLine()};
        if (fill)
            insertRows(*database, *from);
        const Rows before = rows(*database, *from, *to);
        const Outcome up = go(*database, *from, *to, u"up"_s);
        if (up.verdict != Verdict::Fine)
            return up;
        if (const QString lost = difference(before, rows(*database, *from, *to)); !lost.isEmpty())
            return wrong(u"up lost rows: "_s + lost);
        const Outcome down = go(*database, *to, *from, u"down"_s);
        if (down.verdict != Verdict::Fine)
            return down;
        if (const QString lost = difference(before, rows(*database, *from, *to)); !lost.isEmpty())
            return wrong(u"down lost rows: "_s + lost);
        return {};
    }

    static Outcome go(drivers::Connection& database, const schema::Database& from, const schema::Database& to,
                      const QString& way)
    {
        const auto plan = plan::plan(from, to);
        if (!plan)
            return {plan.error().kind == ErrorKind::Unsupported ? Verdict::NoPair : Verdict::Wrong,
                    way + u": "_s + plan.error().oneLine()};
        const QString script = QString::fromUtf8(plan::script(*plan, plan::Sender::Shell));
        for (const QByteArray& piece : plan::pieces(*plan, plan::Sender::Shell)) {
            const auto ran = database.executeScript(piece);
            if (ran)
                continue;
            return {isOfData(ran.error()) ? Verdict::Unfit : Verdict::Wrong,
                    way + u" failed: "_s + ran.error().oneLine() + u'\n' + script};
        }
        const auto now = catalog::inspect(database);
        if (!now)
            return wrong(now.error().oneLine());
        const auto left = diff::compare(*now, to);
        if (!left.isEmpty())
            return wrong(way + u" leaves:\n"_s + sentences(left) + script);
        return {};
    }

    /// Values that do not fit into another type or NOT NULL, a default that is not unique, and a new foreign
    /// key into an empty table are the data's, not the plan's; then the pair is tried without rows.
    static bool isOfData(const Error& error)
    {
        return error.sqlState.startsWith(u"22") || error.sqlState.startsWith(u"23")
               || error.message.contains(u"refer to rows that are there")
               || error.message.contains(u"CHECK constraint failed: every row of")
               || error.message.contains(u"UNIQUE constraint failed");
    }

    std::unique_ptr<drivers::Connection> opened(const test::ScratchPostgres* server) const
    {
        if (!server)
            return drivers::Connection::open({.engine = m_engine, .location = u":memory:"_s}).value();
        auto connection = drivers::Connection::open(server->target()).value();
        const auto emptied = connection->executeScript(
            "SET client_min_messages = warning; DROP EXTENSION IF EXISTS citext CASCADE;"
            "DROP SCHEMA IF EXISTS space CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        if (!emptied)
            qFatal("%s", qUtf8Printable(emptied.error().oneLine()));
        return connection;
    }

    static Result<schema::Database> built(drivers::Connection& database, const Pieces& pieces)
    {
        if (const auto done = database.executeScript(test::scriptOf(pieces).toUtf8()); !done)
            return fail(done.error());
        return catalog::inspect(database);
    }

    static bool holdsValues(const schema::Table& table, const schema::Column& column)
    {
        return table.kind != schema::TableKind::Virtual && column.generated == schema::Generated::None;
    }

    /// Numbers fit everywhere, except where a value has parts.
    static QString literal(const schema::Column& column, int row)
    {
        const bool hasParts =
            column.type.endsWith(u"[]") || column.type.endsWith(u"pair") || column.type.endsWith(u"span");
        return hasParts ? u"NULL"_s : column.name == u"extra" ? u"1"_s : u"'%1'"_s.arg(row);
    }

    static QString insertsInto(const schema::Table& table, const QString& name)
    {
        QList<schema::Column> columns = table.columns;
        columns.removeIf([&](const schema::Column& column) { return !holdsValues(table, column); });
        QString script;
        for (int row = 11; row <= 13 && !columns.isEmpty() && table.partitionBound.isEmpty(); ++row) {
            QStringList names;
            QStringList values;
            for (const schema::Column& column : std::as_const(columns)) {
                names << sql::quoted(column.name);
                values << literal(column, row);
            }
            script +=
                u"INSERT INTO %1 (%2) VALUES (%3);\n"_s.arg(name, names.join(u", "_s), values.join(u", "_s));
        }
        return script;
    }

    static void insertRows(drivers::Connection& database, const schema::Database& schema)
    {
        const bool sqlite = database.engine() == Engine::Sqlite;
        QString script =
            sqlite ? u"PRAGMA foreign_keys = OFF;"_s : u"SET session_replication_role = replica;"_s;
        for (const schema::Table& table : schema.tables)
            script +=
                insertsInto(table, sqlite ? sql::quoted(table.name) : sql::quoted(table.schema, table.name));
        script += sqlite ? u"PRAGMA foreign_keys = ON;"_s : u"RESET session_replication_role;"_s;
        if (sqlite)
            script += u"CREATE TABLE IF NOT EXISTS a (a INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE a;"
                      "UPDATE sqlite_sequence SET seq = 500;"_s;
        // A partition that is not there takes no row.
        for (const sql::Statement& one : sql::split(script, database.engine())) {
            const auto done = database.execute(script.mid(one.start, one.length));
            if (!done && sqlite)
                qFatal("%s", qUtf8Printable(done.error().oneLine()));
        }
    }

    static Rows rows(drivers::Connection& database, const schema::Database& from, const schema::Database& to)
    {
        Rows result;
        const bool sqlite = database.engine() == Engine::Sqlite;
        for (const schema::Table& table : from.tables) {
            const schema::Table* other = to.table(table.schema, table.name);
            for (const schema::Column& column : table.columns) {
                const schema::Column* kept = other ? other->column(column.name) : nullptr;
                if (!kept || !holdsValues(table, column) || !holdsValues(*other, *kept))
                    continue;
                const QString name =
                    sqlite ? sql::quoted(table.name) : u"ONLY "_s + sql::quoted(table.schema, table.name);
                const auto batch =
                    database.query(u"SELECT CAST(%1 AS text) FROM %2"_s.arg(sql::quoted(column.name), name));
                QStringList values;
                for (int row = 0; batch && row < batch->rowCount(); ++row)
                    values << number(displayText(batch->at(row, 0)));
                values.sort();
                result.insert(name + u'.' + column.name,
                              batch ? values : QStringList{batch.error().oneLine()});
            }
        }
        keepSequences(database, from, to, result);
        return result;
    }

    /// AUTOINCREMENT never gives a number twice.
    static void keepSequences(drivers::Connection& database, const schema::Database& from,
                              const schema::Database& to, Rows& rows)
    {
        const auto counts = [](const schema::Table* table) {
            return table && std::ranges::any_of(table->constraints, &schema::Constraint::autoIncrement);
        };
        for (const schema::Table& table : from.tables) {
            if (!counts(&table) || !counts(to.table(table.schema, table.name)))
                continue;
            const auto value =
                database.scalar(u"SELECT seq FROM sqlite_sequence WHERE name = ?"_s, {textValue(table.name)});
            rows.insert(table.name + u" sequence"_s, {value ? displayText(*value) : value.error().oneLine()});
        }
    }

    /// 11, 11.0, 11.00 and a list of it alone are the same value in other types.
    static QString number(QString text)
    {
        bool valid = false;
        if (text.startsWith(u'{') && text.endsWith(u'}'))
            text = text.sliced(1, text.size() - 2);
        const double value = text.toDouble(&valid);
        return valid ? QString::number(value) : text;
    }

    static QString difference(const Rows& before, const Rows& after)
    {
        for (const auto& [column, values] : before.asKeyValueRange()) {
            if (after.value(column) != values)
                return column + u": "_s + values.join(u',') + u" → "_s + after.value(column).join(u',');
        }
        return {};
    }

    Engine m_engine;
    std::optional<test::ScratchPostgres> m_first;
    std::optional<test::ScratchPostgres> m_second;
};

/// Leaves out everything that the failure does not need.
SchemaPair smallest(SchemaPair pair, const std::function<bool(const SchemaPair&)>& fails)
{
    bool smaller = true;
    const auto shorten = [&](Pieces SchemaPair::* side, qsizetype piece, qsizetype item) {
        SchemaPair attempt = pair;
        if (item < 0)
            (attempt.*side).removeAt(piece);
        else
            (attempt.*side)[piece].items.removeAt(item);
        if (!fails(attempt))
            return;
        pair = attempt;
        smaller = true;
    };
    while (smaller) {
        smaller = false;
        for (const auto side : {&SchemaPair::from, &SchemaPair::to}) {
            for (qsizetype i = (pair.*side).size() - 1; i >= 0; --i)
                shorten(side, i, -1);
            for (qsizetype i = 0; i < (pair.*side).size(); ++i) {
                for (qsizetype k = (pair.*side).at(i).items.size() - 1; k >= 1; --k)
                    shorten(side, i, k);
            }
        }
    }
    return pair;
}

}  // namespace

/// For any two schemas: the plan makes one of the other, its way back restores it, and rows stay.
/// DEWPOINT_PLAN_PAIRS says how many (from seed DEWPOINT_PLAN_SEED on).
class PlanPropertyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leadsThereAndBack_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<int>("pairs");
        QTest::newRow("SQLite") << Engine::Sqlite << 150;
        QTest::newRow("PostgreSQL") << Engine::Postgres << 25;
    }

    void leadsThereAndBack()
    {
        QFETCH(const Engine, engine);
        QFETCH(int, pairs);
        if (const int wanted = qEnvironmentVariableIntValue("DEWPOINT_PLAN_PAIRS"); wanted > 0)
            pairs = wanted;
        const int first = qEnvironmentVariableIntValue("DEWPOINT_PLAN_SEED");
        Bench bench(engine);
        int tried = 0;
        QStringList failures;
        for (int seed = first; seed < first + pairs; ++seed) {
            const SchemaPair pair = test::randomPair(engine, static_cast<quint32>(seed));
            const Outcome outcome = bench.tryPair(pair);
            if (qEnvironmentVariableIsSet("DEWPOINT_PLAN_TALK") && outcome.verdict == Verdict::NoPair)
                qInfo("seed %d is no pair: %s", seed, qUtf8Printable(outcome.what));
            tried += outcome.verdict == Verdict::NoPair ? 0 : 1;
            if (outcome.verdict == Verdict::Wrong)
                failures << told(bench, seed, pair);
            if (failures.size() >= 5)
                break;
        }
        qInfo("%d pairs of %d", tried, pairs);
        QVERIFY2(tried > pairs / 2, "hardly any pair could be built");
        QVERIFY2(failures.isEmpty(), qUtf8Printable(failures.join(u"\n\n"_s)));
    }

private:
    static QString told(Bench& bench, int seed, const SchemaPair& pair)
    {
        const SchemaPair least = smallest(pair, [&](const SchemaPair& attempt) {
            return bench.tryPair(attempt).verdict == Verdict::Wrong;
        });
        return u"seed %1\n-- from\n%2-- to\n%3-- %4"_s.arg(QString::number(seed), test::scriptOf(least.from),
                                                           test::scriptOf(least.to),
                                                           bench.tryPair(least).what);
    }
};

QTEST_GUILESS_MAIN(PlanPropertyTest)
#include "plan_property_test.moc"
