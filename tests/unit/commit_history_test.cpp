// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "catalog/inspect.h"
#include "rows/change_script.h"
#include "rows/commit.h"
#include "rows/paged_rows.h"
#include "rows/reference.h"
#include "rows/row_place.h"
#include "rows/take_back.h"
#include "store/history.h"
#include "support/rows_fixture.h"

#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using rows::StagedEdits;
using rows::TableChanges;
using test::RowsFixture;

namespace {

// A trigger writes a column, deleting a shop takes its items along and frees its visits.
QByteArray script(Engine engine)
{
    const QByteArray tables =
        engine == Engine::Sqlite
            ? "CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT DEFAULT 'none', seen "
              "INTEGER NOT NULL DEFAULT 0);\n"
              "CREATE TABLE item (id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shop(id) ON "
              "DELETE CASCADE, label TEXT);\n"
              "CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item(id) ON DELETE "
              "CASCADE);\n"
              "CREATE TABLE visit (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop(id) ON DELETE SET "
              "NULL);\n"
              "CREATE TABLE lease (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop(id));\n"
              "CREATE TRIGGER counted AFTER UPDATE OF name ON shop BEGIN UPDATE shop SET seen = seen + 1 "
              "WHERE id = new.id; END;\n"
            : "CREATE TABLE shop (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, "
              "note text DEFAULT 'none', seen integer NOT NULL DEFAULT 0);\n"
              "CREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint NOT NULL REFERENCES shop(id) ON "
              "DELETE CASCADE, label text);\n"
              "CREATE TABLE part (id bigint PRIMARY KEY, item_id bigint REFERENCES item(id) ON DELETE "
              "CASCADE);\n"
              "CREATE TABLE visit (id bigint PRIMARY KEY, shop_id bigint REFERENCES shop(id) ON DELETE SET "
              "NULL);\n"
              "CREATE TABLE lease (id bigint PRIMARY KEY, shop_id bigint REFERENCES shop(id));\n"
              "CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.seen := OLD.seen + "
              "1; RETURN NEW; END $$;\n"
              "CREATE TRIGGER counted BEFORE UPDATE OF name ON shop FOR EACH ROW EXECUTE FUNCTION "
              "counted();\n";
    return tables
           + "INSERT INTO shop (name) VALUES ('North'), ('East'), ('South');\n"
             "INSERT INTO item VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');\n"
             "INSERT INTO part VALUES (1, 1), (2, 1), (3, 3);\n"
             "INSERT INTO visit VALUES (1, 1), (2, 2);\n"
             "INSERT INTO lease VALUES (1, 3);\n";
}

QString one(drivers::Connection& connection, const QString& sql)
{
    const auto value = connection.scalar(sql);
    return !value ? value.error().oneLine() : isNull(*value) ? u"NULL"_s : displayText(*value);
}

/// Everything in the database, to be compared.
QString everything(drivers::Connection& connection)
{
    QStringList lines;
    for (const QString& table : {u"shop"_s, u"item"_s, u"part"_s, u"visit"_s, u"lease"_s}) {
        const auto batch = connection.query(u"SELECT * FROM "_s + table + u" ORDER BY id"_s);
        for (int row = 0; batch && row < batch->rowCount(); ++row) {
            QStringList cells{table};
            for (int column = 0; column < batch->columnCount(); ++column)
                cells += isNull(batch->at(row, column)) ? u"NULL"_s : displayText(batch->at(row, column));
            lines += cells.join(u' ');
        }
    }
    return lines.join(u'\n');
}

}  // namespace

class CommitHistoryTest final : public QObject
{
    Q_OBJECT
private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    rows::Relation relation(const QString& name) const
    {
        const schema::Table* table = m_database.table(m_schema, name);
        return table ? rows::relationIn(m_database, *table) : rows::Relation{};
    }
    QList<rows::Dependant> dependants(const QString& name) const
    {
        return rows::dependantsOf(m_database, *m_database.table(m_schema, name));
    }
    /// The row of the table with this id, as a grid would have read it.
    static rows::RowImage without(const rows::RowImage& image, const QString& left)
    {
        rows::RowImage rest;
        for (const auto& [column, value] : image) {
            if (column != left)
                rest.emplace(column, value);
        }
        return rest;
    }

    std::pair<rows::RowKey, rows::RowImage> read(const rows::Relation& relation, int id)
    {
        rows::ViewSpec spec{.filters = {{.column = u"id"_s, .value = QString::number(id)}}};
        auto page = rows::PagedRows(relation, spec).page(*m_connection, 0, 1);
        if (!page || page->keys.empty())
            qFatal("no row %d", id);
        rows::RowImage values;
        for (int i = 0; i < relation.columns.size(); ++i)
            values.emplace(relation.columns[i].name, page->rows.at(0, i));
        return {page->keys.front(), values};
    }
    QList<TableChanges> commit(const QList<rows::TableEdits>& tables)
    {
        const auto report = rows::commit(*m_connection, tables);
        if (!report || !report->committed)
            qFatal("not committed: %s", report ? qUtf8Printable(report->violations.value(0).error.oneLine())
                                               : qUtf8Printable(report.error().oneLine()));
        return report->changes;
    }
    /// Renames shop 1, deletes shop 3's row of the given table, makes a new shop.
    QList<TableChanges> commitOfAllKinds()
    {
        const rows::Relation shop = relation(u"shop"_s);
        StagedEdits edits;
        const auto [key, values] = read(shop, 1);
        edits.setCell(key, values, u"name"_s, textValue(u"Far north"_s));
        const auto [second, others] = read(shop, 2);
        edits.deleteRow(second, others);
        edits.insertRow({{u"name"_s, textValue(u"West"_s)}});
        return commit({{shop, edits, dependants(u"shop"_s)}});
    }
    QList<rows::TableEdits> backwards(const QList<TableChanges>& changes)
    {
        QList<rows::TableEdits> tables;
        for (const TableChanges& each : changes) {
            const auto back = rows::takeBackOf(*m_connection, relation(each.name), each);
            if (!back)
                qFatal("%s", qUtf8Printable(back.error().oneLine()));
            tables += {relation(each.name), back->edits, {}};
        }
        return tables;
    }

    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<drivers::Connection> m_connection;
    schema::Database m_database;
    QString m_schema;
    QTemporaryDir m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning();
        const bool postgres = QByteArray(QTest::currentDataTag()) == "postgres";
        const Engine engine = postgres ? Engine::Postgres : Engine::Sqlite;
        m_fixture = std::make_unique<RowsFixture>(engine, script(engine));
        m_connection = m_fixture->connect();
        m_database = catalog::inspect(*m_connection).value_or(schema::Database{});
        m_schema = postgres ? u"public"_s : u"main"_s;
    }
    void cleanup()
    {
        m_connection.reset();
        m_fixture.reset();
    }

    void aCommitTellsWhatEveryRowWasAndIs_data() { engines(); }
    void aCommitTellsWhatEveryRowWasAndIs()
    {
        const QList<TableChanges> changes = commitOfAllKinds();
        QStringList lines;
        for (const TableChanges& table : changes) {
            for (const rows::RowChange& row : table.rows)
                lines += u"%1 %2 %3%4"_s.arg(table.name, rows::displayText(row.key),
                                             !row.before  ? u"made"_s
                                             : !row.after ? u"gone"_s
                                                          : rows::changedColumns(row).join(u','),
                                             row.byDatabase ? u" by the database"_s : QString());
        }
        lines.sort();
        // What the trigger and the foreign keys did is in it.
        QCOMPARE(lines.join(u'\n'), u"item 3 gone by the database\n"
                                    "part 3 gone by the database\n"
                                    "shop 1 name,seen\n"
                                    "shop 2 gone\n"
                                    "shop 4 made\n"
                                    "visit 2 shop_id by the database"_s);
    }

    void takingBackRestoresTheWholeDatabase_data() { engines(); }
    void takingBackRestoresTheWholeDatabase()
    {
        const QString before = everything(*m_connection);
        const QList<TableChanges> changes = commitOfAllKinds();
        QVERIFY(everything(*m_connection) != before);
        commit(backwards(changes));
        QString restored = everything(*m_connection);
        restored.replace(u"shop 1 North none 2"_s,
                         u"shop 1 North none 0"_s);  // the trigger counts on its own
        restored.replace(u"shop 1 North none 1"_s, u"shop 1 North none 0"_s);
        QCOMPARE(restored, before);
    }

    void whatSomebodyChangedSinceIsToldAndNeverOverwritten_data() { engines(); }
    void whatSomebodyChangedSinceIsToldAndNeverOverwritten()
    {
        const QList<TableChanges> changes = commitOfAllKinds();
        QVERIFY(m_fixture->connect()->execute(u"UPDATE shop SET name = 'Theirs' WHERE id = 1"_s));
        const TableChanges& shop = changes.first();
        const auto back = rows::takeBackOf(*m_connection, relation(u"shop"_s), shop);
        QVERIFY(back);
        QCOMPARE(back->changed.size(), 1);
        QCOMPARE(rows::displayText(back->changed.first()), u"1"_s);
        const auto report = rows::commit(*m_connection, {{relation(u"shop"_s), back->edits, {}}});
        QVERIFY(report);
        QVERIFY(!report->committed);
        QCOMPARE(report->conflicts.size(), 1);
        QCOMPARE(one(*m_connection, u"SELECT name FROM shop WHERE id = 1"_s), u"Theirs"_s);
    }

    void takingBackTwiceFindsNothingToDo_data() { engines(); }
    void takingBackTwiceFindsNothingToDo()
    {
        const QList<TableChanges> changes = commitOfAllKinds();
        commit(backwards(changes));
        for (const rows::TableEdits& table : backwards(changes)) {
            // The counter the trigger moved is the only thing that is not as it was.
            for (const auto& [bytes, edit] : table.edits.rows())
                QVERIFY(!edit.cells.contains(u"name"_s));
            QCOMPARE(table.edits.counts().inserts + table.edits.counts().deletes, 0);
        }
    }

    void theScriptGoesUpAndDown_data() { engines(); }
    void theScriptGoesUpAndDown()
    {
        const auto named = [&] {
            return one(*m_connection, u"SELECT count(*) || ' ' || min(name) || ' ' || max(name) FROM shop"_s)
                   + u' ' + one(*m_connection, u"SELECT count(*) FROM item"_s) + u' '
                   + one(*m_connection, u"SELECT count(*) FROM part"_s) + u' '
                   + one(*m_connection, u"SELECT count(*) FROM visit WHERE shop_id IS NULL"_s);
        };
        const QString begun = named();
        QList<TableChanges> changes = commitOfAllKinds();
        // A trigger has its own idea of what it counts, whoever runs the script.
        for (TableChanges& table : changes) {
            for (rows::RowChange& row : table.rows) {
                if (row.after)
                    row.after = without(*row.after, u"seen"_s);
            }
        }
        QList<rows::Relation> relations;
        for (const TableChanges& table : changes)
            relations += relation(table.name);
        const rows::ChangeScript made = rows::scriptOf(changes, relations);
        QCOMPARE(made.leftOut, 0);
        const QString after = named();
        const auto down = m_connection->executeScript(made.down.toUtf8());
        QVERIFY2(down, down ? "" : qUtf8Printable(down.error().oneLine() + made.down));
        QCOMPARE(named(), begun);
        QVERIFY(m_connection->executeScript(made.up.toUtf8()));
        QCOMPARE(named(), after);
        // A fixture makes its rows what they are to be, as often as it runs.
        QVERIFY(m_connection->execute(u"UPDATE shop SET note = 'else' WHERE id = 4"_s));
        if (m_connection->engine() == Engine::Postgres)
            QVERIFY(m_connection->scalar(u"SELECT setval('shop_id_seq', 3)"_s));  // as it is elsewhere
        QVERIFY(m_connection->executeScript(made.fixture.toUtf8()));
        QVERIFY(m_connection->executeScript(made.fixture.toUtf8()));
        QCOMPARE(one(*m_connection, u"SELECT note FROM shop WHERE id = 4"_s), u"none"_s);
        QCOMPARE(named(), after);
        const auto next = m_connection->execute(u"INSERT INTO shop (name) VALUES ('next')"_s);
        QVERIFY2(next, next ? "" : qUtf8Printable(next.error().oneLine()));
    }

    void theHistoryOutlivesTheProgramAndIsItsOwnersAlone_data() { engines(); }
    void theHistoryOutlivesTheProgramAndIsItsOwnersAlone()
    {
        const QString folder = m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(QDir().mkpath(folder));
        const QList<TableChanges> changes = commitOfAllKinds();
        const auto kept = store::History(folder).keep(changes);
        QVERIFY(kept);
        const store::History again(folder);
        QCOMPARE(again.commits().size(), 1);
        QVERIFY(again.commits().first().tables.first().counts
                == (TableChanges::Counts{.inserts = 1, .updates = 1, .deletes = 1}));
        QVERIFY(again.changesOf(kept->id) == (Result<QList<TableChanges>>(changes)));
        for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files))
            QCOMPARE(file.permissions()
                         & ~(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser),
                     QFile::Permissions());
    }

    void theOldestGoWhenThereAreTooMany()
    {
        const QString folder = m_folder.filePath(u"many"_s);
        QVERIFY(QDir().mkpath(folder));
        const store::History history(folder, {.commits = 3});
        TableChanges changes{.schema = u"main"_s, .name = u"shop"_s};
        changes.rows += rows::RowChange{.key = {{Value(qint64(1))}}, .before = {}, .after = rows::RowImage{}};
        QStringList ids;
        for (int i = 0; i < 5; ++i)
            ids += history.keep({changes})->id;
        QCOMPARE(history.commits().size(), 3);
        QCOMPARE(history.commits().first().id, ids.last());
        QVERIFY(!history.changesOf(ids.first()));
        // The newest is kept whatever its size.
        const store::History tight(folder, {.bytes = 1});
        QVERIFY(tight.keep({changes}));
        QCOMPARE(history.commits().size(), 1);
    }

    void aTakeBackThatWasTakenBackCountsNoLonger()
    {
        const auto commit = [](const QString& id, const QString& takesBack) {
            return store::KeptCommit{
                .id = id,
                .at = {},
                .tables = {{.schema = u"main"_s, .name = u"t"_s, .counts = {}, .takesBack = takesBack}}};
        };
        QList<store::KeptCommit> commits{commit(u"2"_s, u"1"_s), commit(u"1"_s, {})};
        QVERIFY(store::isTakenBack(commits, commits.last()));
        QCOMPARE(store::lastOf(commits, u"main"_s, u"t"_s), QString());
        commits.prepend(commit(u"3"_s, u"2"_s));
        QVERIFY(!store::isTakenBack(commits, commits.last()));
        QCOMPARE(store::lastOf(commits, u"main"_s, u"t"_s), u"1"_s);
    }

    void aRowsPlaceIsFoundInAnyOrder_data() { engines(); }
    void aRowsPlaceIsFoundInAnyOrder()
    {
        const rows::Relation shop = relation(u"shop"_s);
        const rows::RowKey third = read(shop, 3).first;
        const auto placeIn = [&](const rows::ViewSpec& spec) {
            return rows::placeOf(*m_connection, rows::QueryBuilder(shop, spec), third)
                .value_or(std::optional<qint64>(-2))
                .value_or(-1);
        };
        QCOMPARE(placeIn({}), 2);
        QCOMPARE(placeIn({.sorts = {{.column = u"id"_s, .descending = true}}}), 0);
        QCOMPARE(placeIn({.sorts = {{.column = u"name"_s}}}), 2);
        // All notes are the same, and the key follows the sort's direction.
        QCOMPARE(placeIn({.sorts = {{.column = u"note"_s, .descending = true}}}), 0);
        QCOMPARE(placeIn({.search = u"South"_s}), 0);
        QCOMPARE(placeIn({.search = u"North"_s}), -1);
    }
};

QTEST_GUILESS_MAIN(CommitHistoryTest)
#include "commit_history_test.moc"
