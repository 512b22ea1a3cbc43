// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/commit.h"
#include "rows/element_column.h"
#include "rows/input_check.h"
#include "rows/paged_rows.h"
#include "rows/reference.h"
#include "support/rows_fixture.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using rows::ColumnFamily;

/// Columns of a domain: read, filtered, checked and committed as the type below it, refused as the domain does.
class DomainColumnsTest final : public QObject
{
    Q_OBJECT
    std::optional<test::RowsFixture> m_fixture;
    std::unique_ptr<drivers::Connection> m_connection;
    schema::Database m_database;

    rows::Relation relation(const QString& table = u"film"_s) const
    {
        return rows::relationIn(m_database, *m_database.table(u"public"_s, table));
    }
    rows::RelationColumn column(const QString& name) const
    {
        const rows::Relation film = relation();
        return film.columns.value(film.indexOf(name));
    }
    /// Of the page's first row.
    static rows::RowImage imageOf(const rows::Relation& film, const rows::Page& page)
    {
        rows::RowImage image;
        for (int i = 0; i < film.columns.size(); ++i)
            image.emplace(film.columns[i].name, page.rows.at(0, i));
        return image;
    }
    QStringList titles(const rows::Filter& filter) const
    {
        const auto page = rows::PagedRows(relation(), {.filters = {filter}}).page(*m_connection, 0, 10);
        if (!page)
            return {page.error().oneLine()};
        QStringList found;
        for (int row = 0; row < page->rows.rowCount(); ++row)
            found += displayText(page->rows.at(row, 1));
        return found;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture.emplace(
            Engine::Postgres,
            "CREATE SCHEMA \"Odd one\"; "
            "CREATE TYPE rating AS ENUM ('G', 'PG'); "
            "CREATE DOMAIN year AS integer DEFAULT 2000 CHECK (VALUE BETWEEN 1900 AND 2100); "
            "CREATE DOMAIN \"Odd one\".\"late Year\" AS year NOT NULL CHECK (VALUE > 1980); "
            "CREATE DOMAIN \"Odd one\".date AS text COLLATE \"C\"; "
            "CREATE DOMAIN graded AS rating; CREATE DOMAIN words AS text[]; "
            "CREATE DOMAIN price AS numeric(6,2); CREATE DOMAIN yes AS boolean; "
            "CREATE TABLE film (id integer PRIMARY KEY, title text, made year, shown \"Odd one\".\"late "
            "Year\", "
            "stamped \"Odd one\".date, day date, grade graded, tags words, cost price, sold yes, years "
            "year[]); "
            "INSERT INTO film VALUES (1, 'one', 1999, 2001, 'x', '2020-01-02', 'PG', '{a,b}', 9.50, true, "
            "'{1999}'), (2, 'two', 1950, 1990, 'y', NULL, 'G', '{}', 12, false, NULL); "
            "CREATE DOMAIN filled AS text CHECK (VALUE <> ''); CREATE EXTENSION citext; "
            "CREATE TABLE studio (id integer PRIMARY KEY, year year, name filled); "
            "CREATE TABLE short (id integer PRIMARY KEY, h text, made year); "
            "INSERT INTO short VALUES (1, 'a', 2000); "
            "CREATE TABLE person (id integer PRIMARY KEY, mail citext); "
            "CREATE TABLE ladder (grade graded PRIMARY KEY, rung integer); "
            "INSERT INTO ladder VALUES ('G', 1), ('PG', 2); "
            "CREATE VIEW films AS SELECT id, made, sold FROM film;");
        m_connection = m_fixture->connect();
        auto database = catalog::inspect(*m_connection);
        QVERIFY(database);
        m_database = *std::move(database);
    }
    void cleanup()
    {
        m_connection.reset();
        m_fixture.reset();
    }

    void aColumnIsOfTheTypeBelow_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("declared");
        QTest::addColumn<ColumnFamily>("family");
        QTest::newRow("title") << u"text"_s << u"text"_s << ColumnFamily::Text;
        QTest::newRow("made") << u"integer"_s << u"public.year"_s << ColumnFamily::Integer;
        QTest::newRow("shown") << u"integer"_s << u"\"Odd one\".\"late Year\""_s << ColumnFamily::Integer;
        QTest::newRow("stamped") << u"text"_s << u"\"Odd one\".date"_s << ColumnFamily::Text;
        QTest::newRow("day") << u"date"_s << u"date"_s << ColumnFamily::Temporal;
        QTest::newRow("grade") << u"public.rating"_s << u"public.graded"_s << ColumnFamily::Other;
        QTest::newRow("tags") << u"text[]"_s << u"public.words"_s << ColumnFamily::Other;
        QTest::newRow("cost") << u"numeric(6,2)"_s << u"public.price"_s << ColumnFamily::Numeric;
        QTest::newRow("sold") << u"boolean"_s << u"public.yes"_s << ColumnFamily::Boolean;
        QTest::newRow("years") << u"public.year[]"_s << u"public.year[]"_s << ColumnFamily::Other;
    }
    void aColumnIsOfTheTypeBelow()
    {
        QFETCH(const QString, type);
        QFETCH(const QString, declared);
        QFETCH(const ColumnFamily, family);
        const rows::RelationColumn found = column(QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(found.type, type);
        QCOMPARE(found.declared(), declared);
        QCOMPARE(found.family, family);
    }

    void aViewsColumnIsToo()
    {
        const rows::Relation films = rows::relationIn(m_database, *m_database.view(u"public"_s, u"films"_s));
        QCOMPARE(films.columns.value(1).family, ColumnFamily::Integer);
        QCOMPARE(films.columns.value(2).family, ColumnFamily::Boolean);
    }

    void enumsAndArraysBelowAreOffered()
    {
        QCOMPARE(column(u"grade"_s).choices, (QStringList{u"G"_s, u"PG"_s}));
        const auto word = rows::elementColumn(column(u"tags"_s), Engine::Postgres);
        QVERIFY(word);
        QCOMPARE(word->type, u"text"_s);
        auto year = rows::elementColumn(column(u"years"_s), Engine::Postgres);
        QVERIFY(year);
        rows::lookBelow(*year, m_database);
        QCOMPARE(year->family, ColumnFamily::Integer);
        QCOMPARE(year->declared(), u"public.year"_s);
    }

    void aTextBelowIsALabel()
    {
        QCOMPARE(rows::labelColumnOf(*m_database.table(u"public"_s, u"studio"_s), m_database), u"name"_s);
        QCOMPARE(rows::labelColumnOf(*m_database.table(u"public"_s, u"person"_s), m_database), u"mail"_s);
    }

    void whatTheTypeBelowDoesNotTakeIsSaidAtOnce()
    {
        QVERIFY(!rows::inputProblem(u"soon"_s, column(u"made"_s), Engine::Postgres).isEmpty());
        QVERIFY(!rows::inputProblem(u"1.234"_s, column(u"cost"_s), Engine::Postgres).isEmpty());
        QVERIFY(rows::inputProblem(u"1999"_s, column(u"made"_s), Engine::Postgres).isEmpty());
    }

    void filtersCompareAsTheTypeBelow()
    {
        using enum rows::FilterOperator;
        QCOMPARE(titles({.column = u"made"_s, .value = u"1999"_s}), QStringList{u"one"_s});
        QCOMPARE(titles({.column = u"cost"_s, .op = Less, .value = u"10"_s}), QStringList{u"one"_s});
        QCOMPARE(titles({.column = u"sold"_s, .value = u"true"_s}), QStringList{u"one"_s});
        QCOMPARE(titles({.column = u"grade"_s, .value = u"G"_s}), QStringList{u"two"_s});
        QCOMPARE(titles({.column = u"tags"_s, .value = u"{a,b}"_s}), QStringList{u"one"_s});
        // What the domain would refuse to hold can be asked for all the same.
        QCOMPARE(titles({.column = u"made"_s, .value = u"1"_s}), QStringList{});
        QCOMPARE(titles({.column = u"shown"_s, .op = Less, .value = u"5000"_s}),
                 (QStringList{u"one"_s, u"two"_s}));
    }

    void sortsAndKeysCompareAsTheTypeBelow()
    {
        for (const QString& name : {u"grade"_s, u"tags"_s, u"shown"_s, u"cost"_s}) {
            const rows::QueryBuilder builder(relation(), {.sorts = {{name}}});
            const auto first = rows::PagedRows(relation(), {.sorts = {{name}}}).page(*m_connection, 0, 1);
            QVERIFY2(first, qPrintable(name));
            const rows::Query rest =
                builder.countFrom({{first->rows.at(0, relation().indexOf(name)), first->rows.at(0, 0)}});
            const auto counted = m_connection->scalar(rest.sql, rest.parameters);
            QVERIFY2(counted, qUtf8Printable(counted ? QString() : counted.error().oneLine()));
            QCOMPARE(displayText(*counted), u"2"_s);
        }
    }

    void aKeyMayBeADomainOverAnEnum()
    {
        const rows::Relation ladder =
            rows::relationIn(m_database, *m_database.table(u"public"_s, u"ladder"_s));
        rows::PagedRows rows(ladder, {});
        const auto page = rows.page(*m_connection, 0, 2);
        QVERIFY(page);
        QCOMPARE(page->rows.rowCount(), 2);
        const rows::Query both = rows::QueryBuilder(ladder, {}).byKeys(page->keys);
        const auto found = m_connection->query(both.sql, both.parameters);
        QVERIFY2(found, qUtf8Printable(found ? QString() : found.error().oneLine()));
        QCOMPARE(found->rowCount(), 2);
    }

    void aCommitWritesAndTheDomainRefuses()
    {
        const rows::Relation film = relation();
        const auto page = rows::PagedRows(film, {}).page(*m_connection, 0, 2);
        QVERIFY(page);
        const rows::RowImage first = imageOf(film, *page);
        const auto staged = [&](const QString& name, const QString& text) {
            rows::StagedEdits edits;
            edits.setCell(page->keys[0], first, name, rows::EditValue(textValue(text)));
            return edits;
        };
        const auto good = rows::commit(*m_connection, {{film, staged(u"made"_s, u"2010"_s), {}}});
        QVERIFY(good && good->committed);
        QCOMPARE(titles({.column = u"made"_s, .value = u"2010"_s}), QStringList{u"one"_s});
        const auto bad = rows::commit(*m_connection, {{film, staged(u"shown"_s, u"1950"_s), {}}});
        QVERIFY(bad && !bad->committed);
        QCOMPARE(bad->violations.size(), 1);
        QCOMPARE(bad->violations.first().column, u"shown"_s);
    }

    void whatADomainRefusesIsToldOfItsColumn()
    {
        const rows::Relation film = relation();
        const auto page = rows::PagedRows(film, {}).page(*m_connection, 0, 1);
        QVERIFY(page);
        const rows::RowImage first = imageOf(film, *page);
        rows::StagedEdits edits;
        const auto set = [&](const QString& name, const rows::EditValue& value) {
            edits.setCell(page->keys[0], first, name, value);
        };
        set(u"sold"_s, rows::EditValue(Value(Null{})));
        set(u"made"_s, rows::EditValue(textValue(u"1800"_s)));
        set(u"shown"_s, rows::EditValue(Value(Null{})));
        const auto report = rows::commit(*m_connection, {{film, edits, {}}});
        QVERIFY(report && !report->committed);
        QStringList columns;
        for (const rows::Violation& violation : report->violations)
            columns += violation.column;
        columns.sort();
        QCOMPARE(columns, (QStringList{u"made"_s, u"shown"_s}));
        const auto made = std::ranges::find(report->violations, u"made"_s, &rows::Violation::column);
        QVERIFY2(made->error.message.endsWith(u": CHECK (VALUE >= 1900 AND VALUE <= 2100)"_s),
                 qPrintable(made->error.message));
    }

    /// "year_check" has an h in it.
    void aLetterInTheNameOfARuleIsNoColumn()
    {
        const rows::Relation table = relation(u"short"_s);
        const auto page = rows::PagedRows(table, {}).page(*m_connection, 0, 1);
        QVERIFY(page);
        const rows::RowImage first = imageOf(table, *page);
        rows::StagedEdits edits;
        for (const auto& [name, text] : {std::pair(u"h"_s, u"c"_s), std::pair(u"made"_s, u"1800"_s)})
            edits.setCell(page->keys[0], first, name, rows::EditValue(textValue(text)));
        const auto report = rows::commit(*m_connection, {{table, edits, {}}});
        QVERIFY(report && !report->committed);
        QCOMPARE(report->violations.size(), 1);
        QCOMPARE(report->violations.first().column, u"made"_s);
    }
};

QTEST_GUILESS_MAIN(DomainColumnsTest)
#include "domain_columns_test.moc"
