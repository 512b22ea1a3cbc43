// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "apply/lint_project.h"
#include "catalog/inspect.h"
#include "diff/compare.h"
#include "plan/script.h"
#include "structure/propose.h"
#include "structure/texts.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::structure;
using namespace Qt::StringLiterals;
using schema::Column;
using schema::Constraint;
using schema::ConstraintKind;
using schema::Database;
using schema::Index;
using schema::Trigger;

namespace {

constexpr const char* sqliteScript =
    "CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE person (id INTEGER PRIMARY KEY, mail TEXT, age INT CHECK (age > 0), team_id INT REFERENCES "
    "team (id),"
    " twice INT GENERATED ALWAYS AS (age * 2) STORED);"
    "CREATE INDEX person_mail ON person (lower(mail)) WHERE age > 1;"
    "CREATE VIEW grown AS SELECT id, mail FROM person WHERE age > 17;"
    "CREATE TRIGGER on_person AFTER UPDATE OF mail ON person BEGIN SELECT NEW.mail; END;"
    "INSERT INTO team VALUES (1, 'Core');"
    "INSERT INTO person (id, mail, age, team_id) VALUES (1, 'a@b', 30, 1), (2, NULL, 40, NULL);";

constexpr const char* postgresScript =
    "CREATE TYPE mood AS ENUM ('sad', 'glad');"
    "CREATE TABLE team (id serial PRIMARY KEY, name text NOT NULL UNIQUE);"
    "CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text, age int CHECK (age "
    "> 0),"
    " team_id int REFERENCES team (id), twice int GENERATED ALWAYS AS (age * 2) STORED);"
    "CREATE INDEX person_mail ON person (lower(mail)) WHERE age > 1;"
    "CREATE VIEW grown AS SELECT id, mail FROM person WHERE age > 17;"
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
    "CREATE TRIGGER on_person AFTER UPDATE OF mail ON person FOR EACH ROW EXECUTE FUNCTION touch();"
    "COMMENT ON COLUMN person.mail IS 'where to write';"
    "INSERT INTO team (name) VALUES ('Core');"
    "INSERT INTO person (mail, age, team_id) VALUES ('a@b', 30, 1), (NULL, 40, NULL);";

/// A database of one engine with staged edits.
class Bench final
{
public:
    explicit Bench(Engine engine) : scratch(engine), live(scratch.connect())
    {
        const auto made = live->executeScript(engine == Engine::Sqlite ? sqliteScript : postgresScript);
        if (!made)
            qFatal("%s", qPrintable(made.error().oneLine()));
        known = catalog::inspect(*live).value();
    }

    bool isSqlite() const { return scratch.engine() == Engine::Sqlite; }
    TableId id(const QString& name) const
    {
        return {.schema = isSqlite() ? u"main"_s : u"public"_s, .name = name};
    }
    Draft draft(const TableId& table) const { return draftOf(known, edits, table); }

    template <class T>
    qsizetype rowOf(const TableId& table, auto fits) const
    {
        const Draft whole = draft(table);
        const auto& list = partsOf<T>(whole);
        const auto found =
            std::ranges::find_if(list, [&](const Edit<T>& edit) { return fits(edit.shown()); });
        return found == list.end() ? -1 : found - list.begin();
    }
    qsizetype columnRow(const QString& table, const QString& name) const
    {
        return rowOf<Column>(id(table), [&](const Column& column) { return column.name == name; });
    }
    template <class T>
    void change(const TableId& table, qsizetype row, auto how)
    {
        const Draft whole = draft(table);
        const Edit<T> part = partsOf<T>(whole).at(row);
        T after = *part.after;
        how(after);
        put(edits, table, part, after);
    }
    void change(const QString& table, const QString& column, auto how)
    {
        change<Column>(id(table), columnRow(table, column), how);
    }
    template <class T>
    void add(const TableId& table, const T& part)
    {
        put(edits, table, Edit<T>{}, part);
    }
    template <class T>
    void drop(const TableId& table, qsizetype row)
    {
        const Draft whole = draft(table);
        put(edits, table, partsOf<T>(whole).at(row), std::nullopt);
    }

    Proposed propose() { return structure::propose(*live, {}, edits); }

    /// Runs it on the real database and back; empty where both lead where they should.
    QString tried()
    {
        const Proposed made = propose();
        if (!made)
            return u"refused: "_s + made.error().error.oneLine();
        for (const bool forth : {true, false}) {
            const plan::Plan& plan = forth ? made->way.up : made->way.down;
            for (const QByteArray& piece : plan::pieces(plan, plan::Sender::Shell)) {
                if (const auto ran = live->executeScript(piece); !ran)
                    return ran.error().oneLine() + u'\n' + QString::fromUtf8(piece);
            }
            const Database now = catalog::inspect(*live).value();
            const auto left = diff::compare(now, forth ? made->to : known);
            if (!left.isEmpty())
                return change::sentence(left.constFirst());
            if (forth)
                rows = test::rowsOf(*live, u"SELECT id, age FROM person ORDER BY id"_s);
        }
        return {};
    }

    QStringList sentences()
    {
        const Proposed made = propose();
        if (!made)
            return {u"refused: "_s + made.error().error.oneLine()};
        QStringList list;
        for (const plan::Step& step : made->way.up.steps)
            list << step.sentence;
        return list;
    }

    test::ProjectScratch scratch;
    std::unique_ptr<drivers::Connection> live;
    Database known;
    Edits edits;
    QStringList rows;
};

}  // namespace

/// Staged edits become a proven way there and back, on both engines.
class StructureProposeTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void columnsComeGoAndChange_data() { test::engines(); }
    void columnsComeGoAndChange()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        bench.add(bench.id(u"person"_s), Column{.name = u"phone number"_s, .type = u"varchar(32)"_s});
        bench.add(bench.id(u"person"_s),
                  Column{.name = u"made"_s, .type = u"int"_s, .notNull = true, .defaultSql = u"1+1"_s});
        bench.change(u"person"_s, u"mail"_s, [](Column& column) { column.name = u"email"_s; });
        bench.change(u"person"_s, u"age"_s, [](Column& column) {
            column.type = u"bigint"_s;
            column.notNull = true;
            column.defaultSql = u"18"_s;
        });
        bench.drop<Column>(bench.id(u"person"_s), bench.columnRow(u"person"_s, u"team_id"_s));
        QCOMPARE(bench.tried(), QString());
        QCOMPARE(bench.rows, (QStringList{u"1|30"_s, u"2|40"_s}));
        const QStringList said = bench.sentences();
        QVERIFY2(said.contains(u"Rename column mail of person to email"_s), qPrintable(said.join(u'\n')));
        const Proposed made = bench.propose();
        const schema::Table* person = made->to.table(bench.id(u"person"_s).schema, u"person"_s);
        QVERIFY(!person->column(u"mail"_s));
        QCOMPARE(person->column(u"age"_s)->type, u"bigint"_s);
        QVERIFY(person->column(u"phone number"_s));
        // Whoever named the column has followed.
        QVERIFY(made->to.views.constFirst().definition.contains(u"email"_s));
    }

    void typesAreWhatTheServerReads()
    {
        Bench bench(Engine::Postgres);
        bench.add(bench.id(u"person"_s),
                  Column{.name = u"n"_s, .type = u"decimal(10, 2)"_s, .defaultSql = u"'1'"_s});
        bench.add(bench.id(u"person"_s), Column{.name = u"s"_s, .type = u"serial"_s});
        bench.add(bench.id(u"person"_s),
                  Column{.name = u"m"_s, .type = u"mood"_s, .defaultSql = u"'glad'"_s});
        QCOMPARE(bench.tried(), QString());
        const Proposed made = bench.propose();
        const schema::Table* person = made->to.table(u"public"_s, u"person"_s);
        QCOMPARE(person->column(u"n"_s)->type, u"numeric(10,2)"_s);
        QVERIFY(person->column(u"s"_s)->defaultSql->contains(u"nextval"_s));
    }

    void namesThatAreSwapped_data() { test::engines(); }
    void namesThatAreSwapped()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        const qsizetype mail = bench.columnRow(u"person"_s, u"mail"_s);
        const qsizetype age = bench.columnRow(u"person"_s, u"age"_s);
        bench.change<Column>(bench.id(u"person"_s), mail, [](Column& column) { column.name = u"age"_s; });
        bench.change<Column>(bench.id(u"person"_s), age, [](Column& column) { column.name = u"mail"_s; });
        QCOMPARE(bench.tried(), QString());
        QCOMPARE(bench.rows, (QStringList{u"1|a@b"_s, u"2|∅"_s}));
    }

    void tablesAreRenamedMadeAndDropped_data() { test::engines(); }
    void tablesAreRenamedMadeAndDropped()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        const TableId made = addTable(bench.edits, bench.known, bench.id({}).schema);
        Head head = *bench.draft(made).head.after;
        head.name = u"note"_s;
        put(bench.edits, made, bench.draft(made).head, head);
        bench.add(made, Column{.name = u"squad_id"_s, .type = u"int"_s});
        bench.add(made, Constraint{.kind = ConstraintKind::ForeignKey,
                                   .columns = {u"squad_id"_s},
                                   .targetTable = u"squad"_s,
                                   .targetColumns = {u"id"_s},
                                   .onDelete = u"CASCADE"_s});
        const TableId team = bench.id(u"team"_s);
        Head squad = *bench.draft(team).head.after;
        squad.name = u"squad"_s;
        put(bench.edits, team, bench.draft(team).head, squad);
        QCOMPARE(bench.tried(), QString());
        const QStringList said = bench.sentences();
        QVERIFY2(said.contains(u"Rename table team to squad"_s), qPrintable(said.join(u'\n')));
        // Where rows point to nothing, no way back could bring the foreign key again.
        QVERIFY(bench.live->executeScript("UPDATE person SET team_id = NULL"));
        bench.edits = {};
        bench.drop<Constraint>(bench.id(u"person"_s),
                               bench.rowOf<Constraint>(bench.id(u"person"_s), [](const auto& one) {
                                   return one.kind == ConstraintKind::ForeignKey;
                               }));
        put(bench.edits, team, bench.draft(team).head, std::nullopt);
        QCOMPARE(bench.tried(), QString());
    }

    void keysChecksAndIndexes_data() { test::engines(); }
    void keysChecksAndIndexes()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        const TableId person = bench.id(u"person"_s);
        bench.change<Constraint>(
            person,
            bench.rowOf<Constraint>(person,
                                    [](const auto& one) { return one.kind == ConstraintKind::Check; }),
            [&](Constraint& check) { setCheckExpression(check, u"age>10 AND mail<>''"_s, engine); });
        bench.change<Constraint>(
            person,
            bench.rowOf<Constraint>(person,
                                    [](const auto& one) { return one.kind == ConstraintKind::ForeignKey; }),
            [](Constraint& key) { key.onDelete = u"SET NULL"_s; });
        bench.change<Constraint>(
            person,
            bench.rowOf<Constraint>(person,
                                    [](const auto& one) { return one.kind == ConstraintKind::PrimaryKey; }),
            [](Constraint& key) { key.columns = {u"id"_s, u"mail"_s}; });
        bench.add(person, Constraint{.kind = ConstraintKind::Unique, .columns = {u"mail"_s, u"age"_s}});
        bench.change<Index>(person, 0, [&](Index& index) {
            IndexText text = readIndex(index.definition);
            text.parts = u"mail DESC"_s;
            text.unique = true;
            index.definition = writeIndex(text, person.schema, u"person"_s, engine);
        });
        bench.add(person,
                  Index{.definition = writeIndex({.parts = u"age, lower(mail)"_s, .predicate = u"age > 3"_s},
                                                 person.schema, u"person"_s, engine)});
        bench.change(u"person"_s, u"mail"_s, [](Column& column) { column.notNull = true; });
        bench.live->executeScript("UPDATE person SET mail = 'x' WHERE mail IS NULL").value();
        QCOMPARE(bench.tried(), QString());
        QCOMPARE(bench.rows.size(), 2);
    }

    void exclusionsComeChangeAndGo()
    {
        Bench bench(Engine::Postgres);
        const TableId person = bench.id(u"person"_s);
        bench.add(person, Column{.name = u"during"_s, .type = u"int4range"_s});
        bench.add(person, Constraint{.kind = ConstraintKind::Exclusion,
                                     .definition = u"EXCLUDE USING gist (during range_ops WITH &&) WHERE "
                                                   "(age>1) DEFERRABLE"_s,
                                     .deferrable = true});
        const Proposed made = bench.propose();
        QVERIFY2(made, qPrintable(made ? QString() : made.error().error.oneLine()));
        const auto exclusion = [](const Database& database) {
            const auto& all = database.table(u"public"_s, u"person"_s)->constraints;
            const auto found = std::ranges::find(all, ConstraintKind::Exclusion, &Constraint::kind);
            return found == all.end() ? Constraint{} : *found;
        };
        QCOMPARE(exclusion(made->to).name, u"person_during_excl"_s);
        QCOMPARE(exclusion(made->to).definition,
                 u"EXCLUDE USING gist (during WITH &&) WHERE ((age > 1)) DEFERRABLE"_s);
        QCOMPARE(bench.tried(), QString());
        bench.live->executeScript(made->up).value();
        bench.known = catalog::inspect(*bench.live).value();
        bench.edits = {};
        const auto isIt = [](const Constraint& one) { return one.kind == ConstraintKind::Exclusion; };
        // What names a renamed column has followed, also where another part of it was edited.
        bench.change(u"person"_s, u"during"_s, [](Column& column) { column.name = u"span"_s; });
        bench.change<Constraint>(person, bench.rowOf<Constraint>(person, isIt), [](Constraint& one) {
            ExclusionText text = readExclusion(one.definition);
            text.predicate = u"age > 2"_s;
            one.deferrable = one.initiallyDeferred = true;
            one.definition = writeExclusion(text, one);
        });
        const Proposed changed = bench.propose();
        QVERIFY2(changed, qPrintable(changed ? QString() : changed.error().error.oneLine()));
        QCOMPARE(exclusion(changed->to).definition,
                 u"EXCLUDE USING gist (span WITH &&) WHERE ((age > 2)) DEFERRABLE INITIALLY DEFERRED"_s);
        QCOMPARE(bench.tried(), QString());
        bench.edits = {};
        bench.drop<Constraint>(person, bench.rowOf<Constraint>(person, isIt));
        QCOMPARE(bench.tried(), QString());
    }

    void columnsChangePlaces_data() { test::engines(); }
    void columnsChangePlaces()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        const TableId person = bench.id(u"person"_s);
        const auto order = [&](const Database& database) {
            QStringList names;
            for (const Column& column : database.table(person.schema, u"person"_s)->columns)
                names << column.name;
            return names.join(u' ');
        };
        const QString before = order(bench.known);
        bench.add(person, Column{.name = u"phone"_s, .type = u"text"_s});
        bench.add(person, Column{.name = u"note"_s, .type = u"text"_s});
        bench.change(u"person"_s, u"mail"_s, [](Column& column) { column.name = u"email"_s; });
        moveColumn(bench.edits, bench.known, person, bench.columnRow(u"person"_s, u"note"_s), -1);
        moveColumn(bench.edits, bench.known, person, bench.columnRow(u"person"_s, u"email"_s), 1);
        moveColumn(bench.edits, bench.known, person, bench.columnRow(u"person"_s, u"id"_s), 1);
        const Proposed made = bench.propose();
        QVERIFY2(made, qPrintable(made ? QString() : made.error().error.oneLine()));
        const QString wanted = bench.isSqlite() ? u"age id email team_id twice note phone"_s
                                                : u"id email age team_id twice note phone"_s;
        QCOMPARE(order(made->to), wanted);
        bench.live->executeScript(made->up).value();
        QCOMPARE(order(catalog::inspect(*bench.live).value()), wanted);
        bench.live->executeScript(made->down).value();
        QCOMPARE(order(catalog::inspect(*bench.live).value()), before);
        QCOMPARE(test::rowsOf(*bench.live, u"SELECT id, mail, age FROM person ORDER BY id"_s),
                 (QStringList{u"1|a@b|30"_s, u"2|∅|40"_s}));
    }

    void orderAloneIsARebuild()
    {
        Bench bench(Engine::Sqlite);
        const TableId person = bench.id(u"person"_s);
        moveColumn(bench.edits, bench.known, person, 1, 1);
        QCOMPARE(bench.tried(), QString());
        const QStringList said = bench.sentences();
        QVERIFY2(said.contains(u"Change table person: columns in the order id, age, mail, team_id, twice"_s),
                 qPrintable(said.join(u'\n')));
        QCOMPARE(bench.rows, (QStringList{u"1|30"_s, u"2|40"_s}));
    }

    void whatNobodyEditedFollowsARename_data() { test::engines(); }
    void whatNobodyEditedFollowsARename()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        const TableId person = bench.id(u"person"_s);
        bench.change(u"person"_s, u"mail"_s, [](Column& column) { column.name = u"email"_s; });
        bench.change(u"person"_s, u"age"_s, [](Column& column) { column.name = u"years"_s; });
        // Their texts still say the old names.
        bench.change<Index>(person, 0, [&](Index& index) {
            IndexText text = readIndex(index.definition);
            text.unique = true;
            index.definition = writeIndex(text, person.schema, u"person"_s, engine);
        });
        bench.change<Constraint>(
            person,
            bench.rowOf<Constraint>(person,
                                    [](const auto& one) { return one.kind == ConstraintKind::Check; }),
            [](Constraint& check) { check.name = u"grown_up"_s; });
        const Proposed made = bench.propose();
        QVERIFY2(made, qPrintable(made ? QString() : made.error().error.oneLine()));
        const schema::Table* table = made->to.table(person.schema, u"person"_s);
        QVERIFY(table->indexes.constFirst().definition.contains(u"email"_s));
        QVERIFY(std::ranges::any_of(table->constraints, [](const Constraint& one) {
            return one.name == u"grown_up" && one.definition.contains(u"years"_s);
        }));
    }

    void triggersAndComments_data() { test::engines(); }
    void triggersAndComments()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        const TableId person = bench.id(u"person"_s);
        bench.change<Trigger>(person, 0, [](Trigger& trigger) {
            trigger.definition.replace(u"AFTER UPDATE OF mail"_s, u"BEFORE INSERT"_s);
        });
        bench.add(
            person,
            Trigger{.definition = bench.isSqlite()
                                      ? u"CREATE TRIGGER second AFTER DELETE ON person BEGIN SELECT 1; END"_s
                                      : u"CREATE TRIGGER second AFTER DELETE ON person FOR EACH ROW EXECUTE "
                                        "FUNCTION touch()"_s});
        if (!bench.isSqlite()) {
            bench.change(u"person"_s, u"mail"_s, [](Column& column) { column.comment = u"it's"_s; });
            Head head = *bench.draft(person).head.after;
            head.comment = u"People"_s;
            put(bench.edits, person, bench.draft(person).head, head);
            bench.change<Index>(person, 0, [](Index& index) { index.comment = u"quick"_s; });
        }
        QCOMPARE(bench.tried(), QString());
        const Proposed made = bench.propose();
        const schema::Table* table = made->to.table(person.schema, u"person"_s);
        QCOMPARE(table->triggers.size(), 2);
        if (!bench.isSqlite())
            QCOMPARE(table->comment, u"People"_s);
    }

    void refusalNamesThePlace_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<int>("what");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Field>("field");
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            const auto row = [&](const char* name, int what, Kind kind, Field field) {
                QTest::addRow("%s: %s", qPrintable(sql::engineName(engine)), name)
                    << engine << what << kind << field;
            };
            row("type", 0, Kind::Column, Field::Type);
            row("default", 1, Kind::Column, Field::Default);
            row("check", 2, Kind::Constraint, Field::Expression);
            row("index", 3, Kind::Index, Field::Columns);
            row("trigger", 4, Kind::Trigger, Field::Text);
            row("view that uses a dropped column", 5, Kind::Column, Field::Whole);
            row("generated", 6, Kind::Column, Field::Expression);
        }
    }
    void refusalNamesThePlace()
    {
        QFETCH(const Engine, engine);
        QFETCH(const int, what);
        QFETCH(const Kind, kind);
        QFETCH(const Field, field);
        Bench bench(engine);
        const TableId person = bench.id(u"person"_s);
        // Something that is fine stands before and behind it.
        bench.add(bench.id(u"team"_s), Column{.name = u"fine"_s, .type = u"int"_s});
        if (what == 0)
            bench.change(u"person"_s, u"mail"_s, [](Column& column) { column.type = u"text(,"_s; });
        else if (what == 1)
            bench.change(u"person"_s, u"mail"_s,
                         [](Column& column) { column.defaultSql = u"no_such()+id"_s; });
        else if (what == 2)
            bench.add(person, Constraint{.kind = ConstraintKind::Check,
                                         .definition =
                                             bench.isSqlite() ? u"nowhere > 1"_s : u"CHECK (nowhere > 1)"_s});
        else if (what == 3)
            bench.add(person, Index{.definition = writeIndex({.parts = u"nowhere"_s}, person.schema,
                                                             u"person"_s, engine)});
        else if (what == 4)
            bench.add(person, Trigger{.definition = u"CREATE TRIGGER x SOMETIMES"_s});
        else if (what == 5)
            bench.drop<Column>(person, bench.columnRow(u"person"_s, u"age"_s));
        else
            bench.add(person, Column{.name = u"g"_s,
                                     .type = u"int"_s,
                                     .generated = schema::Generated::Stored,
                                     .generatedSql = u"nowhere + 1"_s});
        bench.add(person, Column{.name = u"fine_too"_s, .type = u"int"_s});
        const Edits typed = bench.edits;
        const Proposed made = bench.propose();
        QVERIFY(!made);
        QVERIFY(!made.error().error.message.isEmpty());
        QVERIFY2(made.error().place, qPrintable(made.error().error.oneLine()));
        QCOMPARE(made.error().place->table, person);
        QCOMPARE(made.error().place->kind, kind);
        QCOMPARE(made.error().place->field, field);
        QCOMPARE(bench.edits, typed);
    }

    void typeThatIsMoreThanATypeIsRefused_data() { test::engines(); }
    void typeThatIsMoreThanATypeIsRefused()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        bench.add(bench.id(u"person"_s), Column{.name = u"a"_s, .type = u"int, b int"_s});
        const Proposed made = bench.propose();
        QVERIFY(!made);
        QCOMPARE(made.error().error.message, u"What was typed makes a column b as well."_s);
    }

    void tellsWhatIsLostAndHowMuch_data() { test::engines(); }
    void tellsWhatIsLostAndHowMuch()
    {
        QFETCH(const Engine, engine);
        Bench bench(engine);
        bench.drop<Column>(bench.id(u"person"_s), bench.columnRow(u"person"_s, u"team_id"_s));
        const Proposed made = bench.propose();
        QVERIFY(made);
        QVERIFY(std::ranges::any_of(made->questions, [](const lint::Question& question) {
            return question.means == lint::Question::Means::Lost && question.count == 1;
        }));
        QVERIFY(!made->findings.findings.isEmpty());
        QVERIFY(!made->down.isEmpty());
    }

    void whatRefersToARebuiltTableStays_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("first");
        QTest::addRow("Diesel") << u"diesel.toml"_s << u"migrations/1_first/up.sql"_s;
        QTest::addRow("SQLx") << u"sqlx.toml"_s << u"migrations/1_first.sql"_s;
    }
    void whatRefersToARebuiltTableStays()
    {
        QFETCH(const QString, config);
        QFETCH(const QString, first);
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(config, "");
        scratch.write(first,
                      "CREATE TABLE kind(id INTEGER PRIMARY KEY);\n"
                      "CREATE TABLE parent(id INTEGER PRIMARY KEY, age INT);\n"
                      "CREATE TABLE child(id INTEGER PRIMARY KEY, kind INT REFERENCES kind, parent INT "
                      "REFERENCES parent ON DELETE CASCADE, UNIQUE (parent, kind));\n");
        const auto db = scratch.connect();
        const auto run = [&](apply::Action action, const apply::Scope& scope) {
            const auto report = apply::execute(*db, scratch.project(), action, scope);
            QVERIFY(report && !report->failure);
            QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM child"_s), QStringList{u"1"_s});
        };
        QVERIFY(apply::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all()));
        QVERIFY(db->executeScript("PRAGMA foreign_keys = ON; INSERT INTO kind VALUES (1);"
                                  "INSERT INTO parent VALUES (1, 1); INSERT INTO child VALUES (1, 1, 1);"));
        Edits edits;
        Constraint check{.kind = ConstraintKind::Check};
        setCheckExpression(check, u"age > 0"_s, Engine::Sqlite);
        put(edits, {.schema = u"main"_s, .name = u"parent"_s}, Edit<Constraint>{}, check);
        const Proposed made = propose(*db, scratch.project(), edits);
        QVERIFY2(made, made ? "" : qPrintable(made.error().error.oneLine()));
        QVERIFY(made->findings.findings.isEmpty());
        const auto migration =
            apply::generate(scratch.project(), {.name = u"check"_s, .up = made->up, .down = made->down});
        QVERIFY(migration);
        // Only there the script can switch foreign keys off, also when the tool itself runs it.
        QVERIFY(!migration->runInTransaction && !migration->revertInTransaction);
        QCOMPARE(project::list(scratch.project())->last(), *migration);
        const auto linted = apply::lintProject(scratch.project(), Engine::Sqlite);
        QVERIFY(linted && linted->size() == 2);
        QVERIFY(linted->last().report.findings.isEmpty());
        run(apply::Action::Run, apply::Scope::all());
        run(apply::Action::Revert, apply::Scope::one());
    }
};

QTEST_GUILESS_MAIN(StructureProposeTest)
#include "structure_propose_test.moc"
