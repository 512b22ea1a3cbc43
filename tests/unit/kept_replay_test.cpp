// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/kept_replay.h"
#include "unit/diesel_scratch.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Previews on a database that is kept say what those on a new one say, and run no more than they must.
class KeptReplayTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<test::DieselScratch> m_scratch;
    std::unique_ptr<drivers::Connection> m_live;

    static QString version(int i) { return QString::number(100 + i); }
    void write(int i, const QByteArray& up) const
    {
        m_scratch->migration(version(i) + u"_m"_s, up, "SELECT 1;");
    }
    /// Sentences to compare by, whatever the preview came to.
    static QString said(const Result<shadow::Preview>& preview)
    {
        if (!preview)
            return u"error: "_s + preview.error().oneLine();
        QStringList names;
        for (const schema::Database* state : {&preview->before, &preview->after}) {
            for (const schema::Table& table : state->tables) {
                names += table.name;
                for (const schema::Column& column : table.columns)
                    names += u"  "_s + column.name + u' ' + column.type;
            }
            names += u"--"_s;
        }
        return names.join(u'\n');
    }
    QString fresh(const QString& from, const QString& to) const
    {
        return said(shadow::preview(*m_live, m_scratch->project(), from, to));
    }
    QString kept(shadow::KeptReplay& replay, const QString& from, const QString& to) const
    {
        return said(replay.preview(*m_live, m_scratch->project(), from, to));
    }

private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<test::DieselScratch>(Engine::Sqlite);
        m_live = m_scratch->connect();
    }
    void cleanup()
    {
        m_live.reset();
        m_scratch.reset();
    }

    /// The error tells what the first migration made up.
    void whatStandsBeforeRunsOnce()
    {
        write(0, "CREATE TABLE noise AS SELECT 'x' || hex(randomblob(8)) AS n;");
        write(1, "CREATE TABLE a (id integer);");
        write(2, "SELECT json_extract('{}', n) FROM noise;");
        shadow::KeptReplay replay;
        QVERIFY(!kept(replay, version(1), version(1)).startsWith(u"error: "));
        const QString first = kept(replay, version(2), version(2));
        QVERIFY2(first.contains(u"JSON path"_s), qPrintable(first));
        QVERIFY(fresh(version(2), version(2)) != first);
        write(2, "SELECT json_extract('{}', n) FROM noise; -- edited");
        QCOMPARE(kept(replay, version(2), version(2)), first);
        write(1, "CREATE TABLE a (id integer, edited text);");
        const QString anew = kept(replay, version(2), version(2));
        QVERIFY2(anew.contains(u"JSON path"_s) && anew != first, qPrintable(anew));
    }

    void aFailureLeavesNothingBehind()
    {
        write(0, "CREATE TABLE a (id integer);");
        write(1, "CREATE TABLE b (id integer); INSERT INTO missing VALUES (1);");
        shadow::KeptReplay replay;
        QVERIFY(kept(replay, version(1), version(1)).startsWith(u"error: "));
        write(1, "CREATE TABLE b (id integer);");
        const QString mended = kept(replay, version(1), version(1));
        QVERIFY2(mended.contains(u"b"_s) && !mended.startsWith(u"error: "), qPrintable(mended));
        QCOMPARE(mended, fresh(version(1), version(1)));
    }

    /// A script that began a transaction of its own and failed in it.
    void anOpenTransactionIsNotGoneOnIn()
    {
        write(0, "CREATE TABLE a (id integer);");
        m_scratch->write(u"migrations/101_m/metadata.toml"_s, "run_in_transaction = false\n");
        write(1, "BEGIN; CREATE TABLE b (id integer); INSERT INTO missing VALUES (1); COMMIT;");
        shadow::KeptReplay replay;
        QVERIFY(kept(replay, version(1), version(1)).startsWith(u"error: "));
        write(1, "BEGIN; CREATE TABLE b (id integer); COMMIT;");
        QCOMPARE(kept(replay, version(1), version(1)), fresh(version(1), version(1)));
    }

    /// What a script leaves in the session must not be there when it runs again.
    void theSessionIsAsOnANewDatabase_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("a temporary table")
            << "CREATE TEMP TABLE t (id integer);"_ba
            << "CREATE TEMP TABLE t (id integer); CREATE TABLE b AS SELECT * FROM t;"_ba;
        QTest::newRow("a switch") << "PRAGMA legacy_alter_table = ON;"_ba
                                  << "CREATE TABLE b AS SELECT * FROM pragma_legacy_alter_table;"_ba;
        QTest::newRow("the last row") << "INSERT INTO a VALUES (77);"_ba
                                      << "CREATE TABLE b (id integer CHECK (id <> 0)); "
                                         "INSERT INTO b VALUES (last_insert_rowid());"_ba;
        QTest::newRow("a name in quotes") << R"(CREATE TABLE "temp"."t" (id integer);)"_ba
                                          << "CREATE TABLE temp.t (id integer);"_ba;
    }
    void theSessionIsAsOnANewDatabase()
    {
        QFETCH(const QByteArray, first);
        QFETCH(const QByteArray, second);
        write(0, "CREATE TABLE a (id integer);");
        write(1, first);
        shadow::KeptReplay replay;
        QCOMPARE(kept(replay, version(1), version(1)), fresh(version(1), version(1)));
        write(1, second);
        QCOMPARE(kept(replay, version(1), version(1)), fresh(version(1), version(1)));
        write(1, first);
        QCOMPARE(kept(replay, version(1), version(1)), fresh(version(1), version(1)));
    }

    void anotherProjectIsAnotherDatabase()
    {
        write(0, "CREATE TABLE a (id integer);");
        write(1, "CREATE TABLE b (id integer);");
        shadow::KeptReplay replay;
        QCOMPARE(kept(replay, version(1), version(1)), fresh(version(1), version(1)));
        const test::DieselScratch other(Engine::Sqlite);
        other.migration(u"100_m"_s, "CREATE TABLE c (id integer);", "SELECT 1;");
        other.migration(u"101_m"_s, "CREATE TABLE d (id integer);", "SELECT 1;");
        const auto live = other.connect();
        QCOMPARE(said(replay.preview(*live, other.project(), version(1), version(1))),
                 said(shadow::preview(*live, other.project(), version(1), version(1))));
    }

    /// Walks through ranges and edits at random.
    void itSaysWhatANewOneSays_data()
    {
        QTest::addColumn<quint32>("seed");
        for (const quint32 seed : {1u, 2u, 3u, 4u, 5u, 6u})
            QTest::addRow("%u", seed) << seed;
    }
    void itSaysWhatANewOneSays()
    {
        QFETCH(const quint32, seed);
        QRandomGenerator random(seed);
        constexpr int count = 8;
        int fresh_ = 0;
        const auto scriptOf = [&](int i) -> QByteArray {
            const QByteArray name = "t" + QByteArray::number(i);
            const QByteArray other = "c" + QByteArray::number(++fresh_);
            switch (random.bounded(7)) {
            case 0:
                return "CREATE TABLE " + name + " (id integer PRIMARY KEY AUTOINCREMENT, " + other
                       + " text); INSERT INTO " + name + " (" + other + ") VALUES ('x');";
            case 1: return "CREATE TABLE " + name + " (id integer); CREATE TEMP TABLE " + other + " (id);";
            case 2:
                return "PRAGMA foreign_keys = OFF; CREATE TABLE " + name + " (" + other
                       + " integer); PRAGMA foreign_keys = ON;";
            case 3: return "CREATE TABLE " + name + " (id integer); INSERT INTO nowhere VALUES (1);";
            case 4: return "CREATE TABLE " + name + " (" + other + " integer REFERENCES t0 (id));";
            default: return "CREATE TABLE " + name + " (id integer, " + other + " text);";
            }
        };
        for (int i = 0; i < count; ++i)
            write(i, "CREATE TABLE t" + QByteArray::number(i) + " (id integer PRIMARY KEY);");
        shadow::KeptReplay replay;
        for (int step = 0; step < 60; ++step) {
            if (random.bounded(3) == 0) {
                const int i = random.bounded(count);
                write(i, scriptOf(i));
            }
            const int from = random.bounded(count);
            const int to = std::min(count - 1, from + (random.bounded(4) == 0 ? random.bounded(3) : 0));
            QCOMPARE(kept(replay, version(from), version(to)), fresh(version(from), version(to)));
        }
    }

    void aStopIsHeard()
    {
        write(0, "CREATE TABLE a (id integer);");
        write(1, "CREATE TABLE b (id integer);");
        shadow::KeptReplay replay;
        QCOMPARE(kept(replay, version(1), version(1)), fresh(version(1), version(1)));
        const auto stopped =
            replay.preview(*m_live, m_scratch->project(), version(1), version(1), [] { return true; });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QCOMPARE(kept(replay, version(1), version(1)), fresh(version(1), version(1)));
    }
};

QTEST_GUILESS_MAIN(KeptReplayTest)
#include "kept_replay_test.moc"
