// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/ask_bar.h"
#include "migrate/compare_page.h"
#include "migrate/compare_work.h"
#include "migrate/live_output.h"
#include "migrate/migrate_page.h"
#include "migrate/output_panel.h"
#include "store/agreements.h"
#include "support/code_scratch.h"
#include "theme/theme.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using test::CodeScratch;

/// The migrations page where migrations are programs: the question before anything of them runs, their
/// output while they do, and stopping them.
class MigrateCodeTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;
    std::unique_ptr<CodeScratch> m_scratch;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<migrate::MigratePage> m_page;

    template <class T>
    T* child(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    kit::AskBar* ask() const { return m_page->findChild<kit::AskBar*>(); }
    bool settles() const
    {
        return QTest::qWaitFor([this] { return !m_page->isBusy() && m_page->status(); }, 30'000);
    }
    bool pendingBecomes(int count) const
    {
        return QTest::qWaitFor(
            [&] {
                return !m_page->isBusy() && m_page->status() && m_page->status()->pendingCount() == count;
            },
            30'000);
    }
    void open()
    {
        m_page.reset();
        m_session = std::make_unique<runtime::Session>(m_scratch->target());
        m_page = std::make_unique<migrate::MigratePage>(*m_session, m_scratch->project());
        m_page->resize(1200, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QVERIFY(settles());
    }
    void click(const char* name) { QTest::mouseClick(child<QToolButton>(name), Qt::LeftButton); }
    void accept() { QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton); }
    bool hasPicture(const QString& part) const
    {
        return QTest::qWaitFor(
            [&] {
                for (const QWidget* widget : m_page->findChildren<QWidget*>())
                    if (widget->accessibleDescription().contains(part))
                        return true;
                return false;
            },
            30'000);
    }
    void keepPicture(const QString& name) const
    {
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            m_page->grab().save(u"%1/%2.png"_s.arg(folder, name));
    }

    /// Its previews go well; the run itself hangs, deaf to SIGTERM.
    void runTheHangingOne()
    {
        m_scratch->migration(u"0001_users"_s, "!hang-live\nCREATE TABLE users (id integer, name text)",
                             "SELECT 1");
        QVERIFY(store::rememberAgreement(m_scratch->path(), m_scratch->agreed().agreedCode).has_value());
        open();
        click("migrate.run");
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(m_scratch->path(u"pids"_s)).size() > 0, 30'000);
        QVERIFY(m_page->isBusy());
    }
    bool isGone() const
    {
        const auto gone = [](const QByteArray& pid) {
            QFile file(u"/proc/%1/stat"_s.arg(QString::fromUtf8(pid)));
            return !file.open(QIODevice::ReadOnly) || file.readAll().contains(") Z ");
        };
        const QList<QByteArray> pids = m_scratch->read(u"pids"_s).simplified().split(' ');
        return pids.size() == 2 && QTest::qWaitFor([&] { return std::ranges::all_of(pids, gone); }, 5000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8());
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_scratch = std::make_unique<CodeScratch>(Engine::Sqlite);
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_scratch.reset();
    }

    void comparingAsksFirstAsWell()
    {
        m_session = std::make_unique<runtime::Session>(m_scratch->target());
        migrate::ComparePage page(*m_session);
        page.setProject(m_scratch->project());
        page.resize(1200, 800);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        page.setSources({.kind = migrate::SchemaSource::Kind::Empty, .text = {}, .password = {}},
                        {.kind = migrate::SchemaSource::Kind::Migrations, .text = {}, .password = {}});
        page.compare();
        const auto* question = page.findChild<kit::AskBar*>();
        QVERIFY(question->isVisible() && question->isAsking());
        QVERIFY(!page.isBusy());
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            page.grab().save(folder + u"/compare-code.png"_s);
        QVERIFY2(store::agreedCode(m_scratch->path()).isEmpty(), "nobody has agreed yet");
        QTest::mouseClick(question->findChild<QPushButton*>(u"askAccept"_s), Qt::LeftButton);
        QVERIFY(!store::agreedCode(m_scratch->path()).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy(), 30'000);
        QVERIFY2(page.comparison(), qPrintable(page.findChild<QLabel*>(u"compareMessage"_s)->text()));
        QVERIFY(page.comparison()->up.contains(u"users"_s));
        // Once is enough.
        page.compare();
        QVERIFY(page.isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy(), 30'000);
    }

    void listsAndShowsTheSourceWithoutRunningAnything()
    {
        open();
        QCOMPARE(m_page->status()->pendingCount(), 3);
        QTRY_VERIFY(child<QPlainTextEdit>("upScript")->toPlainText().contains(u"CREATE TABLE users"_s));
        auto* tabs = child<QTabWidget>("previewTabs");
        QCOMPARE(tabs->tabText(tabs->indexOf(child<QPlainTextEdit>("upScript"))), u"Source"_s);
        QVERIFY(!tabs->isTabVisible(tabs->indexOf(child<QPlainTextEdit>("downScript"))));
        QVERIFY(child<QToolButton>("migrate.code")->isVisible());
        QCOMPARE(m_scratch->calls(), QStringList{});
        keepPicture(u"code-before"_s);
    }

    void asksBeforeItRunsAndRemembersTheYes()
    {
        open();
        click("migrate.run");
        QVERIFY(ask()->isAsking());
        QVERIFY2(ask()->detail().contains(u"python3 tool.py up 1"_s)
                     && ask()->detail().contains(m_scratch->path()),
                 qPrintable(ask()->detail()));
        keepPicture(u"code-ask"_s);
        QTest::keyClick(child<QPushButton>("askCancel"), Qt::Key_Escape);
        QVERIFY(!ask()->isAsking());
        QVERIFY(settles());
        QCOMPARE(m_scratch->calls(), QStringList{});

        click("migrate.run");
        accept();
        QVERIFY(pendingBecomes(2));
        auto* output = child<QPlainTextEdit>("outputText");
        QVERIFY(output->isVisible());
        QVERIFY2(output->toPlainText().contains(u"Applied 0001_users.mig"_s),
                 qPrintable(output->toPlainText()));
        QVERIFY(child<QToolButton>("outputClose")->isVisible()
                && !child<QToolButton>("outputStop")->isVisible());
        QVERIFY(hasPicture(u"+ table users"_s));
        keepPicture(u"code-ran"_s);

        open();
        click("migrate.run");
        QVERIFY(pendingBecomes(1));
    }

    void theYesIsTakenBack()
    {
        open();
        click("migrate.code");
        QVERIFY(ask()->isAsking());
        accept();
        QVERIFY(settles());
        QVERIFY(hasPicture(u"+ table users"_s));
        click("migrate.code");
        QVERIFY2(ask()->title().contains(u"no more"_s), qPrintable(ask()->title()));
        accept();
        QVERIFY(settles());
        const qsizetype calls = m_scratch->calls().size();
        click("migrate.run");
        QVERIFY(ask()->isAsking());
        QVERIFY(settles());
        QCOMPARE(m_scratch->calls().size(), calls);
    }

    void stopEndsIt()
    {
        runTheHangingOne();
        auto* output = child<QPlainTextEdit>("outputText");
        QTRY_VERIFY(output->toPlainText().contains(u"Applying 0001_users.mig"_s));
        QVERIFY(child<QToolButton>("outputStop")->isVisible());
        keepPicture(u"code-running"_s);
        click("outputStop");
        QVERIFY(settles());
        QVERIFY2(ask()->title().contains(u"was interrupted"_s), qPrintable(ask()->title()));
        QVERIFY2(ask()->detail().contains(u"Nothing of this run is in it."_s), qPrintable(ask()->detail()));
        QVERIFY(isGone());
    }

    void closingThePageEndsIt()
    {
        runTheHangingOne();
        m_page.reset();
        m_session.reset();
        QVERIFY(isGone());
    }

    void aFloodLeavesTheWindowFree()
    {
        migrate::OutputPanel panel;
        panel.resize(800, 300);
        panel.show();
        auto output = std::make_shared<migrate::LiveOutput>();
        panel.begin(u"tool up"_s, output);
        QStringList lines;
        for (int i = 0; i < 1000; ++i)
            lines << u"line %1 of many that nobody will ever read"_s.arg(i);
        qint64 worst = 0;
        QElapsedTimer beat;
        beat.start();
        for (int i = 0; i < 300; ++i) {
            output->append(lines);
            beat.restart();
            QTest::qWait(1);
            worst = qMax(worst, beat.elapsed());
        }
        panel.end();
        auto* text = panel.findChild<QPlainTextEdit*>(u"outputText"_s);
        QVERIFY(text->blockCount() <= 5000);
        QVERIFY(text->toPlainText().endsWith(u"line 999 of many that nobody will ever read"_s));
        QVERIFY(text->toPlainText().contains(u"lines left out"_s));
        QVERIFY2(worst < 1000, qPrintable(QString::number(worst)));
    }

    void makesANewMigrationByTheCommand()
    {
        open();
        click("migrate.new");
        QTest::keyClicks(child<QLineEdit>("migrationName"), u"more"_s);
        QTest::keyClick(child<QLineEdit>("migrationName"), Qt::Key_Return);
        QVERIFY(ask()->isAsking());
        QCOMPARE(m_scratch->calls(), QStringList{});
        accept();
        QVERIFY(pendingBecomes(4));
        QVERIFY2(ask()->title().contains(u"0009_more"_s), qPrintable(ask()->title()));
    }
};

QTEST_MAIN(MigrateCodeTest)
#include "migrate_code_test.moc"
