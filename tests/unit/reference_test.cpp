// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/reference.h"
#include "support/rows_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::RowsFixture;

/// What foreign keys point to and what the rows there are called.
class ReferenceTest final : public QObject
{
    Q_OBJECT
private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }

private Q_SLOTS:
    void theLabelReadsLikeAName_data()
    {
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("label");
        QTest::newRow("name before other texts")
            << u"id integer primary key, note text, name text"_s << u"name"_s;
        QTest::newRow("a unique text before a plain one")
            << u"id integer primary key, note text, ref text unique"_s << u"ref"_s;
        QTest::newRow("a name that ends like one")
            << u"id integer primary key, note text, company_name text"_s << u"company_name"_s;
        QTest::newRow("no text") << u"id integer primary key, n integer"_s << QString();
        QTest::newRow("the key is no label") << u"name text primary key, n integer"_s << QString();
    }
    void theLabelReadsLikeAName()
    {
        QFETCH(const QString, columns);
        QFETCH(const QString, label);
        const RowsFixture fixture(Engine::Sqlite, "CREATE TABLE t (" + columns.toUtf8() + ")");
        const auto connection = fixture.connect();
        const auto database = catalog::inspect(*connection);
        QVERIFY(database);
        QCOMPARE(rows::labelColumnOf(fixture.table(u"t"_s), *database), label);
    }

    void keysOfSeveralColumnsAndSeveralKeysOfOneColumn_data() { engines(); }
    void keysOfSeveralColumnsAndSeveralKeysOfOneColumn()
    {
        QFETCH(const int, engine);
        const RowsFixture fixture(
            static_cast<Engine>(engine),
            "CREATE TABLE team (id integer PRIMARY KEY, name text);"
            "CREATE TABLE seat (team integer, number integer, title text, PRIMARY KEY (team, number));"
            "CREATE TABLE person (id integer PRIMARY KEY, team_id integer REFERENCES team, seat integer,"
            " FOREIGN KEY (team_id, seat) REFERENCES seat (team, number));"
            "INSERT INTO team VALUES (1, 'Core');"
            "INSERT INTO seat VALUES (1, 7, 'window'), (1, 8, 'door');");
        const auto connection = fixture.connect();
        const auto database = catalog::inspect(*connection);
        QVERIFY(database);
        const rows::Relation person = rows::relationIn(*database, fixture.table(u"person"_s));
        const QList<rows::Reference> references = rows::referencesOf(person, *database);
        QCOMPARE(references.size(), 2);
        const auto seat = std::ranges::find(references, u"seat"_s, &rows::Reference::targetTitle);
        QVERIFY(seat != references.end());
        QCOMPARE(seat->label, u"title"_s);
        const auto value = [&](int number) {
            return engine == static_cast<int>(Engine::Postgres) ? textValue(QString::number(number))
                                                                : Value(qint64{number});
        };
        const rows::RowKey window{{value(1), value(7)}};
        const rows::RowKey nobody{{value(1), value(99)}};
        const auto labels = rows::labelsOf(*connection, *seat, {window, nobody});
        QVERIFY2(labels, labels ? "" : qPrintable(labels.error().oneLine()));
        QCOMPARE(labels->size(), 1);
        QCOMPARE(labels->value(rows::labelKey(window.values)), u"window"_s);
        const auto found = rows::findReferenced(*connection, *seat, u"DOO"_s, 10);
        QVERIFY2(found, found ? "" : qPrintable(found.error().oneLine()));
        QCOMPARE(found->size(), 1);
        QCOMPARE(displayText(found->first().key.back()), u"8"_s);
    }
};

QTEST_GUILESS_MAIN(ReferenceTest)
#include "reference_test.moc"
