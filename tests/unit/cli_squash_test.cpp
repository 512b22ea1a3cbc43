// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/migrating.h"
#include "unit/diesel_scratch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// `migrate squash` and its exit codes.
class CliSquashTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;

    static test::CliAnswer run(const test::DieselScratch& scratch, const QStringList& words,
                               const std::optional<QByteArray>& typed = {})
    {
        return test::runCli(QStringList{u"migrate"_s} + words
                                + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()},
                            typed);
    }
    static void prepare(const test::DieselScratch& scratch)
    {
        scratch.migration(u"1_people"_s, "CREATE TABLE people(id integer PRIMARY KEY);",
                          "DROP TABLE people;");
        QCOMPARE(run(scratch, {u"run"_s}).code, 0);
        scratch.migration(u"2_phone"_s, "ALTER TABLE people ADD COLUMN phone text;",
                          "ALTER TABLE people DROP COLUMN phone;");
        scratch.migration(u"3_mail"_s, "ALTER TABLE people ADD COLUMN mail text;",
                          "ALTER TABLE people DROP COLUMN mail;");
    }
    static QString folders(const test::DieselScratch& scratch)
    {
        QStringList names;
        const auto all = project::list(scratch.project()).value();
        for (const auto& migration : all)
            names << migration.folder;
        return names.join(u' ');
    }

private Q_SLOTS:
    void init() { qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8()); }

    void itAsksShowsAndTakesBack_data() { test::engines(); }
    void itAsksShowsAndTakesBack()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        const QString before = folders(scratch);
        const auto dry = run(scratch, {u"squash"_s, u"contact"_s, u"--dry-run"_s});
        QVERIFY2(dry.code == 0, dry.out + dry.err);
        QVERIFY2(dry.out.contains("- 2_phone") && dry.out.contains("+ 3_contact")
                     && dry.out.contains("ALTER TABLE people ADD COLUMN mail text;"),
                 dry.out);
        const auto nobody = run(scratch, {u"squash"_s, u"contact"_s});
        QCOMPARE(nobody.code, 2);
        const auto no = run(scratch, {u"squash"_s, u"contact"_s}, "n\n");
        QCOMPARE(no.code, 1);
        QVERIFY2(no.err.contains("somebody else has applied them"), no.err);
        QCOMPARE(folders(scratch), before);
        const auto yes = run(scratch, {u"squash"_s, u"contact"_s}, "y\n");
        QVERIFY2(yes.code == 0, yes.out + yes.err);
        QCOMPARE(folders(scratch), u"1_people 3_contact"_s);
        QVERIFY2(yes.out.contains("--undo"), yes.out);
        const auto undone = run(scratch, {u"squash"_s, u"--undo"_s, u"--yes"_s});
        QVERIFY2(undone.code == 0, undone.out + undone.err);
        QCOMPARE(folders(scratch), before);
        QCOMPARE(run(scratch, {u"squash"_s, u"--undo"_s, u"--yes"_s}).code, 3);
    }

    void jsonSaysWhatWasReplaced()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        prepare(scratch);
        const auto answer = run(scratch, {u"squash"_s, u"contact"_s, u"--yes"_s, u"--json"_s});
        QVERIFY2(answer.code == 0, answer.out + answer.err);
        const QJsonObject json = QJsonDocument::fromJson(answer.out).object();
        QCOMPARE(json[u"dry_run"_s].toBool(true), false);
        QCOMPARE(json[u"replaced"_s].toArray().size(), 2);
        QCOMPARE(json[u"version"_s].toString(), u"3"_s);
        QCOMPARE(json[u"down_is"_s].toString(), u"joined"_s);
        QCOMPARE(json[u"tables_compared"_s].toInt(), 1);
        QVERIFY(QDir(json[u"kept"_s].toString()).exists(u"files/2_phone/up.sql"_s));
        QCOMPARE(json[u"files"_s].toArray().size(), 6);
    }

    void exitCodesTellWhy()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        prepare(scratch);
        QCOMPARE(run(scratch, {u"squash"_s}).code, 2);
        QCOMPARE(run(scratch, {u"squash"_s, u"a"_s, u"b"_s}).code, 2);
        QCOMPARE(run(scratch, {u"squash"_s, u"--undo"_s, u"x"_s}).code, 2);
        QCOMPARE(run(scratch, {u"squash"_s, u"x"_s, u"--from"_s, u"9"_s}).code, 2);
        const auto applied = run(scratch, {u"squash"_s, u"x"_s, u"--from"_s, u"1"_s});
        QCOMPARE(applied.code, 1);
        QVERIFY2(applied.err.contains("1_people"), applied.err);
        scratch.migration(u"4_vacuum"_s, "VACUUM;", "SELECT 1;");
        scratch.write(u"migrations/4_vacuum/metadata.toml"_s, "run_in_transaction = false\n");
        const auto mixed = run(scratch, {u"squash"_s, u"x"_s});
        QVERIFY2(mixed.code == 1 && mixed.err.contains("outside one"), mixed.err);
        QVERIFY(QDir(scratch.path(u"migrations/4_vacuum"_s)).removeRecursively());
        QCOMPARE(run(scratch, {u"run"_s, u"--count"_s, u"1"_s, u"--no-backup"_s}).code, 0);
        QCOMPARE(run(scratch, {u"squash"_s, u"x"_s}).code, 2);
    }

    void aRenameIsAskedWhereTheWayBackIsWorkedOut_data() { test::engines(); }
    void aRenameIsAskedWhereTheWayBackIsWorkedOut()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        scratch.migration(u"4_call"_s, "ALTER TABLE people RENAME COLUMN id TO number;");
        const auto asked = run(scratch, {u"squash"_s, u"x"_s, u"--from"_s, u"3"_s, u"--dry-run"_s});
        QVERIFY2(asked.code == 1 && asked.err.contains("--rename"), asked.out + asked.err);
        const auto answered = run(scratch, {u"squash"_s, u"x"_s, u"--from"_s, u"3"_s, u"--dry-run"_s,
                                            u"--rename"_s, u"people.number=people.id"_s});
        QVERIFY2(answered.code == 0, answered.out + answered.err);
        QVERIFY2(answered.out.contains("worked out"), answered.out);
    }
};

QTEST_GUILESS_MAIN(CliSquashTest)
#include "cli_squash_test.moc"
