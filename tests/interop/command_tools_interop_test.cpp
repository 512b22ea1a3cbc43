// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "support/migrating.h"
#include "support/node_tools.h"
#include "support/tool_projects.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

namespace {

using Scratch = test::ProjectScratch;

struct Words {
    QStringList up;
    QStringList down;  ///< takes one back; empty where the tool cannot
};

/// The place of a test's database, as a tool's command wants it.
struct Place {
    Engine engine = Engine::Sqlite;
    QString file;
    QString database;
    QString socket;

    /// As the drivers of Rust and Go read it.
    QString url() const
    {
        return u"postgres://postgres@localhost/%1?host=%2&sslmode=disable"_s.arg(database, socket);
    }
};

/// A tool whose command line is one program, and how it is told to run and to revert.
struct Tool {
    QString program;
    QString project;  ///< the title in test::toolProjects()
    Words (*words)(const Place&) = nullptr;
};

Words dieselWords(const Place& place)
{
    const QString url = place.engine == Engine::Sqlite ? place.file : place.url();
    return {.up = {u"migration"_s, u"run"_s, u"--database-url"_s, url},
            .down = {u"migration"_s, u"revert"_s, u"--database-url"_s, url}};
}

Words sqlxWords(const Place& place)
{
    const QString url = place.engine == Engine::Sqlite ? u"sqlite://"_s + place.file : place.url();
    return {.up = {u"migrate"_s, u"run"_s, u"--database-url"_s, url},
            .down = {u"migrate"_s, u"revert"_s, u"--database-url"_s, url}};
}

Words gooseWords(const Place& place)
{
    const QStringList to = place.engine == Engine::Sqlite
                               ? QStringList{u"-dir"_s, u"migrations"_s, u"sqlite3"_s, place.file}
                               : QStringList{u"-dir"_s, u"migrations"_s, u"postgres"_s, place.url()};
    return {.up = to + QStringList{u"up"_s}, .down = to + QStringList{u"down"_s}};
}

Words golangMigrateWords(const Place& place)
{
    // Its driver believes a host in front of the path.
    const QString url =
        place.engine == Engine::Sqlite ? u"sqlite://"_s + place.file : place.url().remove(u"localhost"_s);
    const QStringList to{u"-path"_s, u"migrations"_s, u"-database"_s, url};
    return {.up = to + QStringList{u"up"_s}, .down = to + QStringList{u"down"_s, u"1"_s}};
}

Words refineryWords(const Place& place)
{
    // Its own configuration has no place for a socket's folder, but an encoded host is one.
    const QString url = place.engine == Engine::Sqlite
                            ? u"sqlite://"_s + place.file
                            : u"postgres://postgres@%1:5432/%2"_s.arg(
                                  QString::fromLatin1(QUrl::toPercentEncoding(place.socket)), place.database);
    qputenv("REFINERY_TEST_URL", url.toUtf8());
    return {.up = {u"migrate"_s, u"-e"_s, u"REFINERY_TEST_URL"_s, u"-p"_s, u"migrations"_s, u"-d"_s, u"-m"_s},
            .down = {}};
}

const QList<Tool>& tools()
{
    static const QList<Tool> all{{u"diesel"_s, u"diesel"_s, dieselWords},
                                 {u"sqlx"_s, u"sqlx"_s, sqlxWords},
                                 {u"goose"_s, u"goose"_s, gooseWords},
                                 {u"migrate"_s, u"golang-migrate"_s, golangMigrateWords},
                                 {u"refinery"_s, u"refinery"_s, refineryWords}};
    return all;
}

/// On the PATH, or put into build/interop/bin.
QString programOf(const QString& name)
{
    const QString kept = qEnvironmentVariable("DEWPOINT_SOURCE") + u"/build/interop/bin/"_s + name;
    return QFileInfo(kept).isExecutable() ? kept : QStandardPaths::findExecutable(name);
}

}  // namespace

/// Dewpoint and tools that are one program, on the same project and database, in any order.
class CommandToolsInteropTest final : public QObject
{
    Q_OBJECT

    static Place placeOf(const Scratch& scratch)
    {
        Place place{
            .engine = scratch.engine(), .file = scratch.target().location, .database = {}, .socket = {}};
        const auto db = scratch.connect();  // which makes a SQLite file
        if (place.engine == Engine::Postgres) {
            place.database = test::rowsOf(*db, u"SELECT current_database()"_s).first();
            place.socket = test::rowsOf(*db, u"SHOW unix_socket_directories"_s).first();
        }
        return place;
    }

    static void call(const Tool& tool, const Scratch& files, const QStringList& words)
    {
        const auto answer = test::run(programOf(tool.program), words, files.path(u"project"_s));
        QVERIFY2(answer.code == 0, qPrintable(answer.text));
    }

    static void takeBack(const Tool& tool, const Scratch& scratch, const project::Project& project)
    {
        const QStringList down = tool.words(placeOf(scratch)).down;
        if (down.isEmpty())
            act(scratch, project, Action::Revert, Scope::one());
        else
            call(tool, scratch, down);
    }

    static project::Project projectOf(const Tool& tool, const Scratch& scratch)
    {
        return test::writeTool(scratch, test::toolProject(tool.project));
    }

    static void act(const Scratch& scratch, const project::Project& project, Action action,
                    const Scope& scope)
    {
        test::verify(execute(*scratch.connect(), project, action, scope));
    }

    static QString states(const Scratch& scratch, const project::Project& project)
    {
        return test::stateNames(*scratch.connect(), project);
    }

    static QStringList cells(const Scratch& scratch, const project::Project& project)
    {
        return test::ledgerCells(*scratch.connect(), project);
    }

    /// How the ledger was made, as the server tells it.
    static QStringList shape(const Scratch& scratch, const project::Project& project)
    {
        const auto db = scratch.connect();
        const ledger::Table table = project::formatOf(project).ledger.table(project, scratch.engine());
        if (scratch.engine() == Engine::Sqlite)
            return test::rowsOf(
                *db, u"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('%1')"_s.arg(
                         table.name));
        return test::rowsOf(*db,
                            u"SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
                            "pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a LEFT JOIN pg_attrdef d ON "
                            "d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = '%1'::regclass "
                            "AND a.attnum > 0 ORDER BY a.attnum"_s.arg(ledger::quoted(table)))
               + test::rowsOf(*db,
                              u"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = "
                              "'%1'::regclass AND contype <> 'n' ORDER BY 1"_s.arg(ledger::quoted(table)));
    }

    static void rowsOfTools()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<Engine>("engine");
        for (int i = 0; i < tools().size(); ++i) {
            QTest::addRow("%s, SQLite", qPrintable(tools()[i].project)) << i << Engine::Sqlite;
            QTest::addRow("%s, PostgreSQL", qPrintable(tools()[i].project)) << i << Engine::Postgres;
        }
    }

    static bool skips(const Tool& tool) { return programOf(tool.program).isEmpty(); }

private Q_SLOTS:
    void bothWriteTheSameLedger_data() { rowsOfTools(); }
    void bothWriteTheSameLedger()
    {
        QFETCH(const int, index);
        QFETCH(const Engine, engine);
        const Tool& tool = tools()[index];
        if (skips(tool))
            QSKIP(qPrintable(tool.program + u" is neither on the PATH nor in build/interop/bin"_s));
        const Scratch ours(engine);
        const Scratch theirs(engine);
        const auto project = projectOf(tool, ours);
        (void)projectOf(tool, theirs);
        act(ours, project, Action::Run, Scope::all());
        call(tool, theirs, tool.words(placeOf(theirs)).up);
        QCOMPARE(states(theirs, project), u"applied applied applied"_s);
        QCOMPARE(cells(ours, project), cells(theirs, project));
        QCOMPARE(shape(ours, project), shape(theirs, project));
        // The tool finds nothing to do and nothing to complain about.
        const QStringList before = cells(ours, project);
        call(tool, ours, tool.words(placeOf(ours)).up);
        QCOMPARE(cells(ours, project), before);
    }

    void eachGoesOnWhereTheOtherStopped_data() { rowsOfTools(); }
    void eachGoesOnWhereTheOtherStopped()
    {
        QFETCH(const int, index);
        QFETCH(const Engine, engine);
        const Tool& tool = tools()[index];
        if (skips(tool))
            QSKIP(qPrintable(tool.program + u" is neither on the PATH nor in build/interop/bin"_s));
        const Scratch scratch(engine);
        const auto project = projectOf(tool, scratch);
        const Words words = tool.words(placeOf(scratch));
        act(scratch, project, Action::Run, Scope::one());
        call(tool, scratch, words.up);
        QCOMPARE(states(scratch, project), u"applied applied applied"_s);
        const QStringList whole = cells(scratch, project);
        takeBack(tool, scratch, project);
        QCOMPARE(states(scratch, project), u"applied applied pending"_s);
        act(scratch, project, Action::Revert, Scope::one());
        call(tool, scratch, words.up);
        QCOMPARE(states(scratch, project), u"applied applied applied"_s);
        act(scratch, project, Action::Redo, Scope::first(2));
        takeBack(tool, scratch, project);
        act(scratch, project, Action::Run, Scope::all());
        QCOMPARE(cells(scratch, project).size(), whole.size());
        QCOMPARE(test::rowsOf(*scratch.connect(), u"SELECT count(*) FROM a, b, c"_s), QStringList{u"0"_s});
        act(scratch, project, Action::Revert, Scope::all());
        call(tool, scratch, words.up);
        QCOMPARE(states(scratch, project), u"applied applied applied"_s);
    }

    void bothUseTheTableThatTheUrlNames_data() { test::engines(); }
    void bothUseTheTableThatTheUrlNames()
    {
        QFETCH(const Engine, engine);
        const auto& tool = *std::ranges::find(tools(), u"migrate"_s, &Tool::program);
        if (skips(tool))
            QSKIP(qPrintable(tool.program + u" is neither on the PATH nor in build/interop/bin"_s));
        const Scratch scratch(engine);
        const auto project = projectOf(tool, scratch);
        QStringList up = tool.words(placeOf(scratch)).up;
        const qsizetype place = up.indexOf(u"-database"_s) + 1;
        up[place] += (up[place].contains(u'?') ? u"&"_s : u"?"_s) + u"x-migrations-table=mine"_s;
        drivers::Target target = scratch.target();
        target.toolOptions = drivers::parseTarget(up[place])->toolOptions;
        const auto ours = [&] { return drivers::Connection::open(target).value(); };
        test::verify(execute(*ours(), project, Action::Run, Scope::one()));
        call(tool, scratch, up);
        QCOMPARE(test::stateNames(*ours(), project), u"applied applied applied"_s);
        QCOMPARE(test::rowsOf(*ours(), u"SELECT version FROM mine"_s).size(), 1);
        QVERIFY(!ledger::exists(*ours(), {.schema = {}, .name = u"schema_migrations"_s}).value());
        test::verify(execute(*ours(), project, Action::Revert, Scope::all()));
        call(tool, scratch, up);
        QCOMPARE(test::stateNames(*ours(), project), u"applied applied applied"_s);
    }
};

QTEST_GUILESS_MAIN(CommandToolsInteropTest)
#include "command_tools_interop_test.moc"
