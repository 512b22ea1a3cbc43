// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/brackets.h"
#include "query/completion.h"
#include "query/editing.h"
#include "query/run.h"
#include "query/sql_editor.h"
#include "theme/theme.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

schema::Database shop()
{
    schema::Table users{.schema = u"main"_s, .name = u"users"_s};
    users.columns = {{.name = u"id"_s, .type = u"INTEGER"_s, .keyPosition = 1},
                     {.name = u"email"_s, .type = u"TEXT"_s}};
    schema::Table orders{.schema = u"main"_s, .name = u"orders"_s};
    orders.columns = {{.name = u"id"_s, .type = u"INTEGER"_s, .keyPosition = 1},
                      {.name = u"user_id"_s, .type = u"INTEGER"_s},
                      {.name = u"Order Total"_s, .type = u"TEXT"_s}};
    orders.constraints = {{.kind = schema::ConstraintKind::ForeignKey,
                           .columns = {u"user_id"_s},
                           .targetTable = u"users"_s,
                           .targetColumns = {u"id"_s}}};
    schema::Database database{.engine = Engine::Sqlite};
    database.tables = {orders, users};
    return database;
}

// The candidates where "|" stands, as one line.
QString offered(QString statement)
{
    const qsizetype cursor = statement.indexOf(u'|');
    statement.remove(cursor, 1);
    QStringList texts;
    for (const query::Candidate& candidate : query::complete(statement, cursor, shop()).candidates)
        texts.append(candidate.text);
    return texts.join(u", ");
}

}  // namespace

class QueryEditorTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void offersColumnsOfAnAlias()
    {
        QCOMPARE(offered(u"SELECT o.| FROM orders o"_s), u"id, user_id, \"Order Total\""_s);
        QCOMPARE(offered(u"SELECT o.u| FROM orders AS o"_s), u"user_id"_s);
    }
    void offersTheTablesOfASchema() { QCOMPARE(offered(u"SELECT * FROM main.us|"_s), u"users"_s); }
    void offersJoinsByForeignKeys()
    {
        QVERIFY(offered(u"SELECT 1 FROM orders o JOIN users u ON |"_s).startsWith(u"o.user_id = u.id"));
    }
    void offersKeywordsInTheCaseThatIsTyped()
    {
        QVERIFY(offered(u"SEL|"_s).contains(u"SELECT"));
        QVERIFY(offered(u"sel|"_s).contains(u"select"));
    }
    void offersNothingInStringsAndComments()
    {
        QCOMPARE(offered(u"SELECT 'us|"_s), QString());
        QCOMPARE(offered(u"SELECT 1 -- us|"_s), QString());
    }
    void textAndStatementsGoAlongWithWhatIsTyped()
    {
        query::SqlEditor editor(Engine::Sqlite);
        editor.setPlainText(u"SELECT 1;\nSELECT 'a';\nSELECT 3"_s);
        const auto agrees = [&editor] {
            return editor.text() == editor.toPlainText()
                   && editor.statements() == sql::split(editor.text(), Engine::Sqlite);
        };
        QVERIFY(agrees());
        QTest::keyClicks(&editor, u"SELECT ';' -- ; x"_s);
        QVERIFY(agrees());
        QTest::keyClick(&editor, Qt::Key_Return);
        QVERIFY(agrees());
        QTest::keyClick(&editor, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(&editor, u"; DELETE"_s);
        QTest::keyClick(&editor, Qt::Key_Escape);
        QVERIFY(agrees());
        QCOMPARE(editor.statements().size(), 4);
        for (const Qt::Key key : {Qt::Key_Z, Qt::Key_Z, Qt::Key_Y}) {
            QTest::keyClick(&editor, key, Qt::ControlModifier);
            QVERIFY(agrees());
        }
        editor.selectAll();
        QTest::keyClick(&editor, Qt::Key_Backspace);
        QVERIFY(agrees());
        editor.insertPlainText(u"VALUES (1); VALUES (2)"_s);
        QVERIFY(agrees());
        editor.setPlainText(u"x; y"_s);
        QVERIFY(agrees());
    }
    void matchesBracketsPastStrings()
    {
        const QString text = u"f('(', (1))"_s;
        QCOMPARE(query::matchingBracket(text, 1, Engine::Sqlite), std::optional<qsizetype>(10));
        QCOMPARE(query::matchingBracket(text, 10, Engine::Sqlite), std::optional<qsizetype>(1));
        QCOMPARE(query::matchingBracket(text, 3, Engine::Sqlite), std::nullopt);
    }
    void readsAgainOnlyWhatDoesNotWrite_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<bool>("plain");
        QTest::newRow("query") << u"SELECT 1"_s << true;
        QTest::newRow("with") << u"WITH a AS (SELECT 1) SELECT * FROM a"_s << true;
        QTest::newRow("with that deletes")
            << u"WITH a AS (DELETE FROM t RETURNING 1) SELECT * FROM a"_s << false;
        QTest::newRow("returning") << u"INSERT INTO t VALUES (1) RETURNING id"_s << false;
        QTest::newRow("a word in a text") << u"SELECT 'INSERT' FROM t"_s << true;
        QTest::newRow("a word in a comment") << u"SELECT 1 -- UPDATE t"_s << true;
        QTest::newRow("a word as a name") << u"SELECT \"delete\" FROM t"_s << true;
        QTest::newRow("a word in a dollar quote") << u"SELECT $x$ INTO $x$"_s << true;
        QTest::newRow("select into") << u"SELECT 1 INTO u"_s << false;
        QTest::newRow("locking") << u"SELECT * FROM t FOR UPDATE"_s << false;
    }
    void readsAgainOnlyWhatDoesNotWrite()
    {
        QFETCH(QString, statement);
        QFETCH(bool, plain);
        QCOMPARE(query::isPlainRead(statement, Engine::Postgres), plain);
    }
    void knowsWhatMayChangeTheSchema_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<bool>("changes");
        for (const QString& statement : {u"create table t (a)"_s, u"COMMIT"_s, u"end"_s, u"ROLLBACK"_s,
                                         u"ABORT"_s, u"SELECT 1 INTO t"_s, u"TRUNCATE t"_s})
            QTest::newRow(qPrintable(statement)) << statement << true;
        for (const QString& statement :
             {u"SELECT 'INTO'"_s, u"INSERT INTO t VALUES (1)"_s, u"BEGIN"_s, u"SELECT 1 -- create"_s})
            QTest::newRow(qPrintable(statement)) << statement << false;
    }
    void knowsWhatMayChangeTheSchema()
    {
        QFETCH(QString, statement);
        QFETCH(bool, changes);
        QCOMPARE(query::changesSchema(statement, Engine::Postgres), changes);
    }
    void everyResultHasALimit()
    {
        const query::Request read{.sql = u"SELECT 1"_s, .plain = true};
        const query::Request write{.sql = u"INSERT INTO t VALUES (1) RETURNING *"_s};
        constexpr auto silent = drivers::Guard::Silent;
        QCOMPARE(query::limitsFor(read, 10, silent).maxRows, 10);
        QVERIFY(!query::limitsFor(read, 10, silent).toTheEnd);
        QCOMPARE(query::limitsFor(write, 10, silent).maxRows, -1);
        QVERIFY(query::limitsFor(write, 10, silent).toTheEnd);
        QVERIFY(query::limitsFor(read, -1, silent).maxBytes > 0);
        QVERIFY(query::limitsFor(write, -1, silent).maxBytes > 0);
    }
    void commentsAndUncommentsTheSelectedLines()
    {
        query::SqlEditor editor(Engine::Sqlite);
        editor.setPlainText(u"SELECT 1\n  FROM t\nWHERE 1"_s);
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(12, QTextCursor::KeepAnchor);
        editor.setTextCursor(cursor);
        QTest::keyClick(&editor, Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(editor.text(), u"-- SELECT 1\n--   FROM t\nWHERE 1"_s);
        QTest::keyClick(&editor, Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(editor.text(), u"SELECT 1\n  FROM t\nWHERE 1"_s);
        editor.undo();
        QCOMPARE(editor.text(), u"-- SELECT 1\n--   FROM t\nWHERE 1"_s);
    }
    void indentsWithSpacesAndKeepsTheMargin()
    {
        query::SqlEditor editor(Engine::Sqlite);
        QTest::keyClick(&editor, Qt::Key_Tab);
        QTest::keyClicks(&editor, u"a"_s);
        QTest::keyClick(&editor, Qt::Key_Return);
        QTest::keyClicks(&editor, u"b"_s);
        QCOMPARE(editor.text(), u"    a\n    b"_s);
        QTest::keyClick(&editor, Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(editor.text(), u"    a\nb"_s);
    }
    void keepsANoBreakSpace()
    {
        query::SqlEditor editor(Engine::Sqlite);
        editor.setPlainText(u"SELECT '\u00a0'"_s);
        QCOMPARE(editor.text(), u"SELECT '\u00a0'"_s);
    }
    void aScriptIsCopiedOnceForEachChange()
    {
        query::SqlEditor editor(Engine::Sqlite);
        editor.setPlainText(u"SELECT 1;\nSELECT (2);\n"_s.repeated(1000));
        const QString text = editor.text();
        const auto* statements = editor.statements().constData();
        QCOMPARE(editor.statements().size(), 2000);
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&editor, Qt::Key_Down);
        QVERIFY(editor.text().constData() == text.constData());
        QVERIFY(editor.statements().constData() == statements);
        QTest::keyClicks(&editor, u"--"_s);
        QCOMPARE(editor.text().size(), text.size() + 2);
        QCOMPARE(editor.statements().size(), 1999);
        editor.undo();
        QCOMPARE(editor.text(), text);
        editor.setPlainText(u"SELECT 3"_s);
        QCOMPARE(editor.statements().size(), 1);
        editor.clear();
        QVERIFY(editor.statements().isEmpty());
    }
    void completesWithReturn()
    {
        query::SqlEditor editor(Engine::Sqlite);
        editor.setSchema(shop());
        editor.resize(600, 300);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
        QTest::keyClicks(&editor, u"SELECT * FROM us"_s);
        QWidget* popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(editor.text(), u"SELECT * FROM users"_s);
    }
};

QTEST_MAIN(QueryEditorTest)
#include "query_editor_test.moc"
