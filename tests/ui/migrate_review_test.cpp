// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/diagram_scene.h"
#include "diagram/diff_canvas.h"
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_preview.h"
#include "theme/theme.h"
#include "unit/diesel_scratch.h"

#include <QComboBox>
#include <QLabel>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The picture of one migration and of several, and the review as a file, on both engines.
class MigrateReviewTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;
    std::optional<test::DieselScratch> m_project;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<migrate::MigratePage> m_page;

    void open(Engine engine)
    {
        m_project.emplace(engine);
        m_project->migration(u"1_people"_s,
                             "CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, fax text);",
                             "DROP TABLE people;");
        m_project->migration(
            u"2_pets"_s,
            "CREATE TABLE pets (id integer PRIMARY KEY, owner integer REFERENCES people (id));"
            "ALTER TABLE people DROP COLUMN fax;",
            "DROP TABLE pets; ALTER TABLE people ADD COLUMN fax text;");
        m_session = std::make_unique<runtime::Session>(m_project->target());
        m_page = std::make_unique<migrate::MigratePage>(*m_session, m_project->project());
        m_page->resize(1200, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QTRY_VERIFY_WITH_TIMEOUT(m_page->status() && !m_page->isBusy(), 30000);
    }
    diagram::DiffCanvas* canvas() const { return m_page->findChild<diagram::DiffCanvas*>(); }
    void showPicture() const
    {
        auto* tabs = m_page->findChild<QTabWidget*>(u"previewTabs"_s);
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i) == u"Picture")
                tabs->setCurrentIndex(i);
        }
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
        qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8());
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_project.reset();
    }

    void drawsOneMigrationAndAllPendingOnes_data() { test::engines(); }
    void drawsOneMigrationAndAllPendingOnes()
    {
        QFETCH(const Engine, engine);
        open(engine);
        showPicture();
        QTRY_VERIFY_WITH_TIMEOUT(canvas()->text().contains(u"+ people"_s), 30000);
        QVERIFY(!canvas()->text().contains(u"pets"_s));
        auto* span = m_page->findChild<QComboBox*>(u"pictureSpan"_s);
        span->setCurrentIndex(2);
        Q_EMIT span->activated(2);
        QTRY_VERIFY_WITH_TIMEOUT(canvas()->text().contains(u"+ pets"_s), 30000);
        QVERIFY2(!canvas()->text().contains(u"fax"_s), qPrintable(canvas()->text()));  // came and went
        QCOMPARE(canvas()->scene().cardCount(), 2);
        keepPicture(u"picture-pending-%1"_s.arg(sql::engineName(engine)));
    }

    void savesTheReviewAsOneFile_data() { test::engines(); }
    void savesTheReviewAsOneFile()
    {
        QFETCH(const Engine, engine);
        open(engine);
        const QString path = m_project->path(u"review.html"_s);
        QTRY_VERIFY(m_page->status()->pendingCount() == 2);
        m_page->saveReview(path);
        auto* ask = m_page->findChild<kit::AskBar*>();
        QTRY_COMPARE_WITH_TIMEOUT(ask->title(), u"The review was saved."_s, 30000);
        const QString html = QString::fromUtf8(m_project->read(u"review.html"_s));
        QVERIFY(html.contains(u"Add table people"_s));
        QVERIFY(html.contains(u"<svg"_s));
        QVERIFY(html.contains(u"CREATE TABLE people (id"_s));
        QVERIFY(html.contains(u"DROP TABLE people;"_s));
        QVERIFY(!html.contains(u"<script"_s));
        m_page->saveReview(m_project->path(u"no/such/folder/review.html"_s));
        QTRY_VERIFY_WITH_TIMEOUT(ask->title().contains(u"could not be written"_s), 30000);
    }
};

QTEST_MAIN(MigrateReviewTest)
#include "migrate_review_test.moc"
