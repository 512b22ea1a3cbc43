// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/declared.h"
#include "support/rows_fixture.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

namespace {

constexpr const char* script =
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, nick TEXT, boss INTEGER REFERENCES person (id));"
    "CREATE TABLE place (a INTEGER, b INTEGER, title TEXT, PRIMARY KEY (a, b));"
    "CREATE TABLE visit (id INTEGER PRIMARY KEY, who INTEGER REFERENCES person (id), witness INTEGER, a "
    "INTEGER,"
    " b INTEGER);"
    "INSERT INTO person VALUES (1, 'Ada', 'a', NULL), (2, 'Bob', 'b', 1), (3, 'Cy', 'c', 1);"
    "INSERT INTO place VALUES (1, 2, 'Home');"
    "INSERT INTO visit VALUES (1, 2, 1, 1, 2), (2, 2, 1, 1, 2), (3, 3, 2, 1, 9);";

}  // namespace

/// Relations that a person declares, and rows that point to a row, in both engines.
class DeclaredTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QFETCH_GLOBAL(int, engine);
        m_fixture.emplace(static_cast<Engine>(engine), script);
        m_connection = m_fixture->connect();
        m_database = *catalog::inspect(*m_connection);
        m_schema = m_database.engine == Engine::Sqlite ? u"main"_s : u"public"_s;
    }
    void cleanup()
    {
        m_connection.reset();
        m_fixture.reset();
    }
    void initTestCase_data()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }

    void comesBackFromJson()
    {
        const rows::RelationNotes notes = declared();
        const QByteArray text = QJsonDocument(rows::toJson(notes)).toJson();
        QCOMPARE(rows::relationNotesFrom(QJsonDocument::fromJson(text).object()), notes);
    }

    void actsLikeTheDatabasesOwn()
    {
        const rows::RelationNotes notes = declared();
        const rows::Relation visit = relation(u"visit"_s, notes);
        const auto references = rows::referencesOf(visit, m_database, notes);
        QCOMPARE(references.size(), 3);
        QCOMPARE(references[1].columns, QStringList{u"witness"_s});
        QCOMPARE(references[1].label, u"nick"_s);
        QCOMPARE(references[2].columns, (QStringList{u"a"_s, u"b"_s}));
        const auto labels = rows::labelsOf(*m_connection, references[2], {key({u"1"_s, u"2"_s})});
        QVERIFY(labels);
        QCOMPARE(labels->values(), QStringList{u"Home"_s});
        const auto nicks = rows::labelsOf(*m_connection, references[1], {key({u"1"_s})});
        QCOMPARE(nicks.value().values(), QStringList{u"a"_s});
        const auto found = rows::findReferenced(*m_connection, references[1], u"b"_s, 10);
        QCOMPARE(found.value().size(), 1);
    }

    void whatIsGoneIsLeftOut()
    {
        rows::RelationNotes notes = declared();
        notes.relations[0].key.columns = {u"gone"_s};
        notes.relations[1].key.targetTable = u"gone"_s;
        QCOMPARE(relation(u"visit"_s, notes).foreignKeys.size(), 1);
        notes.labels = {{m_schema + u".person"_s, u"gone"_s}};
        QCOMPARE(rows::referencesOf(relation(u"visit"_s, notes), m_database, notes).first().label, u"name"_s);
    }

    void countsWhoPointsHere()
    {
        const rows::RelationNotes notes = declared();
        QStringList counted;
        const auto referrers = rows::referrersOf(relation(u"person"_s, notes), m_database, notes);
        for (const rows::Referrer& each : referrers) {
            const auto count = rows::countReferring(*m_connection, each, key({u"1"_s}).values);
            QVERIFY2(count, qPrintable(count ? QString() : count.error().oneLine()));
            counted += each.from.name + u'.' + each.columns.join(u'+') + u' ' + QString::number(*count);
        }
        counted.sort();
        QCOMPARE(counted, (QStringList{u"person.boss 2"_s, u"visit.who 0"_s, u"visit.witness 2"_s}));
        const auto places = rows::referrersOf(relation(u"place"_s, notes), m_database, notes);
        QCOMPARE(places.size(), 1);
        QCOMPARE(rows::countReferring(*m_connection, places[0], key({u"1"_s, u"2"_s}).values).value(), 2);
    }

private:
    rows::RelationNotes declared() const
    {
        return {
            .relations = {{m_schema, u"visit"_s, {{u"witness"_s}, m_schema, u"person"_s, {u"id"_s}}},
                          {m_schema, u"visit"_s, {{u"a"_s, u"b"_s}, m_schema, u"place"_s, {u"a"_s, u"b"_s}}}},
            .labels = {{m_schema + u".person"_s, u"nick"_s}}};
    }
    rows::Relation relation(const QString& name, const rows::RelationNotes& notes) const
    {
        return rows::relationIn(m_database, *m_database.table(m_schema, name), notes);
    }
    rows::RowKey key(const QStringList& texts) const
    {
        rows::RowKey made;
        for (const QString& text : texts)
            made.values.push_back(m_database.engine == Engine::Sqlite ? Value(text.toLongLong())
                                                                      : textValue(text));
        return made;
    }

    std::optional<test::RowsFixture> m_fixture;
    std::unique_ptr<drivers::Connection> m_connection;
    schema::Database m_database;
    QString m_schema;
};

QTEST_GUILESS_MAIN(DeclaredTest)
#include "declared_test.moc"
