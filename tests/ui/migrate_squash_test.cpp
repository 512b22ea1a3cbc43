// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/repair_panel.h"
#include "migrate/script_view.h"
#include "migrate/squash_panel.h"
#include "support/pg.h"
#include "support/project_scratch.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Several pending migrations become one, and come back, by keys and mouse.
class MigrateSquashTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<test::ProjectScratch> m_scratch;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<migrate::MigratePage> m_page;

    template <class T>
    T* child(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    kit::AskBar* ask() const { return m_page->findChild<kit::AskBar*>(); }
    migrate::SquashPanel* panel() const { return m_page->findChild<migrate::SquashPanel*>(); }
    void migration(const QString& name, const QByteArray& up, const QByteArray& down = {}) const
    {
        m_scratch->write(u"migrations/%1/up.sql"_s.arg(name), up);
        if (!down.isEmpty())
            m_scratch->write(u"migrations/%1/down.sql"_s.arg(name), down);
    }
    bool settles() const
    {
        return QTest::qWaitFor([this] { return !m_page->isBusy() && m_page->status(); }, 60000);
    }
    bool listBecomes(const QStringList& folders) const
    {
        return QTest::qWaitFor(
            [&] {
                if (m_page->isBusy() || !m_page->status())
                    return false;
                QStringList names;
                for (const auto& state : m_page->status()->migrations)
                    names << state.migration.folder;
                return names == folders;
            },
            60000);
    }
    kit::Command command(const QString& id) const
    {
        const QList<kit::Command> all = m_page->commands();
        return *std::ranges::find(all, id, &kit::Command::id);
    }
    void open(Engine engine)
    {
        m_scratch = std::make_unique<test::ProjectScratch>(engine);
        m_scratch->write(u"diesel.toml"_s, "[migrations_directory]\ndir = \"migrations\"\n");
        migration(u"1_people"_s, "CREATE TABLE people(id integer PRIMARY KEY);", "DROP TABLE people;");
        migration(u"2_phone"_s, "ALTER TABLE people ADD COLUMN phone text;",
                  "ALTER TABLE people DROP COLUMN phone;");
        migration(u"3_mail"_s, "ALTER TABLE people ADD COLUMN mail text;",
                  "ALTER TABLE people DROP COLUMN mail;");
        m_session = std::make_unique<runtime::Session>(m_scratch->target());
        m_page = std::make_unique<migrate::MigratePage>(*m_session, m_scratch->project());
        m_page->resize(1200, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QVERIFY(settles());
    }
    /// As far as the question, with the last two.
    void review()
    {
        command(u"migrate.squash"_s).run();
        QVERIFY(panel()->isVisible());
        child<QComboBox>("squashFrom")->setCurrentIndex(1);
        // The name of a review that was left is still there, to be typed over.
        QCOMPARE(child<QPushButton>("squashReview")->isEnabled(),
                 !child<QLineEdit>("squashName")->text().isEmpty());
        QTest::keyClicks(child<QLineEdit>("squashName"), u"contact"_s);
        QTest::keyClick(child<QLineEdit>("squashName"), Qt::Key_Return);
        QVERIFY(settles());
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
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_scratch.reset();
    }

    void stopsAtOnce_data() { test::engines(); }
    void stopsAtOnce()
    {
        QFETCH(const Engine, engine);
        open(engine);
        migration(u"3_mail"_s,
                  engine == Engine::Postgres
                      ? "SELECT pg_sleep(600);"
                      : "CREATE TABLE t AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
                        "SELECT count(*) FROM c;",
                  "SELECT 1;");
        command(u"migrate.squash"_s).run();
        child<QComboBox>("squashFrom")->setCurrentIndex(1);
        QTest::keyClicks(child<QLineEdit>("squashName"), u"contact"_s);
        QTest::keyClick(child<QLineEdit>("squashName"), Qt::Key_Return);
        QVERIFY(m_page->isBusy());
        // What browses has its lane to itself.
        bool answered = false;
        const runtime::Job browsing = m_session->run(
            runtime::Session::Lane::Read, m_page.get(),
            [](drivers::Connection& connection, const runtime::StopToken&) {
                return connection.query(u"SELECT 1"_s);
            },
            [&](const Result<RowBatch>& rows) { answered = rows.has_value(); });
        QTRY_VERIFY(answered);
        QVERIFY(m_page->isBusy());
        command(u"migrate.cancel"_s).run();
        QVERIFY(!m_page->isBusy());  // whatever the server says
        QVERIFY(ask()->isVisible());
        QVERIFY(settles());
        QCOMPARE(m_page->status()->migrations.size(), 3);
        keepPicture(u"squash-stopped-%1"_s.arg(sql::engineName(engine)));
    }

    void twoBecomeOneAndComeBack_data() { test::engines(); }
    void twoBecomeOneAndComeBack()
    {
        QFETCH(const Engine, engine);
        open(engine);
        review();
        keepPicture(u"squash-%1"_s.arg(sql::engineName(engine)));
        auto* repair = m_page->findChild<migrate::RepairPanel*>();
        QVERIFY2(repair->isAsking(), qPrintable(ask()->title() + ask()->detail()));
        QCOMPARE(child<QLabel>("repairTitle")->text(), u"Replace 2 migrations by 3_contact?"_s);
        const QString detail = child<QLabel>("repairDetail")->text();
        QVERIFY2(detail.contains(u"2_phone, 3_mail"_s)
                     && detail.contains(u"somebody else has applied them"_s),
                 qPrintable(detail));
        const QString sql = m_page->findChild<migrate::ScriptView*>(u"repairSql"_s)->toPlainText();
        QVERIFY2(sql.contains(u"ADD COLUMN phone"_s) && sql.contains(u"DROP COLUMN mail"_s), qPrintable(sql));
        // A stray Return changes nothing.
        QTest::keyClick(repair, Qt::Key_Return);
        QVERIFY(!repair->isAsking());
        QVERIFY(listBecomes({u"1_people"_s, u"2_phone"_s, u"3_mail"_s}));
        QVERIFY(!panel()->isVisible());
        review();
        QTest::mouseClick(child<QPushButton>("repairAccept"), Qt::LeftButton);
        QVERIFY(listBecomes({u"1_people"_s, u"3_contact"_s}));
        QCOMPARE(ask()->title(), u"2 migrations are 3_contact now."_s);
        QVERIFY(ask()->detail().contains(m_state->path()));
        QVERIFY(!panel()->isVisible());
        keepPicture(u"squashed-%1"_s.arg(sql::engineName(engine)));

        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(ask()->isAsking());
        QCOMPARE(ask()->detail(), u"2_phone\n3_mail"_s);
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(listBecomes({u"1_people"_s, u"2_phone"_s, u"3_mail"_s}));
        QTRY_VERIFY(!command(u"migrate.unsquash"_s).isEnabled());
    }

    void whatCannotBeIsSaid()
    {
        open(Engine::Sqlite);
        migration(u"3_mail"_s, "VACUUM;", "SELECT 1;");
        review();
        QVERIFY(!m_page->findChild<migrate::RepairPanel*>()->isAsking());
        QVERIFY2(ask()->title().contains(u"VACUUM"_s), qPrintable(ask()->title()));
        QTest::keyClick(panel(), Qt::Key_Escape);
        QVERIFY(!panel()->isVisible());
    }

    void theMenuHasItWhereTwoArePending()
    {
        open(Engine::Sqlite);
        QVERIFY(command(u"migrate.squash"_s).isEnabled());
        QTest::keyClick(child<QTableView>("migrationTable"), Qt::Key_F10, Qt::ShiftModifier);
        auto* menu = child<QMenu>("migrationMenu");
        QVERIFY(menu);
        auto* action = menu->findChild<QAction*>(u"migrate.squash"_s);
        QVERIFY(action && action->isEnabled());
        action->trigger();
        menu->close();
        QVERIFY(panel()->isVisible());
        QCOMPARE(child<QComboBox>("squashFrom")->count(), 3);
        QCOMPARE(child<QComboBox>("squashTo")->currentText(), u"3_mail"_s);
        child<QComboBox>("squashTo")->setCurrentIndex(0);
        QVERIFY(child<QLabel>("squashCount")->text().contains(u"two or more"_s));
        keepPicture(u"squash-panel"_s);
        m_page->propose(apply::Action::Run, apply::Scope::first(2));
        QVERIFY(QTest::qWaitFor([this] { return m_page->status()->pendingCount() == 1 && !m_page->isBusy(); },
                                60000));
        QVERIFY(!command(u"migrate.squash"_s).isEnabled());
    }
};

QTEST_MAIN(MigrateSquashTest)
#include "migrate_squash_test.moc"
