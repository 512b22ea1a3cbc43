// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/condition_check.h"
#include "support/rows_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

class ConditionCheckTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhereItIsWrong_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("from");  ///< what stands at the position; empty: none is told
        QTest::newRow("right") << u"n > 1 -- small"_s << u"right"_s;
        QTest::newRow("unknown column") << u"n > 1 AND nmae = 'x'"_s << u"nmae = 'x'"_s;
        QTest::newRow("syntax") << u"n > 1 AND AND n < 3"_s << u"AND n < 3"_s;
        QTest::newRow("after letters of two units") << u"name = '𝄞' AND oops"_s << u"oops"_s;
        QTest::newRow("a misspelt name in double quotes")
            << uR"(n > 1 AND "nmae" = 'x')"_s << u"\"nmae\" = 'x'"_s;
        QTest::newRow("a second statement") << u"n > 1); DELETE FROM t; SELECT (1"_s << QString();
    }
    void saysWhereItIsWrong()
    {
        QFETCH(const QString, condition);
        QFETCH(const QString, from);
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            const test::RowsFixture fixture(engine, "CREATE TABLE t (n INTEGER, name TEXT);"
                                                    "INSERT INTO t VALUES (1, 'one');");
            const auto connection = fixture.connect();
            const bool lenient = connection->takesQuotedNamesAsText();
            const auto checked = rows::checkCondition(*connection, fixture.relation(u"t"_s), condition);
            QCOMPARE(connection->takesQuotedNamesAsText(), lenient);
            QCOMPARE(displayText(connection->scalar(u"SELECT count(*) FROM t"_s).value()), u"1"_s);
            QCOMPARE(checked.has_value(), from == u"right"_s);
            if (checked || from.isEmpty())
                continue;
            QVERIFY2(checked.error().position >= 0, qPrintable(checked.error().message));
            QCOMPARE(condition.mid(checked.error().position), from);
        }
    }
};

QTEST_GUILESS_MAIN(ConditionCheckTest)
#include "condition_check_test.moc"
