// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_model.h"
#include "park/warehouse.h"
#include "rehearsal/rehearsal_view.h"
#include "store/recent_sql.h"
#include "support/pg.h"
#include "support/project_scratch.h"
#include "theme/theme.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Rehearsing, parking and what the list says of each way back, by keys and mouse.
class MigrateRehearseTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<test::ScratchPostgres> m_postgres;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<migrate::MigratePage> m_page;

    template <class T>
    T* child(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    kit::AskBar* ask() const { return m_page->findChild<kit::AskBar*>(); }
    rehearsal::RehearsalView* view() const { return child<rehearsal::RehearsalView>("rehearsalView"); }
    void migration(const QString& folder, const QByteArray& up, const QByteArray& down) const
    {
        for (const auto& [name, text] : {std::pair(u"up"_s, up), std::pair(u"down"_s, down)}) {
            const QString full = m_dir->filePath(u"migrations/%1/%2.sql"_s.arg(folder, name));
            QDir().mkpath(QFileInfo(full).path());
            QFile file(full);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        }
    }
    drivers::Target target() const
    {
        if (m_postgres)
            return m_postgres->target();
        return {.engine = Engine::Sqlite, .location = m_dir->filePath(u"shop.db"_s), .create = true};
    }
    bool settles() const
    {
        return QTest::qWaitFor([this] { return !m_page->isBusy() && m_page->status(); }, 60000);
    }
    bool pendingBecomes(int count) const
    {
        return QTest::qWaitFor(
            [&] {
                return !m_page->isBusy() && m_page->status() && m_page->status()->pendingCount() == count;
            },
            60000);
    }
    void open(Engine engine)
    {
        if (engine == Engine::Postgres)
            m_postgres = std::make_unique<test::ScratchPostgres>();
        m_session = std::make_unique<runtime::Session>(target());
        m_page = std::make_unique<migrate::MigratePage>(*m_session, *project::detect(m_dir->path(), {}));
        m_page->resize(1200, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QVERIFY(settles());
    }
    /// The first migration stands with three people in it; the second, which drops a column, is pending.
    void openShop(Engine engine)
    {
        open(engine);
        QTest::mouseClick(child<QToolButton>("migrate.run"), Qt::LeftButton);
        QVERIFY(pendingBecomes(1));
        const auto db = drivers::Connection::open(target()).value();
        QVERIFY(db->executeScript(
                      "INSERT INTO people VALUES (1, 'Ada', '1'), (2, 'Grace', '2'), (3, 'Lin', NULL)")
                    .has_value());
    }
    QStringList phones() const
    {
        const auto db = drivers::Connection::open(target()).value();
        return test::rowsOf(*db, u"SELECT phone FROM people ORDER BY id"_s);
    }
    QString downOf(int row) const
    {
        const auto* model = child<QTableView>("migrationTable")->model();
        return model->index(row, migrate::MigrationModel::Reversible).data().toString();
    }
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
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_state = std::make_unique<QTemporaryDir>();
        qputenv("DEWPOINT_STATE_DIR", m_state->path().toUtf8());
        m_dir = std::make_unique<QTemporaryDir>();
        QFile file(m_dir->filePath(u"diesel.toml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[migrations_directory]\ndir = \"migrations\"\n");
        file.close();
        migration(u"2025-01-01-000000_people"_s,
                  "CREATE TABLE people(id integer PRIMARY KEY, name text NOT NULL, phone text);",
                  "DROP TABLE people;");
        migration(u"2025-02-01-000000_no_phone"_s, "ALTER TABLE people DROP COLUMN phone;",
                  "ALTER TABLE people ADD COLUMN phone text;");
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_postgres.reset();
    }

    void theWholeStoryOfADangerousMigration_data() { test::engines(); }
    void theWholeStoryOfADangerousMigration()
    {
        QFETCH(const Engine, engine);
        openShop(engine);
        QTest::keyClick(m_page.get(), Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(settles());
        QVERIFY2(view()->isVisible(), qPrintable(ask()->title() + ask()->detail()));
        const QString text = view()->text();
        QVERIFY2(text.contains(u"came back with the parked values (2 values of people.phone)"_s),
                 qPrintable(text));
        QVERIFY2(text.contains(u"The live database is untouched"_s), qPrintable(text));
        QVERIFY2(text.contains(u"lost: 2 values of phone"_s), qPrintable(text));
        QVERIFY2(text.contains(u"ALTER TABLE people DROP COLUMN phone"_s), qPrintable(text));
        QCOMPARE(text.contains(u"nobody else reads or writes it meanwhile"_s), engine == Engine::Postgres);
        auto* rows = child<QTableView>("rehearsalRows");
        QVERIFY(rows->isVisible());
        const QAbstractItemModelTester tester(rows->model());
        QCOMPARE(rows->model()->rowCount(), 2);
        QCOMPARE(rows->model()->index(0, 3).data().toString(), u"1 → NULL"_s);
        QCOMPARE(phones(), (QStringList{u"1"_s, u"2"_s, u"∅"_s}));
        QTRY_COMPARE(downOf(0), u"✓ comes back, parked"_s);
        keepPicture(u"rehearsed-%1"_s.arg(sql::engineName(engine)));

        QTest::mouseClick(child<QToolButton>("migrate.run"), Qt::LeftButton);
        QVERIFY(settles());
        QVERIFY(ask()->isAsking());
        auto* box = child<QCheckBox>("askChoice");
        QVERIFY(box->isVisible() && box->isChecked());
        QCOMPARE(box->text(), u"Park 2 values of people.phone, so that reverting brings them back"_s);
        keepPicture(u"parking-%1"_s.arg(sql::engineName(engine)));
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(pendingBecomes(0));
        QVERIFY2(ask()->detail().contains(u"Parked 2 values of people.phone"_s), qPrintable(ask()->detail()));

        QTest::keyClick(m_page.get(), Qt::Key_Backspace, Qt::ControlModifier);
        QVERIFY(settles());
        QVERIFY2(ask()->detail().contains(u"Puts back what was parked: 2 values of people.phone"_s),
                 qPrintable(ask()->detail()));
        QVERIFY2(!ask()->detail().contains(u"Comes back empty"_s), qPrintable(ask()->detail()));
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(pendingBecomes(1));
        QVERIFY2(ask()->detail().contains(u"Put back 2 values of people.phone"_s),
                 qPrintable(ask()->detail()));
        QCOMPARE(phones(), (QStringList{u"1"_s, u"2"_s, u"∅"_s}));
    }

    void aRevertIsRehearsedBeforeItIsRun_data() { test::engines(); }
    void aRevertIsRehearsedBeforeItIsRun()
    {
        QFETCH(const Engine, engine);
        openShop(engine);
        QTest::keyClick(m_page.get(), Qt::Key_R, Qt::ControlModifier | Qt::AltModifier | Qt::ShiftModifier);
        QVERIFY(settles());
        QVERIFY2(view()->isVisible(), qPrintable(ask()->title() + ask()->detail()));
        const QString text = view()->text();
        QVERIFY2(text.contains(u"reverted on a copy and run again, and came back with the parked values"_s),
                 qPrintable(text));
        QVERIFY2(text.contains(u"The live database is untouched"_s), qPrintable(text));
        QVERIFY2(text.indexOf(u"↓ 2025-01-01"_s) >= 0
                     && text.indexOf(u"↓ 2025-01-01"_s) < text.indexOf(u"↑ 2025-01-01"_s),
                 qPrintable(text));
        auto* rows = child<QTableView>("rehearsalRows");
        QVERIFY(rows->isVisible());
        QCOMPARE(rows->model()->rowCount(), 3);
        QCOMPARE(phones(), (QStringList{u"1"_s, u"2"_s, u"∅"_s}));
        QCOMPARE(m_page->status()->appliedCount(), 1);
        keepPicture(u"rehearsed-revert-%1"_s.arg(sql::engineName(engine)));
        // What it says of a revert is no news of the way back of a run.
        QTRY_COMPARE_WITH_TIMEOUT(downOf(1), u"✓ restores"_s, 60000);
    }

    void aRevertDownToTheSelectedOneIsRehearsedReadOnly()
    {
        openShop(Engine::Sqlite);
        QTest::mouseClick(child<QToolButton>("migrate.run"), Qt::LeftButton);
        QVERIFY(settles());
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(pendingBecomes(0));
        m_page.reset();
        auto reading = target();
        reading.guard = drivers::Guard::ReadOnly;
        m_session = std::make_unique<runtime::Session>(reading);
        m_page = std::make_unique<migrate::MigratePage>(*m_session, *project::detect(m_dir->path(), {}));
        m_page->resize(1200, 700);
        m_page->show();
        QVERIFY(settles());
        auto* table = child<QTableView>("migrationTable");
        table->selectRow(1);
        for (const kit::Command& command : m_page->commands()) {
            if (command.id == u"migrate.revertTo")
                QVERIFY(!command.isEnabled());
            if (command.id == u"migrate.rehearseRevertTo") {
                QVERIFY(command.isEnabled());
                command.run();
            }
        }
        QVERIFY(settles());
        QVERIFY2(view()->text().contains(u"no_phone: reverted on a copy and run again"_s),
                 qPrintable(view()->text() + ask()->title()));
        QVERIFY(view()->text().contains(u"Put back 2 values of people.phone"_s));
        QVERIFY(child<QToolButton>("migrate.rehearseRevert")->isEnabled());
    }

    void queriesThatWouldBreakAreListed()
    {
        openShop(Engine::Sqlite);
        QVERIFY(store::rememberSql(target(), u"SELECT phone FROM people"_s));
        QVERIFY(store::rememberSql(target(), u"SELECT name FROM people"_s));
        QTest::keyClick(m_page.get(), Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(settles());
        const QString text = view()->text();
        QVERIFY2(
            text.contains(u"Queries that would run no more\n⚠ Run lately: SELECT phone FROM people — "_s),
            qPrintable(text));
        QVERIFY(!text.contains(u"SELECT name"_s));
        keepPicture(u"broken-queries"_s);
    }

    void parkingCanBeDeclined()
    {
        openShop(Engine::Sqlite);
        QTest::mouseClick(child<QToolButton>("migrate.run"), Qt::LeftButton);
        QVERIFY(settles());
        child<QCheckBox>("askChoice")->setFocus();
        QTest::keyClick(child<QCheckBox>("askChoice"), Qt::Key_Space);
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(pendingBecomes(0));
        QVERIFY(!ask()->detail().contains(u"Parked"_s));
        QVERIFY(!QFile::exists(park::Warehouse::sideFile(target())));
    }

    void aDownThatLiesIsSeenInTheList_data() { test::engines(); }
    void aDownThatLiesIsSeenInTheList()
    {
        QFETCH(const Engine, engine);
        migration(u"2025-02-01-000000_no_phone"_s, "CREATE INDEX i ON people (name);", "SELECT 1;");
        open(engine);
        QTRY_COMPARE_WITH_TIMEOUT(downOf(0), u"✕ does not restore"_s, 60000);
        QCOMPARE(downOf(1), u"✓ restores"_s);
        const auto* model = child<QTableView>("migrationTable")->model();
        QVERIFY2(model->index(0, 3).data(Qt::ToolTipRole).toString().contains(u"index i"_s),
                 qPrintable(model->index(0, 3).data(Qt::ToolTipRole).toString()));
        migration(u"2025-02-01-000000_no_phone"_s, "CREATE INDEX i ON people (name);", "DROP INDEX i;");
        QTRY_COMPARE_WITH_TIMEOUT(downOf(0), u"✓ restores"_s, 60000);
        // No down brings values back.
        migration(u"2025-02-01-000000_no_phone"_s, "ALTER TABLE people DROP COLUMN phone;",
                  "ALTER TABLE people ADD COLUMN phone text;");
        QTRY_COMPARE_WITH_TIMEOUT(downOf(0), u"⚠ structure only"_s, 60000);
    }

    void aDatabaseCanDemandARehearsal()
    {
        openShop(Engine::Sqlite);
        for (const kit::Command& command : m_page->commands()) {
            if (command.id == u"migrate.demand")
                command.run();
        }
        QTest::mouseClick(child<QToolButton>("migrate.run"), Qt::LeftButton);
        QVERIFY(settles());
        QVERIFY2(ask()->title().contains(u"wants migrations rehearsed"_s), qPrintable(ask()->title()));
        QCOMPARE(m_page->status()->pendingCount(), 1);
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);  // Rehearse
        QVERIFY(settles());
        QVERIFY(view()->isVisible());
        QTest::mouseClick(child<QToolButton>("migrate.run"), Qt::LeftButton);
        QVERIFY(settles());
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(pendingBecomes(0));
    }

    void aRehearsalCanBeStopped_data() { test::engines(); }
    void aRehearsalCanBeStopped()
    {
        QFETCH(const Engine, engine);
        // Slow only where there are rows: a scratch database has none.
        migration(
            u"2025-02-01-000000_no_phone"_s,
            engine == Engine::Postgres
                ? "UPDATE people SET name = name || pg_sleep(60)::text;"
                : "CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 FROM people WHERE id = 1 UNION ALL "
                  "SELECT i+1 FROM n WHERE i < 900000000) SELECT i FROM n;",
            "SELECT 1;");
        openShop(engine);
        QTest::mouseClick(child<QToolButton>("migrate.rehearse"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::any_of(
                m_page->findChildren<QLabel*>(),
                [](const QLabel* label) { return label->text().contains(u"no_phone on the copy"_s); }),
            60000);
        QTest::mouseClick(child<QToolButton>("migrate.cancel"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([this] { return !m_page->isBusy(); }, 10000));
        QVERIFY2(ask()->title().contains(u"stopped"_s), qPrintable(ask()->title()));
    }
};

QTEST_MAIN(MigrateRehearseTest)
#include "migrate_rehearse_test.moc"
