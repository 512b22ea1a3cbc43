// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/connections.h"
#include "store/json_file.h"
#include "store/kept_sql.h"
#include "store/recent_sql.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace dewpoint;
using namespace dewpoint::store;
using namespace Qt::StringLiterals;

/// What is kept of the queries of a database on this machine.
class KeptSqlTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;
    const drivers::Target m_target{.engine = Engine::Sqlite, .location = u"/a/shop.db"_s};

    static QStringList texts(const QList<KeptSql>& list)
    {
        QStringList lines;
        for (const KeptSql& kept : list)
            lines << kindName(kept.kind) + u"|"_s + kept.title + u"|"_s + kept.sql;
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8());
        QDir(stateFolder(u"queries"_s)).removeRecursively();
        QDir(stateFolder(u"workspaces"_s)).removeRecursively();
    }

    void whatRanLatelyIsKeptOnce()
    {
        QVERIFY(rememberSql(m_target, u" SELECT 1 "_s));
        QVERIFY(rememberSql(m_target, u"SELECT 2"_s));
        QVERIFY(rememberSql(m_target, u"SELECT 1"_s));
        const auto list = recentSql(m_target);
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[0].sql, u"SELECT 1"_s);
        drivers::Target other = m_target;
        other.guard = drivers::Guard::ReadOnly;
        QCOMPARE(recentSql(other), list);
        other.location = u"/b/shop.db"_s;
        QVERIFY(recentSql(other).isEmpty());
    }

    void passwordsAndHugeTextsAreNotKept()
    {
        QVERIFY(rememberSql(m_target, u"ALTER ROLE app PASSWORD 'secret'"_s));
        QVERIFY(rememberSql(m_target, u"SELECT '"_s + QString(10'000, u'x') + u"'"_s));
        QVERIFY(recentSql(m_target).isEmpty());
        for (int i = 0; i < 210; ++i)
            QVERIFY(rememberSql(m_target, u"SELECT %1"_s.arg(i)));
        QCOMPARE(recentSql(m_target).size(), 200);
        QCOMPARE(recentSql(m_target).first().sql, u"SELECT 209"_s);
    }

    void tabsViewsAndRecentOnesAreListedOnce()
    {
        const QJsonObject tab{
            {u"kind"_s, u"query"_s},
            {u"state"_s, QJsonObject{{u"title"_s, u"Query 1"_s},
                                     {u"text"_s, u"DROP TABLE t;\nSELECT a FROM t;\nDELETE FROM t"_s}}}};
        const QJsonObject view{
            {u"view"_s,
             QJsonObject{{u"filters"_s, QJsonArray{QJsonObject{{u"column"_s, u"a"_s}, {u"op"_s, 0}}}},
                         {u"sorts"_s, QJsonArray{QJsonObject{{u"column"_s, u"b"_s}}}},
                         {u"where"_s, u"c > 1 -- big"_s}}}};
        QVERIFY(writeJson(workspaceFile(m_target),
                          {{u"pages"_s, QJsonArray{tab, QJsonObject{{u"kind"_s, u"diagram"_s}}}},
                           {u"views"_s, QJsonObject{{u"main.t"_s, QJsonObject{{u"big"_s, view}}}}}}));
        QVERIFY(rememberSql(m_target, u"SELECT a FROM t"_s));
        QVERIFY(rememberSql(m_target, u"SELECT 3"_s));
        QCOMPARE(
            texts(keptSql(m_target)),
            (QStringList{u"tab|Query 1, line 2|SELECT a FROM t"_s, u"tab|Query 1, line 3|DELETE FROM t"_s,
                         u"view|big of t|SELECT \"a\", \"b\" FROM \"main\".\"t\" WHERE (\nc > 1 -- big\n)"_s,
                         u"recent||SELECT 3"_s}));
    }
};

QTEST_GUILESS_MAIN(KeptSqlTest)
#include "kept_sql_test.moc"
