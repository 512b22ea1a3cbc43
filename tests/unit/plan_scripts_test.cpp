// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "diff/compare.h"
#include "plan/script.h"
#include "shadow/difference.h"
#include "sql/statements.h"
#include "support/project_scratch.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// Runs tests/scripts/plan/<engine>/*.script: two schemas, what was answered (-- answers: a=b, or drop-add),
/// the questions that stay open, the SQL up and down, rows to put in, and queries (-- keeps) that answer the
/// same before, after up and after down; or how those rows refuse the way up (-- refused) or down
/// (-- refusal). With DEWPOINT_RECORD set the files get what comes out, to be read.
class PlanScriptsTest final : public QObject
{
    Q_OBJECT

    using Sections = QMap<QString, QString>;

    static QStringList sectionNames()
    {
        return {u"from"_s,  u"to"_s, u"answers"_s, u"questions"_s, u"rows"_s,
                u"keeps"_s, u"up"_s, u"down"_s,    u"refused"_s,   u"refusal"_s};
    }

    static Sections sections(const QString& path)
    {
        const QStringList names = sectionNames();
        Sections result;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return result;
        QString section;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (const QString& line : lines) {
            if (line.startsWith(u"-- ") && names.contains(line.sliced(3)))
                section = line.sliced(3);
            else if (!section.isEmpty() && !line.isEmpty())
                result[section] += line + u'\n';
        }
        return result;
    }

    /// One scratch database serves all scripts: making one takes longer than a script.
    static drivers::Target target(Engine engine, std::unique_ptr<test::ScratchPostgres>& server)
    {
        if (engine == Engine::Sqlite)
            return {.engine = engine, .location = u":memory:"_s};
        if (!server)
            server = std::make_unique<test::ScratchPostgres>();
        return server->target();
    }

    static void empty(drivers::Connection& connection)
    {
        const auto emptied = connection.executeScript(
            "SET client_min_messages = warning; DO $$ DECLARE name text; BEGIN FOR name IN SELECT nspname"
            " FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP"
            " EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP; END $$; CREATE SCHEMA public");
        QVERIFY2(emptied, emptied ? "" : qUtf8Printable(emptied.error().oneLine()));
    }

    /// What the database is after the script; the database stays open.
    static Result<schema::Database> build(drivers::Connection& connection, const QString& script)
    {
        if (connection.engine() == Engine::Postgres)
            empty(connection);
        if (const auto done = connection.executeScript(script.toUtf8()); !done)
            return fail(done.error());
        return catalog::inspect(connection);
    }

    static QString questions(const QList<plan::Question>& open)
    {
        QString text;
        for (const plan::Question& question : open)
            text += plan::sentence(question) + u'\n';
        return text;
    }

    static shadow::Answers answers(const QString& text)
    {
        shadow::Answers result;
        for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts)) {
            if (line == u"drop-add")
                result.dropAndAdd = true;
            else if (line == u"one transaction")
                result.options.oneTransaction = true;
            else
                result.renames << line;
        }
        return result;
    }

    /// Without the empty lines, which separate sections in the files.
    static QString script(const plan::Plan& plan)
    {
        return QString::fromUtf8(plan::script(plan, plan::Sender::Shell)).replace(u"\n\n"_s, u"\n"_s);
    }

    static void record(const QString& path, Sections script, const shadow::Difference& difference)
    {
        script[u"questions"_s] = questions(difference.open);
        script[u"up"_s] = PlanScriptsTest::script(difference.up);
        script[u"down"_s] = PlanScriptsTest::script(difference.down);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const QString& name : sectionNames()) {
            if (!script.value(name).isEmpty())
                file.write((u"-- "_s + name + u'\n' + script.value(name)).toUtf8());
        }
    }

    static QStringList kept(drivers::Connection& connection, const QString& queries)
    {
        QStringList rows;
        for (const QString& query : queries.split(u'\n', Qt::SkipEmptyParts))
            rows << test::rowsOf(connection, query);
        return rows;
    }

    static void run(drivers::Connection& connection, const plan::Plan& plan)
    {
        for (const QByteArray& piece : plan::pieces(plan, plan::Sender::Shell)) {
            const auto ran = connection.executeScript(piece);
            QVERIFY2(ran, ran ? "" : qUtf8Printable(ran.error().oneLine()));
        }
    }

    static QString runUntilRefused(drivers::Connection& connection, const plan::Plan& plan)
    {
        for (const QByteArray& piece : plan::pieces(plan, plan::Sender::Shell)) {
            if (const auto ran = connection.executeScript(piece); !ran)
                return ran.error().message;
        }
        return {};
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void leadsThereAndBack_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Engine>("engine");
        const QString root =
            qEnvironmentVariable("DEWPOINT_SOURCE", QStringLiteral(".")) + u"/tests/scripts/plan/"_s;
        for (const auto& [folder, engine] :
             {std::pair(u"sqlite"_s, Engine::Sqlite), std::pair(u"postgres"_s, Engine::Postgres)}) {
            const auto files = QDir(root + folder).entryInfoList({u"*.script"_s}, QDir::Files, QDir::Name);
            QVERIFY(!files.isEmpty());
            for (const QFileInfo& file : files)
                QTest::newRow(qUtf8Printable(folder + u'/' + file.baseName())) << file.filePath() << engine;
        }
    }

    void leadsThereAndBack()
    {
        QFETCH(const QString, path);
        QFETCH(const Engine, engine);
        const Sections script = sections(path);
        const drivers::Target first = target(engine, m_first);
        const auto database = drivers::Connection::open(first).value();
        const auto from = build(*database, script.value(u"from"_s));
        QVERIFY2(from, from ? "" : qUtf8Printable(from.error().oneLine()));
        const auto goal = drivers::Connection::open(target(engine, m_second)).value();
        const auto to = build(*goal, script.value(u"to"_s));
        QVERIFY2(to, to ? "" : qUtf8Printable(to.error().oneLine()));

        const auto difference = shadow::difference(first, *from, *to, answers(script.value(u"answers"_s)));
        QVERIFY2(difference, difference ? "" : qUtf8Printable(difference.error().oneLine()));
        if (qEnvironmentVariableIsSet("DEWPOINT_RECORD"))
            record(path, script, *difference);
        QCOMPARE(questions(difference->open), script.value(u"questions"_s));
        QCOMPARE(PlanScriptsTest::script(difference->up), script.value(u"up"_s));
        QCOMPARE(PlanScriptsTest::script(difference->down), script.value(u"down"_s));
        if (!difference->open.isEmpty())
            return;

        const auto filled = database->executeScript(script.value(u"rows"_s).toUtf8());
        QVERIFY2(filled, filled ? "" : qUtf8Printable(filled.error().oneLine()));
        const QStringList before = kept(*database, script.value(u"keeps"_s));
        if (const QString refused = script.value(u"refused"_s).trimmed(); !refused.isEmpty()) {
            QCOMPARE(runUntilRefused(*database, difference->up), refused);
            return;
        }
        run(*database, difference->up);
        QCOMPARE(diff::compare(catalog::inspect(*database).value(), *to).size(), 0);
        if (!script.value(u"answers"_s).contains(u'='))
            QCOMPARE(kept(*database, script.value(u"keeps"_s)), before);
        if (const QString refusal = script.value(u"refusal"_s).trimmed(); !refusal.isEmpty()) {
            QCOMPARE(runUntilRefused(*database, difference->down), refusal);
            return;
        }
        run(*database, difference->down);
        QCOMPARE(diff::compare(catalog::inspect(*database).value(), *from).size(), 0);
        QCOMPARE(kept(*database, script.value(u"keeps"_s)), before);
    }

    void attributesDoNotChangePlacesWithinLists()
    {
        const drivers::Target first = target(Engine::Postgres, m_first);
        const auto database = drivers::Connection::open(first).value();
        const auto goal = drivers::Connection::open(target(Engine::Postgres, m_second)).value();
        const QString table = u"CREATE TYPE place AS (%1); CREATE TABLE t (p place[]);"_s;
        const auto from = build(*database, table.arg(u"a text, b text"_s));
        const auto to = build(*goal, table.arg(u"b text, a text"_s));
        const auto difference = shadow::difference(first, from.value(), to.value(), {});
        QVERIFY(!difference);  // what is written of a value has no names: a would become b
        QCOMPARE(difference.error().kind, ErrorKind::Unsupported);
        QCOMPARE(difference.error().message,
                 u"The attributes of type place change their places, and lists or other types hold it."_s);
    }

    void noValueIsMadeAnotherByAStrictType_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("then");  ///< nothing: the plan is refused
        QTest::newRow("a word") << u"INTEGER"_s << u"'abc'"_s << QString();
        QTest::newRow("the beginning of a number") << u"INT"_s << u"'12a'"_s << QString();
        QTest::newRow("bytes") << u"REAL"_s << u"x'31'"_s << QString();
        QTest::newRow("a fraction") << u"INTEGER"_s << u"1.5"_s << QString();
        QTest::newRow("more digits than fit") << u"REAL"_s << u"'9007199254740993'"_s << QString();
        QTest::newRow("a number as text") << u"INTEGER"_s << u"'12'"_s << u"integer|12"_s;
        QTest::newRow("a whole number of the other kind") << u"INTEGER"_s << u"3.0"_s << u"integer|3"_s;
        QTest::newRow("an integer") << u"REAL"_s << u"5"_s << u"real|5.0"_s;
        QTest::newRow("nothing") << u"INTEGER"_s << u"NULL"_s << u"null|∅"_s;
        QTest::newRow("a number to be text") << u"TEXT"_s << u"5"_s << u"text|5"_s;
        QTest::newRow("text to be bytes") << u"BLOB"_s << u"'a'"_s << u"blob|a"_s;
    }
    void noValueIsMadeAnotherByAStrictType()
    {
        QFETCH(const QString, type);
        QFETCH(const QString, value);
        QFETCH(const QString, then);
        const drivers::Target memory{.engine = Engine::Sqlite, .location = u":memory:"_s};
        const auto database = drivers::Connection::open(memory).value();
        const auto goal = drivers::Connection::open(memory).value();
        const auto from = build(*database, u"CREATE TABLE t (id INTEGER PRIMARY KEY, a ANY) STRICT;"_s);
        const auto to = build(*goal, u"CREATE TABLE t (id INTEGER PRIMARY KEY, a %1) STRICT;"_s.arg(type));
        const auto difference = shadow::difference(memory, from.value(), to.value(), {});
        QVERIFY2(difference, difference ? "" : qUtf8Printable(difference.error().oneLine()));
        QVERIFY(database->execute(u"INSERT INTO t (a) VALUES (%1)"_s.arg(value)));
        const QString refusal = runUntilRefused(*database, difference->up);
        if (then.isEmpty())
            QCOMPARE(refusal, u"CHECK constraint failed: every value of t fits its column's new type"_s);
        else
            QCOMPARE(refusal, QString());
        if (then.isEmpty()) {
            (void)database->execute(u"ROLLBACK"_s);
            QCOMPARE(test::rowsOf(*database, u"SELECT a IS %1 FROM t"_s.arg(value)), QStringList{u"1"_s});
        } else {
            QCOMPARE(test::rowsOf(*database, u"SELECT typeof(a), CAST(a AS TEXT) FROM t"_s),
                     QStringList{then});
        }
    }

private:
    std::unique_ptr<test::ScratchPostgres> m_first;
    std::unique_ptr<test::ScratchPostgres> m_second;
};

QTEST_GUILESS_MAIN(PlanScriptsTest)
#include "plan_scripts_test.moc"
