// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "support/full_disk.h"
#include "support/private_server.h"
#include "support/rows_fixture.h"
#include "support/transfer_files.h"
#include "transfer/export_rows.h"
#include "transfer/import_rows.h"
#include "transfer/sniff.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

namespace {

rows::Relation relationOf(drivers::Connection& connection, const QString& name)
{
    const auto database = catalog::inspect(connection);
    for (const schema::Table& table : database ? database->tables : QList<schema::Table>()) {
        if (table.name == name)
            return rows::relationOf(table, connection.engine());
    }
    qFatal("no such table");
}

}  // namespace

/// What goes wrong in the middle of a transfer leaves everything as it was.
class TransferFaultTest final : public QObject
{
    Q_OBJECT
    test::TransferFiles m_files;

private Q_SLOTS:
    void aFullDiskLeavesTheOldFile_data()
    {
        QTest::addColumn<QString>("format");
        for (const transfer::FormatInfo& format : transfer::formats())
            QTest::newRow(qPrintable(format.id)) << format.id;
    }
    void aFullDiskLeavesTheOldFile()
    {
        QFETCH(const QString, format);
        const test::RowsFixture fixture(
            Engine::Sqlite, "CREATE TABLE t (id integer PRIMARY KEY, a text);"
                            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
                            "INSERT INTO t SELECT i, hex(randomblob(20)) FROM n;");
        const auto connection = fixture.connect();
        const QString path = m_files.write(u"kept.out"_s, "before");
        const transfer::ViewRows all{relationOf(*connection, u"t"_s), {}};
        for (const rlim_t bytes : {rlim_t{1000}, rlim_t{100'000}, rlim_t{300'000}}) {
            Result<transfer::Exported> done;
            {
                const test::FullDisk disk(bytes);
                transfer::Progress progress;
                done = transfer::exportRows(*connection, all, *transfer::formatNamed(format),
                                            {.table = u"t"_s}, path, progress);
            }
            QVERIFY2(!done, qPrintable(QString::number(bytes)));
            QCOMPARE(done.error().kind, ErrorKind::File);
            QVERIFY(!done.error().hint.isEmpty());
            QCOMPARE(m_files.read(u"kept.out"_s), "before");
            QCOMPARE(m_files.names(), QStringList{u"kept.out"_s});
        }
    }

    void aServerThatGoesAwayKeepsNothing()
    {
        test::PrivateServer server;
        {
            const auto admin = drivers::Connection::open(server.target());
            QVERIFY(admin);
            QVERIFY((*admin)->executeScript("CREATE TABLE t (id integer PRIMARY KEY, a text)"));
        }
        QByteArray csv = "id,a\n";
        for (int i = 0; i < 40'000; ++i)
            csv += QByteArray::number(i) + ",some text\n";
        const auto connection = drivers::Connection::open(server.target());
        QVERIFY(connection);
        transfer::ImportPlan plan{.relation = relationOf(**connection, u"t"_s),
                                  .path = m_files.write(u"long.csv"_s, csv),
                                  .mapping = {0, 1}};
        transfer::Progress progress;
        bool killed = false;
        (*connection)->setStopAsked([&] {
            if (progress.rows >= 20'000 && !std::exchange(killed, true))
                server.kill();
            return false;
        });
        const auto report = transfer::importRows(**connection, plan, progress);
        QVERIFY(killed);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Connection);
        server.resume();
        const auto again = drivers::Connection::open(server.target());
        QVERIFY(again);
        QCOMPARE(displayText((*again)->scalar(u"SELECT count(*) FROM t"_s).value_or(Null{})), u"0"_s);
        transfer::Progress second;
        const auto well = transfer::importRows(**again, plan, second);
        QVERIFY(well && well->committed && well->written == 40'000);
    }

    void aFileThatBreaksOffInTheMiddleWritesNothing()
    {
        const test::RowsFixture fixture(Engine::Sqlite, "CREATE TABLE t (id integer PRIMARY KEY)");
        const auto connection = fixture.connect();
        QByteArray json = "[";
        for (int i = 0; i < 30'000; ++i)
            json += "{\"id\": " + QByteArray::number(i) + "},\n";
        transfer::ImportPlan plan{.relation = relationOf(*connection, u"t"_s),
                                  .path = m_files.write(u"cut.json"_s, json),
                                  .options = {.format = transfer::Format::Json, .columns = {u"id"_s}},
                                  .mapping = {0}};
        transfer::Progress progress;
        const auto report = transfer::importRows(*connection, plan, progress);
        QVERIFY(!report);
        QVERIFY2(report.error().message.contains(u"from line 30001 on"_s),
                 qPrintable(report.error().message));
        QCOMPARE(displayText(connection->scalar(u"SELECT count(*) FROM t"_s).value_or(Null{})), u"0"_s);
        QVERIFY(!connection->inTransaction());
    }
};

QTEST_GUILESS_MAIN(TransferFaultTest)
#include "transfer_fault_test.moc"
