// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "command/output.h"
#include "command/run.h"
#include "drivers/target_url.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using command::Command;

namespace {

Command shell(const QString& script, const QString& folder = QDir::tempPath())
{
    return {
        .program = u"sh"_s, .arguments = {u"-c"_s, script}, .folder = folder, .password = {}, .install = {}};
}

/// A figure of /proc/self/status, in kB.
qint64 memory(const QByteArray& name)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return -1;
}

/// Zombies count as gone: somebody else has to bury them.
bool isAlive(pid_t pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    return !text.mid(text.lastIndexOf(')') + 1).trimmed().startsWith('Z');
}

}  // namespace

/// The one place that starts programs.
class CommandTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void splitsOutputIntoLines()
    {
        command::Output output;
        QCOMPARE(output.take("one\ntw"), QStringList{u"one"_s});
        QCOMPARE(output.take("o\r\nthree\rfour\n\n"), (QStringList{u"two"_s, u"three"_s, u"four"_s, u""_s}));
        QCOMPARE(output.take("\x1b[1;31mred\x1b[0m\n"), QStringList{u"red"_s});
        QCOMPARE(output.take("left"), QStringList{});
        QCOMPARE(output.end(), QStringList{u"left"_s});
        QCOMPARE(output.end(), QStringList{});
        QCOMPARE(output.take(QByteArray(5000, 'x') + '\n').first().size(), command::Output::longestLine);
        for (int i = 0; i < 500; ++i)
            (void)output.take(QByteArray::number(i) + '\n');
        QCOMPARE(output.lastLines().size(), command::Output::keptLines);
        QCOMPARE(output.lastLines().last(), u"499"_s);
    }

    void tellsOutputAndExitCode()
    {
        QStringList lines;
        const auto ended = command::run(shell(u"echo out; echo err >&2; printf end; exit 3"_s),
                                        {.output = [&](const QStringList& more) { lines += more; }});
        QVERIFY(ended.has_value());
        QCOMPARE(lines, (QStringList{u"out"_s, u"err"_s, u"end"_s}));
        QCOMPARE(ended->lastLines, lines);
        QCOMPARE(ended->exitCode, 3);
        QVERIFY(!ended->isFine() && !ended->crashed && !ended->stopped);
    }

    void keepsAnAnswerApartFromErrors()
    {
        QStringList lines;
        const auto ended =
            command::run(shell(u"echo answer; echo noise >&2; exit 1"_s),
                         {.output = [&](const QStringList& more) { lines += more; }, .wantsAnswer = true});
        QCOMPARE(lines, QStringList{u"answer"_s});
        QCOMPARE(ended.value().lastLines, QStringList{u"noise"_s});
    }

    void knowsASignalFromAnExitCode()
    {
        const auto ended = command::run(shell(u"kill -KILL $$"_s));
        QVERIFY(ended.value().crashed);
        QVERIFY(!ended->isFine());
    }

    void runsInItsFolderWithoutInputAndWithoutAShell()
    {
        const QTemporaryDir folder;
        QStringList lines;
        const auto ended =
            command::run({.program = u"sh"_s,
                          .arguments = {u"-c"_s, u"pwd; cat; echo \"$1\""_s, u"x"_s, u"$(touch a); b"_s},
                          .folder = folder.path(),
                          .password = {},
                          .install = {}},
                         {.output = [&](const QStringList& more) { lines += more; }});
        QVERIFY(ended.value().isFine());
        QCOMPARE(lines, (QStringList{QFileInfo(folder.path()).canonicalFilePath(), u"$(touch a); b"_s}));
        QVERIFY(!QFile::exists(folder.filePath(u"a"_s)));
    }

    void givesOnlyWhatIsNeededOfTheEnvironment()
    {
        qputenv("PGHOST", "elsewhere");
        qputenv("GOOSE_DBSTRING", "elsewhere");
        qputenv("APP_SECRET", "1");
        qputenv("GOFLAGS", "-x");
        Command command = shell({});
        command.passedOn = {u"APP_SECRET"_s};
        command.environment.insert(u"DATABASE_URL"_s, u"sqlite:///x"_s);
        const QStringList environment = command::environmentOf(command);
        QVERIFY(environment.contains(u"APP_SECRET=1"_s));
        QVERIFY(environment.contains(u"GOFLAGS=-x"_s));
        QVERIFY(environment.contains(u"DATABASE_URL=sqlite:///x"_s));
        QVERIFY(!environment.filter(u"PATH="_s).isEmpty());
        QVERIFY(environment.filter(u"elsewhere"_s).isEmpty());
        for (const char* name : {"PGHOST", "GOOSE_DBSTRING", "APP_SECRET", "GOFLAGS"})
            qunsetenv(name);
    }

    void saysWhatToInstallWhenAProgramIsMissing()
    {
        const auto ended = command::run({.program = u"no-such-program-here"_s,
                                         .arguments = {},
                                         .folder = QDir::tempPath(),
                                         .password = {},
                                         .install = u"Install it from there."_s});
        QCOMPARE(ended.error().kind, ErrorKind::NotFound);
        QVERIFY(ended.error().message.contains(u"no-such-program-here"_s));
        QCOMPARE(ended.error().hint, u"Install it from there."_s);
    }

    void refusesAFileThatIsNoProgram()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"tool"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/no/such/interpreter\n");
        file.close();
        Command command{
            .program = u"./tool"_s, .arguments = {}, .folder = folder.path(), .password = {}, .install = {}};
        QCOMPARE(command::run(command).error().kind, ErrorKind::NotFound);
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        QCOMPARE(command::run(command).error().kind, ErrorKind::File);
    }

    void stopsAProgramThatDoesAsItIsTold()
    {
        QElapsedTimer clock;
        clock.start();
        const auto ended = command::run(shell(u"echo begun; sleep 600"_s),
                                        {.stopRequested = [&] { return clock.elapsed() > 300; }});
        QVERIFY(ended.value().stopped);
        QVERIFY2(clock.elapsed() < 2500, qPrintable(QString::number(clock.elapsed())));
    }

    void killsWhatIgnoresTheSignalWithAllThatItStarted()
    {
        const QTemporaryDir folder;
        const QString script =
            u"trap '' TERM; (trap '' TERM; echo $$ > a; sleep 600 & echo $! > b; wait) & echo $! > c; "
            "echo $$ > d; while :; do sleep 600; done"_s;
        const auto written = [&] {
            return QFile::exists(folder.filePath(u"d"_s)) && QFile::exists(folder.filePath(u"b"_s));
        };
        QElapsedTimer clock;
        clock.start();
        const auto ended =
            command::run(shell(script, folder.path()),
                         {.stopRequested = written, .output = {}, .grace = std::chrono::milliseconds(500)});
        QVERIFY(ended.value().stopped);
        QVERIFY(clock.elapsed() < 10'000);
        for (const QString& name : {u"b"_s, u"c"_s, u"d"_s}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto pid = static_cast<pid_t>(file.readAll().trimmed().toInt());
            QVERIFY(pid > 1);
            QTRY_VERIFY2(!isAlive(pid), qPrintable(name));
        }
    }

    void killsTheRestOfAGroupWhoseLeaderObeyed()
    {
        const QTemporaryDir folder;
        const QString script = u"(trap '' TERM; while :; do sleep 1; done) & echo $! > child; wait"_s;
        const auto ended =
            command::run(shell(script, folder.path()),
                         {.stopRequested = [&] { return QFileInfo(folder.filePath(u"child"_s)).size() > 0; },
                          .output = {},
                          .grace = std::chrono::milliseconds(500)});
        QVERIFY(ended.value().stopped);
        QFile file(folder.filePath(u"child"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto pid = static_cast<pid_t>(file.readAll().trimmed().toInt());
        QTRY_VERIFY(!isAlive(pid));
    }

    void aFloodOfOutputCostsNoMemory()
    {
        const qint64 before = memory("VmHWM");
        qint64 lines = 0;
        const auto ended =
            command::run(shell(u"yes 0123456789012345678901234567890123456789 | head -c 104857600"_s),
                         {.output = [&](const QStringList& more) { lines += more.size(); }});
        QVERIFY(ended.value().isFine());
        QCOMPARE(lines, 104857600 / 41 + 1);
        QCOMPARE(ended->lastLines.size(), command::Output::keptLines);
        const qint64 grown = memory("VmHWM") - before;
        QVERIFY2(grown < 30'000, qPrintable(u"%1 kB"_s.arg(grown)));
    }

    void aFloodCanBeStopped()
    {
        QElapsedTimer clock;
        clock.start();
        const auto ended =
            command::run(shell(u"yes"_s), {.stopRequested = [&] { return clock.elapsed() > 300; }});
        QVERIFY(ended.value().stopped);
        QVERIFY(clock.elapsed() < 5000);
    }

    void writesAUrlThatOtherProgramsRead_data()
    {
        QTest::addColumn<drivers::Target>("target");
        QTest::addColumn<QString>("url");
        const auto postgres = [](const QString& location, const QString& password = {}) {
            return drivers::Target{.engine = Engine::Postgres, .location = location, .password = password};
        };
        QTest::newRow("file") << drivers::Target{.engine = Engine::Sqlite,
                                                 .location = u"/a b/ü?.db"_s,
                                                 .password = {}}
                              << u"sqlite:///a%20b/%C3%BC%3F.db"_s;
        QTest::newRow("socket") << postgres(u"host=/run/pg user=postgres dbname=shop"_s)
                                << u"postgres://postgres@localhost/shop?host=/run/pg"_s;
        QTest::newRow("socket in a URL") << postgres(u"postgres://me@%2Frun%2Fpg:5433/shop"_s)
                                         << u"postgres://me@localhost:5433/shop?host=/run/pg"_s;
        QTest::newRow("password") << postgres(
            u"postgres://me:p%40s@db.example.org:5432/shop?sslmode=require"_s)
                                  << u"postgres://me:p%40s@db.example.org/shop?sslmode=require"_s;
        QTest::newRow("password apart") << postgres(u"postgres://me@db.example.org/shop"_s, u"a/b"_s)
                                        << u"postgres://me:a%2Fb@db.example.org/shop"_s;
        QTest::newRow("search path") << postgres(u"postgres://me@h/shop?options=-csearch_path%3Dapp"_s)
                                     << u"postgres://me@h/shop?options=-csearch_path%3Dapp"_s;
    }
    void writesAUrlThatOtherProgramsRead()
    {
        QFETCH(const drivers::Target, target);
        QFETCH(const QString, url);
        const auto written = drivers::targetUrl(target);
        QVERIFY2(written, written ? "" : qPrintable(written.error().oneLine()));
        QCOMPARE(*written, url);
    }

    void refusesWhatNoUrlCanSay()
    {
        QCOMPARE(drivers::targetUrl({.engine = Engine::Sqlite, .location = u":memory:"_s, .password = {}})
                     .error()
                     .kind,
                 ErrorKind::InvalidInput);
    }

    void showsNoPassword()
    {
        Command command{.program = u"tool"_s,
                        .arguments = {u"--url"_s, u"postgres://me:p%40s@h/shop"_s, u"it's"_s, u""_s},
                        .folder = {},
                        .password = u"p@s"_s,
                        .install = {}};
        QCOMPARE(command::shown(command), u"tool --url 'postgres://me:…@h/shop' 'it'\\''s' ''"_s);
    }
};

QTEST_GUILESS_MAIN(CommandTest)
#include "command_test.moc"
