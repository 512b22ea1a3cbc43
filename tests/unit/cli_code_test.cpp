// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/code_scratch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using test::CodeScratch;

/// `dewpoint migrate` where migrations are programs: nothing runs unasked, and the output stays apart.
class CliCodeTest final : public QObject
{
    Q_OBJECT

    using Answer = test::CliAnswer;
    static Answer run(const CodeScratch& scratch, const QStringList& words,
                      const std::optional<QByteArray>& typed = {})
    {
        return test::runCli(QStringList{u"migrate"_s} + words
                                + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()},
                            typed);
    }

    QTemporaryDir m_state;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8());
        qunsetenv("DATABASE_URL");
    }

    void nothingRunsUnasked()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.write(u"test.db"_s, {});
        for (const QString& word : {u"run"_s, u"revert"_s, u"redo"_s}) {
            const Answer answer = run(scratch, {word});
            QCOMPARE(answer.code, 3);
            QVERIFY2(answer.err.contains("--run-project-code") && answer.err.contains("python3 tool.py up"),
                     answer.err.constData());
            QCOMPARE(answer.err.count('\n'), 1);
        }
        QCOMPARE(run(scratch, {u"generate"_s, u"x"_s}).code, 3);
        QCOMPARE(run(scratch, {u"status"_s}).code, 0);
        QCOMPARE(run(scratch, {u"run"_s, u"--dry-run"_s}).code, 0);
        QCOMPARE(run(scratch, {u"code"_s}).code, 1);
        QCOMPARE(scratch.calls(), QStringList{});
    }

    void anOptionLetsItRunOnceAndJsonStaysClean()
    {
        const CodeScratch scratch(Engine::Sqlite);
        const Answer answer =
            run(scratch, {u"run"_s, u"--count"_s, u"1"_s, u"--run-project-code"_s, u"--json"_s});
        QCOMPARE(answer.code, 0);
        const auto json = QJsonDocument::fromJson(answer.out).object();
        QCOMPARE(json[u"done"_s].toArray().size(), 1);
        QCOMPARE(answer.err, "Applying 0001_users.mig\nApplied 0001_users.mig\n");
        QCOMPARE(run(scratch, {u"run"_s}).code, 3);
        const Answer more = run(scratch, {u"run"_s, u"--run-project-code"_s});
        QCOMPARE(more.out, "Ran 0002_email.mig\nRan 0003_orders.mig\n");
        QCOMPARE(run(scratch, {u"revert"_s, u"--run-project-code"_s, u"--quiet"_s}).err, "");
        QCOMPARE(scratch.calls().size(), 3);
    }

    void aYesAtTheTerminalIsRemembered()
    {
        const CodeScratch scratch(Engine::Sqlite);
        const Answer no = run(scratch, {u"run"_s, u"--count"_s, u"1"_s}, "n\n");
        QCOMPARE(no.code, 3);
        QVERIFY(no.err.contains("python3 tool.py down") && no.err.contains(scratch.path().toUtf8()));
        QCOMPARE(run(scratch, {u"run"_s, u"--count"_s, u"1"_s}, "").code, 3);
        QCOMPARE(run(scratch, {u"run"_s, u"--yes"_s}, "y\n").code, 3);
        QCOMPARE(scratch.calls(), QStringList{});
        QCOMPARE(run(scratch, {u"run"_s, u"--count"_s, u"1"_s}, "y\n").code, 0);
        QCOMPARE(run(scratch, {u"run"_s, u"--count"_s, u"1"_s}).code, 0);
        QCOMPARE(scratch.calls().size(), 2);
        QCOMPARE(run(scratch, {u"code"_s}).code, 0);
        QCOMPARE(run(scratch, {u"code"_s, u"--revoke"_s}).code, 0);
        QCOMPARE(run(scratch, {u"run"_s}).code, 3);
        QCOMPARE(run(scratch, {u"code"_s, u"--agree"_s, u"--json"_s}).code, 0);
        QCOMPARE(run(scratch, {u"run"_s}).code, 0);
        scratch.settings(CodeScratch::usualSettings().replace("\"down\"", "\"down2\""));
        QCOMPARE(run(scratch, {u"run"_s}).code, 3);
    }

    void statusSaysThatItIsNotKnown()
    {
        const CodeScratch scratch(Engine::Sqlite);
        QByteArray toml = CodeScratch::usualSettings();
        toml.replace(
            "[ledger]\ntable = \"tool_ledger\"\nversion = \"version\"\napplied_at = \"applied_at\"\n", "");
        scratch.settings(toml + "status = [\"python3\", \"tool.py\", \"status\", \"{url}\"]\n");
        QVERIFY(scratch.connect()->isOpen());  // there is a database
        const Answer unknown = run(scratch, {u"status"_s, u"--json"_s});
        QCOMPARE(unknown.code, 0);
        QVERIFY(unknown.out.contains("\"unknown\"") && unknown.err.contains("--run-project-code"));
        QCOMPARE(run(scratch, {u"check"_s}).code, 1);
        QCOMPARE(scratch.calls(), QStringList{});
        const Answer known = run(scratch, {u"status"_s, u"--json"_s, u"--run-project-code"_s});
        QVERIFY(known.out.contains("\"pending\"") && known.err.isEmpty());
    }

    void afterAFailureTheOutputAndWhatStandsAreThere()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.migration(u"0002_email"_s, "!fail\nSELECT 1", "SELECT 1");
        const Answer answer = run(scratch, {u"run"_s, u"--run-project-code"_s});
        QCOMPARE(answer.code, 3);
        QCOMPARE(answer.out, "Ran 0001_users.mig\n");
        QVERIFY2(answer.err.contains("something is wrong here\n")
                     && answer.err.contains("It has 0001_users.mig."),
                 answer.err.constData());
    }

    /// The real program, as Ctrl+C reaches it: what it started has a session of its own.
    void anInterruptEndsTheProjectsProgram()
    {
        const CodeScratch scratch(Engine::Sqlite);
        scratch.migration(u"0002_email"_s, "!hang\nSELECT 1", "SELECT 1");
        QProcess process;
        process.start(qEnvironmentVariable("DEWPOINT_BIN"),
                      {u"migrate"_s, u"run"_s, u"--run-project-code"_s, u"--no-backup"_s, u"--project"_s,
                       scratch.path(), u"--db"_s, scratch.url()});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(scratch.path(u"pids"_s)).size() > 0, 30'000);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 3);
        for (const QByteArray& pid : scratch.read(u"pids"_s).simplified().split(' ')) {
            const auto isGone = [&] {
                QFile file(u"/proc/%1/stat"_s.arg(QString::fromUtf8(pid)));
                return !file.open(QIODevice::ReadOnly) || file.readAll().contains(") Z ");
            };
            QTRY_VERIFY2(isGone(), pid.constData());
        }
    }
};

QTEST_GUILESS_MAIN(CliCodeTest)
#include "cli_code_test.moc"
