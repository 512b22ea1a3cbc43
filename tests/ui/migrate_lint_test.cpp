// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/executor.h"
#include "migrate/findings_panel.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/migration_model.h"
#include "support/project_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTabWidget>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// What a migration puts at risk, in the window: the class in the list, findings with their explanation, rows
/// that block, and files that are put right.
class MigrateLintTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<test::ProjectScratch> m_scratch;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<migrate::MigratePage> m_page;

    template <class T>
    T* child(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    QListWidget* findings() const { return child<QListWidget>("findings"); }
    QTabWidget* tabs() const { return child<QTabWidget>("previewTabs"); }
    void showTab() { tabs()->setCurrentWidget(m_page->findChild<migrate::FindingsPanel*>()); }
    QStringList lines() const
    {
        QStringList all;
        for (int row = 0; row < findings()->count(); ++row)
            all << findings()->item(row)->text();
        return all;
    }
    bool findsLine(const QString& part)
    {
        return QTest::qWaitFor(
            [&] {
                for (int row = 0; row < findings()->count(); ++row) {
                    if (findings()->item(row)->text().contains(part)) {
                        findings()->setCurrentRow(row);
                        return true;
                    }
                }
                return false;
            },
            20000);
    }
    QStringList risks() const
    {
        const auto* model = m_page->findChild<migrate::MigrationModel*>();
        QStringList all;
        for (int row = 0; row < model->rowCount(); ++row)
            all << model->data(model->index(row, migrate::MigrationModel::Risk), Qt::DisplayRole).toString();
        return all;
    }
    bool becomes(const QStringList& wanted) const
    {
        return QTest::qWaitFor([&] { return risks() == wanted; }, 20000);
    }
    void open(Engine engine, const QByteArray& first, const QByteArray& rows, const QByteArray& second)
    {
        m_scratch = std::make_unique<test::ProjectScratch>(engine);
        m_scratch->write(u"migrations/1_first.sql"_s, first);
        const auto db = m_scratch->connect();
        const auto ran = apply::execute(*db, m_scratch->project(), apply::Action::Run, apply::Scope::all());
        QVERIFY(ran && !ran->failure);
        QVERIFY(db->executeScript(rows));
        m_scratch->write(u"migrations/2_second.sql"_s, second);
        m_session = std::make_unique<runtime::Session>(m_scratch->target());
        m_page = std::make_unique<migrate::MigratePage>(*m_session, m_scratch->project());
        m_page->resize(1200, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QVERIFY(QTest::qWaitFor([this] { return !m_page->isBusy() && m_page->status(); }, 20000));
    }
    // A picture for a person to look at, when one is asked for.
    void keepPicture(const QString& name) const
    {
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            m_page->grab().save(u"%1/%2.png"_s.arg(folder, name));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_scratch.reset();
    }

    void findingsDoNotMoveTheList()
    {
        open(Engine::Sqlite, "CREATE TABLE users(id integer PRIMARY KEY, phone text);\n", "SELECT 1;\n",
             "CREATE TABLE notes(id integer PRIMARY KEY);\n");
        auto* list = m_page->findChild<migrate::MigrationList*>();
        const int width = list->width();
        m_scratch->write(u"migrations/2_second.sql"_s, "ALTER TABLE users DROP COLUMN phone;\n");
        m_page->reload();
        QVERIFY(findsLine(u"Drops the column users.phone"_s));
        QTest::qWait(0);  // the splitter hears of the new texts
        QCOMPARE(list->width(), width);
    }

    void showsTheClassOfEachMigration_data() { test::engines(); }
    void showsTheClassOfEachMigration()
    {
        QFETCH(const Engine, engine);
        open(engine, "CREATE TABLE t(id int, a int);", "", "ALTER TABLE t DROP COLUMN a;");
        QVERIFY2(becomes({u"✓ Safe"_s, u"✕ Loses data"_s}), qPrintable(risks().join(u'|')));
        m_scratch->write(u"migrations/2_second.sql"_s,
                         "-- dewpoint: allow drop-column: it was never used\nALTER TABLE t DROP COLUMN a;");
        m_page->reload();
        QVERIFY2(becomes({u"✓ Safe"_s, u"✓ Safe"_s}), qPrintable(risks().join(u'|')));
        showTab();
        QVERIFY(findsLine(u"allowed"_s));
        QVERIFY(child<QLabel>("findingDetail")->text().contains(u"it was never used"_s));
    }

    void explainsAFindingAndGoesToItsLine_data() { test::engines(); }
    void explainsAFindingAndGoesToItsLine()
    {
        QFETCH(const Engine, engine);
        open(engine, "CREATE TABLE t(id int, a int);", "", "SELECT 1;\nSELECT 2;\nDROP TABLE t;");
        showTab();
        QVERIFY(findsLine(u"Drops the table t"_s));
        keepPicture(engine == Engine::Sqlite ? u"findings-sqlite"_s : u"findings-postgres"_s);
        const QString detail = child<QLabel>("findingDetail")->text();
        QVERIFY2(detail.contains(u"allow drop-table"_s), qPrintable(detail));
        QCOMPARE(detail.contains(u"ACCESS EXCLUSIVE"_s), engine == Engine::Postgres);
        findings()->setFocus();
        QTest::keyClick(findings(), Qt::Key_Return);
        QCOMPARE(tabs()->currentWidget()->objectName(), u"upScript"_s);
    }

    void showsTheRowsThatBlockAndChecksAgain_data() { test::engines(); }
    void showsTheRowsThatBlockAndChecksAgain()
    {
        QFETCH(const Engine, engine);
        open(engine, "CREATE TABLE t(id int PRIMARY KEY, b text);",
             "INSERT INTO t VALUES (1, 'x'), (2, 'x');", "CREATE UNIQUE INDEX i ON t(b);");
        showTab();
        QVERIFY2(findsLine(u"2 rows share"_s), qPrintable(lines().join(u'|')));
        keepPicture(engine == Engine::Sqlite ? u"blocked-sqlite"_s : u"blocked-postgres"_s);
        const QSignalSpy asked(m_page.get(), &migrate::MigratePage::rowsRequested);
        QTest::mouseClick(child<QPushButton>("showRows"), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(1).toString(), u"t"_s);
        const auto db = m_scratch->connect();
        QCOMPARE(test::rowsOf(*db, u"SELECT id FROM t WHERE "_s + asked.first().at(2).toString()
                                       + u" ORDER BY 1"_s),
                 (QStringList{u"1"_s, u"2"_s}));
        QVERIFY(db->executeScript("UPDATE t SET b = 'y' WHERE id = 2"));
        QTest::mouseClick(child<QPushButton>("checkAgain"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return !lines().join(u' ').contains(u"2 rows share"_s); }, 20000));
    }

    void fillsTheRowsInTheMigration()
    {
        open(Engine::Postgres, "CREATE TABLE t(id int PRIMARY KEY, b text);",
             "INSERT INTO t VALUES (1, NULL);", "-- one\nALTER TABLE t ALTER b SET NOT NULL;\n");
        showTab();
        QVERIFY2(findsLine(u"1 rows hold NULL"_s), qPrintable(lines().join(u'|')));
        QTest::mouseClick(child<QPushButton>("addBackfill"), Qt::LeftButton);
        keepPicture(u"backfill"_s);
        QTest::mouseClick(child<QPushButton>("repairAccept"), Qt::LeftButton);
        QCOMPARE(m_scratch->read(u"migrations/2_second.sql"_s),
                 QByteArray("-- one\nUPDATE \"public\".\"t\" SET \"b\" = '' WHERE \"b\" IS NULL;\n"
                            "ALTER TABLE t ALTER b SET NOT NULL;\n"));
        QVERIFY2(findsLine(u"unless the migration itself"_s), qPrintable(lines().join(u'|')));
    }

    void writesTheSaferWayAfterShowingIt()
    {
        open(Engine::Postgres, "CREATE TABLE t(id int PRIMARY KEY, b int);", "INSERT INTO t VALUES (1, 1);",
             "-- mine\nALTER TABLE t ADD FOREIGN KEY (b) REFERENCES t;\n");
        showTab();
        QVERIFY2(findsLine(u"Nobody writes t"_s), qPrintable(lines().join(u'|')));
        QTest::mouseClick(child<QPushButton>("saferWay"), Qt::LeftButton);
        const QString shown = child<QPlainTextEdit>("repairSql")->toPlainText();
        QVERIFY2(shown.contains(u"+ ALTER TABLE t ADD CONSTRAINT t_b_fkey"_s), qPrintable(shown));
        QVERIFY2(shown.contains(u"VALIDATE CONSTRAINT"_s), qPrintable(shown));
        keepPicture(u"safer"_s);
        QTest::mouseClick(child<QPushButton>("repairCancel"), Qt::LeftButton);
        QCOMPARE(m_scratch->read(u"migrations/2_second.sql"_s),
                 QByteArray("-- mine\nALTER TABLE t ADD FOREIGN KEY (b) REFERENCES t;\n"));
        QTest::mouseClick(child<QPushButton>("saferWay"), Qt::LeftButton);
        QTest::mouseClick(child<QPushButton>("repairAccept"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return m_page->status()->migrations.size() == 3; }, 20000));
        QCOMPARE(
            m_scratch->read(u"migrations/2_second.sql"_s),
            QByteArray(
                "-- mine\nALTER TABLE t ADD CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES t NOT VALID;\n"));
        QVERIFY2(becomes({u"✓ Safe"_s, u"✓ Safe"_s, u"✓ Safe"_s}), qPrintable(risks().join(u'|')));
    }
};

QTEST_MAIN(MigrateLintTest)
#include "migrate_lint_test.moc"
