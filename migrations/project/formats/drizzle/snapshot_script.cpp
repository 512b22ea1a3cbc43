// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/drizzle/merge.h"
#include "project/formats/drizzle/rows.h"
#include "project/formats/drizzle/snapshot.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::project::drizzle::snapshot {

using render::drizzle::parseJson;

namespace {

/// One format of the file, of which drizzle-kit has had several.
struct Known {
    QLatin1StringView version;
    Engine engine;
    bool isFlat;  ///< 1.0: rows, or operations on them; 0.x: objects within objects
};

constexpr Known knownVersions[] = {{"7"_L1, Engine::Postgres, false},
                                   {"8"_L1, Engine::Postgres, true},
                                   {"9"_L1, Engine::Postgres, true},
                                   {"6"_L1, Engine::Sqlite, false},
                                   {"7"_L1, Engine::Sqlite, true}};

bool isSnapshot(const Json& json)
{
    const bool hasPlace = json.member(u"prevId"_s) || json.member(u"prevIds"_s);
    return hasPlace && !json.value(u"id"_s).isEmpty() && json.member(u"version"_s)
           && !json.value(u"dialect"_s).isEmpty();
}

Result<Engine> engineOf(const QString& dialect)
{
    if (dialect == u"postgresql" || dialect == u"postgres" || dialect == u"pg")
        return Engine::Postgres;
    if (dialect == u"sqlite" || dialect == u"turso")
        return Engine::Sqlite;
    return fail(ErrorKind::Unsupported, Words::tr("The snapshot's dialect is “%1”.").arg(dialect),
                Words::tr("PostgreSQL's and SQLite's can be read."));
}

Result<Known> knownVersion(const Json& snapshot)
{
    const auto engine = engineOf(snapshot.value(u"dialect"_s));
    if (!engine)
        return fail(engine.error());
    const QString version = spelled(snapshot.member(u"version"_s));
    QStringList versions;
    for (const Known& known : knownVersions) {
        if (known.engine != *engine)
            continue;
        if (known.version == version)
            return known;
        versions << known.version;
    }
    return fail(ErrorKind::Unsupported,
                Words::tr("The snapshot is of version %1, which is not known.").arg(version),
                Words::tr("Those of %1 that are known: %2. drizzle-kit up brings an older one up to date.")
                    .arg(sql::engineName(*engine), versions.join(u", "_s)));
}

/// All snapshots in the folders beside that of this one, in the order of their folders.
QList<Json> snapshotsBeside(const QString& path)
{
    QList<Json> all;
    QDir folder = QFileInfo(QFileInfo(path).absolutePath()).dir();
    const QString name = QFileInfo(path).fileName();
    for (const QString& migration : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QString file = folder.filePath(migration + u'/' + name);
        if (!QFileInfo(file).isFile())
            continue;
        const auto text = readScript(file);
        const auto snapshot = text ? parseJson(*text) : std::nullopt;
        if (snapshot && isSnapshot(*snapshot))
            all << *snapshot;
    }
    return all;
}

/// Which of those that a difference builds on is not there; empty where none is missing.
QString missingParent(const QList<Json>& all, const Json& last)
{
    QHash<QString, const Json*> byId;
    for (const Json& snapshot : all)
        byId.insert(snapshot.value(u"id"_s), &snapshot);
    QSet<QString> seen;
    QStringList open{last.value(u"id"_s)};
    while (!open.isEmpty()) {
        const QString id = open.takeLast();
        const Json* snapshot = byId.value(id);
        if (!snapshot)
            return id;
        if (seen.contains(id) || snapshot->member(u"ddl"_s))
            continue;
        seen.insert(id);
        open += textsIn(snapshot->member(u"prevIds"_s));
    }
    return {};
}

Result<QList<Json>> flatRows(const Json& snapshot, const QString& path)
{
    const Json* rows = snapshot.member(u"ddl"_s);
    if (rows && rows->kind == Json::Kind::List)
        return rows->items;
    const Json* changes = snapshot.member(u"deltas"_s);
    if (!changes || changes->kind != Json::Kind::List)
        return damagedSnapshot(Words::tr("It has neither “ddl” nor “deltas”."));
    const QList<Json> all = snapshotsBeside(path);
    if (const QString id = missingParent(all, snapshot); !id.isEmpty())
        return fail(
            ErrorKind::NotFound,
            Words::tr("It says only what differs from other snapshots, and that of id %1 is not there.")
                .arg(id),
            Words::tr("They are looked for in the folders beside its own."));
    return listOfRows(rowsAfter(all, snapshot.value(u"id"_s))).items;
}

Result<SchemaScript> scriptOf(const Json& snapshot, const QString& path)
{
    const auto known = knownVersion(snapshot);
    if (!known)
        return fail(known.error());
    const bool postgres = known->engine == Engine::Postgres;
    const Json* tables = snapshot.member(u"tables"_s);
    if (!known->isFlat && (!tables || tables->kind != Json::Kind::Object))
        return damagedSnapshot(Words::tr("It has no “tables”."));
    const auto rows =
        known->isFlat ? flatRows(snapshot, path)
                      : Result<QList<Json>>(postgres ? rowsOfPostgres7(snapshot) : rowsOfSqlite6(snapshot));
    if (!rows)
        return fail(rows.error());
    if (auto sound = checkRows(*rows); !sound)
        return fail(sound.error());
    const QByteArray sql = postgres ? postgresSql(Rows(*rows)) : sqliteSql(Rows(*rows));
    // The engines' own interfaces take a text to end there.
    if (sql.contains('\0'))
        return damagedSnapshot(Words::tr("It has a character that no database takes."));
    return SchemaScript{.engine = known->engine, .sql = sql};
}

}  // namespace

Result<std::optional<SchemaScript>> script(const QString& path)
{
    const auto text = readScript(path);
    if (!text)
        return fail(text.error());
    const auto snapshot = parseJson(*text);
    if (!snapshot || !isSnapshot(*snapshot))
        return std::nullopt;
    auto made = scriptOf(*snapshot, path);
    if (made)
        return *std::move(made);
    Error error = made.error();
    error.message = path + u": "_s + error.message;
    return fail(std::move(error));
}

}  // namespace dewpoint::project::drizzle::snapshot
