// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/generate.h"
#include "support/full_disk.h"
#include "support/ordinary_user.h"
#include "support/tool_projects.h"

#include <QDirIterator>
#include <QTest>
#include <QTimeZone>

#include <sys/stat.h>

#include <algorithm>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// New migrations of every tool: all of their files or none, and nothing that is not theirs.
class GenerateTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void tools()
    {
        QTest::addColumn<test::ToolProject>("tool");
        for (const test::ToolProject& tool : test::toolProjects())
            QTest::newRow(qPrintable(tool.title)) << tool;
    }
    static void namesOfEachTool()
    {
        QTest::addColumn<test::ToolProject>("tool");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("version");
        for (const test::ToolProject& tool : test::toolProjects()) {
            const auto row = [&](const char* what) -> QTestData& {
                return QTest::addRow("%s: %s", qPrintable(tool.title), what);
            };
            row("two lines") << tool << u"two\nlines"_s << QString();
            row("a sign") << tool << u"signed"_s << u"+7"_s;
            row("a space") << tool << u"spaced"_s << u" 7"_s;
            row("only a dot") << tool << u"."_s << QString();
        }
    }
    /// Drizzle's next snapshot follows the last one.
    static project::Project written(const Scratch& scratch, const test::ToolProject& tool)
    {
        if (tool.title == "drizzle 0.x"_L1)
            scratch.write(u"project/drizzle/meta/0002_snapshot.json"_s,
                          "{\n  \"id\": \"x\",\n  \"prevId\": \"y\",\n  \"version\": \"6\"\n}");
        const auto project = test::writeTool(scratch, tool);
        if (tool.title == "drizzle 1.0"_L1)
            oneBranch(scratch);
        return project;
    }
    static void oneBranch(const Scratch& scratch)
    {
        const auto snapshot = [](char name) {
            return u"project/drizzle/%1_create_%2/snapshot.json"_s.arg(test::dayOf(name), test::letter(name));
        };
        for (const char name : {'a', 'b'})
            QVERIFY(QFile::remove(scratch.path(snapshot(name))));
        scratch.write(snapshot('c'),
                      "{\n  \"id\": \"x\",\n  \"prevIds\": [\n    \"y\"\n  ],\n  \"version\": \"7\",\n"
                      "  \"dialect\": \"sqlite\",\n  \"ddl\": [],\n  \"renames\": []\n}");
    }
    static QStringList filesBelow(const QString& folder)
    {
        QStringList names;
        QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            all.next();
            // The lock of Diesel stays, as the tool's own does; empty folders are no migrations.
            if (all.fileName() != ".diesel_lock"_L1 && !all.fileInfo().isDir())
                names << all.filePath();
        }
        names.sort();
        return names;
    }

private Q_SLOTS:
    void whatIsMadeIsListed_data() { tools(); }
    void whatIsMadeIsListed()
    {
        QFETCH(const test::ToolProject, tool);
        const Scratch scratch(Engine::Sqlite);
        auto project = written(scratch, tool);
        for (const bool relative : {false, true}) {
            if (relative)
                project.directory += u"/."_s;
            // Drizzle tries it behind all others.
            const QByteArray table = relative ? "n" : "m";
            const auto made = generate(project, {.name = u"more"_s,
                                                 .up = "CREATE TABLE " + table + "(id integer);\n",
                                                 .down = "DROP TABLE " + table + ";\n"});
            QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
            QVERIFY(QFile::exists(made->upPath));
            QVERIFY(made->reversible());
            const auto all = project::list(project).value();
            QVERIFY(std::ranges::contains(all, made->version, &project::Migration::version));
        }
    }

    void whatTheToolWouldNotListIsNotWritten_data() { namesOfEachTool(); }
    void whatTheToolWouldNotListIsNotWritten()
    {
        QFETCH(const test::ToolProject, tool);
        QFETCH(const QString, name);
        QFETCH(const QString, version);
        const Scratch scratch(Engine::Sqlite);
        const auto project = written(scratch, tool);
        const QStringList before = filesBelow(scratch.path());
        const auto made = generate(project, {.name = name, .version = version, .up = "SELECT 1;\n"});
        const auto all = project::list(project);
        QVERIFY2(all, all ? "" : qPrintable(all.error().oneLine()));
        if (made) {
            QVERIFY(std::ranges::contains(*all, made->version, &project::Migration::version));
        } else {
            QCOMPARE(filesBelow(scratch.path()), before);
            QVERIFY(!made.error().message.isEmpty());
        }
    }

    void namesThatAreNoneAreRefused_data() { tools(); }
    void namesThatAreNoneAreRefused()
    {
        QFETCH(const test::ToolProject, tool);
        const Scratch scratch(Engine::Sqlite);
        const auto project = written(scratch, tool);
        const QStringList before = filesBelow(scratch.path());
        for (const QString& name : {u".."_s, u"__"_s, u"two\nlines"_s, u"a\"b"_s, u"a\\b"_s, u"tab\tbed"_s}) {
            const auto made = generate(project, {.name = name});
            QVERIFY2(!made, qPrintable(name));
            QCOMPARE(made.error().kind, ErrorKind::InvalidInput);
        }
        QCOMPARE(filesBelow(scratch.path()), before);
    }

    void twoInOneSecondAreTwo_data() { tools(); }
    void twoInOneSecondAreTwo()
    {
        QFETCH(const test::ToolProject, tool);
        const Scratch scratch(Engine::Sqlite);
        auto project = written(scratch, tool);
        if (tool.title == "drizzle 0.x"_L1)
            project.settings.insert(u"migrations.prefix"_s, u"timestamp"_s);
        const QDateTime now(QDate(2030, 12, 31), QTime(23, 59, 59), QTimeZone::UTC);
        const auto first = generate(project, {.name = u"one"_s, .now = now});
        const auto second = generate(project, {.name = u"two"_s, .now = now});
        QVERIFY2(first && second, qPrintable((first ? second : first).error_or(Error()).oneLine()));
        QVERIFY(first->version != second->version);
    }

    void whenTheDiskIsFullNothingIsLeft_data() { tools(); }
    void whenTheDiskIsFullNothingIsLeft()
    {
        QFETCH(const test::ToolProject, tool);
        const Scratch scratch(Engine::Sqlite);
        const auto project = written(scratch, tool);
        const auto contents = [&] {
            QStringList all;
            for (const QString& path : filesBelow(scratch.path())) {
                QFile file(path);
                all << path + u": "_s
                           + (file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : u"?"_s);
            }
            return all;
        };
        const QStringList before = contents();
        QVERIFY(before.join(u' ').size() > 10);
        const test::FullDisk full(0);
        const auto made = project::formatOf(project).generate(
            project, {.name = u"more"_s, .up = "SELECT 1;\n", .down = "SELECT 2;\n"});
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::File);
        QCOMPARE(contents(), before);
    }

    void whenTheDownCannotBeWrittenNothingIsLeft_data() { tools(); }
    void whenTheDownCannotBeWrittenNothingIsLeft()
    {
        QFETCH(const test::ToolProject, tool);
        const Scratch scratch(Engine::Sqlite);
        const auto project = written(scratch, tool);
        const QStringList before = filesBelow(scratch.path());
        // With the longest suffixes the name is too long for the file system.
        for (qsizetype length = 215; length < 256; ++length) {
            const auto made = generate(project, {.name = QString(length, u'x'), .up = "--", .down = "--"});
            if (!made) {
                QCOMPARE(filesBelow(scratch.path()).filter(QString(length, u'x')), QStringList());
                return;
            }
        }
        QVERIFY(filesBelow(scratch.path()).size() > before.size());  // the name is cut by the tool
    }

    void aJournalThatCannotBeWrittenLeavesNoSnapshot()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto project = written(scratch, test::toolProject(u"drizzle 0.x"_s));
        for (const QString& name : {QString(), u"project"_s, u"project/drizzle"_s, u"project/drizzle/meta"_s})
            QCOMPARE(::chmod(qPrintable(scratch.path(name)), 0777), 0);
        const QString journal = scratch.path(u"project/drizzle/meta/_journal.json"_s);
        QCOMPARE(::chmod(qPrintable(journal), 0444), 0);
        const QStringList before = filesBelow(scratch.path());
        {
            const test::OrdinaryUser user;
            const auto made = generate(project, {.name = u"x"_s, .up = "SELECT 1;", .down = "SELECT 2;"});
            QVERIFY(!made);
            QCOMPARE(made.error().kind, ErrorKind::File);
        }
        QCOMPARE(filesBelow(scratch.path()), before);
    }

    void aFolderThatIsThereStaysAsItWas()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto project = written(scratch, test::toolProject(u"drizzle 1.0"_s));
        scratch.write(u"project/drizzle/20260102030405_x/down.sql"_s, "mine");
        const QStringList before = filesBelow(scratch.path());
        const QDateTime now(QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::UTC);
        const NewMigration wanted{.name = u"x"_s, .up = "SELECT 1;", .down = "SELECT 2;", .now = now};
        const auto made = generate(project, wanted);
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::File);
        QCOMPARE(filesBelow(scratch.path()), before);
        QCOMPARE(scratch.read(u"project/drizzle/20260102030405_x/down.sql"_s), "mine"_ba);
        QVERIFY(QDir(scratch.path(u"project/drizzle/20260102030405_x"_s)).removeRecursively());
        QVERIFY(generate(project, wanted).has_value());
    }

    void dieselsLockFollowsNoLink()
    {
        const Scratch scratch(Engine::Sqlite);
        test::toolProject(u"diesel"_s).write(scratch, u"p"_s);
        scratch.write(u"precious"_s, "do not touch");
        const QString lock = scratch.path(u"p/migrations/.diesel_lock"_s);
        QVERIFY(QFile::link(scratch.path(u"precious"_s), lock));
        const auto project = project::detectAs(u"diesel"_s, scratch.path(u"p"_s), {}).value().value();
        const auto made = generate(project, {.name = u"x"_s});
        QVERIFY(!made);
        QVERIFY2(made.error().message.contains(u".diesel_lock"_s), qPrintable(made.error().message));
        QCOMPARE(scratch.read(u"precious"_s), "do not touch"_ba);
        QVERIFY(QFile::remove(lock));
        QCOMPARE(::mkfifo(qPrintable(lock), 0600), 0);
        QVERIFY(!generate(project, {.name = u"x"_s}));
        QVERIFY(QFile::remove(lock));
        scratch.write(u"p/migrations/.diesel_lock"_s, "kept");
        QVERIFY(generate(project, {.name = u"x"_s}));
        QCOMPARE(scratch.read(u"p/migrations/.diesel_lock"_s), "kept"_ba);
    }
};

QTEST_GUILESS_MAIN(GenerateTest)
#include "generate_test.moc"
