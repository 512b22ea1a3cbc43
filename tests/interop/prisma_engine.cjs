// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
//
// usage: prisma_engine.cjs VERB sqlite FILE MIGRATIONS | VERB postgres SOCKET DATABASE MIGRATIONS
// Prisma's own schema engine, as npm has it, does what "prisma migrate" would ask it for: deploy, diagnose
// (what "migrate status" prints), dev (whether "migrate dev" would want a reset), applied:NAME (resolve).
const fs = require("fs");
const path = require("path");

async function engineClass() {
    const entry = require.resolve("@prisma/schema-engine-wasm");
    const background = path.join(path.dirname(entry), "schema_engine_bg.js");
    const bg = await import(background);
    // The package is made for bundlers: Node does not load its .wasm by itself.
    const wasm = fs.readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bg });
    bg.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    return bg.SchemaEngine;
}

async function adapter(kind, place) {
    const { bindMigrationAwareSqlAdapterFactory } = require("@prisma/driver-adapter-utils");
    if (kind === "sqlite") {
        const { PrismaLibSql } = require("@prisma/adapter-libsql");
        // As the native engine writes times.
        const options = { timestampFormat: "unixepoch-ms" };
        return bindMigrationAwareSqlAdapterFactory(new PrismaLibSql({ url: "file:" + place[0] }, options));
    }
    const { PrismaPg } = require("@prisma/adapter-pg");
    const [host, database] = place;
    return bindMigrationAwareSqlAdapterFactory(new PrismaPg({ host, user: "postgres", database }));
}

function migrationsIn(folder) {
    const lock = path.join(folder, "migration_lock.toml");
    const directories = fs
        .readdirSync(folder, { withFileTypes: true })
        .filter((it) => it.isDirectory())
        .map((it) => it.name)
        .sort();
    return {
        baseDir: folder,
        lockfile: { path: "migration_lock.toml", content: fs.readFileSync(lock, "utf8") },
        shadowDbInitScript: "",
        migrationDirectories: directories.map((name) => ({
            path: name,
            migrationFile: {
                path: "migration.sql",
                content: { tag: "ok", value: fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8") },
            },
        })),
    };
}

async function main(verb, kind, ...rest) {
    const folder = rest.pop();
    const provider = kind === "sqlite" ? "sqlite" : "postgresql";
    const schema = `datasource db {\n  provider = "${provider}"\n}\n`;
    const SchemaEngine = await engineClass();
    const options = { datamodels: [["schema.prisma", schema]] };
    const engine = await SchemaEngine.new(options, () => {}, await adapter(kind, rest));
    const filters = { externalTables: [], externalEnums: [] };
    const migrationsList = migrationsIn(folder);
    const verbs = {
        deploy: () => engine.applyMigrations({ migrationsList, filters }),
        diagnose: () =>
            engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false }),
        dev: () => engine.devDiagnostic({ migrationsList, filters }),
        applied: (name) => engine.markMigrationApplied({ migrationsList, migrationName: name }),
    };
    const [word, name] = verb.split(":");
    console.log(JSON.stringify(await verbs[word](name)));
    process.exit(0);
}

main(...process.argv.slice(2)).catch((error) => {
    console.error(error?.message ?? error);
    process.exit(1);
});
