// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/backup.h"
#include "support/project_scratch.h"

#include <QDateTime>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Copies of a SQLite file from before it is changed.
class BackupTest final : public QObject
{
    Q_OBJECT

    static void leave(const QString& path, qint64 secondsAgo)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("half") == 4 && file.flush());
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-secondsAgo),
                                 QFileDevice::FileModificationTime));
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void halfACopyIsNoneAndIsSweptWhenItIsOld()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE t (a); INSERT INTO t VALUES (1);"));
        const QString folder = scratch.path(u"copies"_s);
        const auto first = apply::backUp(*db, folder);
        QVERIFY2(first, first ? "" : qUtf8Printable(first.error().oneLine()));
        QVERIFY(first->endsWith(u".sqlite"_s));
        const QString prefix = first->chopped(u"20260101-000000-000.sqlite"_s.size());
        leave(prefix + u"19990101-000000-000.sqlite.part"_s, 48LL * 60 * 60);
        leave(prefix + u"19990101-000000-000.sqlite.part-journal"_s, 48LL * 60 * 60);
        leave(prefix + u"99990101-000000-000.sqlite.part"_s, 5);  // another program's, in the making
        for (int i = 0; i < 11; ++i) {
            QTest::qSleep(2);  // the names tell milliseconds
            QVERIFY(apply::backUp(*db, folder));
        }
        const QDir copies(folder);
        QCOMPARE(copies.entryList({u"*.part*"_s}, QDir::Files).size(), 1);
        const QStringList whole = copies.entryList({u"*.sqlite"_s}, QDir::Files);
        QCOMPARE(whole.size(), 10);
        for (const QString& name : whole) {
            const auto copy = drivers::Connection::open({.location = copies.filePath(name)});
            QVERIFY(copy);
            QCOMPARE(test::rowsOf(**copy, u"SELECT a FROM t"_s), QStringList{u"1"_s});
        }
    }

    void whatCannotBeFinishedLeavesNothing()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE t (a); INSERT INTO t VALUES (1);"));
        const QString folder = scratch.path(u"copies"_s);
        db->setStopAsked([] { return true; });
        QVERIFY(!apply::backUp(*db, folder));
        QVERIFY(QDir(folder).entryList(QDir::Files).isEmpty());
    }
};

QTEST_GUILESS_MAIN(BackupTest)
#include "backup_test.moc"
