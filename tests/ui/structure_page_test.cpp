// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "browse/sidebar.h"
#include "catalog/inspect.h"
#include "design/part_tree.h"
#include "design/review_panel.h"
#include "design/structure_page.h"
#include "diagram/diff_canvas.h"
#include "migrate/migrate_page.h"
#include "rehearsal/rehearsal_view.h"
#include "support/pg.h"
#include "support/rows_of.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* script =
    "CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE person (id INTEGER PRIMARY KEY, mail TEXT, age INTEGER CHECK (age > 0), team_id INTEGER);"
    "CREATE INDEX person_mail ON person (mail);"
    "CREATE VIEW grown AS SELECT id, mail FROM person WHERE age > 17;"
    "INSERT INTO team VALUES (1, 'Core');"
    "INSERT INTO person VALUES (1, 'a@b', 30, 1), (2, 'c@d', 40, NULL);";

}  // namespace

/// The structure editor in the whole window, on both engines: edits, review, and what becomes of them.
class StructurePageTest final : public test::WindowTest
{
    Q_OBJECT

    std::optional<test::ScratchPostgres> m_server;

    design::StructurePage* page() const
    {
        return qobject_cast<design::StructurePage*>(workspace()->currentPage());
    }
    design::PartTree* parts() const { return page()->findChild<design::PartTree*>(); }
    template <class T>
    T* child(const QString& name) const
    {
        return page()->findChild<T*>(name);
    }
    bool isPostgres() const { return m_server.has_value(); }
    structure::TableId id(const QString& name) const
    {
        return {.schema = isPostgres() ? u"public"_s : u"main"_s, .name = name};
    }
    drivers::Target target() const { return workspace()->connection().target; }
    schema::Database catalogNow() const
    {
        return catalog::inspect(*drivers::Connection::open(target()).value()).value();
    }

    /// The line whose text begins so, whatever sign it has.
    QTreeWidgetItem* line(const QString& name) const
    {
        for (QTreeWidgetItemIterator it(parts()); *it; ++it) {
            QString text = (*it)->text(0);
            if (text.size() > 2 && text.at(1) == u' ')
                text = text.sliced(2);
            if (text == name && (*it)->flags().testFlag(Qt::ItemIsSelectable))
                return *it;
        }
        return nullptr;
    }
    bool choose(const QString& name) const
    {
        QTreeWidgetItem* item = line(name);
        if (item)
            parts()->setCurrentItem(item);
        return item != nullptr;
    }
    template <class T = QLineEdit>
    void type(const QString& field, const QString& text) const
    {
        auto* edit = child<QWidget>(field);
        QVERIFY(edit);
        QWidget* inner = edit->focusProxy() ? edit->focusProxy() : edit;
        inner->setFocus();
        QTest::keyClick(inner, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(inner, text);
        QTest::keyClick(inner, Qt::Key_Tab);
    }
    void add(const QString& entry) const
    {
        for (QAction* action : child<QToolButton>(u"addPart"_s)->menu()->actions()) {
            if (action->text() == entry)
                return action->trigger();
        }
        QFAIL(qPrintable(u"no entry "_s + entry));
    }
    void run(const QString& command) const
    {
        const QList<kit::Command> all = workspace()->pageCommands() + workspace()->commands();
        const auto found = std::ranges::find(all, command, &kit::Command::id);
        QVERIFY(found != all.end() && found->isEnabled());
        found->run();
    }
    bool isReviewed() const
    {
        return QTest::qWaitFor([this] { return page() && !page()->isBusy(); }, 60000);
    }
    bool review() const
    {
        child<QPushButton>(u"reviewStructure"_s)->click();
        return isReviewed() && child<design::ReviewPanel>(u"structureReview"_s)->proposal();
    }
    QStringList steps() const
    {
        QStringList list;
        auto* steps = child<QListWidget>(u"reviewSteps"_s);
        for (int row = 0; row < steps->count(); ++row)
            list << steps->item(row)->text();
        return list;
    }
    QString said() const { return child<QLabel>(u"reviewDetail"_s)->text(); }

    /// Addresses of a project beside the database.
    void makeProject() const
    {
        QDir().mkpath(m_scratch->path(u"migrations"_s));
        QFile file(m_scratch->path(u"diesel.toml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[migrations_directory]\ndir = \"migrations\"\n");
    }
    store::SavedConnection connectionOf(bool withProject)
    {
        store::SavedConnection connection =
            isPostgres() ? store::SavedConnection{.target = m_server->target(), .lastUsed = {}}
                         : saved(m_scratch->path(u"a.db"_s));
        if (withProject)
            connection.projectFolder = m_scratch->path({});
        return connection;
    }
    void open(bool withProject = false)
    {
        if (withProject)
            makeProject();
        QVERIFY(m_scratch->opens(connectionOf(withProject)));
    }
    bool opens(const QString& table) { return workspace()->openStructure(id(table)) && page(); }
    QString written(const QString& name) const
    {
        QDirIterator files(m_scratch->path(u"migrations"_s), {name}, QDir::Files,
                           QDirIterator::Subdirectories);
        if (!files.hasNext())
            return {};
        QFile file(files.next());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    migrate::MigratePage* migrations() const
    {
        return qobject_cast<migrate::MigratePage*>(workspace()->currentPage());
    }
    void keepPicture(const QString& name) const
    {
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            window()->grab().save(u"%1/%2.png"_s.arg(folder, name));
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("postgres");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgres") << true;
    }
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init()
    {
        QFETCH_GLOBAL(bool, postgres);
        m_scratch.emplace();
        if (postgres) {
            m_server.emplace();
            auto made = drivers::Connection::open(m_server->target());
            QVERIFY(made && (*made)->executeScript(script));
        } else {
            database(u"a.db"_s, QString::fromLatin1(script));
        }
    }
    void cleanup()
    {
        m_scratch.reset();
        m_server.reset();
    }

    void opensFromTreeTablePageAndPalette()
    {
        open();
        auto* sidebar = workspace()->findChild<browse::Sidebar*>();
        auto* tree = sidebar->findChild<QTreeView*>();
        sidebar->select(id({}).schema, u"person"_s);
        Q_EMIT tree->customContextMenuRequested(tree->visualRect(tree->currentIndex()).center());
        auto* menu = sidebar->findChild<QMenu*>(u"treeMenu"_s);
        QVERIFY(menu);
        QStringList entries;
        for (QAction* action : menu->actions()) {
            entries << action->text();
            if (action->text() == u"Structure")
                action->trigger();
        }
        QVERIFY(entries.contains(u"New table…"_s));
        menu->close();
        QVERIFY(page());
        QCOMPARE(page()->id(), id(u"person"_s));
        QVERIFY(m_scratch->shows(u"team"_s));
        run(u"grid.structure"_s);
        QVERIFY(page());
        QCOMPARE(page()->id(), id(u"team"_s));
        QCOMPARE(page()->title(), u"team · structure"_s);
        sidebar->select(id({}).schema, u"person"_s);
        m_scratch->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_scratch->window()));
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(page()->id(), id(u"person"_s));
    }

    void aLongTableIsOpenedAtItsBeginning()
    {
        QStringList columns;
        for (int i = 0; i < 60; ++i)
            columns += u"c%1 integer"_s.arg(i);
        const auto connection = drivers::Connection::open(connectionOf(false).target);
        QVERIFY(connection
                && (*connection)->executeScript("CREATE TABLE wide (" + columns.join(u',').toUtf8() + ")"));
        open();
        QVERIFY(opens(u"wide"_s));
        QTRY_VERIFY(parts()->verticalScrollBar()->maximum() > 0);
        QCOMPARE(parts()->verticalScrollBar()->value(), 0);
        QCOMPARE(parts()->currentItem()->text(0), u"c0"_s);
        QVERIFY(choose(u"c59"_s));
        QVERIFY(parts()->visualItemRect(parts()->currentItem()).bottom() <= parts()->viewport()->height());
    }

    void columnsAreEditedByKeysAndReviewed()
    {
        open();
        QVERIFY(opens(u"person"_s));
        QTest::keyClick(parts(), Qt::Key_Down);
        QVERIFY(choose(u"mail"_s));
        QTest::keyClick(parts(), Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(), child<QLineEdit>(u"columnName"_s));
        type(u"columnName"_s, u"email"_s);
        QVERIFY(line(u"email"_s));
        QCOMPARE(line(u"email"_s)->text(0), u"~ email"_s);
        QCOMPARE(line(u"email"_s)->text(1), u"was mail"_s);
        add(u"Column"_s);
        type(u"columnName"_s, u"phone"_s);
        type(u"columnType"_s, u"varchar(32)"_s);
        type(u"columnDefault"_s, u"'none'"_s);
        child<QCheckBox>(u"notNull"_s)->click();
        QVERIFY(choose(u"age"_s));
        parts()->setFocus();
        QTest::keyClick(parts(), Qt::Key_Delete);
        QCOMPARE(line(u"age"_s)->text(0), u"− age"_s);
        // The view reads it.
        QVERIFY(!review());
        QCOMPARE(child<QPushButton>(u"reviewPlace"_s)->isVisible(), true);
        keepPicture(u"refused"_s);
        child<QPushButton>(u"reviewPlace"_s)->click();
        QCOMPARE(line(u"age"_s)->text(0), u"⚠ age"_s);
        const QList<QLabel*> told = page()->findChildren<QLabel*>(u"partProblem"_s);
        QVERIFY(std::ranges::any_of(
            told, [](const QLabel* label) { return label->isVisible() && !label->text().isEmpty(); }));
        child<QToolButton>(u"dropPart"_s)->click();
        QVERIFY(line(u"age"_s));
        QVERIFY2(review(), qPrintable(said()));
        QVERIFY2(steps().contains(u"Rename column mail of person to email"_s),
                 qPrintable(steps().join(u'\n')));
        QVERIFY(std::ranges::any_of(steps(), [](const QString& step) { return step.contains(u"phone"_s); }));
        QVERIFY(child<QPlainTextEdit>(u"reviewUp"_s)->toPlainText().contains(u"RENAME COLUMN"_s));
        QVERIFY(child<QPlainTextEdit>(u"reviewDown"_s)
                    ->toPlainText()
                    .contains(u"RENAME COLUMN \"email\" TO \"mail\""_s));
        QVERIFY2(said().contains(u"person (2 rows)"_s), qPrintable(said()));
        keepPicture(u"review"_s);
        auto* picture = child<diagram::DiffCanvas>(u"reviewPicture"_s);
        child<QTabWidget>(u"reviewTabs"_s)->setCurrentWidget(picture);
        QTRY_VERIFY(!picture->isBusy());
        QVERIFY2(picture->text().contains(u"email"_s), qPrintable(picture->text()));
        keepPicture(u"picture"_s);
        child<QPushButton>(u"reviewCopy"_s)->click();
        const QByteArray copied = QApplication::clipboard()->text().toUtf8();
        // The live database has not been touched, and the copy runs as it is.
        QVERIFY(catalogNow().table(id({}).schema, u"person"_s)->column(u"mail"_s));
        QVERIFY(drivers::Connection::open(target()).value()->executeScript(copied));
        QVERIFY(catalogNow().table(id({}).schema, u"person"_s)->column(u"email"_s));
    }

    void columnsChangePlacesByKeys()
    {
        open();
        QVERIFY(opens(u"person"_s));
        const auto names = [this] {
            QStringList list;
            for (QTreeWidgetItemIterator it(parts()); *it; ++it) {
                if ((*it)->parent() && (*it)->parent()->text(0) == u"COLUMNS")
                    list << (*it)->text(0);
            }
            return list.join(u' ');
        };
        add(u"Column"_s);
        type(u"columnName"_s, u"phone"_s);
        add(u"Column"_s);
        type(u"columnName"_s, u"note"_s);
        parts()->setFocus();
        QTest::keyClick(parts(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(names(), u"id mail age team_id + note + phone"_s);
        QCOMPARE(parts()->currentItem()->text(0), u"+ note"_s);
        QTest::keyClick(parts(), Qt::Key_Up, Qt::AltModifier);
        if (isPostgres()) {
            // It cannot, and says what it would take.
            QCOMPARE(names(), u"id mail age team_id + note + phone"_s);
            auto* up = child<QToolButton>(u"moveUp"_s);
            QVERIFY(!up->isEnabled());
            QVERIFY2(up->toolTip().contains(u"a copy of all rows"_s), qPrintable(up->toolTip()));
        } else {
            QCOMPARE(names(), u"id mail age + note team_id + phone"_s);
            QCOMPARE(line(u"person"_s)->text(0), u"~ person"_s);
            QVERIFY(choose(u"mail"_s));
            child<QToolButton>(u"moveDown"_s)->click();
            QCOMPARE(names(), u"id age mail + note team_id + phone"_s);
            run(u"structure.undo"_s);
            QCOMPARE(names(), u"id mail age + note team_id + phone"_s);
            run(u"structure.redo"_s);
            QVERIFY(m_scratch->comesBack());
            QVERIFY(opens(u"person"_s));
            QCOMPARE(names(), u"id age mail + note team_id + phone"_s);
        }
        keepPicture(u"order"_s);
        QVERIFY2(review(), qPrintable(said()));
        const QString told = steps().join(u'\n');
        QVERIFY2(told.contains(u"columns in the order"_s) != isPostgres(), qPrintable(told));
        keepPicture(u"order-review"_s);
    }

    void exclusionsAreAddedChangedAndDropped()
    {
        open();
        QVERIFY(opens(u"person"_s));
        const auto entries = child<QToolButton>(u"addPart"_s)->menu()->actions();
        QCOMPARE(std::ranges::any_of(entries, [](QAction* entry) { return entry->text() == u"Exclusion"; }),
                 isPostgres());
        if (!isPostgres())
            return;
        add(u"Column"_s);
        type(u"columnName"_s, u"during"_s);
        type(u"columnType"_s, u"int4range"_s);
        add(u"Exclusion"_s);
        auto* elements = child<QWidget>(u"exclusionElements"_s);
        QVERIFY(elements->isVisible());
        auto* problem = child<QLabel>(u"exclusionElementsProblem"_s);
        QVERIFY2(problem->isVisible() && problem->text().contains(u"operator"_s),
                 qPrintable(problem->text()));
        keepPicture(u"exclusion-new"_s);
        type(u"exclusionElements"_s, u"during WITH &&"_s);
        QVERIFY(!problem->isVisible());
        type(u"exclusionCondition"_s, u"age > 1"_s);
        auto* deferral = child<QComboBox>(u"deferral"_s);
        deferral->setFocus();
        QTest::keyClick(deferral, Qt::Key_Down);
        QVERIFY2(review(), qPrintable(said()));
        QVERIFY2(child<QPlainTextEdit>(u"reviewUp"_s)
                     ->toPlainText()
                     .contains(u"EXCLUDE USING gist (during WITH &&) WHERE ((age > 1)) DEFERRABLE"_s),
                 qPrintable(child<QPlainTextEdit>(u"reviewUp"_s)->toPlainText()));
        keepPicture(u"exclusion-review"_s);
        child<QPushButton>(u"reviewCopy"_s)->click();
        QVERIFY(drivers::Connection::open(target()).value()->executeScript(
            QApplication::clipboard()->text().toUtf8()));
        child<QPushButton>(u"reviewBack"_s)->click();
        run(u"structure.discard"_s);
        run(u"database.refresh"_s);
        QTRY_VERIFY(line(u"person_during_excl"_s));
        QVERIFY(choose(u"person_during_excl"_s));
        keepPicture(u"exclusion"_s);
        type(u"exclusionCondition"_s, u"age > 2"_s);
        QCOMPARE(line(u"person_during_excl"_s)->text(0), u"~ person_during_excl"_s);
        QVERIFY2(review(), qPrintable(said()));
        child<QPushButton>(u"reviewBack"_s)->click();
        parts()->setFocus();
        QVERIFY(choose(u"person_during_excl"_s));
        QTest::keyClick(parts(), Qt::Key_Delete);
        QVERIFY2(review(), qPrintable(said()));
        QVERIFY(child<QPlainTextEdit>(u"reviewUp"_s)->toPlainText().contains(u"DROP CONSTRAINT"_s));
    }

    void aFieldInWhichNothingWasTypedLeavesUndoToThePage()
    {
        open();
        QVERIFY(opens(u"person"_s));
        m_scratch->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_scratch->window()));
        add(u"Column"_s);
        auto* name = child<QLineEdit>(u"columnName"_s);
        name->setFocus();
        QTest::keyClicks(name, u"ab"_s);
        QTest::keyClick(name, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(name->text(), u"new_column"_s);
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"1 edit(s) in 1 table(s)"_s);
        QTest::keyClick(name, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"Nothing is staged."_s);
    }

    void undoGoesOverAllTablesAndARestartLosesNothing()
    {
        open();
        QVERIFY(opens(u"person"_s));
        QVERIFY(choose(u"mail"_s));
        type(u"columnName"_s, u"email"_s);
        QVERIFY(opens(u"team"_s));
        QVERIFY(choose(u"name"_s));
        child<QCheckBox>(u"notNull"_s)->click();
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"2 edit(s) in 2 table(s)"_s);
        run(u"structure.undo"_s);
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"1 edit(s) in 1 table(s)"_s);
        run(u"structure.redo"_s);
        run(u"structure.discard"_s);
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"Nothing is staged."_s);
        run(u"structure.undo"_s);
        // What is still being typed comes along.
        QVERIFY(choose(u"name"_s));
        auto* name = child<QLineEdit>(u"columnName"_s);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, u"title"_s);
        QVERIFY(m_scratch->comesBack());
        QVERIFY(page());
        QCOMPARE(page()->id(), id(u"team"_s));
        QVERIFY(line(u"title"_s));
        QVERIFY(opens(u"person"_s));
        QCOMPARE(line(u"email"_s)->text(0), u"~ email"_s);
    }

    void whatTheServerRefusesIsShownAtItsField()
    {
        open();
        QVERIFY(opens(u"person"_s));
        QVERIFY(choose(u"mail"_s));
        type(u"columnDefault"_s, u"no_such_thing()+id"_s);
        QVERIFY(!review());
        QVERIFY(!said().isEmpty());
        child<QPushButton>(u"reviewPlace"_s)->click();
        QCOMPARE(QApplication::focusWidget(), child<QLineEdit>(u"columnDefault"_s));
        QCOMPARE(child<QLineEdit>(u"columnDefault"_s)->text(), u"no_such_thing()+id"_s);
        QVERIFY(child<QLabel>(u"columnDefaultProblem"_s)->isVisible());
        keepPicture(u"field"_s);
        type(u"columnDefault"_s, u"'x'"_s);
        QVERIFY(!child<QLabel>(u"columnDefaultProblem"_s)->isVisible());
        QVERIFY2(review(), qPrintable(said()));
        // Esc leads back to where one edits.
        QTest::keyClick(child<QListWidget>(u"reviewSteps"_s), Qt::Key_Escape);
        QVERIFY(parts()->isVisible());
    }

    void keysChecksIndexesAndTriggers()
    {
        open();
        QVERIFY(opens(u"person"_s));
        add(u"Foreign key"_s);
        QCOMPARE(child<QLabel>(u"constraintColumnsProblem"_s)->text(), u"Name the columns."_s);
        type(u"constraintColumns"_s, u"team_id"_s);
        type(u"target"_s, u"team"_s);
        type(u"targetColumns"_s, u"id"_s);
        child<QComboBox>(u"onDelete"_s)->setCurrentText(u"CASCADE"_s);
        Q_EMIT child<QComboBox>(u"onDelete"_s)->activated(2);
        add(u"Unique key"_s);
        type(u"constraintColumns"_s, u"mail, age"_s);
        add(u"Check"_s);
        type(u"checkExpression"_s, u"length(mail) > 2"_s);
        add(u"Index"_s);
        type(u"indexParts"_s, u"age, lower(mail)"_s);
        type(u"indexCondition"_s, u"age > 20"_s);
        if (!isPostgres())
            add(u"Trigger"_s);
        QVERIFY2(review(), qPrintable(said()));
        const structure::Proposal* made = child<design::ReviewPanel>(u"structureReview"_s)->proposal();
        const schema::Table* person = made->to.table(id({}).schema, u"person"_s);
        const auto has = [&](schema::ConstraintKind kind) {
            return std::ranges::any_of(person->constraints,
                                       [&](const schema::Constraint& one) { return one.kind == kind; });
        };
        QVERIFY(has(schema::ConstraintKind::ForeignKey));
        QVERIFY(has(schema::ConstraintKind::Unique));
        QVERIFY(std::ranges::any_of(
            person->constraints, [](const schema::Constraint& one) { return one.onDelete == u"CASCADE"; }));
        QVERIFY(std::ranges::contains(person->indexes, u"person_age_lower_mail_idx"_s, &schema::Index::name));
        QCOMPARE(person->triggers.size(), isPostgres() ? 0 : 1);
    }

    void newTableBecomesAMigrationOfTheProject()
    {
        open(true);
        run(u"database.newTable"_s);
        QVERIFY(page());
        QCOMPARE(QApplication::focusWidget(), child<QLineEdit>(u"tableName"_s));
        type(u"tableName"_s, u"note"_s);
        QCOMPARE(page()->title(), u"note · structure"_s);
        add(u"Column"_s);
        type(u"columnName"_s, u"body"_s);
        QVERIFY2(review(), qPrintable(said()));
        child<QPushButton>(u"reviewSave"_s)->click();
        QVERIFY(migrations());
        QVERIFY(settles());
        QCOMPARE(migrations()->findChild<QLineEdit*>(u"migrationName"_s)->text(), u"create_note"_s);
        keepPicture(u"save"_s);
        migrations()->findChild<QPushButton*>(u"createMigration"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!written(u"up.sql"_s).isEmpty(), 20000);
        QVERIFY(written(u"up.sql"_s).contains(u"note"_s));
        QVERIFY(written(u"down.sql"_s).contains(u"DROP TABLE"_s));
        QVERIFY(settles());
        QVERIFY(!catalogNow().table(id({}).schema, u"note"_s));
        run(u"database.newTable"_s);  // nothing of the former is staged any more
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"3 edit(s) in 1 table(s)"_s);
    }

    void saveAndRunChangesTheDatabase()
    {
        open(true);
        QVERIFY(opens(u"person"_s));
        add(u"Column"_s);
        type(u"columnName"_s, u"phone"_s);
        QVERIFY2(review(), qPrintable(said()));
        child<QPushButton>(u"reviewRun"_s)->click();
        QVERIFY(migrations());
        QVERIFY(settles());
        migrations()->findChild<QPushButton*>(u"createMigration"_s)->click();
        // The project's migrations do not make this table: what it does there cannot be told, and is asked.
        auto* agree = migrations()->findChild<QPushButton*>(u"askAccept"_s);
        QTRY_COMPARE_WITH_TIMEOUT(agree->text(), u"Run"_s, 20000);
        keepPicture(u"run"_s);
        agree->click();
        QTRY_VERIFY_WITH_TIMEOUT(catalogNow().table(id({}).schema, u"person"_s)->column(u"phone"_s), 30000);
        QVERIFY(settles());
        QVERIFY(opens(u"person"_s));
        QTRY_VERIFY(line(u"phone"_s));
        QCOMPARE(line(u"phone"_s)->text(0), u"phone"_s);
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"Nothing is staged."_s);
    }

    void withoutAProjectTheMigrationWaitsForOne()
    {
        open();
        QVERIFY(opens(u"person"_s));
        QVERIFY(choose(u"age"_s));
        child<QCheckBox>(u"notNull"_s)->click();
        QVERIFY2(review(), qPrintable(said()));
        // The rebuild of a table is for a script that switches foreign keys off, as the tool wants it.
        child<QPushButton>(u"reviewSave"_s)->click();
        QVERIFY(migrations());
        // Beside a database file there is a folder that a project may be begun in.
        QCOMPARE(migrations()->findChild<QPushButton*>(u"beginProject"_s)->isVisible(), !isPostgres());
        makeProject();
        Q_EMIT migrations()->projectChosen(m_scratch->path({}));
        QVERIFY(settles());
        QTRY_COMPARE(migrations()->findChild<QLineEdit*>(u"migrationName"_s)->text(),
                     u"change_age_of_person"_s);
        migrations()->findChild<QPushButton*>(u"createMigration"_s)->click();
        QTRY_VERIFY(
            written(u"up.sql"_s).contains(isPostgres() ? u"SET NOT NULL"_s : u"dewpoint_new_person"_s));
    }

    void aDraftIsRehearsedOnACopy_data()
    {
        QTest::addColumn<bool>("inProject");
        QTest::newRow("in a project") << true;
        QTest::newRow("without a project") << false;
    }
    void aDraftIsRehearsedOnACopy()
    {
        QFETCH(const bool, inProject);
        open(inProject);
        QVERIFY(opens(u"person"_s));
        add(u"Column"_s);
        type(u"columnName"_s, u"phone"_s);
        // On SQLite that is a rebuild of the table.
        QVERIFY(choose(u"age"_s));
        child<QCheckBox>(u"notNull"_s)->click();
        QVERIFY2(review(), qPrintable(said()));
        auto* rehearse = child<QPushButton>(u"reviewRehearse"_s);
        QVERIFY(rehearse->isVisible() && rehearse->isEnabled());
        QTest::mouseClick(rehearse, Qt::LeftButton);
        QVERIFY(page()->isBusy());
        QVERIFY(isReviewed());
        auto* view = page()->findChild<rehearsal::RehearsalView*>();
        QVERIFY2(view->isVisible(), qPrintable(child<QLabel>(u"rehearsalStage"_s)->text()));
        QVERIFY2(view->text().contains(u"ran on a copy and came back, structure and rows"_s),
                 qPrintable(view->text()));
        QVERIFY(view->text().contains(u"The live database is untouched"_s));
        QVERIFY(view->text().contains(u"phone"_s));
        QCOMPARE(view->text().contains(u"AccessExclusiveLock"_s), isPostgres());
        QCOMPARE(rehearse->text(), u"Rehearse"_s);
        keepPicture(u"rehearsed-%1-%2"_s.arg(isPostgres()).arg(inProject));
        QVERIFY(!catalogNow().table(id({}).schema, u"person"_s)->column(u"phone"_s));
        // Review again: what was found out was about what is reviewed no more.
        QTest::keyClick(child<QPushButton>(u"reviewBack"_s), Qt::Key_Escape);
        QVERIFY2(review(), qPrintable(said()));
        QVERIFY(!view->isVisible());
    }

    void aRehearsalThatIsStoppedLeavesNoCopy()
    {
        auto db = drivers::Connection::open(connectionOf(false).target).value();
        QVERIFY(db->executeScript(
            isPostgres() ? "CREATE TABLE many AS SELECT g AS id, md5(g::text) AS t FROM "
                           "generate_series(1, 300000) g"
                         : "CREATE TABLE many AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
                           "i+1 FROM n WHERE i < 600000) SELECT i AS id, hex(i) AS t FROM n"));
        const auto copies = [&] {
            return isPostgres() ? test::rowsOf(*db, u"SELECT datname FROM pg_database WHERE "
                                                    "starts_with(datname::text, 'dewpoint_shadow_')"_s)
                                : QDir(QDir::tempPath()).entryList({u"dewpoint_shadow_*"_s}, QDir::Dirs);
        };
        open();
        QVERIFY(opens(u"person"_s));
        add(u"Column"_s);
        type(u"columnName"_s, u"phone"_s);
        QVERIFY2(review(), qPrintable(said()));
        const QStringList before = copies();
        auto* rehearse = child<QPushButton>(u"reviewRehearse"_s);
        auto* stage = child<QLabel>(u"rehearsalStage"_s);
        rehearse->click();
        QCOMPARE(rehearse->text(), u"Stop rehearsing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!stage->text().isEmpty(), 20000);
        rehearse->click();
        QVERIFY(isReviewed());
        QCOMPARE(stage->text(), u"The rehearsal was stopped; its copies are gone."_s);
        // Leaving the review forgets one as well.
        rehearse->click();
        QTRY_VERIFY_WITH_TIMEOUT(stage->text().startsWith(u"Copying"_s), 20000);
        QTest::keyClick(rehearse, Qt::Key_Escape);
        QVERIFY(!page()->isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(copies(), [&](const QString& name) { return before.contains(name); }), 30000);
    }

    void aProjectBeginsWithABaselineAndTheDraftWaits_data()
    {
        QTest::addColumn<bool>("begun");
        QTest::newRow("a project's folder is chosen") << false;
        QTest::newRow("beside the file, where there is no folder yet") << true;
    }
    void aProjectBeginsWithABaselineAndTheDraftWaits()
    {
        QFETCH(const bool, begun);
        open();
        QVERIFY(opens(u"person"_s));
        add(u"Column"_s);
        type(u"columnName"_s, u"phone"_s);
        QVERIFY2(review(), qPrintable(said()));
        QVERIFY2(said().contains(u"No migrations project belongs to this database yet"_s),
                 qPrintable(said()));
        QCOMPARE(child<QPushButton>(u"reviewSave"_s)->text(), u"Begin a project…"_s);
        keepPicture(u"begin-a-project-%1"_s.arg(isPostgres()));
        child<QPushButton>(u"reviewSave"_s)->click();
        QVERIFY(migrations());
        if (begun && !isPostgres()) {  // a server's database has no folder beside it
            QTest::mouseClick(migrations()->findChild<QPushButton*>(u"beginProject"_s), Qt::LeftButton);
            auto* menu = migrations()->findChild<QMenu*>(u"toolMenu"_s);
            menu->findChild<QAction*>(u"sqlx"_s)->trigger();
            menu->close();
        } else {
            makeProject();
            Q_EMIT migrations()->projectChosen(m_scratch->path({}));
        }
        QVERIFY(settles());
        QTRY_VERIFY(migrations()->status());
        auto* name = migrations()->findChild<QLineEdit*>(u"migrationName"_s);
        auto* action = migrations()->findChild<QPushButton*>(u"askAccept"_s);
        auto* create = migrations()->findChild<QPushButton*>(u"createMigration"_s);
        auto* up = migrations()->findChild<QPlainTextEdit*>(u"newUp"_s);
        QTRY_COMPARE(name->text(), u"add_phone_to_person"_s);
        QTRY_COMPARE(action->text(), u"Begin with a baseline…"_s);
        keepPicture(u"begin-with-a-baseline-%1"_s.arg(isPostgres()));
        action->click();
        QTRY_VERIFY_WITH_TIMEOUT(up->toPlainText().contains(u"team"_s), 60000);
        QCOMPARE(name->text(), u"baseline"_s);
        QVERIFY(!up->toPlainText().contains(u"phone"_s));
        create->click();
        QTRY_COMPARE_WITH_TIMEOUT(action->text(), u"Mark as applied…"_s, 20000);
        QVERIFY(settles());
        action->click();
        auto* agree = migrations()->findChild<QPushButton*>(u"repairAccept"_s);
        QTRY_VERIFY_WITH_TIMEOUT(agree && agree->isVisible(), 20000);
        agree->click();
        // And on with what was staged, untouched.
        QTRY_COMPARE_WITH_TIMEOUT(name->text(), u"add_phone_to_person"_s, 30000);
        QVERIFY(up->toPlainText().contains(u"phone"_s));
        QCOMPARE(migrations()->status()->appliedCount(), 1);
        keepPicture(u"after-the-baseline-%1"_s.arg(isPostgres()));
        create->click();
        QTRY_COMPARE_WITH_TIMEOUT(migrations()->status()->pendingCount(), 1, 20000);
        QVERIFY(settles());
        migrations()->propose(apply::Action::Run, apply::Scope::all());
        QTRY_VERIFY_WITH_TIMEOUT(catalogNow().table(id({}).schema, u"person"_s)->column(u"phone"_s), 30000);
    }

    void migrationsThatCountAsPendingAreOfferedABaseline()
    {
        makeProject();
        const QString folder = m_scratch->path(u"migrations/2025-01-01-000000_all"_s);
        QDir().mkpath(folder);
        for (const auto& [name, text] :
             {std::pair(u"up.sql"_s, script), std::pair(u"down.sql"_s, "SELECT 1;")}) {
            QFile file(folder + u'/' + name);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) > 0);
        }
        open(true);
        QVERIFY(opens(u"person"_s));
        add(u"Column"_s);
        type(u"columnName"_s, u"phone"_s);
        QVERIFY2(review(), qPrintable(said()));
        child<QPushButton>(u"reviewSave"_s)->click();
        auto* action = migrations()->findChild<QPushButton*>(u"askAccept"_s);
        QTRY_COMPARE_WITH_TIMEOUT(action->text(), u"Baseline…"_s, 20000);
        QVERIFY(settles());
        action->click();
        auto* agree = migrations()->findChild<QPushButton*>(u"repairAccept"_s);
        QTRY_VERIFY_WITH_TIMEOUT(agree && agree->isVisible(), 20000);
        agree->click();
        QTRY_COMPARE_WITH_TIMEOUT(migrations()->status()->appliedCount(), 1, 20000);
        QVERIFY(settles());
        QCOMPARE(migrations()->findChild<QLineEdit*>(u"migrationName"_s)->text(), u"add_phone_to_person"_s);
    }

    void readOnlyAndViewsSayWhy()
    {
        open();
        QVERIFY(opens(u"grown"_s));
        QVERIFY(child<QLabel>(u"structureLock"_s)->text().startsWith(u"This is a view"_s));
        QVERIFY(line(u"mail"_s));
        QVERIFY(!child<QToolButton>(u"addPart"_s)->isEnabled());
        store::SavedConnection reading = connectionOf(false);
        reading.target.guard = drivers::Guard::ReadOnly;
        QVERIFY(m_scratch->opens(reading));
        QVERIFY(opens(u"person"_s));
        QVERIFY(child<QLabel>(u"structureLock"_s)->text().startsWith(u"This connection is read only"_s));
        QVERIFY(choose(u"mail"_s));
        QVERIFY(child<QLineEdit>(u"columnName"_s)->isReadOnly());
        QTest::keyClick(parts(), Qt::Key_Delete);
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"Nothing is staged."_s);
    }

    void catalogThatChangesUnderneathIsFollowed()
    {
        open();
        QVERIFY(opens(u"person"_s));
        QVERIFY(choose(u"mail"_s));
        type(u"columnName"_s, u"email"_s);
        QVERIFY(drivers::Connection::open(target()).value()->executeScript(
            "ALTER TABLE person ADD COLUMN nick TEXT; ALTER TABLE person RENAME COLUMN mail TO letters"));
        workspace()->reloadCatalog();
        QTRY_VERIFY(line(u"nick"_s));
        QCOMPARE(line(u"email"_s)->text(0), u"⚠ email"_s);
        QVERIFY(choose(u"email"_s));
        QTest::keyClick(parts(), Qt::Key_Delete);
        QVERIFY(!line(u"email"_s));
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"Nothing is staged."_s);
    }

    void whatIsBeingTypedSurvivesAnotherCatalog()
    {
        open();
        QVERIFY(opens(u"person"_s));
        QVERIFY(choose(u"mail"_s));
        auto* comment = child<QLineEdit>(u"columnDefault"_s);
        QVERIFY(comment);
        comment->setFocus();
        QTest::keyClicks(comment, u"'none'"_s);
        QVERIFY(drivers::Connection::open(target()).value()->executeScript(
            "ALTER TABLE person ADD COLUMN nick TEXT"));
        workspace()->reloadCatalog();
        QTRY_VERIFY(line(u"nick"_s));
        QCOMPARE(comment->text(), u"'none'"_s);
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"1 edit(s) in 1 table(s)"_s);
    }

    void whatIsEditedAfterTheReviewStaysStaged()
    {
        open(true);
        run(u"database.newTable"_s);
        type(u"tableName"_s, u"note"_s);
        QVERIFY2(review(), qPrintable(said()));
        child<QPushButton>(u"reviewSave"_s)->click();
        QVERIFY(migrations());
        QVERIFY(settles());
        QVERIFY(opens(u"person"_s));
        QVERIFY(choose(u"mail"_s));
        type(u"columnName"_s, u"email"_s);
        workspace()->openMigrations();
        migrations()->findChild<QPushButton*>(u"createMigration"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!written(u"up.sql"_s).isEmpty(), 20000);
        QVERIFY(!written(u"up.sql"_s).contains(u"email"_s));
        QVERIFY(settles());
        QVERIFY(opens(u"person"_s));
        QCOMPARE(child<QLabel>(u"structureSummary"_s)->text(), u"1 edit(s) in 1 table(s)"_s);
        QVERIFY(line(u"email"_s));
    }

    void everythingThatTakesTheFocusHasAName()
    {
        open();
        QVERIFY(opens(u"person"_s));
        for (const QString& part : {u"person"_s, u"mail"_s, u"person_mail"_s}) {
            QVERIFY(choose(part));
            for (const QWidget* widget : page()->findChildren<QWidget*>()) {
                if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                    continue;
                const auto* button = qobject_cast<const QAbstractButton*>(widget);
                QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())
                             || widget->inherits("QTabBar") || widget->inherits("QScrollArea"),
                         qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' '
                                    + widget->objectName()));
            }
        }
    }
};

QTEST_MAIN(StructurePageTest)
#include "structure_page_test.moc"
