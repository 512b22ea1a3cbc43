// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "shadow/replay.h"
#include "store/agreements.h"
#include "support/code_scratch.h"

#include <QElapsedTimer>
#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
using test::CodeScratch;

/// Migrations that are programs: a real one runs, taught through dewpoint.toml.
class CodeMigrationsTest final : public QObject
{
    Q_OBJECT

    static QString states(drivers::Connection& db, const project::Project& project)
    {
        QStringList lines;
        const auto now = status(db, project);
        if (!now)
            return now.error().oneLine();
        for (const auto& state : now->migrations)
            lines << state.migration.version + u' ' + stateName(state.state);
        return lines.join(u", ");
    }
    static QStringList tables(drivers::Connection& db)
    {
        return db.engine() == Engine::Sqlite
                   ? test::rowsOf(db, u"SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1"_s)
                   : test::rowsOf(
                         db, u"SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"_s);
    }
    static Report act(drivers::Connection& db, const project::Project& project, Action action,
                      const Scope& scope, const Watch& watch = {})
    {
        auto report = execute(db, project, action, scope, watch);
        if (!report)
            qWarning("%s", qPrintable(report.error().oneLine()));
        return report.value_or(Report{});
    }
    static void onlyState(const CodeScratch& scratch)
    {
        QByteArray toml = CodeScratch::usualSettings();
        toml.replace(
            "[ledger]\ntable = \"tool_ledger\"\nversion = \"version\"\napplied_at = \"applied_at\"\n", "");
        scratch.settings(toml + "status = [\"python3\", \"tool.py\", \"status\", \"{url}\"]\n");
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void initTestCase() { qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8()); }

    void runsAndRevertsByTheProjectsOwnCommand_data() { test::engines(); }
    void runsAndRevertsByTheProjectsOwnCommand()
    {
        QFETCH(const Engine, engine);
        const CodeScratch scratch(engine);
        const auto project = scratch.agreed();
        QCOMPARE(project.tool, u"custom"_s);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, project), u"0001 pending, 0002 pending, 0003 pending"_s);

        QStringList output;
        QStringList progress;
        const Watch watch{.stopRequested = {},
                          .progress =
                              [&](const Progress& step) {
                                  progress << (step.phase == Progress::Phase::Started ? u">"_s : u"."_s)
                                                  + step.step.migration.version;
                              },
                          .output = [&](const QStringList& lines) { output += lines; }};
        auto report = act(*db, project, Action::Run, Scope::one(), watch);
        QVERIFY(!report.failure && report.done.size() == 1 && report.done.first().microseconds > 0);
        QCOMPARE(output, (QStringList{u"Applying 0001_users.mig"_s, u"Applied 0001_users.mig"_s}));
        QCOMPARE(tables(*db), (QStringList{u"tool_ledger"_s, u"users"_s}));
        QCOMPARE(states(*db, project), u"0001 applied, 0002 pending, 0003 pending"_s);

        progress.clear();
        report = act(*db, project, Action::Run, Scope::to(u"0003"_s), watch);
        QVERIFY(!report.failure && report.done.size() == 2);
        QCOMPARE(progress, (QStringList{u">0002"_s, u">0003"_s, u".0002"_s, u".0003"_s}));
        QCOMPARE(tables(*db), (QStringList{u"orders"_s, u"tool_ledger"_s, u"users"_s}));
        QCOMPARE(status(*db, project)->migrations.first().appliedAt, u"2026-01-02 03:04:05"_s);

        QVERIFY(!act(*db, project, Action::Revert, Scope::one()).failure);
        QCOMPARE(tables(*db), (QStringList{u"tool_ledger"_s, u"users"_s}));
        QVERIFY(!act(*db, project, Action::Redo, Scope::one()).failure);
        QCOMPARE(states(*db, project), u"0001 applied, 0002 applied, 0003 pending"_s);
        QVERIFY(!act(*db, project, Action::Revert, Scope::all()).failure);
        QCOMPARE(tables(*db), QStringList{u"tool_ledger"_s});
        const QString url = scratch.calls().first().section(u' ', 2);
        QCOMPARE(scratch.calls().join(u'\n').replace(url, u"URL"_s),
                 u"up 1 URL\nup 2 URL\ndown 1 URL\ndown 1 URL\nup 1 URL\ndown 2 URL"_s);
    }

    void nothingRunsWithoutAgreement_data() { test::engines(); }
    void nothingRunsWithoutAgreement()
    {
        QFETCH(const Engine, engine);
        const CodeScratch scratch(engine);
        const auto db = scratch.connect();
        for (const bool told : {false, true}) {
            if (told)
                onlyState(scratch);
            const auto project = scratch.project();
            QVERIFY(project::runsCode(project) && !project::mayRunCode(project));
            QCOMPARE(project::list(project)->size(), 3);
            QCOMPARE(states(*db, project), told ? u"0001 unknown, 0002 unknown, 0003 unknown"_s
                                                : u"0001 pending, 0002 pending, 0003 pending"_s);
            for (const Action action : {Action::Run, Action::Revert, Action::Redo})
                QCOMPARE(execute(*db, project, action, Scope::all()).error().kind, ErrorKind::Permission);
            QCOMPARE(shadow::preview(*db, project, u"0001"_s, u"0002"_s).error().kind, ErrorKind::Permission);
            QCOMPARE(generate(project, {.name = u"x"_s}).error().kind, ErrorKind::Permission);
            QVERIFY(project::codeOf(project)->lines.first().contains(u"python3 tool.py up"_s));
        }
        QCOMPARE(scratch.calls(), QStringList{});
        QCOMPARE(tables(*db), QStringList{});
    }

    void aChangedCommandIsAskedAgain()
    {
        const CodeScratch scratch(Engine::Sqlite);
        const QString hash = scratch.agreed().agreedCode;
        const auto withOldAgreement = [&] {
            auto project = scratch.project();
            project.agreedCode = hash;
            return project;
        };
        QVERIFY(project::mayRunCode(withOldAgreement()));
        const auto db = scratch.connect();
        for (const QByteArray& more : {"new2"_ba, "[environment]\nX = \"1\"\n"_ba, "pass = [\"HOME\"]\n"_ba,
                                       "status = [\"sh\"]\n"_ba}) {
            QByteArray toml = CodeScratch::usualSettings();
            scratch.settings(more == "new2" ? toml.replace("\"up\"", "\"up2\"") : toml + more);
            QVERIFY2(!project::mayRunCode(withOldAgreement()), more.constData());
            QCOMPARE(execute(*db, withOldAgreement(), Action::Run, Scope::all()).error().kind,
                     ErrorKind::Permission);
        }
        QCOMPARE(scratch.calls(), QStringList{});
        // What is no command does not ask again: another file, another column.
        scratch.settings(CodeScratch::usualSettings() + "\n# a remark\n");
        scratch.migration(u"0004_more"_s, "SELECT 1", "SELECT 1");
        QVERIFY(project::mayRunCode(withOldAgreement()));
    }

    void anAgreementIsKeptForItsFolderAndTakenBack()
    {
        const CodeScratch scratch(Engine::Sqlite);
        const CodeScratch other(Engine::Sqlite);
        QCOMPARE(store::agreedCode(scratch.path()), QString());
        QVERIFY(store::rememberAgreement(scratch.path(), u"abc"_s).has_value());
        QVERIFY(store::rememberAgreement(other.path(), u"def"_s).has_value());
        QCOMPARE(store::agreedCode(scratch.path() + u"/migrations/.."_s), u"abc"_s);
        QVERIFY(store::revokeAgreement(scratch.path()).has_value());
        QCOMPARE(store::agreedCode(scratch.path()), QString());
        QCOMPARE(store::agreedCode(other.path()), u"def"_s);
    }

    void aFailureHalfWaySaysWhatStands_data() { test::engines(); }
    void aFailureHalfWaySaysWhatStands()
    {
        QFETCH(const Engine, engine);
        const CodeScratch scratch(engine);
        scratch.migration(u"0002_email"_s, "!fail\nCREATE TABLE half (id integer)", "DROP TABLE half");
        const auto project = scratch.agreed();
        const auto db = scratch.connect();
        const auto report = act(*db, project, Action::Run, Scope::all());
        QCOMPARE(report.done.size(), 1);
        QVERIFY(report.failure.has_value());
        QCOMPARE(report.failure->step.migration.version, u"0002"_s);
        QVERIFY2(report.failure->error.message.contains(u"exit code 3"_s),
                 qPrintable(report.failure->oneLine()));
        QVERIFY(report.failure->error.detail.endsWith(u"something is wrong here"_s));
        QVERIFY(report.failure->standing.contains(u"0001_users.mig"_s));
        QVERIFY(report.failure->standing.contains(u"What 0002_email.mig did"_s));
        QCOMPARE(states(*db, project), u"0001 applied, 0002 pending, 0003 pending"_s);
        QCOMPARE(tables(*db), (QStringList{u"half"_s, u"tool_ledger"_s, u"users"_s}));
    }

    void aCommandThatOnlySaysSoHasDoneNothing()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.migration(u"0001_users"_s, "!lie\nSELECT 1", "SELECT 1");
        const auto db = scratch.connect();
        const auto report = act(*db, scratch.agreed(), Action::Run, Scope::all());
        QVERIFY(report.failure && report.done.isEmpty());
        QVERIFY2(report.failure->error.message.contains(u"ledger"_s), qPrintable(report.failure->oneLine()));
        QVERIFY(report.failure->error.hint.contains(u"DATABASE_URL"_s));
    }

    void aStopEndsEverythingAndTellsWhatStands_data() { test::engines(); }
    void aStopEndsEverythingAndTellsWhatStands()
    {
        QFETCH(const Engine, engine);
        const CodeScratch scratch(engine);
        scratch.migration(u"0002_email"_s, "!hang\nSELECT 1", "SELECT 1");
        const auto db = scratch.connect();
        // As a job does: its stop is also the connection's.
        const auto asked = [&] { return QFileInfo(scratch.path(u"pids"_s)).size() > 0; };
        db->setStopAsked(asked);
        QElapsedTimer clock;
        clock.start();
        const auto report = act(*db, scratch.agreed(), Action::Run, Scope::all(), {.stopRequested = asked});
        QVERIFY(clock.elapsed() < 15'000);
        QVERIFY(report.failure.has_value());
        QCOMPARE(report.failure->error.kind, ErrorKind::Cancelled);
        QCOMPARE(report.done.size(), 1);
        db->setStopAsked({});
        QCOMPARE(states(*db, scratch.agreed()), u"0001 applied, 0002 pending, 0003 pending"_s);
        for (const QByteArray& pid : scratch.read(u"pids"_s).simplified().split(' ')) {
            const auto isGone = [&] {
                QFile file(u"/proc/%1/stat"_s.arg(QString::fromUtf8(pid)));
                return !file.open(QIODevice::ReadOnly) || file.readAll().contains(") Z ");
            };
            QTRY_VERIFY2(isGone(), pid.constData());
        }
    }

    void aFloodDoesNotHideTheEnd()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.migration(u"0001_users"_s, "!flood\n!fail\nSELECT 1", "SELECT 1");
        const auto db = scratch.connect();
        qint64 lines = 0;
        const auto report = act(*db, scratch.agreed(), Action::Run, Scope::one(),
                                {.output = [&](const QStringList& more) { lines += more.size(); }});
        QVERIFY(lines > 1'250'000);
        QVERIFY(report.failure && report.failure->error.detail.contains(u"something is wrong here"_s));
        QVERIFY(report.failure->error.detail.size() < 2000);
    }

    void aMissingProgramBeginsNothing()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.settings(CodeScratch::usualSettings().replace("\"python3\"", "\"no-such-tool\""));
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.agreed(), Action::Run, Scope::all());
        QCOMPARE(report.error().kind, ErrorKind::NotFound);
        QVERIFY2(report.error().oneLine().contains(u"no-such-tool"_s)
                     && report.error().hint.contains(u"dewpoint.toml"_s),
                 qPrintable(report.error().oneLine()));
    }

    void theStatusCommandTellsWhatIsApplied_data() { test::engines(); }
    void theStatusCommandTellsWhatIsApplied()
    {
        QFETCH(const Engine, engine);
        const CodeScratch scratch(engine);
        onlyState(scratch);
        const auto project = scratch.agreed();
        const auto db = scratch.connect();
        QCOMPARE(states(*db, project), u"0001 pending, 0002 pending, 0003 pending"_s);
        QVERIFY(!act(*db, project, Action::Run, Scope::first(2)).failure);
        QCOMPARE(states(*db, project), u"0001 applied, 0002 applied, 0003 pending"_s);
        QVERIFY(!act(*db, project, Action::Revert, Scope::one()).failure);
        QCOMPARE(states(*db, project), u"0001 applied, 0002 pending, 0003 pending"_s);
    }

    void aFailingStatusCommandIsAnError()
    {
        const CodeScratch scratch(Engine::Sqlite);
        onlyState(scratch);
        scratch.settings(scratch.read(u"dewpoint.toml"_s)
                             .replace("[\"python3\", \"tool.py\", \"status\", \"{url}\"]",
                                      "[\"sh\", \"-c\", \"echo 0001; echo broken >&2; exit 4\"]"));
        const auto db = scratch.connect();
        const auto now = status(*db, scratch.agreed());
        QVERIFY(!now.has_value());
        QVERIFY2(now.error().message.contains(u"exit code 4"_s) && now.error().detail.contains(u"broken"_s),
                 qPrintable(now.error().oneLine()));
    }

    void aPreviewRunsOnAScratchDatabase_data() { test::engines(); }
    void aPreviewRunsOnAScratchDatabase()
    {
        QFETCH(const Engine, engine);
        const CodeScratch scratch(engine);
        const auto project = scratch.agreed();
        const auto db = scratch.connect();
        const auto preview = shadow::preview(*db, project, u"0002"_s, u"0003"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QCOMPARE(preview->before.tables.size(), 1);
        QCOMPARE(preview->before.tables.first().columns.size(), 2);
        QCOMPARE(preview->after.tables.size(), 2);
        const auto* users = preview->after.table(preview->before.tables.first().schema, u"users"_s);
        QVERIFY(users && users->column(u"email"_s));
        QCOMPARE(tables(*db), QStringList{});
        QCOMPARE(scratch.calls().size(), 2);
        for (const QString& call : scratch.calls())
            QVERIFY2(call.contains(engine == Engine::Sqlite ? u"shadow.sqlite"_s : u"dewpoint_shadow_"_s),
                     qPrintable(call));
        if (engine == Engine::Sqlite) {
            QVERIFY(!QFileInfo::exists(scratch.calls().first().section(u"sqlite://"_s, 1)));
        } else {
            const QString name = scratch.calls().first().section(u'/', 3).section(u'?', 0, 0);
            QCOMPARE(test::rowsOf(*db, u"SELECT datname FROM pg_database WHERE datname = '%1'"_s.arg(name)),
                     QStringList{});
        }
    }

    void aPreviewIsRefusedWhereItCouldMissItsTarget()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.settings(CodeScratch::usualSettings().replace("\"{url}\"", "\"elsewhere\""));
        const auto db = scratch.connect();
        QCOMPARE(shadow::preview(*db, scratch.agreed(), u"0001"_s, u"0001"_s).error().kind,
                 ErrorKind::Unsupported);
        QCOMPARE(scratch.calls(), QStringList{});
        scratch.settings(CodeScratch::usualSettings());
        scratch.migration(u"0001_users"_s, "!lie\nSELECT 1", "SELECT 1");
        const auto lied = shadow::preview(*db, scratch.agreed(), u"0001"_s, u"0001"_s);
        QCOMPARE(lied.error().kind, ErrorKind::NotFound);
        scratch.migration(u"0001_users"_s, "!fail\nSELECT 1", "SELECT 1");
        const auto failed = shadow::preview(*db, scratch.agreed(), u"0001"_s, u"0001"_s);
        QVERIFY(failed.error().detail.contains(u"something is wrong here"_s));
    }

    void aCommandThatRunsEverythingIsNotUsedForLess()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.settings(CodeScratch::usualSettings()
                             .replace("\"up\", \"{count}\"", "\"up\", \"99\"")
                             .replace("\"down\", \"{count}\"", "\"down\", \"1\""));
        const auto project = scratch.agreed();
        const auto db = scratch.connect();
        QCOMPARE(execute(*db, project, Action::Run, Scope::one()).error().kind, ErrorKind::Unsupported);
        QCOMPARE(scratch.calls(), QStringList{});
        QCOMPARE(act(*db, project, Action::Run, Scope::all()).done.size(), 3);
        QCOMPARE(scratch.calls().size(), 1);
        // One step a call where the command takes back one.
        QCOMPARE(act(*db, project, Action::Revert, Scope::first(2)).done.size(), 2);
        QCOMPARE(scratch.calls().size(), 3);
    }

    void aRedoThatWouldRunAnotherOneIsRefused()
    {
        const CodeScratch scratch(Engine::Sqlite);
        const auto project = scratch.agreed();
        const auto db = scratch.connect();
        QVERIFY(!act(*db, project, Action::Run, Scope::all()).failure);
        QVERIFY(db->executeScript("DELETE FROM tool_ledger WHERE version = '0002'").has_value());
        const qsizetype calls = scratch.calls().size();
        const auto redo = execute(*db, project, Action::Redo, Scope::one());
        QCOMPARE(redo.error().kind, ErrorKind::Unsupported);
        QVERIFY2(redo.error().message.contains(u"0002"_s), qPrintable(redo.error().message));
        QCOMPARE(scratch.calls().size(), calls);
    }

    void makesNewMigrations()
    {
        const CodeScratch scratch(Engine::Sqlite);
        const auto made = generate(scratch.agreed(), {.name = u"a b; touch x"_s});
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        QCOMPARE(made->folder, u"0009_a b; touch x.mig"_s);
        QCOMPARE(scratch.calls(), QStringList{u"new a b; touch x"_s});
        QCOMPARE(generate(scratch.agreed(), {.name = u"--help"_s}).error().kind, ErrorKind::InvalidInput);
        QCOMPARE(generate(scratch.agreed(), {.name = u"y"_s, .up = "SELECT 1"}).error().kind,
                 ErrorKind::Unsupported);
        QVERIFY(!QFileInfo::exists(scratch.path(u"x"_s)));
    }

    void settingsFillFieldsOnce()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.settings(
            CodeScratch::usualSettings().replace("\"up\", \"{count}\", \"{url}\"",
                                                 "\"up\", \"{count}\", \"{url}\", \"{version}\", \"{other}\"")
            + "[environment]\nWHERE = \"{path}\"\n");
        const auto project = scratch.project();
        const auto command = project::formatOf(project).command.command(
            project, {.count = 2, .version = u"{url}"_s, .target = scratch.target()});
        QVERIFY(command.has_value());
        QCOMPARE(command->arguments,
                 (QStringList{u"tool.py"_s, u"up"_s, u"2"_s, u"sqlite://"_s + scratch.target().location,
                              u"{url}"_s, u"{other}"_s}));
        QCOMPARE(command->environment.value(u"WHERE"_s), scratch.target().location);
        QCOMPARE(command->environment.value(u"DATABASE_URL"_s), u"sqlite://"_s + scratch.target().location);
        QCOMPARE(command->folder, scratch.path());
    }

    void theSettingsFileWinsOverWhatIsFound()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.write(u"diesel.toml"_s, "[migrations_directory]\ndir = \"migrations\"\n");
        QDir().mkpath(scratch.path(u"migrations/sub"_s));
        QCOMPARE(project::detectAll(scratch.path(u"migrations/sub"_s), {})->size(), 1);
        QCOMPARE(project::detect(scratch.path(u"migrations/sub"_s), {})->value().tool, u"custom"_s);
    }

    void slipsInTheSettingsAreSaid_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("said");
        const QByteArray usual = CodeScratch::usualSettings();
        QTest::newRow("no TOML") << "[migrations\n"_ba << u"line 1"_s;
        QTest::newRow("unknown section") << usual + "[ledgers]\nx = \"1\"\n" << u"“ledgers”"_s;
        QTest::newRow("unknown setting")
            << QByteArray(usual).replace("applied_at =", "applied =") << u"ledger.applied"_s;
        QTest::newRow("a text for a command") << usual + "status = \"tool status\"\n" << u"commands.status"_s;
        QTest::newRow("an empty command") << usual + "status = []\n" << u"commands.status"_s;
        QTest::newRow("no up") << QByteArray(usual).replace("up = [", "status = [") << u"commands.up"_s;
        QTest::newRow("no version in the pattern")
            << QByteArray(usual).replace("{version}_", "") << u"{version}"_s;
        QTest::newRow("half a ledger")
            << QByteArray(usual).replace("version = \"version\"", "") << u"ledger"_s;
        QTest::newRow("no state") << QByteArray(
            "[migrations]\nfiles = \"{version}.x\"\n[commands]\nup = [\"a\"]\n")
                                  << u"commands.status"_s;
        QTest::newRow("no engine of ours")
            << QByteArray(usual).replace("files =", "engine = \"mysql\"\nfiles =") << u"migrations.engine"_s;
    }
    void slipsInTheSettingsAreSaid()
    {
        QFETCH(const QByteArray, toml);
        QFETCH(const QString, said);
        const CodeScratch scratch(Engine::Sqlite);
        scratch.settings(toml);
        const auto found = project::detect(scratch.path(), {});
        QVERIFY(!found.has_value());
        QVERIFY2(found.error().message.contains(said), qPrintable(found.error().message));
    }

    void aWrongColumnIsAnErrorNotAText()
    {
        const CodeScratch scratch(Engine::Sqlite);
        const auto db = scratch.connect();
        QVERIFY(!act(*db, scratch.agreed(), Action::Run, Scope::one()).failure);
        scratch.settings(
            CodeScratch::usualSettings().replace("version = \"version\"", "version = \"versoin\""));
        QCOMPARE(status(*db, scratch.agreed()).error().kind, ErrorKind::UndefinedObject);
    }

    void readsFilesInFoldersAndIgnoresRowsThatAreNoMigrations()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.settings(CodeScratch::usualSettings()
                             .replace("{version}_{name}.mig", "{version}_*/{name}.py")
                             .replace("applied_at = \"applied_at\"", "ignore = [\"0\"]"));
        scratch.write(u"migrations/2_b/run.py"_s, "");
        scratch.write(u"migrations/010_c/run.py"_s, "");
        scratch.write(u"migrations/1/run.py"_s, "");
        const auto db = scratch.connect();
        QVERIFY(db->executeScript(
                      "CREATE TABLE tool_ledger (version integer); INSERT INTO tool_ledger VALUES (0), (10)")
                    .has_value());
        QCOMPARE(states(*db, scratch.project()), u"2 out-of-order, 010 applied"_s);
    }

private:
    QTemporaryDir m_state;
};

QTEST_GUILESS_MAIN(CodeMigrationsTest)
#include "code_migrations_test.moc"
