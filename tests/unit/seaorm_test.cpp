// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "apply/repair.h"
#include "project/code.h"
#include "project/formats/seaorm/seaorm.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace seaorm = dewpoint::project::seaorm;

/// SeaORM: modules and ledger are read natively; what would run them is said, and not run unasked.
class SeaormTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void project(const Scratch& scratch)
    {
        scratch.write(u"migration/Cargo.toml"_s, "[dependencies.sea-orm-migration]\nversion = \"1.1\"\n");
        scratch.write(
            u"migration/src/lib.rs"_s,
            "pub use sea_orm_migration::prelude::*;\nmod m20220101_000001_create_table;\nmod "
            "m20240102_030405_x;\n"
            "// mod m20990101_000000_gone;\npub struct Migrator;\n#[async_trait::async_trait]\n"
            "impl MigratorTrait for Migrator {\n    fn migrations() -> Vec<Box<dyn MigrationTrait>> {\n      "
            "  vec![\n"
            "            Box::new(m20240102_030405_x::Migration),\n            // "
            "Box::new(m20990101_000000_gone::Migration),\n"
            "            Box::new(m20220101_000001_create_table::Migration),\n        ]\n    }\n}\n");
        scratch.write(u"migration/src/m20220101_000001_create_table.rs"_s,
                      "#[derive(DeriveMigrationName)]\nasync fn down() {}\n");
        scratch.write(u"migration/src/m20240102_030405_x.rs"_s,
                      "impl MigrationName for Migration {\n    fn name(&self) -> &str {\n        "
                      "\"m20240102_030405_other\"\n    }\n}\n");
    }

private Q_SLOTS:
    void readsTheMigrator()
    {
        QCOMPARE(seaorm::modulesOf(
                     u"fn migrations() -> V { vec![Box::new(a::m1::Migration), Box::new( m2::M )] }"_s),
                 (QStringList{u"m1"_s, u"m2"_s}));
        QCOMPARE(seaorm::modulesOf(u"fn other() { vec![Box::new(m1::Migration)] }"_s), QStringList{});
        QCOMPARE(seaorm::modulesOf({}), QStringList{});
    }

    void listsInTheOrderOfTheVec_data() { test::engines(); }
    void listsInTheOrderOfTheVec()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        project(scratch);
        const auto found = scratch.project();
        QCOMPARE(found.tool, u"seaorm"_s);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE seaql_migrations (version varchar NOT NULL PRIMARY KEY, "
                                  "applied_at bigint NOT NULL);"
                                  "INSERT INTO seaql_migrations VALUES ('m20220101_000001_create_table', "
                                  "1795254462), ('m2000', 1)")
                    .has_value());
        QStringList lines;
        const auto now = status(*db, found);
        for (const auto& state : now.value().migrations)
            lines << stateName(state.state) + u' ' + state.migration.version + u' ' + state.appliedAt;
        QCOMPARE(lines.join(u'\n'), u"missing m2000 1970-01-01 00:00:01\npending m20240102_030405_other \n"
                                    "applied m20220101_000001_create_table 2026-11-21 09:47:42"_s);
    }

    void runsNoCodeUnasked()
    {
        const Scratch scratch(Engine::Sqlite);
        project(scratch);
        const auto db = scratch.connect();
        QCOMPARE(execute(*db, scratch.project(), Action::Run, Scope::all()).error().kind,
                 ErrorKind::Permission);
        QCOMPARE(execute(*db, scratch.project(), Action::Revert, Scope::all()).error().kind,
                 ErrorKind::Permission);
        QCOMPARE(generate(scratch.project(), {.name = u"x"_s}).error().kind, ErrorKind::Permission);
        QCOMPARE(project::script(scratch.project(), project::list(scratch.project())->first(), Direction::Up)
                     .error()
                     .kind,
                 ErrorKind::Unsupported);
        QVERIFY(!status(*db, scratch.project())->ledgerExists);
    }

    /// What would be started, with a PATH that has sea-orm-cli or has it not.
    void startsItsOwnCommand_data()
    {
        QTest::addColumn<bool>("wrapper");
        QTest::addColumn<QString>("up");
        QTest::addColumn<QString>("fresh");
        QTest::newRow("sea-orm-cli") << true << u"sea-orm-cli migrate -d migration -s app up -n 2"_s
                                     << u"sea-orm-cli migrate -d migration generate add_x"_s;
        QTest::newRow("cargo") << false
                               << u"cargo run --manifest-path migration/Cargo.toml -- -s app up -n 2"_s
                               << u"cargo run -- generate add_x"_s;
    }
    void startsItsOwnCommand()
    {
        QFETCH(const bool, wrapper);
        QFETCH(const QString, up);
        QFETCH(const QString, fresh);
        const Scratch scratch(Engine::Sqlite);
        project(scratch);
        scratch.write(u"bin/sea-orm-cli"_s, "#!/bin/sh\n");
        QVERIFY(QFile(scratch.path(u"bin/sea-orm-cli"_s)).setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", scratch.path(wrapper ? u"bin"_s : u"none"_s).toUtf8());
        const auto found =
            project::detect(scratch.path(), {{u"DATABASE_SCHEMA"_s, u"app"_s}}).value().value();
        const auto command = [&](const project::CommandRequest& request) {
            return project::formatOf(found).command.command(found, request).value();
        };
        using Kind = project::CommandRequest::Kind;
        const auto run = command({.kind = Kind::Up, .count = 2, .target = scratch.target()});
        const auto make = command({.kind = Kind::New, .name = u"add_x"_s, .target = {}});
        qputenv("PATH", path);
        QCOMPARE(command::shown(run), up);
        QCOMPARE(run.folder, scratch.path());
        QCOMPARE(run.environment.value(u"DATABASE_URL"_s),
                 u"sqlite://%1?mode=rwc"_s.arg(scratch.target().location));
        QCOMPARE(command::shown(make), fresh);
        QCOMPARE(make.folder, wrapper ? scratch.path() : scratch.path(u"migration"_s));
        QVERIFY(run.install.contains(u"cargo"_s));
    }

    void refusesWhenAnAppliedOneIsGone()
    {
        const Scratch scratch(Engine::Sqlite);
        project(scratch);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE seaql_migrations (version varchar NOT NULL PRIMARY KEY, "
                                  "applied_at bigint NOT NULL);"
                                  "INSERT INTO seaql_migrations VALUES ('m2000', 1)")
                    .has_value());
        const auto steps = plan(*status(*db, scratch.project()), Action::Run, Scope::all());
        QCOMPARE(steps.error().kind, ErrorKind::Conflict);
        QVERIFY(steps.error().message.contains(u"m2000"_s));
    }

    void itsLedgerIsPutRight_data() { test::engines(); }
    void itsLedgerIsPutRight()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        project(scratch);
        const auto db = scratch.connect();
        const auto found = scratch.project();
        const auto repair = [&](RepairKind kind, const QString& version) {
            const auto worked = planRepair(*db, found, {.kind = kind, .versions = {version}});
            QVERIFY2(worked, worked ? "" : qPrintable(worked.error().oneLine()));
            const auto done = carryOut(*db, found, *worked);
            QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
        };
        repair(RepairKind::MarkApplied, u"m20220101_000001_create_table"_s);
        QCOMPARE(test::rowsOf(*db, u"SELECT version, applied_at > 1700000000 FROM seaql_migrations"_s).size(),
                 1);
        QCOMPARE(test::stateNames(*db, found), u"pending applied"_s);
        repair(RepairKind::MarkPending, u"m20220101_000001_create_table"_s);
        QVERIFY(db->executeScript("INSERT INTO seaql_migrations VALUES ('m2021_gone', 1)").has_value());
        QCOMPARE(test::stateNames(*db, found), u"missing pending pending"_s);
        repair(RepairKind::MarkPending, u"m2021_gone"_s);
        QCOMPARE(test::stateNames(*db, found), u"pending pending"_s);
    }
};

QTEST_GUILESS_MAIN(SeaormTest)
#include "seaorm_test.moc"
