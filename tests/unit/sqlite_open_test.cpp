// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "drivers/connection.h"
#include "support/ordinary_user.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using drivers::Connection;
using drivers::Guard;
using drivers::Target;
using test::OrdinaryUser;

namespace {

constexpr auto readers = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
constexpr auto visitors = readers | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
constexpr auto everyone = visitors | QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;

}  // namespace

class SqliteOpenTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void initTestCase() { QVERIFY(QFile::setPermissions(m_folder.path(), everyone)); }
    void oddPathsAreJustPaths_data();
    void oddPathsAreJustPaths();
    void aPathIsTheSameWhereverTheProgramStarts();
    void readsUrlsAsProgramsWriteThem_data();
    void readsUrlsAsProgramsWriteThem();
    void aFileNamedLikeAnUnknownSchemeOpens();
    void aZeroByteFileIsAnEmptyDatabase();
    void aDamagedFileIsSaidToBe_data();
    void aDamagedFileIsSaidToBe();
    void aFolderThatDoesNotExistIsNamed();
    void aFileThatMayNotBeReadIsNamed();
    void aFileThatMayNotBeWrittenIsReadOnly();
    void theWriteAheadLogIsReadToo();
    void aLogInAReadOnlyFolderIsExplained();
    void anExclusiveLockIsOneSentenceAndCanBeCancelled();

private:
    Target at(const QString& name, bool create = false, Guard guard = Guard::Silent) const
    {
        return {.engine = Engine::Sqlite,
                .location = m_folder.filePath(name),
                .password = {},
                .guard = guard,
                .create = create};
    }
    std::unique_ptr<Connection> make(const QString& name) const
    {
        auto made = Connection::open(at(name, true));
        if (!made || !(*made)->executeScript("CREATE TABLE t (a); INSERT INTO t VALUES (1);"))
            qFatal("no database %s", qUtf8Printable(name));
        return std::move(*made);
    }
    QTemporaryDir m_folder;
};

void SqliteOpenTest::oddPathsAreJustPaths_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name :
         {u"with space.sqlite"_s, u"100%.sqlite"_s, u"a%20b.sqlite"_s, u"what?.sqlite"_s, u"#1.sqlite"_s,
          u"x?mode=ro#y&z=1.sqlite"_s, u"semi;colon.sqlite"_s, u"quo'te\".sqlite"_s, u"ünï🙂.sqlite"_s,
          u"host=1 password.sqlite"_s, u"back\\slash.sqlite"_s})
        QTest::newRow(qUtf8Printable(name)) << name;
}

void SqliteOpenTest::oddPathsAreJustPaths()
{
    QFETCH(QString, name);
    const QString path = m_folder.filePath(name);
    for (const QString& typed : {path, u"sqlite:"_s + path, u"sqlite://"_s + path}) {
        auto target = drivers::parseTarget(typed);
        QVERIFY(target);
        QCOMPARE(target->location, path);
        target->create = true;
        const auto made = Connection::open(*target);
        QVERIFY2(made, qPrintable(made.error_or(Error{}).oneLine()));
        QVERIFY((*made)->execute(u"CREATE TABLE IF NOT EXISTS t (a)"_s));
        QVERIFY(QFile::exists(path));
    }
    const QString relative = QDir::current().relativeFilePath(path);
    QCOMPARE(drivers::parseTarget(relative)->location, path);
    QVERIFY(Connection::open(*drivers::parseTarget(relative)));
    QVERIFY(QDir(m_folder.path()).removeRecursively() && QDir().mkpath(m_folder.path()));
    QVERIFY(QFile::setPermissions(m_folder.path(), everyone));
}

// Drafts and guard levels are kept under the path: app.db of one folder is not app.db of another.
void SqliteOpenTest::aPathIsTheSameWhereverTheProgramStarts()
{
    const QDir folder(QFileInfo(m_folder.path()).canonicalFilePath());
    QVERIFY(folder.mkpath(u"one/deep"_s) && folder.mkpath(u"two"_s));
    QVERIFY(QFile::link(folder.filePath(u"one"_s), folder.filePath(u"link"_s)));
    const QString before = QDir::currentPath();
    const auto back = qScopeGuard([&] { QDir::setCurrent(before); });
    const QString wanted = folder.filePath(u"one/app.db"_s);
    const auto from = [&](const QString& start, const QString& typed) {
        return QDir::setCurrent(folder.filePath(start)) ? drivers::parseTarget(typed)->location : QString();
    };
    QCOMPARE(from(u"one"_s, u"app.db"_s), wanted);
    QCOMPARE(from(u"one"_s, u"sqlite:./app.db"_s), wanted);
    QCOMPARE(from(u"one/deep"_s, u"../app.db"_s), wanted);
    QCOMPARE(from(u"."_s, u"link/app.db"_s), wanted);
    QCOMPARE(from(u"."_s, u"link/deep/../app.db"_s), wanted);
    QCOMPARE(from(u"two"_s, u"app.db"_s), folder.filePath(u"two/app.db"_s));
    QCOMPARE(drivers::parseTarget(u"app.db"_s, folder.filePath(u"one"_s))->location, wanted);
    QCOMPARE(drivers::parseTarget(u"missing/app.db"_s, folder.path())->location,
             folder.filePath(u"missing/app.db"_s));
    QVERIFY(drivers::parseTarget(u":memory:"_s, folder.path())->isInMemory());
    QVERIFY(drivers::parseTarget(u"sqlite::memory:"_s)->isInMemory());
}

void SqliteOpenTest::readsUrlsAsProgramsWriteThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("location");
    QTest::addColumn<drivers::Guard>("guard");
    using drivers::Guard;
    QTest::newRow("options") << u"sqlite:todos.db?mode=rwc"_s << u"todos.db"_s << Guard::Silent;
    QTest::newRow("read-only") << u"sqlite://todos.db?cache=shared&mode=ro"_s << u"todos.db"_s
                               << Guard::ReadOnly;
    QTest::newRow("file, read-only") << u"file:todos.db?mode=ro"_s << u"todos.db"_s << Guard::ReadOnly;
    QTest::newRow("file, absolute") << u"file:///a/todos.db?mode=ro"_s << u"/a/todos.db"_s << Guard::ReadOnly;
    QTest::newRow("in memory") << u"sqlite:x?mode=memory"_s << u":memory:"_s << Guard::Silent;
    QTest::newRow("nothing named") << u"sqlite::memory:"_s << u":memory:"_s << Guard::Silent;
    QTest::newRow("sqlite3") << u"sqlite3:dev.db"_s << u"dev.db"_s << Guard::Silent;
    QTest::newRow("sqlite3, absolute") << u"sqlite3:///a/dev.db?_fk=1"_s << u"/a/dev.db"_s << Guard::Silent;
    QTest::newRow("pragma") << u"sqlite:dev.db?_pragma=foreign_keys(1)"_s << u"dev.db"_s << Guard::Silent;
    QTest::newRow("a plain path") << u"todos.db?mode=ro"_s << u"todos.db?mode=ro"_s << Guard::Silent;
    QTest::newRow("a path with a colon") << u"./libsql:x"_s << u"./libsql:x"_s << Guard::Silent;
    QTest::newRow("unknown") << u"libsql:x.db"_s << QString() << Guard::Silent;
    QTest::newRow("unknown, slashes") << u"jdbc:sqlite:x.db"_s << QString() << Guard::Silent;
}

void SqliteOpenTest::readsUrlsAsProgramsWriteThem()
{
    QFETCH(const QString, text);
    QFETCH(const QString, location);
    QFETCH(const drivers::Guard, guard);
    const QString folder = u"/nowhere"_s;
    const auto target = drivers::parseTarget(text, folder);
    if (location.isEmpty()) {
        QVERIFY(!target);
        QCOMPARE(target.error().kind, ErrorKind::Unsupported);
        QVERIFY(target.error().hint.contains(u"./"_s + text));
        return;
    }
    QVERIFY2(target, target ? "" : qPrintable(target.error().oneLine()));
    QCOMPARE(target->location,
             target->isInMemory() ? location : QDir::cleanPath(QDir(folder).absoluteFilePath(location)));
    QCOMPARE(target->guard, guard);
}

void SqliteOpenTest::aFileNamedLikeAnUnknownSchemeOpens()
{
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder.path()));
    QFile file(u"odd:name.db"_s);
    const bool made = file.open(QIODevice::WriteOnly);
    const auto target = drivers::parseTarget(u"odd:name.db"_s);
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(made && target);
    QCOMPARE(target->location,
             QDir(QFileInfo(m_folder.path()).canonicalFilePath()).filePath(u"odd:name.db"_s));
}

void SqliteOpenTest::aZeroByteFileIsAnEmptyDatabase()
{
    QFile file(m_folder.filePath(u"empty.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    for (const Guard guard : {Guard::Silent, Guard::ReadOnly}) {
        const auto connection = Connection::open(at(u"empty.sqlite"_s, false, guard));
        QVERIFY2(connection, qPrintable(connection.error_or(Error{}).oneLine()));
        const auto database = catalog::inspect(**connection);
        QVERIFY(database);
        QVERIFY(database->tables.isEmpty());
    }
}

void SqliteOpenTest::aDamagedFileIsSaidToBe_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("cut in the header") << qint64(60);
    QTest::newRow("cut in the first page") << qint64(1000);
    QTest::newRow("cut after the first page") << qint64(4096);
}

void SqliteOpenTest::aDamagedFileIsSaidToBe()
{
    QFETCH(qint64, bytes);
    const QString name = u"cut.sqlite"_s;
    QFile::remove(m_folder.filePath(name));
    QVERIFY(make(name)->executeScript("PRAGMA page_size = 4096; CREATE TABLE big (a);"
                                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                                      "i < 100) INSERT INTO big SELECT zeroblob(1000) FROM n;"));
    QVERIFY(QFile::resize(m_folder.filePath(name), bytes));
    // Where the damage lies behind the first page it shows at the first look at it.
    const auto connection = Connection::open(at(name));
    const auto read = connection ? (*connection)->scalar(u"SELECT count(*) FROM big"_s)
                                 : Result<Value>(fail(connection.error()));
    QVERIFY(!read);
    QVERIFY(read.error().kind == ErrorKind::Corrupt || read.error().kind == ErrorKind::NotADatabase);
    QVERIFY(read.error().message.contains(name));
    QVERIFY(!read.error().hint.isEmpty());
}

void SqliteOpenTest::aFolderThatDoesNotExistIsNamed()
{
    const auto connection = Connection::open(at(u"nowhere/new.sqlite"_s, true));
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::NotFound);
    QVERIFY(connection.error().message.contains(u"nowhere"_s));
}

void SqliteOpenTest::aFileThatMayNotBeReadIsNamed()
{
    make(u"secret.sqlite"_s);
    QVERIFY(QFile::setPermissions(m_folder.filePath(u"secret.sqlite"_s), QFile::ReadOwner));
    if (geteuid() != 0)
        QVERIFY(QFile::setPermissions(m_folder.filePath(u"secret.sqlite"_s), {}));
    const OrdinaryUser user;
    const auto connection = Connection::open(at(u"secret.sqlite"_s));
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::Permission);
    QVERIFY(connection.error().message.contains(u"secret.sqlite"_s));
}

void SqliteOpenTest::aFileThatMayNotBeWrittenIsReadOnly()
{
    make(u"fixed.sqlite"_s);
    QVERIFY(QFile::setPermissions(m_folder.filePath(u"fixed.sqlite"_s), readers));
    const OrdinaryUser user;
    const auto connection = Connection::open(at(u"fixed.sqlite"_s));
    QVERIFY2(connection, qPrintable(connection.error_or(Error{}).oneLine()));
    QVERIFY((*connection)->query(u"SELECT * FROM t"_s));
    const auto refused = (*connection)->execute(u"INSERT INTO t VALUES (2)"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
}

void SqliteOpenTest::theWriteAheadLogIsReadToo()
{
    const auto writer = make(u"log.sqlite"_s);
    QVERIFY(writer->query(u"PRAGMA journal_mode = WAL"_s));
    QVERIFY(writer->execute(u"INSERT INTO t VALUES (2)"_s));
    QVERIFY(QFile::exists(m_folder.filePath(u"log.sqlite-wal"_s)));
    for (const Guard guard : {Guard::Silent, Guard::ReadOnly}) {
        const auto connection = Connection::open(at(u"log.sqlite"_s, false, guard));
        QVERIFY2(connection, qPrintable(connection.error_or(Error{}).oneLine()));
        QCOMPARE(displayText((*connection)->scalar(u"SELECT count(*) FROM t"_s).value()), u"2"_s);
    }
}

void SqliteOpenTest::aLogInAReadOnlyFolderIsExplained()
{
    const QString folder = m_folder.filePath(u"fixed"_s);
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(make(u"fixed/log.sqlite"_s)->query(u"PRAGMA journal_mode = WAL"_s));
    QVERIFY(!QFile::exists(folder + u"/log.sqlite-wal"_s));  // closed and checkpointed
    QVERIFY(QFile::setPermissions(folder + u"/log.sqlite"_s, readers));
    QVERIFY(QFile::setPermissions(folder, visitors));
    {
        const OrdinaryUser user;
        for (const Guard guard : {Guard::Silent, Guard::ReadOnly}) {
            const auto connection = Connection::open(at(u"fixed/log.sqlite"_s, false, guard));
            QVERIFY(!connection);
            QCOMPARE(connection.error().kind, ErrorKind::Permission);
            QVERIFY(connection.error().message.contains(u"log.sqlite"_s));
            QVERIFY(!connection.error().hint.isEmpty());
        }
    }
    QVERIFY(QFile::setPermissions(folder, everyone));
}

void SqliteOpenTest::anExclusiveLockIsOneSentenceAndCanBeCancelled()
{
    const auto holder = make(u"held.sqlite"_s);
    QVERIFY(holder->execute(u"BEGIN EXCLUSIVE"_s));
    const auto refused = Connection::open(at(u"held.sqlite"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Locked);
    QVERIFY(!refused.error().hint.isEmpty());
    QElapsedTimer clock;
    clock.start();
    const auto stopped = Connection::open(at(u"held.sqlite"_s), [&] { return clock.elapsed() > 100; });
    QVERIFY(!stopped);
    QVERIFY(clock.elapsed() < 2500);
}

QTEST_GUILESS_MAIN(SqliteOpenTest)
#include "sqlite_open_test.moc"
