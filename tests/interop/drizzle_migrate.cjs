// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
//
// usage: drizzle_migrate.cjs sqlite FILE FOLDER | postgres SOCKET DATABASE FOLDER
// What an application does at its start: drizzle-orm's own migrator, found through NODE_PATH.
async function sqlite(file, folder) {
    const { createClient } = require("@libsql/client");
    const { drizzle } = require("drizzle-orm/libsql");
    const { migrate } = require("drizzle-orm/libsql/migrator");
    const client = createClient({ url: "file:" + file });
    await migrate(drizzle({ client }), { migrationsFolder: folder });
    client.close();
}

async function postgres(socket, database, folder) {
    const { Client } = require("pg");
    const { drizzle } = require("drizzle-orm/node-postgres");
    const { migrate } = require("drizzle-orm/node-postgres/migrator");
    const client = new Client({ host: socket, user: "postgres", database });
    await client.connect();
    await migrate(drizzle({ client }), { migrationsFolder: folder });
    await client.end();
}

const [kind, ...rest] = process.argv.slice(2);
(kind === "sqlite" ? sqlite : postgres)(...rest).catch((error) => {
    console.error(error);
    process.exit(1);
});
