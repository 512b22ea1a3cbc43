// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <optional>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The migrations tab of a folder that does not say by itself which project it is.
class MigrateProjectTest final : public test::WindowTest
{
    Q_OBJECT
private:
    static void write(const QString& path, const QByteArray& text)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    migrate::MigratePage* page() const { return window()->findChild<migrate::MigratePage*>(); }
    template <class T>
    T* child(const QString& name) const
    {
        return page()->findChild<T*>(name);
    }
    bool lists(qsizetype count) const
    {
        return QTest::qWaitFor(
            [&] {
                return page() && !page()->isBusy() && page()->status()
                       && page()->status()->migrations.size() == count;
            },
            20000);
    }
    void opensMigrations()
    {
        QTest::keyClick(window(), Qt::Key_M, Qt::ControlModifier);
        QVERIFY(page());
    }
    void keepPicture(const QString& name) const
    {
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            window()->grab().save(u"%1/%2.png"_s.arg(folder, name));
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { m_scratch.emplace(); }
    void cleanup() { m_scratch.reset(); }

    void aComputedSettingIsAskedForAndRemembered()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        const QString folder = QFileInfo(path).path();
        write(folder + u"/drizzle.config.ts"_s,
              "import { place } from './place';\n"
              "export default { dialect: 'sqlite', out: place, dbCredentials: { url: './a.db' } };\n");
        write(folder + u"/db/m/meta/_journal.json"_s,
              R"({"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1,)"
              R"("tag":"0000_a","breakpoints":true}]})");
        write(folder + u"/db/m/0000_a.sql"_s, "CREATE TABLE a(id integer);");
        QVERIFY(m_scratch->opens(saved(path)));
        opensMigrations();
        auto* answer = child<QLineEdit>(u"answer.out"_s);
        QVERIFY(answer && answer->isVisible());
        QVERIFY(answer->accessibleDescription().contains(u"line 2"));
        keepPicture(u"project-questions"_s);
        QTest::keyClicks(answer, u"./db/m"_s);
        QTest::mouseClick(child<QPushButton>(u"useAnswers"_s), Qt::LeftButton);
        QVERIFY(lists(1));
        QVERIFY(m_scratch->comesBack());
        QVERIFY(lists(1));
        // A wrong one can be given anew.
        for (const kit::Command& command : page()->commands())
            if (command.id == u"migrate.forgetAnswers" && command.isEnabled())
                command.run();
        QTRY_VERIFY(child<QLineEdit>(u"answer.out"_s)->isVisible());
    }

    void aProjectBeginsWithoutAnyFile()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        opensMigrations();
        QVERIFY(child<QLabel>(u"noProject"_s)->isVisible());
        keepPicture(u"project-none"_s);
        QTest::mouseClick(child<QPushButton>(u"beginProject"_s), Qt::LeftButton);
        auto* menu = child<QMenu>(u"toolMenu"_s);
        QVERIFY(menu && menu->isVisible());
        QVERIFY(!menu->findChild<QAction*>(u"seaorm"_s));
        menu->findChild<QAction*>(u"goose"_s)->trigger();
        menu->close();
        QVERIFY(lists(0));  // the folder comes with the first one
        QVERIFY(child<kit::AskBar>(u"askBar"_s)->isHidden());
        QTest::mouseClick(child<QToolButton>(u"migrate.new"_s), Qt::LeftButton);
        QTest::keyClicks(child<QLineEdit>(u"migrationName"_s), u"first"_s);
        QTest::keyClick(child<QLineEdit>(u"migrationName"_s), Qt::Key_Return);
        QVERIFY(lists(1));
        QCOMPARE(page()->status()->project.tool, u"goose"_s);
        QVERIFY(QDir(QFileInfo(path).path()).exists(u"migrations"_s));
        QVERIFY(m_scratch->comesBack());
        QVERIFY(lists(1));
        QCOMPARE(page()->status()->project.tool, u"goose"_s);
    }

    void aFolderCanBeAnotherTools()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        const QString folder = QFileInfo(path).path() + u"/migrations/"_s;
        write(folder + u"0001_a.up.sql"_s, "CREATE TABLE a(id integer);");
        write(folder + u"0001_a.down.sql"_s, "DROP TABLE a;");
        QVERIFY(m_scratch->opens(saved(path)));
        opensMigrations();
        QVERIFY(lists(1));
        QCOMPARE(page()->status()->project.tool, u"golang-migrate"_s);
        for (const kit::Command& command : page()->commands())
            if (command.id == u"migrate.tool")
                command.run();
        auto* menu = child<QMenu>(u"toolMenu"_s);
        QVERIFY(menu && menu->findChild<QAction*>(u"golang-migrate"_s)->isChecked());
        menu->findChild<QAction*>(u"sql"_s)->trigger();
        menu->close();
        QVERIFY(QTest::qWaitFor([&] { return page()->status() && page()->status()->project.tool == u"sql"; },
                                20000));
        QVERIFY(m_scratch->comesBack());
        QVERIFY(lists(1));
        QCOMPARE(page()->status()->project.tool, u"sql"_s);
    }
};

QTEST_MAIN(MigrateProjectTest)
#include "migrate_project_test.moc"
