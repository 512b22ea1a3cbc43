// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QProcess>
#include <QTextStream>
#include <QTimer>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace dewpoint;

namespace {

constexpr int edits = 50;

/// The program that is killed: stages one cell after the other, as quick fingers would, and says when it is done.
class Staging final : public QObject
{
public:
    explicit Staging(const QString& database) : m_window([](shell::MainWindow*) {})
    {
        m_window.show();
        m_window.openConnection(test::WindowScratch::saved(database));
        connect(&m_beat, &QTimer::timeout, this, &Staging::step);
        m_beat.start(20);
    }

private:
    void step()
    {
        if (!m_window.isSettled())
            return;
        if (!m_page) {
            m_window.workspace()->openNamed(u"t"_s);
            m_page = qobject_cast<grid::TablePage*>(m_window.workspace()->currentPage());
            return;
        }
        auto& model = m_page->model();
        if (m_staged < edits && model.rowState(m_staged) != items::RowState::Loading) {
            model.setData(model.index(m_staged, 1), u"staged %1"_s.arg(m_staged + 1));
            ++m_staged;
        } else if (m_staged == edits && !m_said) {
            m_said = true;
            // A tenth of a second: nobody saw the last edit for longer.
            QTimer::singleShot(100, this, [] { QTextStream(stdout) << "staged" << Qt::endl; });
        }
    }

    shell::MainWindow m_window;
    grid::TablePage* m_page = nullptr;
    QTimer m_beat;
    int m_staged = 0;
    bool m_said = false;
};

}  // namespace

/// What is staged is there again after the program was killed.
class StagedCrashTest final : public test::WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { m_scratch.emplace(); }
    void cleanup() { m_scratch.reset(); }

    void fiftyStagedEditsSurviveAKill()
    {
        const QString path = m_scratch->database(
            u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                       "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 100) "
                       "INSERT INTO t SELECT i, 'n' || i FROM s;"_s);
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(), {u"--stage"_s, path});
        QVERIFY(program.waitForReadyRead(60000));
        QCOMPARE(program.readLine().trimmed(), "staged");
        QCOMPARE(::kill(static_cast<pid_t>(program.processId()), SIGKILL), 0);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::CrashExit);
        window()->restoreSession();
        QVERIFY(settles());
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->pending().updates, edits);
        QTRY_COMPARE(table()->model().index(edits - 1, 1).data().toString(), u"staged 50"_s);
        QVERIFY(table()->model().edits().rows().size() == edits);
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--stage"_s) {
        const Staging staging(arguments.value(2));
        return QApplication::exec();
    }
    StagedCrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "staged_crash_test.moc"
