// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/atlas/atlas.h"
#include "support/migrating.h"
#include "support/node_tools.h"
#include "support/project_scratch.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace atlas = dewpoint::project::atlas;
using dewpoint::test::verify;

/// Dewpoint and Atlas' own libraries on the same project and database, in any order.
class AtlasInteropTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    QString m_program;

    static QString folder() { return qEnvironmentVariable("DEWPOINT_SOURCE") + u"/build/interop/atlas"_s; }
    /// Why it cannot be built; empty when it is there.
    QString build()
    {
        m_program = folder() + u"/atlas_runner"_s;
        if (QFileInfo(m_program).isExecutable())
            return {};
        const QString go = QStandardPaths::findExecutable(u"go"_s);
        const QString source = qEnvironmentVariable("DEWPOINT_SOURCE") + u"/tests/interop/atlas"_s;
        const QStringList words{u"build"_s, u"-o"_s, m_program, u"."_s};
        if (go.isEmpty())
            return u"there is no Go here; to have Atlas, in tests/interop/atlas: go "_s + words.join(u' ');
        QDir().mkpath(folder());
        const auto answer = test::run(go, words, source);
        return answer.code == 0 ? QString() : u"Go could not build Atlas: "_s + answer.text.right(300);
    }

    static void two(const Scratch& scratch)
    {
        scratch.write(u"atlas.hcl"_s,
                      "env \"local\" {\n  migration {\n    dir = \"file://migrations\"\n  }\n}\n");
        scratch.write(u"migrations/20240101000000_a.sql"_s,
                      "-- Create \"a\" table\nCREATE TABLE a(id integer);\n\nINSERT INTO a VALUES (1);\n");
        scratch.write(u"migrations/20240102000000_add_b.sql"_s, "CREATE TABLE b(id integer);\r\n");
    }
    static QString url(const Scratch& database)
    {
        if (database.engine() == Engine::Sqlite)
            return u"sqlite://"_s + database.target().location;
        const auto db = database.connect();
        return u"postgres://postgres@/%1?sslmode=disable&host=%2&port=%3"_s.arg(
            test::rowsOf(*db, u"SELECT current_database()"_s).first(),
            test::rowsOf(*db, u"SHOW unix_socket_directories"_s).first(),
            test::rowsOf(*db, u"SHOW port"_s).first());
    }
    QString runner(const QStringList& words) const
    {
        const auto answer = test::run(m_program, words, folder());
        return answer.code == 0 ? answer.text.trimmed() : u"%1: %2"_s.arg(answer.code).arg(answer.text);
    }
    QString hash(const Scratch& scratch) const { return runner({u"hash"_s, scratch.path(u"migrations"_s)}); }
    QString apply(const Scratch& scratch, const Scratch& database) const
    {
        return runner({u"apply"_s, scratch.path(u"migrations"_s), url(database)});
    }
    static Result<Report> run(const Scratch& scratch, const Scratch& database,
                              const Scope& scope = Scope::all())
    {
        return execute(*database.connect(), scratch.project(), Action::Run, scope);
    }
    static QString states(const Scratch& scratch, const Scratch& database)
    {
        return test::stateNames(*database.connect(), scratch.project());
    }
    /// The table's shape and its cells, but for times, messages of the driver and the program's name.
    static QStringList revisions(const Scratch& database)
    {
        const auto db = database.connect();
        const bool postgres = database.engine() == Engine::Postgres;
        const QString shape =
            postgres
                ? u"SELECT n.nspname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, (SELECT "
                  "pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND "
                  "d.adnum = "
                  "a.attnum) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n "
                  "ON "
                  "n.oid = c.relnamespace WHERE c.relname = 'atlas_schema_revisions' AND attnum > 0"_s
                : u"SELECT sql FROM sqlite_schema WHERE name = 'atlas_schema_revisions'"_s;
        const QString cells =
            u"SELECT version, description, type, applied, total, error = '', error_stmt, hash, %1 FROM %2 ORDER BY 1"_s
                .arg(postgres ? u"partial_hashes::text"_s
                              : u"typeof(partial_hashes), hex(partial_hashes), typeof(executed_at)"_s,
                     postgres ? u"atlas_schema_revisions.atlas_schema_revisions"_s
                              : u"atlas_schema_revisions"_s);
        return test::rowsOf(*db, shape) + test::rowsOf(*db, cells);
    }
    QStringList theirStatements(const QString& path, Engine engine) const
    {
        const QString text =
            runner({u"split"_s, engine == Engine::Sqlite ? u"sqlite"_s : u"postgres"_s, path});
        if (text.contains(u"refused"_s))
            return {u"refused"_s};
        QStringList all;
        const auto array = QJsonDocument::fromJson(text.toUtf8()).array();
        for (const auto& one : array)
            all << one.toString();
        return all;
    }
    static QStringList ourStatements(const QByteArray& text, Engine engine)
    {
        const auto script = atlas::scan(text, engine);
        if (!script)
            return {u"refused"_s};
        QStringList all;
        for (const auto& piece : script->pieces)
            all << QString::fromUtf8(text.sliced(piece.start, piece.length));
        return all;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString problem = build(); !problem.isEmpty())
            QSKIP(qPrintable(problem));
    }

    void bothWriteTheSameRevisions_data() { test::engines(); }
    void bothWriteTheSameRevisions()
    {
        QFETCH(const Engine, engine);
        const Scratch ours(engine);
        const Scratch theirs(engine);
        two(ours);
        hash(ours);
        verify(run(ours, ours));
        QCOMPARE(apply(ours, theirs), u"20240101000000\n20240102000000"_s);
        QCOMPARE(revisions(ours), revisions(theirs));
        QCOMPARE(states(ours, theirs), u"applied applied"_s);
        QCOMPARE(apply(ours, ours), QString());
    }

    void eachGoesOnWhereTheOtherStopped_data() { test::engines(); }
    void eachGoesOnWhereTheOtherStopped()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        hash(scratch);
        verify(run(scratch, scratch, Scope::one()));
        QCOMPARE(apply(scratch, scratch), u"20240102000000"_s);
        QCOMPARE(states(scratch, scratch), u"applied applied"_s);
        const auto made =
            generate(scratch.project(), {.name = u"c"_s, .up = "CREATE TABLE c(id integer);\n"});
        QVERIFY(made.has_value());
        QCOMPARE(runner({u"validate"_s, scratch.path(u"migrations"_s)}), QString());
        QCOMPARE(apply(scratch, scratch), made->version);
        QCOMPARE(states(scratch, scratch), u"applied applied applied"_s);
    }

    void eachGoesOnBehindTheOthersFailure_data() { test::engines(); }
    void eachGoesOnBehindTheOthersFailure()
    {
        QFETCH(const Engine, engine);
        const Scratch ours(engine);
        const Scratch theirs(engine);
        two(ours);
        const QByteArray head =
            "-- atlas:txmode none\n\nCREATE TABLE c(id integer);\nINSERT INTO c VALUES (1);\n";
        ours.write(u"migrations/20240103000000_c.sql"_s, head + "SELECT nonsense;\n");
        hash(ours);
        QVERIFY(run(ours, ours)->failure);
        QVERIFY(apply(ours, theirs).contains(u"refused"_s));
        QCOMPARE(revisions(ours), revisions(theirs));
        QCOMPARE(states(ours, theirs), u"applied applied partial"_s);
        ours.write(u"migrations/20240103000000_c.sql"_s, head + "INSERT INTO c VALUES (2);\n");
        hash(ours);
        QCOMPARE(apply(ours, ours), u"20240103000000"_s);
        verify(run(ours, theirs));
        for (const Scratch* database : {&ours, &theirs})
            QCOMPARE(test::rowsOf(*database->connect(), u"SELECT id FROM c ORDER BY 1"_s),
                     (QStringList{u"1"_s, u"2"_s}));
        QCOMPARE(revisions(ours), revisions(theirs));
    }

    void bothSumUpAndRefuseTheSame()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"migrations/20240103000000_c.sql"_s, "-- atlas:sum ignore\n\nSELECT 1;\n");
        scratch.write(u"migrations/plain.sql"_s, "SELECT 1;\n");
        hash(scratch);
        const auto files = atlas::readFiles(scratch.project());
        QCOMPARE(atlas::sumText(atlas::sumLines(files.value())), scratch.read(u"migrations/atlas.sum"_s));
        QVERIFY(atlas::verify(scratch.project()).has_value());
        scratch.write(u"migrations/plain.sql"_s, "SELECT 2;\n");
        QVERIFY(!atlas::verify(scratch.project()));
        QVERIFY(runner({u"validate"_s, scratch.path(u"migrations"_s)}).contains(u"checksum mismatch"_s));
    }

    void bothTakeTheSameAsPending_data() { test::engines(); }
    void bothTakeTheSameAsPending()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/20240103000000_all.sql"_s,
                      "-- atlas:checkpoint\n\nCREATE TABLE a(id integer);\nCREATE TABLE b(id integer);\n");
        scratch.write(u"migrations/20240105000000_c.sql"_s, "CREATE TABLE c(id integer);\n");
        hash(scratch);
        const auto pending = [&] {
            return runner({u"pending"_s, scratch.path(u"migrations"_s), url(scratch)});
        };
        QCOMPARE(pending(), u"20240103000000\n20240105000000"_s);
        QCOMPARE(states(scratch, scratch), u"skipped skipped pending pending"_s);
        verify(run(scratch, scratch));
        QCOMPARE(pending(), QString());
        scratch.write(u"migrations/20240104000000_late.sql"_s, "SELECT 1;\n");
        hash(scratch);
        QVERIFY(pending().contains(u"added out of order"_s));
        QVERIFY(run(scratch, scratch).error().message.contains(u"added out of order"_s));
    }

    void bothCutTheSameStatements_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::newRow("SQLite") << Engine::Sqlite;
        QTest::newRow("PostgreSQL") << Engine::Postgres;
    }
    void bothCutTheSameStatements()
    {
        QFETCH(const Engine, engine);
        // No backslash in E'': Atlas means to know it, and looks for the E in the wrong place.
        static const QList<QByteArray> words{"SELECT 1",
                                             ";",
                                             "\n",
                                             " ",
                                             "'a;b'",
                                             "E'z;'",
                                             "\"x;\"",
                                             "`y`",
                                             "(",
                                             ")",
                                             "-- c;\n",
                                             "-- d\n\n",
                                             "/* e; */",
                                             "$$ f; $$",
                                             "$q$;$q$",
                                             "$1",
                                             "BEGIN ",
                                             "BEGIN ATOMIC ",
                                             "END",
                                             "END;",
                                             "end ",
                                             "\tBEGIN\n",
                                             "x",
                                             "COMMIT;",
                                             "#h\n",
                                             "/",
                                             "-",
                                             "$",
                                             "CREATE TRIGGER t "};
        QRandomGenerator random(7);
        const Scratch scratch(Engine::Sqlite);
        for (int round = 0; round < 150; ++round) {
            QByteArray text = round % 5 == 0 ? QByteArray("-- atlas:delimiter \\n\\n\n") : QByteArray();
            const int length = random.bounded(1, 25);
            for (int i = 0; i < length; ++i)
                text += words[random.bounded(int(words.size()))];
            scratch.write(u"x.sql"_s, text);
            const QStringList theirs = theirStatements(scratch.path(u"x.sql"_s), engine);
            QVERIFY2(ourStatements(text, engine) == theirs,
                     qPrintable(u"%1\nours: %2\ntheirs: %3"_s.arg(QString::fromUtf8(text),
                                                                  ourStatements(text, engine).join(u'|'),
                                                                  theirs.join(u'|'))));
        }
    }
};

QTEST_GUILESS_MAIN(AtlasInteropTest)
#include "atlas_interop_test.moc"
