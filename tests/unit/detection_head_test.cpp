// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/migration.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Whose a folder is, is told on the GUI thread: from the beginning of its files, however large they are.
class DetectionHeadTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

private Q_SLOTS:
    void aDirectiveCountsAtTheBeginningOnly_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("directive");
        QTest::addColumn<QString>("tool");
        QTest::newRow("goose") << u"migrations/1_a.sql"_s << "-- +goose Up\nSELECT 1;\n"_ba << u"goose"_s;
        QTest::newRow("dbmate") << u"migrations/20250101000000_a.sql"_s
                                << "-- migrate:up\nSELECT 1;\n-- migrate:down\n"_ba << u"dbmate"_s;
    }
    void aDirectiveCountsAtTheBeginningOnly()
    {
        QFETCH(const QString, path);
        QFETCH(const QByteArray, directive);
        QFETCH(const QString, tool);
        const Scratch near(Engine::Sqlite);
        near.write(path, "\n-- made by hand\n" + directive);
        QCOMPARE(near.project().tool, tool);
        const Scratch far(Engine::Sqlite);
        far.write(path, QByteArray(1 << 20, '\n') + directive);
        QCOMPARE(far.project().tool, u"sql"_s);
    }

    void aHeadIsBounded()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"small"_s, "all of it");
        QCOMPARE(project::readHead(scratch.path(u"small"_s)).value(), "all of it"_ba);
        scratch.write(u"large"_s, QByteArray(1 << 20, 'x'));
        QCOMPARE(project::readHead(scratch.path(u"large"_s)).value(), QByteArray(1 << 16, 'x'));
        QCOMPARE(project::readHead(scratch.path(u"none"_s)).error().kind, ErrorKind::File);
    }
};

QTEST_GUILESS_MAIN(DetectionHeadTest)
#include "detection_head_test.moc"
