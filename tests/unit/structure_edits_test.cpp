// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/edits_json.h"
#include "structure/renames.h"
#include "structure/sqlite_table.h"
#include "structure/target.h"
#include "structure/texts.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::structure;
using namespace Qt::StringLiterals;
using schema::Column;
using schema::Constraint;
using schema::ConstraintKind;
using schema::Database;
using schema::Index;
using schema::Table;

namespace {

const TableId users{.schema = u"main"_s, .name = u"users"_s};

Database sqliteCatalog()
{
    Table table{.schema = u"main"_s, .name = u"users"_s};
    table.columns = {{.name = u"id"_s, .type = u"INTEGER"_s, .keyPosition = 1},
                     {.name = u"mail"_s, .type = u"TEXT"_s},
                     {.name = u"age"_s, .type = u"INTEGER"_s}};
    table.constraints = {{.kind = ConstraintKind::PrimaryKey, .columns = {u"id"_s}},
                         {.kind = ConstraintKind::Check, .definition = u"age > 0"_s}};
    table.indexes = {{.name = u"users_mail"_s,
                      .parts = {{.column = u"mail"_s}},
                      .definition = u"CREATE INDEX users_mail ON users (mail)"_s}};
    table.definition =
        u"CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, age INTEGER CHECK (age > 0))"_s;
    Table orders{.schema = u"main"_s, .name = u"orders"_s};
    orders.columns = {{.name = u"id"_s, .type = u"INTEGER"_s}, {.name = u"user_id"_s, .type = u"INTEGER"_s}};
    orders.constraints = {{.kind = ConstraintKind::ForeignKey,
                           .columns = {u"user_id"_s},
                           .targetTable = u"users"_s,
                           .targetColumns = {u"id"_s}}};
    orders.definition = u"CREATE TABLE orders (id INTEGER, user_id INTEGER REFERENCES users (id))"_s;
    Database database{.engine = Engine::Sqlite};
    database.schemas = {u"main"_s};
    database.tables = {orders, table};
    return database;
}

Database postgresCatalog()
{
    Table table{.schema = u"public"_s, .name = u"users"_s};
    table.columns = {{.name = u"id"_s, .type = u"bigint"_s, .notNull = true},
                     {.name = u"mail"_s, .type = u"text"_s},
                     {.name = u"age"_s, .type = u"integer"_s}};
    table.constraints = {{.kind = ConstraintKind::PrimaryKey,
                          .name = u"users_pkey"_s,
                          .columns = {u"id"_s},
                          .definition = u"PRIMARY KEY (id)"_s},
                         {.kind = ConstraintKind::Check,
                          .name = u"users_age_check"_s,
                          .columns = {u"age"_s},
                          .definition = u"CHECK ((age > 0))"_s}};
    table.indexes = {
        {.name = u"users_mail"_s,
         .method = u"btree"_s,
         .parts = {{.column = u"mail"_s}},
         .definition =
             u"CREATE INDEX users_mail ON public.users USING btree (mail) WITH (fillfactor='70')"_s}};
    Database database{.engine = Engine::Postgres};
    database.schemas = {u"public"_s};
    database.tables = {table};
    return database;
}

template <class T>
void alter(Edits& edits, const Database& catalog, const TableId& id, qsizetype row, auto how)
{
    const Draft draft = draftOf(catalog, edits, id);
    const Edit<T> part = partsOf<T>(draft).at(row);
    T after = *part.after;
    how(after);
    put(edits, id, part, after);
}

QStringList texts(const QList<Problem>& problems)
{
    QStringList list;
    for (const Problem& problem : problems)
        list << problem.text;
    return list;
}

QString renameText(const QList<plan::Rename>& renames)
{
    QStringList list;
    for (const plan::Rename& rename : renames)
        list << plan::argument(rename);
    return list.join(u' ');
}

}  // namespace

/// Staged edits of a structure and what they make of a catalog, as values.
class StructureEditsTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void whatIsAsItWasIsNoEdit()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        alter<Column>(edits, catalog, users, 1, [](Column& column) { column.name = u"email"_s; });
        QCOMPARE(edits.count(), 1);
        alter<Column>(edits, catalog, users, 1, [](Column& column) { column.name = u"mail"_s; });
        QVERIFY(edits.isEmpty());
    }

    void draftHasTheCatalogsOrderAndNewThingsBehind()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        put(edits, users, Edit<Column>{}, Column{.name = u"phone"_s, .type = u"TEXT"_s});
        put(edits, users, draftOf(catalog, edits, users).columns.at(1), std::nullopt);
        const Draft draft = draftOf(catalog, edits, users);
        QCOMPARE(draft.columnNames(), (QStringList{u"id"_s, u"age"_s, u"phone"_s}));
        QVERIFY(draft.columns.at(1).isDropped());
        QVERIFY(draft.columns.at(3).isNew());
    }

    void editOfANewThingReplacesIt()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        put(edits, users, Edit<Column>{}, Column{.name = u"phone"_s, .type = u"TEXT"_s});
        alter<Column>(edits, catalog, users, 3, [](Column& column) { column.notNull = true; });
        QCOMPARE(edits.count(), 1);
        put(edits, users, draftOf(catalog, edits, users).columns.at(3), std::nullopt);
        QVERIFY(edits.isEmpty());
    }

    void catalogThatMovesOnKeepsWhatOthersDid()
    {
        Database catalog = sqliteCatalog();
        Edits edits;
        alter<Column>(edits, catalog, users, 1, [](Column& column) { column.name = u"email"_s; });
        catalog.tables[1].columns[1].notNull = true;
        const Draft draft = draftOf(catalog, edits, users);
        QCOMPARE(draft.columns.at(1).after->name, u"email"_s);
        QVERIFY(draft.columns.at(1).after->notNull);
        catalog.tables[1].columns.removeAt(1);
        QVERIFY(draftOf(catalog, edits, users).columns.at(2).gone);
        QCOMPARE(texts(problemsOf(catalog, edits)),
                 QStringList{u"There is no column mail any more. Take this edit back."_s});
    }

    void columnsChangePlaces()
    {
        Database catalog = sqliteCatalog();
        Edits edits;
        put(edits, users, Edit<Column>{}, Column{.name = u"phone"_s, .type = u"TEXT"_s});
        moveColumn(edits, catalog, users, 3, -1);
        moveColumn(edits, catalog, users, 1, 1);
        QCOMPARE(draftOf(catalog, edits, users).columnNames(),
                 (QStringList{u"id"_s, u"phone"_s, u"mail"_s, u"age"_s}));
        QCOMPARE(edits.count(), 2);
        // Edits and what others do to the table leave the order alone.
        alter<Column>(edits, catalog, users, 2, [](Column& column) { column.name = u"email"_s; });
        alter<Column>(edits, catalog, users, 2, [](Column& column) { column.name = u"mail"_s; });
        catalog.tables[1].columns.append({.name = u"later"_s});
        QCOMPARE(draftOf(catalog, edits, users).columnNames(),
                 (QStringList{u"id"_s, u"phone"_s, u"mail"_s, u"age"_s, u"later"_s}));
        catalog.tables[1].columns.removeAt(2);
        QCOMPARE(draftOf(catalog, edits, users).columnNames(),
                 (QStringList{u"id"_s, u"phone"_s, u"mail"_s, u"later"_s}));
        QVERIFY(problemsOf(catalog, edits).isEmpty());
        QCOMPARE(draftOf(catalog, editsFromJson(toJson(edits)), users).columnNames(),
                 draftOf(catalog, edits, users).columnNames());
        QCOMPARE(toJson(editsFromJson(toJson(edits))), toJson(edits));
        // The usual order is no edit.
        put(edits, users, draftOf(catalog, edits, users).columns.at(1), std::nullopt);
        settleOrders(edits, catalog);
        QVERIFY(edits.isEmpty());
    }

    void postgresMovesOnlyWhatIsNew()
    {
        const Database catalog = postgresCatalog();
        const TableId id{.schema = u"public"_s, .name = u"users"_s};
        Edits edits;
        put(edits, id, Edit<Column>{}, Column{.name = u"a"_s, .type = u"text"_s});
        put(edits, id, Edit<Column>{}, Column{.name = u"b"_s, .type = u"text"_s});
        const Draft draft = draftOf(catalog, edits, id);
        QVERIFY(whyNotMoved(catalog, draft, 2, -1).contains(u"only new ones"_s));
        QVERIFY(whyNotMoved(catalog, draft, 3, -1).contains(u"only new ones"_s));
        QVERIFY(whyNotMoved(catalog, draft, 4, 1).contains(u"last"_s));
        QVERIFY(whyNotMoved(catalog, draft, 4, -1).isEmpty());
        moveColumn(edits, catalog, id, 4, -1);
        QCOMPARE(draftOf(catalog, edits, id).columnNames(),
                 (QStringList{u"id"_s, u"mail"_s, u"age"_s, u"b"_s, u"a"_s}));
        QCOMPARE(edits.count(), 2);
        QVERIFY(!edits.tables.constFirst().ordered);
        const TableId made = addTable(edits, catalog, u"public"_s);
        put(edits, made, Edit<Column>{}, Column{.name = u"first"_s, .type = u"text"_s});
        moveColumn(edits, catalog, made, 1, -1);
        QCOMPARE(draftOf(catalog, edits, made).columnNames(), (QStringList{u"first"_s, u"id"_s}));
    }

    void columnsOfATextChangePlaces_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("one line") << u"CREATE TABLE t (a INT,b TEXT, c, CHECK (a > 0))"_s
                                  << u"CREATE TABLE t (c,a INT, b TEXT, CHECK (a > 0))"_s;
        QTest::newRow("comments go with their column")
            << u"CREATE TABLE t (\n  a INT, -- the a\n  b TEXT,\n  -- about c\n  c -- the c, last\n) STRICT"_s
            << u"CREATE TABLE t (\n  -- about c\n  c, -- the c, last\n  a INT, -- the a\n  b TEXT\n) STRICT"_s;
        QTest::newRow("before a constraint")
            << u"CREATE TABLE t (\n  a INT,\n  b TEXT /* b */,\n  c, -- the c\n  CHECK (a > 0)\n)"_s
            << u"CREATE TABLE t (\n  c, -- the c\n  a INT,\n  b TEXT /* b */,\n  CHECK (a > 0)\n)"_s;
        QTest::newRow("commas in front")
            << u"CREATE TABLE t\n  ( a INT -- the a\n  , b TEXT\n  , c -- the c\n  )"_s
            << u"CREATE TABLE t\n  ( c, -- the c\n a INT -- the a\n  , b TEXT\n  )"_s;
    }
    void columnsOfATextChangePlaces()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        SqliteTableText text(before);
        text.orderColumns({u"c"_s, u"A"_s, u"b"_s});
        QCOMPARE(text.text(), after);
    }

    void comesBackFromJson()
    {
        const Database catalog = postgresCatalog();
        const TableId id{.schema = u"public"_s, .name = u"users"_s};
        Edits edits;
        alter<Column>(edits, catalog, id, 1, [](Column& column) {
            column.name = u"email"_s;
            column.defaultSql = QString();
            column.identity = schema::Identity::ByDefault;
        });
        alter<Constraint>(edits, catalog, id, 1, [](Constraint& check) { check.validated = false; });
        put(edits, id, draftOf(catalog, edits, id).indexes.at(0), std::nullopt);
        (void)addTable(edits, catalog, u"public"_s);
        QCOMPARE(editsFromJson(toJson(edits)), edits);
        QCOMPARE(editsFromJson({}), Edits{});
    }

    void newTablesHaveNamesOfTheirOwn()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        const TableId one = addTable(edits, catalog, u"main"_s);
        const TableId two = addTable(edits, catalog, u"main"_s);
        QVERIFY(one != two);
        QCOMPARE(draftOf(catalog, edits, one).head.after->name, u"new_table"_s);
        QCOMPARE(draftOf(catalog, edits, two).head.after->name, u"new_table_2"_s);
        discard(edits, one);
        QVERIFY(!edits.of(one));
        QVERIFY(edits.of(two));
    }

    void renamesPassNamesOn()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        alter<Column>(edits, catalog, users, 1, [](Column& column) { column.name = u"contact"_s; });
        alter<Column>(edits, catalog, users, 2, [](Column& column) { column.name = u"mail"_s; });
        QCOMPARE(renameText(renamesOf(catalog, edits)),
                 u"users.mail=users.contact users.age=users.mail"_s.replace(u"main."_s, QString()));
    }

    void renamesInACircleStepAside()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        alter<Column>(edits, catalog, users, 1, [](Column& column) { column.name = u"age"_s; });
        alter<Column>(edits, catalog, users, 2, [](Column& column) { column.name = u"mail"_s; });
        const QList<plan::Rename> renames = renamesOf(catalog, edits);
        QCOMPARE(renames.size(), 3);
        QCOMPARE(renames.at(0).from, u"mail"_s);
        QCOMPARE(renames.at(1).from, u"age"_s);
        QCOMPARE(renames.at(1).to, u"mail"_s);
        QCOMPARE(renames.at(2).from, renames.at(0).to);
        QCOMPARE(renames.at(2).to, u"age"_s);
    }

    void postgresConstraintsAndIndexesAreRenamedInPlace()
    {
        const Database catalog = postgresCatalog();
        const TableId id{.schema = u"public"_s, .name = u"users"_s};
        Edits edits;
        alter<Constraint>(edits, catalog, id, 1, [](Constraint& check) { check.name = u"grown_up"_s; });
        alter<Index>(edits, catalog, id, 0, [](Index& index) {
            IndexText text = readIndex(index.definition);
            text.name = index.name = u"by_mail"_s;
            index.definition = writeIndex(text, u"public"_s, u"users"_s, Engine::Postgres);
        });
        QCOMPARE(renamesOf(catalog, edits).size(), 2);
    }

    void sqliteTableText_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("what");
        const QString small = u"CREATE TABLE t (a INT, b TEXT)"_s;
        QTest::newRow("add to one line")
            << small << u"CREATE TABLE t (a INT, b TEXT, n NUMERIC NOT NULL DEFAULT 1)"_s << 0;
        QTest::newRow("add before constraints")
            << u"CREATE TABLE t (\n  a INT,\n  b TEXT, -- the b\n  CHECK (a > 0)\n)"_s
            << u"CREATE TABLE t (\n  a INT,\n  b TEXT,\n    n NUMERIC NOT NULL DEFAULT 1, -- the b\n  CHECK (a > 0)\n)"_s
            << 0;
        QTest::newRow("add behind a comment")
            << u"CREATE TABLE t (\n  a INT,\n  b TEXT -- the b\n)"_s
            << u"CREATE TABLE t (\n  a INT,\n  b TEXT, -- the b\n    n NUMERIC NOT NULL DEFAULT 1\n)"_s << 0;
        QTest::newRow("drop the last") << small << u"CREATE TABLE t (a INT)"_s << 1;
        QTest::newRow("drop with what is written in it")
            << u"CREATE TABLE t (a INT, \"b\" TEXT UNIQUE REFERENCES x (y) ON DELETE SET NULL, c INT) STRICT"_s
            << u"CREATE TABLE t (a INT, c INT) STRICT"_s << 1;
        QTest::newRow("type") << small << u"CREATE TABLE t (a INT, b VARCHAR(10) NOT NULL DEFAULT 'x')"_s
                              << 2;
        QTest::newRow("type where there was none")
            << u"CREATE TABLE t (a, b CHECK (b <> ','))"_s
            << u"CREATE TABLE t (a, b VARCHAR(10) NOT NULL CHECK (b <> ',') DEFAULT 'x')"_s << 2;
        QTest::newRow("other parts stay")
            << u"CREATE TABLE t (a INT, b TEXT COLLATE NOCASE UNIQUE DEFAULT (lower('A')) /* why */)"_s
            << u"CREATE TABLE t (a INT, b VARCHAR(10) NOT NULL COLLATE NOCASE UNIQUE DEFAULT 'x' /* why */)"_s
            << 2;
        QTest::newRow("type of several words")
            << u"CREATE TABLE t (b unsigned big int(10, 2) NULL)"_s
            << u"CREATE TABLE t (b VARCHAR(10) NOT NULL DEFAULT 'x')"_s << 2;
        QTest::newRow("not null taken away")
            << u"CREATE TABLE t (a INT, b TEXT CONSTRAINT must NOT NULL ON CONFLICT IGNORE DEFAULT 'x')"_s
            << u"CREATE TABLE t (a INT, b TEXT)"_s << 3;
    }
    void sqliteTableText()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        QFETCH(const int, what);
        SqliteTableText text(before);
        QCOMPARE(text.text(), before);
        const Column plain{.name = u"b"_s, .type = u"TEXT"_s};
        const Column grown{.name = u"b"_s, .type = u"VARCHAR(10)"_s, .notNull = true, .defaultSql = u"'x'"_s};
        if (what == 0)
            text.addColumn({.name = u"n"_s, .type = u"NUMERIC"_s, .notNull = true, .defaultSql = u"1"_s});
        else if (what == 1)
            text.dropColumn(u"B"_s);
        else if (what == 2)
            text.changeColumn(plain, grown);
        else
            text.changeColumn({.name = u"b"_s, .type = u"TEXT"_s, .notNull = true, .defaultSql = u"'x'"_s},
                              plain);
        QCOMPARE(text.text(), after);
    }

    void sqliteConstraintsAreFoundWhereTheyAreWritten_data()
    {
        QTest::addColumn<Constraint>("constraint");
        QTest::addColumn<QString>("after");
        const QString rest = u"CREATE TABLE t (a INTEGER%1, b TEXT%2%3, c INT%4%5)"_s;
        const QStringList parts{u" PRIMARY KEY AUTOINCREMENT"_s, u" UNIQUE"_s, u" CHECK (b <> '')"_s,
                                u" CONSTRAINT f REFERENCES x (y) ON DELETE CASCADE DEFERRABLE"_s,
                                u", UNIQUE (b, c)"_s};
        const auto without = [&](qsizetype left) {
            QString text = rest;
            for (qsizetype i = 0; i < parts.size(); ++i)
                text = text.arg(i == left ? QString() : parts.at(i));
            return text;
        };
        QTest::newRow("primary key") << Constraint{.kind = ConstraintKind::PrimaryKey, .columns = {u"a"_s}}
                                     << without(0);
        QTest::newRow("unique") << Constraint{.kind = ConstraintKind::Unique, .columns = {u"b"_s}}
                                << without(1);
        QTest::newRow("check") << Constraint{.definition = u"b <> ''"_s} << without(2);
        QTest::newRow("foreign key") << Constraint{.kind = ConstraintKind::ForeignKey,
                                                   .name = u"f"_s,
                                                   .columns = {u"c"_s},
                                                   .targetTable = u"x"_s,
                                                   .targetColumns = {u"y"_s}}
                                     << without(3);
        QTest::newRow("of the table")
            << Constraint{.kind = ConstraintKind::Unique, .columns = {u"b"_s, u"c"_s}} << without(4);
    }
    void sqliteConstraintsAreFoundWhereTheyAreWritten()
    {
        QFETCH(const Constraint, constraint);
        QFETCH(const QString, after);
        SqliteTableText text(u"CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT UNIQUE CHECK (b "
                             u"<> ''), c INT CONSTRAINT f "
                             "REFERENCES x (y) ON DELETE CASCADE DEFERRABLE, UNIQUE (b, c))"_s);
        QVERIFY(text.dropConstraint(constraint));
        QCOMPARE(text.text(), after);
        QVERIFY(!text.dropConstraint(Constraint{.definition = u"not there"_s}));
    }

    void sqliteDefaults_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("written");
        for (const char* literal : {"1", "-1.5", "'a''b'", "x'00ff'", "NULL", "CURRENT_TIMESTAMP", "true"})
            QTest::newRow(literal) << QString::fromLatin1(literal) << QString::fromLatin1(literal);
        QTest::newRow("function") << u"datetime('now')"_s << u"(datetime('now'))"_s;
        QTest::newRow("a word is no string") << u"foo"_s << u"(foo)"_s;
        QTest::newRow("sum") << u"1 + 1"_s << u"(1 + 1)"_s;
        QTest::newRow("two in parentheses") << u"(1) + (2)"_s << u"((1) + (2))"_s;
    }
    void sqliteDefaults()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, written);
        QCOMPARE(sqliteDefault(typed), written);
    }

    void indexesAreTakenApartAndPutTogether_data()
    {
        QTest::addColumn<QString>("definition");
        QTest::addColumn<bool>("postgres");
        QTest::newRow("plain") << u"CREATE INDEX i ON public.t USING btree (a)"_s << true;
        QTest::newRow("everything")
            << u"CREATE UNIQUE INDEX \"my i\" ON public.t USING gin (lower((a)::text) COLLATE \"C\" DESC, b) "
               u"INCLUDE (c, d) "
               "NULLS NOT DISTINCT WITH (fillfactor='70') TABLESPACE x WHERE (a > 0)"_s
            << true;
        QTest::newRow("sqlite") << u"CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE, lower(b)) WHERE a > 0"_s
                                << false;
    }
    void indexesAreTakenApartAndPutTogether()
    {
        QFETCH(const QString, definition);
        QFETCH(const bool, postgres);
        QCOMPARE(writeIndex(readIndex(definition), u"public"_s, u"t"_s,
                            postgres ? Engine::Postgres : Engine::Sqlite),
                 definition);
    }

    void exclusionsAreTakenApartAndPutTogether_data()
    {
        QTest::addColumn<QString>("definition");
        QTest::addColumn<ExclusionText>("text");
        QTest::addColumn<QString>("written");
        QTest::newRow("plain") << u"EXCLUDE USING gist (during WITH &&)"_s
                               << ExclusionText{.method = u"gist"_s, .elements = u"during WITH &&"_s}
                               << u"EXCLUDE USING gist (during WITH &&)"_s;
        QTest::newRow("everything")
            << u"EXCLUDE USING gist (lower(room) text_ops DESC WITH =, during WITH OPERATOR(pg_catalog.&&)) "
               "INCLUDE (id) WITH (fillfactor='70') WHERE ((id > 0)) DEFERRABLE INITIALLY DEFERRED"_s
            << ExclusionText{.method = u"gist"_s,
                             .elements =
                                 u"lower(room) text_ops DESC WITH =, during WITH OPERATOR(pg_catalog.&&)"_s,
                             .options = u"INCLUDE (id) WITH (fillfactor='70')"_s,
                             .predicate = u"id > 0"_s}
            << u"EXCLUDE USING gist (lower(room) text_ops DESC WITH =, during WITH OPERATOR(pg_catalog.&&)) "
               "INCLUDE (id) WITH (fillfactor='70') WHERE (id > 0) DEFERRABLE"_s;
        QTest::newRow("options without a condition")
            << u"EXCLUDE USING btree (a WITH =) USING INDEX TABLESPACE fast DEFERRABLE"_s
            << ExclusionText{.method = u"btree"_s,
                             .elements = u"a WITH ="_s,
                             .options = u"USING INDEX TABLESPACE fast"_s}
            << u"EXCLUDE USING btree (a WITH =) USING INDEX TABLESPACE fast DEFERRABLE"_s;
    }
    void exclusionsAreTakenApartAndPutTogether()
    {
        QFETCH(const QString, definition);
        QFETCH(const ExclusionText, text);
        QFETCH(const QString, written);
        QCOMPARE(readExclusion(definition), text);
        QCOMPARE(writeExclusion(text, {.deferrable = definition.contains(u"DEFERRABLE"_s)}), written);
        QVERIFY(saysOperators(text));
        QVERIFY(!saysOperators({.elements = u"a WITH =, b"_s}));
        QVERIFY(!saysOperators({}));
    }

    void checksAreShownWithoutTheirParentheses()
    {
        Constraint check{.definition = u"CHECK ((price > (0)::numeric)) NO INHERIT"_s};
        QCOMPARE(checkExpression(check, Engine::Postgres), u"price > (0)::numeric"_s);
        setCheckExpression(check, u"price > 1"_s, Engine::Postgres);
        QCOMPARE(check.definition, u"CHECK (price > 1) NO INHERIT"_s);
        check.definition = u"CHECK (((a > 0) OR (b > 0)))"_s;
        QCOMPARE(checkExpression(check, Engine::Postgres), u"(a > 0) OR (b > 0)"_s);
    }

    void postgresDefinitionsKeepWhatTheFormDoesNotShow()
    {
        const Constraint before{.kind = ConstraintKind::Unique,
                                .columns = {u"a"_s},
                                .definition = u"UNIQUE NULLS NOT DISTINCT (a) INCLUDE (c) DEFERRABLE"_s};
        Constraint after = before;
        after.columns = {u"a"_s, u"My b"_s};
        QCOMPARE(postgresDefinition(after, &before),
                 u"UNIQUE NULLS NOT DISTINCT (a, \"My b\") INCLUDE (c) DEFERRABLE"_s);
        const Constraint key{.kind = ConstraintKind::ForeignKey,
                             .columns = {u"a"_s},
                             .targetSchema = u"public"_s,
                             .targetTable = u"t"_s,
                             .targetColumns = {u"id"_s},
                             .onUpdate = u"NO ACTION"_s,
                             .onDelete = u"SET NULL"_s,
                             .deferrable = true,
                             .initiallyDeferred = true};
        QCOMPARE(
            postgresDefinition(key, nullptr),
            u"FOREIGN KEY (a) REFERENCES public.t(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED"_s);
    }

    void triggersTellTheirNames()
    {
        QCOMPARE(
            triggerName(u"CREATE TRIGGER IF NOT EXISTS main.\"a b\" AFTER INSERT ON t BEGIN SELECT 1; END"_s),
            u"a b"_s);
        QCOMPARE(triggerName(u"create or replace constraint trigger x after insert on t"_s), u"x"_s);
        QVERIFY(triggerName(u"SELECT 1"_s).isEmpty());
    }

    void targetOfSqliteIsATextThatSaysIt()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        alter<Column>(edits, catalog, users, 1, [](Column& column) { column.notNull = true; });
        put(edits, users, draftOf(catalog, edits, users).columns.at(2), std::nullopt);
        put(edits, users, Edit<Constraint>{},
            Constraint{.kind = ConstraintKind::Unique, .columns = {u"mail"_s}});
        const Database target = targetOf(catalog, catalog, edits);
        QCOMPARE(target.table(u"main"_s, u"users"_s)->definition,
                 u"CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT NOT NULL, UNIQUE (mail))"_s);
    }

    void droppedColumnTakesItsIndexesAlong()
    {
        for (const Database& catalog : {sqliteCatalog(), postgresCatalog()}) {
            const TableId id{.schema = catalog.schemas.constFirst(), .name = u"users"_s};
            Edits edits;
            put(edits, id, draftOf(catalog, edits, id).columns.at(1), std::nullopt);
            const Database target = targetOf(catalog, catalog, edits);
            QVERIFY(target.table(id.schema, id.name)->indexes.isEmpty());
            QCOMPARE(target.table(id.schema, id.name)->constraints.size(), 2);
        }
    }

    void postgresTargetNamesWhatHasNoName()
    {
        const Database catalog = postgresCatalog();
        const TableId id{.schema = u"public"_s, .name = u"users"_s};
        Edits edits;
        put(edits, id, Edit<Constraint>{},
            Constraint{.kind = ConstraintKind::Unique, .columns = {u"mail"_s}});
        put(edits, id, Edit<Index>{},
            Index{.definition = u"CREATE INDEX ON public.users USING btree (lower(mail))"_s});
        const Database target = targetOf(catalog, catalog, edits);
        const Table* table = target.table(u"public"_s, u"users"_s);
        QCOMPARE(table->constraints.constLast().name, u"users_mail_key"_s);
        QCOMPARE(table->constraints.constLast().definition, u"UNIQUE (mail)"_s);
        QCOMPARE(table->indexes.constLast().name, u"users_lower_mail_idx"_s);
    }

    void saysWhatCannotBe_data()
    {
        QTest::addColumn<int>("what");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no name") << 0 << u"A column needs a name."_s;
        QTest::newRow("taken name") << 1
                                    << u"The name AGE is taken, also where its column is dropped here."_s;
        QTest::newRow("referred column")
            << 2 << u"orders refers to this column. Drop its foreign key first."_s;
        QTest::newRow("unknown column") << 3 << u"There is no column nowhere."_s;
        QTest::newRow("second key") << 4 << u"A table has one primary key."_s;
        QTest::newRow("empty check") << 5 << u"Say what must be true of each row."_s;
        QTest::newRow("no target") << 6 << u"There will be no table nowhere."_s;
        QTest::newRow("no trigger") << 7 << u"This is not a CREATE TRIGGER statement."_s;
        QTest::newRow("no such target column") << 8 << u"orders has no column nowhere."_s;
    }
    void saysWhatCannotBe()
    {
        QFETCH(const int, what);
        QFETCH(const QString, problem);
        const Database catalog = sqliteCatalog();
        Edits edits;
        const auto add = [&](const Constraint& constraint) {
            put(edits, users, Edit<Constraint>{}, constraint);
        };
        if (what == 0)
            alter<Column>(edits, catalog, users, 1, [](Column& column) { column.name.clear(); });
        else if (what == 1)
            alter<Column>(edits, catalog, users, 1, [](Column& column) { column.name = u"AGE"_s; });
        else if (what == 2)
            put(edits, users, draftOf(catalog, edits, users).columns.at(0), std::nullopt);
        else if (what == 3)
            add({.kind = ConstraintKind::Unique, .columns = {u"nowhere"_s}});
        else if (what == 4)
            add({.kind = ConstraintKind::PrimaryKey, .columns = {u"mail"_s}});
        else if (what == 5)
            add({.kind = ConstraintKind::Check});
        else if (what == 7)
            put(edits, users, Edit<schema::Trigger>{}, schema::Trigger{.definition = u"DROP TABLE users"_s});
        else
            add({.kind = ConstraintKind::ForeignKey,
                 .columns = {u"age"_s},
                 .targetTable = what == 6 ? u"nowhere"_s : u"orders"_s,
                 .targetColumns = {u"nowhere"_s}});
        QVERIFY2(texts(problemsOf(catalog, edits)).contains(problem),
                 qPrintable(texts(problemsOf(catalog, edits)).join(u'\n')));
    }

    void tableThatOthersReferToStays()
    {
        const Database catalog = sqliteCatalog();
        Edits edits;
        put(edits, users, draftOf(catalog, edits, users).head, std::nullopt);
        QCOMPARE(texts(problemsOf(catalog, edits)),
                 QStringList{u"orders refers to this table. Drop its foreign key first."_s});
        const TableId orders{.schema = u"main"_s, .name = u"orders"_s};
        put(edits, orders, draftOf(catalog, edits, orders).constraints.at(0), std::nullopt);
        QVERIFY(problemsOf(catalog, edits).isEmpty());
    }
};

QTEST_GUILESS_MAIN(StructureEditsTest)
#include "structure_edits_test.moc"
