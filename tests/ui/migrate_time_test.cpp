// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/executor.h"
#include "design/structure_page.h"
#include "diagram/diagram_scene.h"
#include "diagram/diff_canvas.h"
#include "migrate/migrate_page.h"
#include "migrate/time_model.h"
#include "migrate/time_page.h"
#include "migrate/time_slider.h"
#include "support/migrating.h"
#include "support/window_scratch.h"
#include "theme/theme.h"
#include "unit/diesel_scratch.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The time machine in real windows, by keys and mouse, on both engines.
class MigrateTimeTest final : public test::WindowTest
{
    Q_OBJECT

    std::optional<test::DieselScratch> m_project;

    /// Three migrations of which two stand.
    void begin(Engine engine)
    {
        m_project.emplace(engine);
        m_project->migration(u"1_people"_s, "CREATE TABLE people (id integer PRIMARY KEY, mail text);",
                             "DROP TABLE people;");
        m_project->migration(u"2_pets"_s,
                             "CREATE TABLE pets (id integer PRIMARY KEY, owner integer NOT NULL "
                             "REFERENCES people (id));",
                             "DROP TABLE pets;");
        const auto live = m_project->connect();
        test::verify(apply::execute(*live, m_project->project(), apply::Action::Run, apply::Scope::all()));
        m_project->migration(u"3_email"_s,
                             "ALTER TABLE people RENAME COLUMN mail TO email;\n"
                             "ALTER TABLE people ADD COLUMN nick text;\n"
                             "CREATE INDEX people_email ON people (email);",
                             "SELECT 1;");
    }
    void open()
    {
        store::SavedConnection connection{
            .target = m_project->target(), .projectFolder = m_project->path(), .lastUsed = {}};
        connection.target.create = false;
        QVERIFY(m_scratch->opens(connection));
    }
    bool openPage() const
    {
        workspace()->openTimeMachine();
        return settles();
    }
    migrate::TimePage* page() const { return window()->findChild<migrate::TimePage*>(); }
    template <class T>
    T* part(const char* name) const
    {
        return page()->findChild<T*>(QString::fromLatin1(name));
    }
    migrate::TimeSlider* slider() const { return part<migrate::TimeSlider>("timeSlider"); }
    QTreeView* tree() const { return part<QTreeView>("timeTree"); }
    QString title() const { return part<QLabel>("timeTitle")->text(); }
    diagram::DiffCanvas* canvas() const { return part<diagram::DiffCanvas>("diffCanvas"); }
    bool press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(slider(), key, modifiers);
        return settles();
    }
    QModelIndex line(const QString& relation, const QString& member = {}) const
    {
        const migrate::TimeModel& model = page()->model();
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex top = model.index(row, 0);
            if (!named(top, relation))
                continue;
            for (int inner = 0; inner < model.rowCount(top) && !member.isEmpty(); ++inner) {
                if (named(model.index(inner, 0, top), member))
                    return model.index(inner, 0, top);
            }
            return member.isEmpty() ? top : QModelIndex();
        }
        return {};
    }
    static bool named(const QModelIndex& index, const QString& name)
    {
        const QString text = index.data().toString();
        return text == name || text == u"+ "_s + name || text == u"~ "_s + name;
    }
    /// "~ people|table|1_people|3_email"
    static QString told(const QModelIndex& index)
    {
        QStringList cells;
        for (int column = 0; column < migrate::TimeModel::ColumnCount; ++column)
            cells << index.siblingAtColumn(column).data().toString().toLower();  // SQLite shouts its types
        return cells.join(u'|');
    }
    void click(const QModelIndex& index) const
    {
        tree()->scrollTo(index);
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, tree()->visualRect(index).center());
    }
    QRectF place(const QString& table) const
    {
        const diagram::DiagramScene& scene = canvas()->scene();
        const int card = scene.find(m_project->engine() == Engine::Sqlite ? u"main"_s : u"public"_s, table);
        return card < 0 ? QRectF() : scene.cardRect(card);
    }
    void keepPicture(const QString& name) const
    {
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            window()->grab().save(u"%1/%2.png"_s.arg(folder, name));
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_scratch.emplace();
    }
    void cleanup()
    {
        m_scratch.reset();
        m_project.reset();
    }

    void goesThroughTheHistoryByKeys_data() { test::engines(); }
    void goesThroughTheHistoryByKeys()
    {
        QFETCH(const Engine, engine);
        begin(engine);
        open();
        QTest::keyClick(window(), Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(page());
        QVERIFY(settles());
        QVERIFY(slider()->hasFocus());
        QCOMPARE(slider()->maximum(), 3);
        QCOMPARE(slider()->value(), 3);
        QVERIFY2(title().startsWith(u"Step 3 of 3  ·  3_email  ·  ○"_s), qPrintable(title()));
        QCOMPARE(told(line(u"people"_s)), u"~ people|table|1_people|3_email"_s);
        QCOMPARE(told(line(u"people"_s, u"email"_s)), u"~ email|text|1_people|3_email"_s);
        QCOMPARE(told(line(u"people"_s, u"nick"_s)), u"+ nick|text|3_email|"_s);
        QCOMPARE(told(line(u"people"_s, u"people_email"_s)), u"+ people_email|index|3_email|"_s);
        QCOMPARE(told(line(u"pets"_s)), u"pets|table|2_pets|"_s);
        keepPicture(u"time-%1"_s.arg(sql::engineName(engine)));
        QVERIFY(press(Qt::Key_Left));
        QVERIFY2(title().startsWith(u"Step 2 of 3  ·  2_pets  ·  ✓"_s), qPrintable(title()));
        QCOMPARE(told(line(u"people"_s, u"mail"_s)), u"mail|text|1_people|"_s);
        QVERIFY(!line(u"people"_s, u"email"_s).isValid());
        QVERIFY(press(Qt::Key_Home));
        QCOMPARE(slider()->value(), 0);
        QVERIFY(title().contains(u"the empty database"_s));
        QVERIFY(!line(u"people"_s).isValid());
        QVERIFY(press(Qt::Key_End));
        QCOMPARE(slider()->value(), 3);
        QTest::keyClick(page(), Qt::Key_BracketLeft, Qt::ControlModifier);
        QVERIFY(settles());
        QCOMPARE(slider()->value(), 2);
    }

    void nothingMovesInTheDiagram_data() { test::engines(); }
    void nothingMovesInTheDiagram()
    {
        QFETCH(const Engine, engine);
        begin(engine);
        open();
        QVERIFY(openPage());
        const QPointF people = place(u"people"_s).topLeft();
        const QPointF pets = place(u"pets"_s).topLeft();
        const QRectF all = canvas()->scene().sceneRect();
        QVERIFY2(canvas()->text().contains(u"+ nick"_s), qPrintable(canvas()->text()));
        QVERIFY(press(Qt::Key_Left));
        QVERIFY2(canvas()->text().contains(u"+ pets"_s), qPrintable(canvas()->text()));
        QCOMPARE(place(u"people"_s).topLeft(), people);
        QCOMPARE(place(u"pets"_s).topLeft(), pets);
        QCOMPARE(canvas()->scene().sceneRect(), all);
        QVERIFY(press(Qt::Key_Left));
        QCOMPARE(place(u"people"_s).topLeft(), people);
        QVERIFY(place(u"pets"_s).isNull());
        QCOMPARE(canvas()->scene().sceneRect(), all);
    }

    void aCellLeadsToItsMigration()
    {
        begin(Engine::Sqlite);
        open();
        QVERIFY(openPage());
        const QAbstractItemModelTester tester(tree()->model());
        click(line(u"people"_s, u"email"_s).siblingAtColumn(migrate::TimeModel::Added));
        QTRY_COMPARE(slider()->value(), 1);
        QVERIFY(settles());
        QVERIFY(press(Qt::Key_End));
        tree()->expand(line(u"pets"_s));
        click(line(u"pets"_s, u"owner"_s));
        QCOMPARE(slider()->value(), 3);  // a name alone leads nowhere
        QTest::keyClick(tree(), Qt::Key_Return);
        QTRY_COMPARE(slider()->value(), 2);
        QVERIFY(settles());
        QCOMPARE(tree()->currentIndex().data().toString(), u"+ owner"_s);
        QVERIFY(press(Qt::Key_End));
        tree()->setCurrentIndex(line(u"people"_s));
        QTest::keyClick(page(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(slider()->value(), 1);
    }

    void comparesAnyTwoSteps_data() { test::engines(); }
    void comparesAnyTwoSteps()
    {
        QFETCH(const Engine, engine);
        begin(engine);
        open();
        QVERIFY(openPage());
        auto* bases = part<QComboBox>("timeBase");
        QCOMPARE(bases->currentText(), u"the step before"_s);
        bases->setFocus();
        QTest::keyClick(bases, Qt::Key_Down);
        QTest::keyClick(bases, Qt::Key_Down);
        QVERIFY(settles());
        QCOMPARE(bases->currentText(), u"1_people"_s);
        QCOMPARE(page()->base(), 1);
        auto* sql = part<QPlainTextEdit>("timeSql");
        QTRY_VERIFY(sql->toPlainText().contains(u"+ CREATE TABLE"_s));
        QVERIFY(sql->toPlainText().contains(u"nick"_s));
        QVERIFY2(canvas()->text().contains(u"+ pets"_s) && canvas()->text().contains(u"+ nick"_s),
                 qPrintable(canvas()->text()));
        QVERIFY(
            part<QLabel>("timeSummary")->text().startsWith(u"Compared with 1_people: 1 added, 1 changed"_s));
        part<QTabWidget>("timeTabs")->setCurrentIndex(1);
        auto* range = part<diagram::DiffCanvas>("timeRange");
        QTRY_VERIFY2(range->text().contains(u"+ pets"_s), qPrintable(range->text()));
        keepPicture(u"time-range-%1"_s.arg(sql::engineName(engine)));
        // With Shift the arrows and the mouse move what it is compared with.
        QVERIFY(press(Qt::Key_Left, Qt::ShiftModifier));
        QCOMPARE(page()->base(), 0);
        QCOMPARE(bases->currentText(), u"the empty database"_s);
        QCOMPARE(slider()->value(), 3);
        QTest::mouseClick(slider(), Qt::LeftButton, Qt::ShiftModifier, slider()->pointOf(2));
        QVERIFY(settles());
        QCOMPARE(page()->base(), 2);
        QTest::mouseClick(slider(), Qt::LeftButton, {}, slider()->pointOf(1));
        QVERIFY(settles());
        QCOMPARE(slider()->value(), 1);
        // Back in time: what came goes.
        QTRY_VERIFY2(range->text().contains(u"− pets"_s), qPrintable(range->text()));
    }

    void theMigrationsPageLeadsHere()
    {
        begin(Engine::Sqlite);
        open();
        workspace()->openMigrations();
        QVERIFY(settles());
        auto* migrations = window()->findChild<migrate::MigratePage*>();
        QTRY_VERIFY(migrations->status());
        auto* button = migrations->findChild<QToolButton*>(u"migrate.history"_s);
        QVERIFY(button && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(page());
        QVERIFY(settles());
        QVERIFY(page()->isVisible());
        // Again with a migration chosen: its step.
        Q_EMIT migrations->historyRequested(u"2"_s);
        QVERIFY(settles());
        QCOMPARE(slider()->value(), 2);
    }

    void saysWhereItBreaks_data() { test::engines(); }
    void saysWhereItBreaks()
    {
        QFETCH(const Engine, engine);
        begin(engine);
        m_project->migration(u"2_pets"_s, "ALTER TABLE nowhere ADD COLUMN x text;", "SELECT 1;");
        open();
        QVERIFY(openPage());
        QCOMPARE(slider()->maximum(), 1);
        auto* problem = part<QLabel>("timeProblem");
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(u"before 2_pets"_s) && problem->text().contains(u"nowhere"_s),
                 qPrintable(problem->text()));
        QCOMPARE(told(line(u"people"_s)), u"+ people|table|1_people|"_s);
        QVERIFY(canvas()->text().contains(u"+ people"_s));
        keepPicture(u"time-broken-%1"_s.arg(sql::engineName(engine)));
        // A person who repairs it goes on here.
        m_project->migration(u"2_pets"_s, "CREATE TABLE pets (id integer);", "DROP TABLE pets;");
        QTest::keyClick(page(), Qt::Key_F5);
        QVERIFY(settles());
        QCOMPARE(slider()->maximum(), 3);
        QVERIFY(!problem->isVisible());
    }

    void stopsAndKeepsWhatThereIs()
    {
        begin(Engine::Sqlite);
        for (int i = 4; i < 600; ++i)
            m_project->migration(u"%1_x"_s.arg(i),
                                 "CREATE TABLE t" + QByteArray::number(i) + " (id integer);", "SELECT 1;");
        open();
        workspace()->openTimeMachine();
        QTRY_VERIFY(page()->report() && page()->report()->history.lastStep() > 3);
        QTest::mouseClick(part<QToolButton>("time.cancel"), Qt::LeftButton);
        QVERIFY(!part<QToolButton>("time.cancel")->isVisible());  // at once
        QVERIFY(settles());
        QVERIFY2(part<QLabel>("timeProblem")->text().contains(u"stopped at step"_s),
                 qPrintable(part<QLabel>("timeProblem")->text()));
        QVERIFY(slider()->maximum() < 599);
        QVERIFY(page()->model().rowCount() > 3);
    }

    void stopsAtOnceWhateverTheServerSays()
    {
        begin(Engine::Postgres);
        m_project->migration(u"4_slow"_s, "SELECT pg_sleep(600);", "SELECT 1;");
        open();
        workspace()->openTimeMachine();
        QTRY_VERIFY(page()->report());
        QTest::keyClick(window(), Qt::Key_Period, Qt::ControlModifier);
        QVERIFY(!part<QToolButton>("time.cancel")->isVisible());
        QVERIFY(settles());
        // Steps that come fast are told together, so the last that was told may be an earlier one.
        static const QRegularExpression stopped(u"stopped at step [0-3] of 4"_s);
        QVERIFY2(part<QLabel>("timeProblem")->text().contains(stopped),
                 qPrintable(part<QLabel>("timeProblem")->text()));
        // And once more from the beginning.
        m_project->migration(u"4_slow"_s, "SELECT 1;", "SELECT 1;");
        QTest::keyClick(page(), Qt::Key_F5);
        QVERIFY(settles());
        QVERIFY(page()->report()->history.isWhole());
    }

    void theDatabaseIsOnlyRead()
    {
        begin(Engine::Sqlite);
        open();
        const QByteArray before = m_project->read(u"test.db"_s);
        QVERIFY(openPage());
        QVERIFY(press(Qt::Key_Home));
        QCOMPARE(m_project->read(u"test.db"_s), before);
    }

    void aNewMigrationIsOneMoreStep()
    {
        begin(Engine::Sqlite);
        open();
        QVERIFY(openPage());
        QVERIFY(press(Qt::Key_Left));
        const auto live = m_project->connect();
        test::verify(apply::execute(*live, m_project->project(), apply::Action::Run, apply::Scope::all()));
        workspace()->reloadCatalog();
        QVERIFY(settles());
        QTRY_COMPARE(slider()->value(), 2);
        QVERIFY(press(Qt::Key_End));
        QVERIFY2(title().contains(u"✓"_s), qPrintable(title()));
        m_project->migration(u"4_more"_s, "CREATE TABLE more (id integer);", "DROP TABLE more;");
        workspace()->reloadCatalog();
        QTRY_COMPARE(slider()->maximum(), 4);
        QVERIFY(settles());
        QVERIFY(press(Qt::Key_End));
        QVERIFY(line(u"more"_s).isValid());
    }

    void comesBackWhereItWas()
    {
        begin(Engine::Sqlite);
        open();
        QVERIFY(openPage());
        QVERIFY(press(Qt::Key_Home));
        QVERIFY(press(Qt::Key_Right));
        QVERIFY(press(Qt::Key_Home, Qt::ShiftModifier));
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(page());
        QVERIFY(settles());
        QTRY_COMPARE(slider()->value(), 1);
        QCOMPARE(page()->base(), 0);
    }

    void theStructurePageSaysWhoMadeIt()
    {
        begin(Engine::Sqlite);
        open();
        auto* structure = qobject_cast<design::StructurePage*>(
            workspace()->openStructure({.schema = u"main"_s, .name = u"pets"_s}));
        QVERIFY(structure && settles());
        auto* origin = structure->findChild<QLabel*>(u"structureOrigin"_s);
        QCOMPARE(origin->text(), QString());  // nothing was replayed yet
        auto* button = structure->findChild<QToolButton*>(u"structureHistory"_s);
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(page());
        QVERIFY(settles());
        QVERIFY(page()->isVisible());
        QCOMPARE(tree()->currentIndex(), line(u"pets"_s));
        workspace()->openStructure({.schema = u"main"_s, .name = u"pets"_s});
        QCOMPARE(origin->text(), u"Added by 2_pets"_s);
    }

    void saysWhatItIsForWithoutAProject()
    {
        const QString path = database(u"plain.sqlite"_s, u"CREATE TABLE t (id integer)"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(openPage());
        QVERIFY(part<QLabel>("timeMessage")->text().contains(u"No migrations were found"_s));
        QTest::mouseClick(part<QPushButton>("timeMigrations"), Qt::LeftButton);
        QTRY_VERIFY(window()->findChild<migrate::MigratePage*>());
    }

    void partsHaveNamesAndTheSliderAValue()
    {
        begin(Engine::Sqlite);
        open();
        QVERIFY(openPage());
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(slider());
        QVERIFY(spoken && spoken->valueInterface());
        QCOMPARE(spoken->role(), QAccessible::Slider);
        QCOMPARE(spoken->valueInterface()->currentValue().toInt(), 3);
        QVERIFY(spoken->text(QAccessible::Description).contains(u"3_email"_s));
        const QList<QWidget*> parts{slider(), tree(), part<QComboBox>("timeBase"),
                                    part<QPlainTextEdit>("timeSql")};
        for (const QWidget* each : parts)
            QVERIFY2(!each->accessibleName().isEmpty(), qPrintable(each->objectName()));
    }
};

QTEST_MAIN(MigrateTimeTest)
#include "migrate_time_test.moc"
