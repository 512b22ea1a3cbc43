// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rows/cell_input.h"
#include "rows/reference.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"
#include "support/transfer_files.h"
#include "transfer/cell_text.h"
#include "transfer/check_rows.h"
#include "transfer/column_reader.h"
#include "transfer/export_rows.h"
#include "transfer/import_rows.h"
#include "transfer/sniff.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::RowsFixture;
using transfer::Format;
using transfer::Imported;
using transfer::ImportMode;
using transfer::ImportPlan;

namespace {

constexpr char sqliteTypes[] = R"(
CREATE TABLE kinds (id INTEGER PRIMARY KEY, t TEXT, i INTEGER, r REAL, n NUMERIC, b BLOB, j JSON, any_,
    twice INTEGER GENERATED ALWAYS AS (i * 2) STORED, must TEXT NOT NULL);
INSERT INTO kinds(id, t, i, r, n, b, j, any_, must) VALUES
 (1, 'plain', 42, 1.5, 12.25, x'00ff', '{"a": [1, 2.50]}', 'text', 'x'),
 (2, '', -9223372036854775808, 0.1, 9007199254740993, x'', '[]', 7, ''),
 (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NULL'),
 (4, 'a,"b"' || char(10) || 'c;' || char(9) || ' d ', 9223372036854775807, 1e300, 0.1, x'5c78', '"lone"', 2.5, ' '),
 (5, '007', 0, 2.0, -1.5, x'00', '5', 'é𝄞', '\N');)";

// The list is an ARRAY, since moc loses count of the quotes of a raw literal at a \" and then misses the class.
constexpr char postgresTypes[] = R"(
CREATE TYPE mood AS ENUM ('sad', 'it''s fine');
CREATE TABLE kinds (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, t text, i bigint, r double precision,
    n numeric, b bytea, j jsonb, raw json, at timestamptz, day date, span interval, yes boolean, list text[],
    grid integer[][], who uuid, how mood, net inet, bits bit(5), pair int4range, money_ money, must text NOT NULL,
    twice numeric GENERATED ALWAYS AS (i::numeric * 2) STORED);
INSERT INTO kinds(t, i, r, n, b, j, raw, at, day, span, yes, list, grid, who, how, net, bits, pair, money_, must) VALUES
 ('plain', 42, 0.1, 12345678901234567890.123456789000, '\x00ff', '{"a": [1, 2.50]}', '{"b":  1}',
  '2024-02-29 12:34:56.123456+02', 'infinity', '1 year 2 mons 3 days 04:05:06.789', true, ARRAY['a','b c',NULL,'q"x"y'],
  '{{1,2},{3,4}}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'it''s fine', '10.0.0.0/8', B'10101', '[1,5)', 12.34, 'x'),
 ('', -9223372036854775808, 'NaN', 'NaN', '', 'null', '"lone"', '-infinity', '0044-03-15 BC', '-1 day', false, '{}',
  '{}', NULL, 'sad', '::1', NULL, 'empty', NULL, ''),
 (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NULL'),
 (E'a,"b"\nc;\t d \\N \r\n', 9223372036854775807, '-Infinity', 1e-20, '\x5c', '"x"', E'[1,\n2]', NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ' '),
 (E'\\.', 0, 1e300, 0.10, '\x00', '5', '5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, E'é𝄞');)";

constexpr char shop[] = R"(
CREATE TABLE city (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL, city_id integer REFERENCES city(id),
    boss_id integer REFERENCES person(id), age integer CHECK (age >= 0), note text DEFAULT 'none');
INSERT INTO city VALUES (1, 'Rome'), (2, 'Oslo');
INSERT INTO person VALUES (1, 'Ada', 1, NULL, 30, 'first');)";

QStringList badOf(const Imported& imported)
{
    QStringList lines;
    for (const transfer::BadRow& row : imported.bad)
        lines += u"%1:%2"_s.arg(row.record.line).arg(row.column);
    return lines;
}

}  // namespace

/// What was exported is what is imported, and an import is all or nothing.
class TransferRowsTest final : public QObject
{
    Q_OBJECT
    test::TransferFiles m_files;

    static rows::Relation relation(drivers::Connection& connection, const QString& name)
    {
        const auto database = catalog::inspect(connection);
        if (!database)
            qFatal("%s", qPrintable(database.error().oneLine()));
        for (const schema::Table& table : database->tables) {
            if (table.name == name)
                return rows::relationIn(*database, table, false);
        }
        qFatal("no table %s", qPrintable(name));
    }
    ImportPlan planFor(drivers::Connection& connection, const QString& table, const QString& path) const
    {
        ImportPlan plan{.relation = relation(connection, table), .path = path};
        QStringList known;
        for (const rows::RelationColumn& column : plan.relation.columns)
            known += column.name;
        const auto sniffed = transfer::sniff(path, {}, known);
        if (!sniffed)
            qFatal("%s", qPrintable(sniffed.error().oneLine()));
        plan.options = sniffed->options;
        plan.mapping = transfer::proposedMapping(sniffed->columns, plan.relation,
                                                 !plan.options.isText() || plan.options.header);
        return plan;
    }
    static Result<Imported> run(drivers::Connection& connection, const ImportPlan& plan)
    {
        transfer::Progress progress;
        return transfer::importRows(connection, plan, progress);
    }
    static Result<transfer::Exported> put(drivers::Connection& connection,
                                          const transfer::ExportSource& source, Format format,
                                          const QString& path)
    {
        transfer::Progress progress;
        return transfer::exportRows(connection, source, format,
                                    transfer::optionsFor(source, connection.engine()), path, progress);
    }

private Q_SLOTS:
    void everyTypeComesBack_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("format");
        for (const QString& format : {u"csv"_s, u"tsv"_s, u"json"_s, u"ndjson"_s, u"sql"_s}) {
            QTest::newRow(qPrintable(u"sqlite "_s + format)) << Engine::Sqlite << format;
            QTest::newRow(qPrintable(u"postgres "_s + format)) << Engine::Postgres << format;
        }
    }
    void everyTypeComesBack()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QString, format);
        const bool sqlite = engine == Engine::Sqlite;
        const RowsFixture fixture(engine, sqlite ? sqliteTypes : postgresTypes);
        const auto connection = fixture.connect();
        const auto table = relation(*connection, u"kinds"_s);
        const auto wanted = connection->query(u"SELECT * FROM kinds ORDER BY id"_s);
        QVERIFY(wanted && wanted->rowCount() == 5);
        const QString path = m_files.path(u"kinds."_s + format);
        const auto put5 =
            put(*connection, transfer::ViewRows{table, {}}, *transfer::formatNamed(format), path);
        QVERIFY2(put5, put5 ? "" : qPrintable(put5.error().oneLine()));
        QCOMPARE(put5->rows, 5);
        if (format == u"sql") {
            QVERIFY(connection->execute(u"DELETE FROM kinds"_s));
            const auto ran = connection->executeScript(m_files.read(u"kinds.sql"_s));
            QVERIFY2(ran, ran ? "" : qPrintable(ran.error().oneLine()));
        } else {
            ImportPlan plan = planFor(*connection, u"kinds"_s, path);
            plan.mode = ImportMode::Replace;
            const auto back = run(*connection, plan);
            QVERIFY2(back, back ? "" : qPrintable(back.error().oneLine()));
            QVERIFY2(back->committed,
                     qPrintable(badOf(*back).join(u' ')
                                + (back->bad.isEmpty() ? QString() : back->bad.first().message)));
        }
        const auto now = connection->query(u"SELECT * FROM kinds ORDER BY id"_s);
        QVERIFY(now);
        QCOMPARE(now->rowCount(), 5);
        for (int row = 0; row < 5; ++row) {
            for (int column = 0; column < now->columnCount(); ++column) {
                if (now->at(row, column) == wanted->at(row, column))
                    continue;
                const QString message = u"row %1, %2: %3 [%4] became %5 [%6]"_s.arg(
                    QString::number(row + 1), now->columns[column].name, displayText(wanted->at(row, column)),
                    QString::number(wanted->at(row, column).index()), displayText(now->at(row, column)),
                    QString::number(now->at(row, column).index()));
                QFAIL(qPrintable(message));
            }
        }
    }

    void aRealIsWrittenAsItIsShown()
    {
        QList<double> numbers{0.5,  -0.0,       1,    -1.5,   100, 1e6,   999999.5,  123456789012345.6,
                              1e15, 1e15 + 0.5, 1e22, 5e-324, 0.1, -1e-7, 1234.5678, 1.7976931348623157e308};
        QRandomGenerator dice(7);
        for (int i = 0; i < 5000; ++i)
            numbers += (i % 2 ? 1 : -1) * dice.generateDouble() * std::pow(10, dice.bounded(34) - 12);
        for (const double number : std::as_const(numbers)) {
            const QByteArray shown = displayText(Value(number)).toUtf8();
            QByteArray written;
            transfer::appendCsvCell(written, number, ',', {});
            QCOMPARE(written, shown);
            const rows::RelationColumn column{.name = u"n"_s, .family = rows::ColumnFamily::Numeric};
            const transfer::ColumnReader reader(column, Engine::Sqlite, transfer::ColumnReader::From::Text);
            for (const QByteArray& text : {shown, shown + '0', '+' + shown}) {
                Value value;
                QCOMPARE(reader.read({.kind = transfer::Field::Kind::Text, .text = text}, value), QString());
                QVERIFY2(
                    value
                        == rows::parsedInput(QString::fromUtf8(text), column, Null{}, Engine::Sqlite).value(),
                    text.constData());
            }
        }
    }

    void writesEachFormat_data() { test::engines(); }
    void writesEachFormat()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, "CREATE TABLE t (id integer PRIMARY KEY, a text, n numeric(10,2));"
                                          "INSERT INTO t VALUES (1, 'x|<y>', 1.5), (2, NULL, NULL);");
        const auto connection = fixture.connect();
        const transfer::ViewRows all{relation(*connection, u"t"_s), {}};
        const bool postgres = engine == Engine::Postgres;
        const QByteArray n = postgres ? "1.50" : "1.5";
        const auto text = [&](Format format) {
            const auto done = put(*connection, all, format, m_files.path(u"out"_s));
            return done ? m_files.read(u"out"_s) : done.error().oneLine().toUtf8();
        };
        QCOMPARE(text(Format::Csv), "id,a,n\r\n1,x|<y>," + n + "\r\n2,,\r\n");
        QCOMPARE(text(Format::Tsv), "id\ta\tn\r\n1\tx|<y>\t" + n + "\r\n2\t\t\r\n");
        QCOMPARE(text(Format::Ndjson),
                 "{\"id\": 1, \"a\": \"x|<y>\", \"n\": " + n + "}\n{\"id\": 2, \"a\": null, \"n\": null}\n");
        QCOMPARE(text(Format::Markdown),
                 "| id | a | n |\n| ---: | --- | ---: |\n| 1 | x\\|&lt;y> | " + n + " |\n| 2 |  |  |\n");
        const QByteArray name = postgres ? R"("public"."t")" : R"("t")";
        const QByteArray literal = postgres ? "'1', 'x|<y>', '1.50'" : "1, 'x|<y>', 1.5";
        QCOMPARE(text(Format::Sql), "INSERT INTO " + name + " (\"id\", \"a\", \"n\") VALUES (" + literal
                                        + ");\nINSERT INTO " + name + " (\"id\", \"a\", \"n\") VALUES ("
                                        + (postgres ? "'2'" : "2") + ", NULL, NULL);\n");
        const QByteArray html = text(Format::Html);
        QVERIFY2(html.contains("<td>x|&lt;y&gt;</td>") && html.contains("<td class=\"null\">NULL</td>"),
                 html);
    }

    /// Python reads the workbook's sheet as XML.
    void aWorkbookRoundsNothing()
    {
        const RowsFixture fixture(
            Engine::Sqlite,
            "CREATE TABLE t (id integer, r REAL, a text);"
            "INSERT INTO t VALUES (123456789012345, 0.5, '007'), (9007199254740993, 2.0, '');");
        const auto connection = fixture.connect();
        const auto done = put(*connection, transfer::ViewRows{relation(*connection, u"t"_s), {}},
                              Format::Xlsx, m_files.path(u"t.xlsx"_s));
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
        QProcess python;
        python.start(
            u"python3"_s,
            {u"-c"_s,
             u"import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet1.xml').decode())"_s,
             m_files.path(u"t.xlsx"_s)});
        QVERIFY(python.waitForFinished());
        const QByteArray sheet = python.readAllStandardOutput();
        QVERIFY2(sheet.contains("<v>123456789012345</v>"), sheet);
        QVERIFY(sheet.contains("<t>9007199254740993</t>"));
        QVERIFY(sheet.contains("<t>007</t>"));
        QVERIFY(sheet.contains("<v>0.5</v>") && sheet.contains("<v>2</v>"));
        QCOMPARE(m_files.names().filter(u".dewpoint"_s), QStringList());
    }

    void aWorkbookThatIsTooSmallIsNotBegun()
    {
        const RowsFixture fixture(
            Engine::Sqlite, "CREATE TABLE t (a text); INSERT INTO t VALUES (printf('%.*c', 40000, 'x'));");
        const auto connection = fixture.connect();
        m_files.write(u"old.xlsx"_s, "before");
        const auto rows = put(
            *connection,
            transfer::QueryRows{
                u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1048577) SELECT i FROM n"_s},
            Format::Xlsx, m_files.path(u"old.xlsx"_s));
        QVERIFY(!rows);
        QVERIFY2(rows.error().message.contains(u"1048575 rows"_s), qPrintable(rows.error().message));
        const auto letters = put(*connection, transfer::ViewRows{relation(*connection, u"t"_s), {}},
                                 Format::Xlsx, m_files.path(u"old.xlsx"_s));
        QVERIFY(!letters && letters.error().message.contains(u"32767 letters"_s));
        QCOMPARE(m_files.read(u"old.xlsx"_s), "before");
        QCOMPARE(m_files.names().filter(u".dewpoint"_s), QStringList());
    }

    void exportsWhatIsFilteredAndChosen_data() { test::engines(); }
    void exportsWhatIsFilteredAndChosen()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(
            engine, "CREATE TABLE t (id integer PRIMARY KEY, a text); CREATE TABLE bare (a text);"
                    "INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'x'), (4, 'z');"
                    "INSERT INTO bare VALUES ('p'), ('q');");
        const auto connection = fixture.connect();
        const auto t = relation(*connection, u"t"_s);
        const auto text = [&](const transfer::ExportSource& source) {
            const auto done = put(*connection, source, Format::Csv, m_files.path(u"out.csv"_s));
            return done ? m_files.read(u"out.csv"_s).replace("\r\n", " ") : done.error().oneLine().toUtf8();
        };
        rows::ViewSpec spec{.filters = {{.column = u"a"_s, .value = u"x"_s}}, .sorts = {{u"id"_s, true}}};
        QCOMPARE(text(transfer::ViewRows{t, spec}), "id,a 3,x 1,x ");
        const bool postgres = engine == Engine::Postgres;
        const auto key = [&](qint64 id) {
            return rows::RowKey{{postgres ? Value(textValue(QString::number(id))) : Value(id)}};
        };
        QCOMPARE(text(transfer::ChosenRows{t, {key(4), key(1)}}), "id,a 4,z 1,x ");
        QVERIFY(text(transfer::ChosenRows{t, {key(9)}}).contains("no longer there"));
        QCOMPARE(text(transfer::ViewRows{relation(*connection, u"bare"_s), {}}), "a p q ");
        QCOMPARE(text(transfer::QueryRows{u"SELECT 1 AS one WHERE 1 = 0"_s}), "one ");
        const auto batch = connection->query(u"SELECT a FROM t WHERE id < 3 ORDER BY id"_s);
        QVERIFY(batch);
        QCOMPARE(text(transfer::HeldRows{std::make_shared<const RowBatch>(*batch)}), "a x y ");
    }

    void anExportCannotWrite()
    {
        const RowsFixture fixture(Engine::Sqlite, "CREATE TABLE t (a)");
        const auto connection = fixture.connect();
        {
            const transfer::ReadingOnly guard(*connection);
            const auto done = put(*connection, transfer::QueryRows{u"INSERT INTO t VALUES (1) RETURNING a"_s},
                                  Format::Csv, m_files.path(u"w.csv"_s));
            QVERIFY(!done);
        }
        QCOMPARE(test::rowsOf(*connection, u"SELECT count(*) FROM t"_s), QStringList{u"0"_s});
        QVERIFY(connection->execute(u"INSERT INTO t VALUES (1)"_s));
    }

    void columnsFindTheirPlace()
    {
        const RowsFixture fixture(
            Engine::Sqlite,
            "CREATE TABLE t (id integer PRIMARY KEY, first_name text, Name text, double AS (id * 2))");
        const auto t = fixture.relation(u"t"_s);
        QCOMPARE(transfer::proposedMapping({u"First Name"_s, u"NAME"_s, u"other"_s, u"double"_s, u"id"_s}, t,
                                           true),
                 (QList<int>{1, 2, -1, -1, 0}));
        QCOMPARE(transfer::proposedMapping({u"name"_s, u"Name"_s}, t, true), (QList<int>{-1, 2}));
        QCOMPARE(transfer::proposedMapping({u"1"_s, u"2"_s, u"3"_s, u"4"_s}, t, false),
                 (QList<int>{0, 1, 2, -1}));
    }

    void badRowsAreToldAndNothingIsWritten_data() { test::engines(); }
    void badRowsAreToldAndNothingIsWritten()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shop);
        const auto connection = fixture.connect();
        const QString path = m_files.write(u"bad.csv"_s, "id,name,city_id,age\n"
                                                         "10,Bob,1,20\n"
                                                         "11,,1,20\n"    // NOT NULL text: an empty text
                                                         "12,Cy,9,20\n"  // no such city
                                                         "13,Di,2,-1\n"  // CHECK
                                                         "1,Eve,1,20\n"  // key taken
                                                         "14,Flo\n"      // too short
                                                         "15,Gus,2,20\n");
        ImportPlan plan = planFor(*connection, u"person"_s, path);
        auto report = run(*connection, plan);
        QVERIFY2(report, report ? "" : qPrintable(report.error().oneLine()));
        QVERIFY(!report->committed);
        QStringList lines;
        for (const QString& line : badOf(*report))
            lines += line.section(u':', 0, 0);
        QCOMPARE(lines, (QStringList{u"4"_s, u"5"_s, u"6"_s, u"7"_s}));
        QCOMPARE(report->read, 7);
        QCOMPARE(report->written, 3);
        QCOMPARE(test::rowsOf(*connection, u"SELECT count(*) FROM person"_s), QStringList{u"1"_s});
        QVERIFY(!connection->inTransaction());
        // Two are mended, one is not wanted, and one stays bad.
        plan.fixes.insert(3, {{transfer::Field::Kind::Text, "12"},
                              {transfer::Field::Kind::Text, "Cy"},
                              {transfer::Field::Kind::Text, "2"},
                              {transfer::Field::Kind::Text, "20"}});
        plan.leftOut.insert(4);
        plan.fixes.insert(
            6, {{transfer::Field::Kind::Text, "14"}, {transfer::Field::Kind::Text, "Flo"}, {}, {}});
        report = run(*connection, plan);
        QVERIFY(report && !report->committed);
        QCOMPARE(report->bad.size(), 1);
        QCOMPARE(report->bad.first().record.line, 6);
        plan.skipBad = true;
        report = run(*connection, plan);
        QVERIFY(report && report->committed);
        QCOMPARE(report->written, 5);
        QCOMPARE(report->leftOut, 1);
        QCOMPARE(test::rowsOf(*connection, u"SELECT id, name, city_id, note FROM person ORDER BY id"_s),
                 (QStringList{u"1|Ada|1|first"_s, u"10|Bob|1|none"_s, u"11||1|none"_s, u"12|Cy|2|none"_s,
                              u"14|Flo|∅|none"_s, u"15|Gus|2|none"_s}));
    }

    void aRowMayReferenceOneFurtherDown_data() { test::engines(); }
    void aRowMayReferenceOneFurtherDown()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shop);
        const auto connection = fixture.connect();
        const QString path =
            m_files.write(u"boss.csv"_s, "id,name,boss_id\n10,a,12\n11,b,10\n12,c,13\n13,d,1\n");
        const auto report = run(*connection, planFor(*connection, u"person"_s, path));
        QVERIFY2(report && report->committed,
                 report ? qPrintable(badOf(*report).join(u' ')) : qPrintable(report.error().oneLine()));
        QCOMPARE(report->written, 4);
        QCOMPARE(test::rowsOf(*connection, u"SELECT count(*) FROM person"_s), QStringList{u"5"_s});
    }

    void upsertsByTheKey_data() { test::engines(); }
    void upsertsByTheKey()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shop);
        const auto connection = fixture.connect();
        ImportPlan plan = planFor(*connection, u"person"_s,
                                  m_files.write(u"up.csv"_s, "id,name\n1,Ada L\n2,Bob\n2,Bob again\n3,Cy\n"));
        plan.mode = ImportMode::Upsert;
        auto report = run(*connection, plan);
        QVERIFY2(report && report->committed, report ? "" : qPrintable(report.error().oneLine()));
        QCOMPARE(test::rowsOf(*connection, u"SELECT id, name, city_id, age, note FROM person ORDER BY id"_s),
                 (QStringList{u"1|Ada L|1|30|first"_s, u"2|Bob again|∅|∅|none"_s, u"3|Cy|∅|∅|none"_s}));
        QCOMPARE(report->upserted, (transfer::Upserted{.inserted = 2, .updated = 2, .unchanged = 0}));
        ImportPlan other = planFor(*connection, u"city"_s, m_files.write(u"city.csv"_s, "id,name\n7,Rome\n"));
        other.mode = ImportMode::Upsert;
        other.key = QStringList{u"name"_s};
        // The other key is referenced, so it may not change; leaving it out is the caller's choice.
        other.mapping = {-1, 1};
        report = run(*connection, other);
        QVERIFY(engine == Engine::Sqlite || report);
        other.key = QStringList{u"nowhere"_s};
        QVERIFY(!run(*connection, other));
    }

    void anUpsertSaysWhatBecameOfItsRows_data() { test::engines(); }
    void anUpsertSaysWhatBecameOfItsRows()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(
            engine, "CREATE TABLE part (name varchar(20) NOT NULL PRIMARY KEY, price numeric(9,2), "
                    "note text, made date CHECK (price <> 666));"
                    "INSERT INTO part VALUES ('a', 1.50, NULL, '2024-01-02'), "
                    "('b', 2, 'x', NULL), ('c', 3, 'X', NULL), ('d', 4, NULL, NULL);");
        const auto connection = fixture.connect();
        ImportPlan plan = planFor(*connection, u"part"_s,
                                  m_files.write(u"parts.csv"_s, "name,price,note,made\n"
                                                                "a,1.5,,2024-01-02\n"  // the same
                                                                "b,2,y,\n"             // another note
                                                                "c,3,x,\n"             // in another case
                                                                "d,4,z,\n"   // a note where NULL was
                                                                "e,5,,\n"    // new
                                                                "e,5,,\n"    // the same again
                                                                "e,6,,\n"    // and then not
                                                                "f,666,,\n"  // refused
                                                                "b,666,,\n"));
        plan.mode = ImportMode::Upsert;
        plan.skipBad = true;
        plan.dryRun = true;
        const transfer::Upserted wanted{.inserted = 1, .updated = 4, .unchanged = 2};
        const auto before = run(*connection, plan);
        QVERIFY2(before, before ? "" : qPrintable(before.error().oneLine()));
        QCOMPARE(before->upserted, wanted);
        plan.dryRun = false;
        for (const transfer::Upserted& next :
             {wanted, transfer::Upserted{.inserted = 0, .updated = 2, .unchanged = 5}}) {
            const auto report = run(*connection, plan);
            QVERIFY2(report && report->committed, report ? "" : qPrintable(report.error().oneLine()));
            QCOMPARE(report->bad.size(), 2);
            QCOMPARE(report->written, 7);
            QCOMPARE(transfer::sentence(*report->upserted), transfer::sentence(next));
        }
        plan.mode = ImportMode::Replace;
        const auto replaced = run(*connection, plan);
        QVERIFY(replaced && !replaced->upserted);
    }

    void rowsWhoseKeyIsNullAreAllWritten_data() { test::engines(); }
    void rowsWhoseKeyIsNullAreAllWritten()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine,
                                  "CREATE TABLE tag (id integer PRIMARY KEY, kind text, name text, "
                                  "note text, UNIQUE (kind, name));"
                                  "INSERT INTO tag VALUES (1, 'a', NULL, 'old'), (2, 'a', 'x', 'old');");
        const auto connection = fixture.connect();
        ImportPlan plan =
            planFor(*connection, u"tag"_s,
                    m_files.write(u"tags.json"_s, R"([{"id": 3, "kind": "a", "name": null, "note": "one"},)"
                                                  R"({"id": 4, "kind": "a", "name": null, "note": "two"},)"
                                                  R"({"id": 5, "kind": null, "name": null, "note": "three"},)"
                                                  R"({"id": 6, "kind": null, "name": null, "note": "four"},)"
                                                  R"({"id": 2, "kind": "a", "name": "x", "note": "five"},)"
                                                  R"({"id": 2, "kind": "a", "name": "x", "note": "six"}])"));
        plan.mode = ImportMode::Upsert;
        plan.key = QStringList{u"kind"_s, u"name"_s};
        const auto report = run(*connection, plan);
        QVERIFY2(report && report->committed,
                 report ? qPrintable(badOf(*report).join(u' ')) : qPrintable(report.error().oneLine()));
        QCOMPARE(test::rowsOf(*connection, u"SELECT id, note FROM tag ORDER BY id"_s),
                 (QStringList{u"1|old"_s, u"2|six"_s, u"3|one"_s, u"4|two"_s, u"5|three"_s, u"6|four"_s}));
    }

    void nullsThatAreOneKeyAreOneRow()
    {
        const RowsFixture fixture(
            Engine::Postgres, "CREATE TABLE tag (kind text, note text, UNIQUE NULLS NOT DISTINCT (kind));");
        const auto connection = fixture.connect();
        ImportPlan plan = planFor(*connection, u"tag"_s,
                                  m_files.write(u"tags.json"_s, R"([{"kind": null, "note": "one"},)"
                                                                R"({"kind": null, "note": "two"}])"));
        plan.mode = ImportMode::Upsert;
        plan.key = QStringList{u"kind"_s};
        const auto report = run(*connection, plan);
        QVERIFY2(report && report->committed,
                 report ? qPrintable(badOf(*report).join(u' ')) : qPrintable(report.error().oneLine()));
        QCOMPARE(test::rowsOf(*connection, u"SELECT note FROM tag"_s), QStringList{u"two"_s});
    }

    void replacesAllRowsOrNone_data() { test::engines(); }
    void replacesAllRowsOrNone()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shop);
        const auto connection = fixture.connect();
        ImportPlan plan =
            planFor(*connection, u"person"_s, m_files.write(u"re.csv"_s, "id,name,age\n5,x,1\n6,y,-1\n"));
        plan.mode = ImportMode::Replace;
        auto report = run(*connection, plan);
        QVERIFY(report && !report->committed && report->bad.size() == 1);
        QCOMPARE(test::rowsOf(*connection, u"SELECT id FROM person"_s), QStringList{u"1"_s});
        m_files.write(u"re.csv"_s, "id,name,age\n5,x,1\n6,y,1\n");
        plan.dryRun = true;
        report = run(*connection, plan);
        QVERIFY(report && !report->committed && report->written == 2 && report->deleted == 1);
        QCOMPARE(test::rowsOf(*connection, u"SELECT id FROM person"_s), QStringList{u"1"_s});
        plan.dryRun = false;
        report = run(*connection, plan);
        QVERIFY(report && report->committed);
        QCOMPARE(test::rowsOf(*connection, u"SELECT id FROM person ORDER BY id"_s),
                 (QStringList{u"5"_s, u"6"_s}));
    }

    /// Many batches, with bad rows at their edges and in their middles.
    void findsTheBadRowsAmongMany_data() { test::engines(); }
    void findsTheBadRowsAmongMany()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, "CREATE TABLE t (id integer PRIMARY KEY, city integer REFERENCES "
                                          "t(id), n integer CHECK (n <> 7))");
        const auto connection = fixture.connect();
        QByteArray csv = "id,city,n\n";
        const QSet<int> wrong{1, 2, 4999, 5000, 5001, 9999, 15000, 20000};
        QStringList expected;
        for (int i = 1; i <= 20000; ++i) {
            csv += QByteArray::number(i) + (wrong.contains(i) && i % 2 ? ",999999," : ",,")
                   + (wrong.contains(i) && i % 2 == 0 ? "7\n" : "1\n");
            if (wrong.contains(i))
                expected += QString::number(i + 1);
        }
        ImportPlan plan = planFor(*connection, u"t"_s, m_files.write(u"many.csv"_s, csv));
        plan.skipBad = true;
        const auto report = run(*connection, plan);
        QVERIFY2(report && report->committed, report ? "" : qPrintable(report.error().oneLine()));
        QStringList lines;
        for (const transfer::BadRow& row : report->bad)
            lines += QString::number(row.record.line);
        QCOMPARE(lines, expected);
        QCOMPARE(test::rowsOf(*connection, u"SELECT count(*) FROM t"_s),
                 QStringList{QString::number(20000 - wrong.size())});
    }

    void givesUpOnTheWrongFile_data() { test::engines(); }
    void givesUpOnTheWrongFile()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shop);
        const auto connection = fixture.connect();
        QByteArray csv = "id,name,age\n";
        for (int i = 10; i < 5000; ++i)
            csv += QByteArray::number(i) + ",x,-1\n";
        ImportPlan plan = planFor(*connection, u"person"_s, m_files.write(u"wrong.csv"_s, csv));
        plan.skipBad = true;
        const auto report = run(*connection, plan);
        QVERIFY2(report, report ? "" : qPrintable(report.error().oneLine()));
        QVERIFY(report->tooManyBad && !report->committed);
        QVERIFY(report->bad.size() >= transfer::mostBadRows);
        QCOMPARE(test::rowsOf(*connection, u"SELECT count(*) FROM person"_s), QStringList{u"1"_s});
    }

    void tellsWhatDoesNotFitWithoutTheDatabase()
    {
        const RowsFixture fixture(
            Engine::Postgres,
            "CREATE TABLE t (id integer, n numeric(5,2), at date, yes boolean, s smallint)");
        const auto connection = fixture.connect();
        const ImportPlan plan = planFor(
            *connection, u"t"_s,
            m_files.write(u"v.csv"_s,
                          "id,n,at,yes,s\n1,1.25,2024-02-29,t,1\n2,1.255,2024-02-30,maybe,40000\nx,,,,\n"));
        transfer::Progress progress;
        const auto checked = transfer::checkRows(plan, progress, {});
        QVERIFY(checked);
        QCOMPARE(checked->rows, 3);
        QCOMPARE(checked->badRows, 2);
        QStringList told;
        for (const transfer::ColumnVerdict& column : checked->columns)
            told += u"%1/%2"_s.arg(column.bad).arg(column.nulls);
        QCOMPARE(told, (QStringList{u"1/0"_s, u"1/1"_s, u"1/1"_s, u"1/1"_s, u"1/1"_s}));
        QCOMPARE(checked->columns.first().line, 4);
    }

    void saysWhatSqliteWouldKeepAsText()
    {
        const RowsFixture fixture(Engine::Sqlite, "CREATE TABLE t (id integer, r real)");
        const auto connection = fixture.connect();
        const ImportPlan plan =
            planFor(*connection, u"t"_s,
                    m_files.write(u"o.csv"_s, "id,r\n1,1.50\n12abc,2\n12345678901234567890,3\n"));
        transfer::Progress progress;
        const auto checked = transfer::checkRows(plan, progress, {});
        QVERIFY(checked);
        QCOMPARE(checked->columns[0].odd, 2);
        QCOMPARE(checked->columns[1].odd, 0);
        QCOMPARE(checked->badRows, 0);
    }

    void aReadOnlyConnectionIsNotWritten_data() { test::engines(); }
    void aReadOnlyConnectionIsNotWritten()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shop);
        const ImportPlan plan =
            planFor(*fixture.connect(), u"city"_s, m_files.write(u"c.csv"_s, "id,name\n7,Bern\n"));
        drivers::Target target = fixture.target();
        target.guard = drivers::Guard::ReadOnly;
        target.create = false;
        const auto connection = drivers::Connection::open(target);
        QVERIFY(connection);
        const auto report = run(**connection, plan);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::ReadOnly);
    }

    void aCancelLeavesNothingBehind_data() { test::engines(); }
    void aCancelLeavesNothingBehind()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, "CREATE TABLE t (id integer PRIMARY KEY, a text)");
        const auto connection = fixture.connect();
        QByteArray csv = "id,a\n";
        for (int i = 0; i < 30000; ++i)
            csv += QByteArray::number(i) + ",some text\n";
        const ImportPlan plan = planFor(*connection, u"t"_s, m_files.write(u"long.csv"_s, csv));
        transfer::Progress progress;
        connection->setStopAsked([&] { return progress.rows >= 20000; });
        const auto report = transfer::importRows(*connection, plan, progress);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Cancelled);
        connection->setStopAsked({});
        QVERIFY(!connection->inTransaction());
        QCOMPARE(test::rowsOf(*connection, u"SELECT count(*) FROM t"_s), QStringList{u"0"_s});
        QVERIFY(run(*connection, plan)->committed);
        m_files.write(u"kept.csv"_s, "before");
        transfer::Progress out;
        connection->setStopAsked([&] { return out.rows >= 10000; });
        const transfer::ViewRows all{relation(*fixture.connect(), u"t"_s), {}};
        const auto done =
            transfer::exportRows(*connection, all, Format::Csv, {}, m_files.path(u"kept.csv"_s), out);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Cancelled);
        QCOMPARE(m_files.read(u"kept.csv"_s), "before");
    }
};

QTEST_GUILESS_MAIN(TransferRowsTest)
#include "transfer_rows_test.moc"
