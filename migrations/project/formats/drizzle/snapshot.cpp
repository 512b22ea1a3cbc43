// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/snapshot.h"

#include "base/words.h"
#include "project/formats/drizzle/merge.h"
#include "render/drizzle/snapshot.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace dewpoint::project::drizzle::snapshot {

using render::drizzle::parseJson;
using render::drizzle::written;

namespace {

QJsonObject parsed(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

std::unexpected<Error> malformed()
{
    return fail(ErrorKind::File, Words::tr("The last snapshot is not one that drizzle-kit wrote."),
                Words::tr("drizzle-kit check says what is wrong with it."));
}

QByteArray emptyJournalSnapshot(const QString& dialect)
{
    const bool postgres = dialect == QLatin1String("postgresql");
    const QString head = QStringLiteral("{\n  \"id\": \"\",\n  \"prevId\": \"\",\n  \"version\": \"%1\",\n"
                                        "  \"dialect\": \"%2\",\n  \"tables\": {},\n")
                             .arg(postgres ? QStringLiteral("7") : QStringLiteral("6"), dialect);
    const QString middle =
        postgres ? QStringLiteral("  \"enums\": {},\n  \"schemas\": {},\n  \"views\": {},\n"
                                  "  \"sequences\": {},\n  \"roles\": {},\n  \"policies\": {},\n")
                 : QStringLiteral("  \"views\": {},\n  \"enums\": {},\n");
    return (head + middle
            + QStringLiteral(
                "  \"_meta\": {\n    \"columns\": {},\n    \"schemas\": {},\n    \"tables\": {}\n  }\n}"))
        .toUtf8();
}

Json firstFolder(bool postgres)
{
    const QStringList names =
        postgres ? QStringList{u"type"_s,    u"version"_s,    u"dialect"_s, u"id"_s,
                               u"prevIds"_s, u"footprints"_s, u"ddl"_s}
                 : QStringList{u"id"_s, u"prevIds"_s, u"version"_s, u"dialect"_s, u"ddl"_s, u"renames"_s};
    Json first = Json::object();
    for (const QString& name : names)
        first.set(name, Json::list());
    if (postgres)
        first.set(u"type"_s, Json::of(u"base"_s));
    return first.set(u"version"_s, Json::of(postgres ? u"9"_s : u"7"_s))
        .set(u"dialect"_s, Json::of(postgres ? u"postgres"_s : u"sqlite"_s));
}

/// A difference, of nothing yet. Its footprints are empty, as those of a custom migration are.
Json nextDifference(const Json& head)
{
    Json next = Json::object();
    for (const QString& name : {u"type"_s, u"version"_s, u"dialect"_s, u"id"_s, u"prevIds"_s})
        next.set(name, name == u"type" ? Json::of(u"diff"_s) : Json::of(head.value(name)));
    return next.set(u"footprints"_s, Json::list()).set(u"deltas"_s, Json::list());
}

QStringList textsOf(const Json* list)
{
    QStringList texts;
    for (const Json& item : list ? list->items : QList<Json>())
        texts << item.text;
    return texts;
}

Json mergedRows(const Json& rows, const SchemaChange& change)
{
    const auto told = [](const schema::Database& database) {
        return render::drizzle::snapshotOf(database, render::DrizzleRelease::One, false);
    };
    return rowsByKey(listOfRows(merged(rows, told(change.before), told(change.after))));
}

/// Whether operator classes that need not be named are: drizzle-kit pull names them, people do not.
bool namesUsualOpclasses(const Json& snapshot)
{
    const Json* tables = snapshot.member(u"tables"_s);
    for (const Json& table : tables ? tables->items : QList<Json>()) {
        const Json* indexes = table.member(u"indexes"_s);
        for (const Json& index : indexes ? indexes->items : QList<Json>()) {
            const Json* parts = index.member(u"columns"_s);
            for (const Json& part : parts ? parts->items : QList<Json>()) {
                const Json* isExpression = part.member(u"isExpression"_s);
                if (isExpression && *isExpression == Json::boolean(false) && !part.member(u"opclass"_s))
                    return false;
            }
        }
    }
    return true;
}

}  // namespace

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString origin()
{
    return QStringLiteral("00000000-0000-0000-0000-000000000000");
}

QString idOf(const QByteArray& text)
{
    return parsed(text).value(QLatin1String("id")).toString();
}

QStringList parentsOf(const QByteArray& text)
{
    const QJsonObject object = parsed(text);
    QStringList parents;
    for (const auto& parent : object.value(QLatin1String("prevIds")).toArray())
        parents << parent.toString();
    if (object.contains(QLatin1String("prevId")))
        parents << object.value(QLatin1String("prevId")).toString();
    return parents;
}

Json rowsAfter(const QList<Json>& all, const QString& id)
{
    QSet<QString> history;
    QStringList open{id};
    while (!open.isEmpty()) {
        const QString wanted = open.takeLast();
        for (const Json& snapshot : all) {
            if (snapshot.value(u"id"_s) != wanted || history.contains(wanted))
                continue;
            history.insert(wanted);
            open += textsOf(snapshot.member(u"prevIds"_s));
        }
    }
    Json rows = Json::object();
    for (const Json& snapshot : all) {
        const Json* list = snapshot.member(u"ddl"_s);
        const Json* changes = snapshot.member(u"deltas"_s);
        if (!history.contains(snapshot.value(u"id"_s)))
            continue;
        if (list)
            rows = rowsByKey(*list);
        else if (changes)
            rows = applied(rows, *changes);
    }
    return rows;
}

Result<QByteArray> afterJournal(const QByteArray& previous, const QString& dialect, const QString& id,
                                const std::optional<SchemaChange>& change)
{
    const bool first = previous.isEmpty();
    auto snapshot = parseJson(first ? emptyJournalSnapshot(dialect) : previous);
    const QString parent = first ? origin() : idOf(previous);
    if (!snapshot || parent.isEmpty() || !snapshot->member(u"prevId"_s))
        return malformed();
    if (change) {
        const bool opclasses = namesUsualOpclasses(*snapshot);
        const auto told = [&](const schema::Database& database) {
            return render::drizzle::snapshotOf(database, render::DrizzleRelease::Zero, opclasses);
        };
        snapshot = merged(*snapshot, told(change->before), told(change->after));
    }
    return written(snapshot->set(u"id"_s, Json::of(id)).set(u"prevId"_s, Json::of(parent)));
}

Result<QByteArray> afterFolder(const QList<QByteArray>& all, const QByteArray& head, bool postgres,
                               const QString& id, const std::optional<SchemaChange>& change)
{
    const bool first = head.isEmpty();
    const auto previous = first ? firstFolder(postgres) : parseJson(head);
    const QString parent = first ? origin() : idOf(head);
    if (!previous || parent.isEmpty())
        return malformed();
    const bool isDifference = !first && previous->member(u"type"_s);
    Json next = isDifference ? nextDifference(*previous) : *previous;
    if (change) {
        QList<Json> snapshots;
        for (const QByteArray& text : all)
            snapshots << parseJson(text).value_or(Json());
        const Json rows = first ? Json::object() : rowsAfter(snapshots, parent);
        const Json now = mergedRows(rows, *change);
        next.set(isDifference ? u"deltas"_s : u"ddl"_s, isDifference ? deltas(rows, now) : listOfRows(now));
    }
    if (next.member(u"renames"_s))
        next.set(u"renames"_s, Json::list());
    return written(next.set(u"id"_s, Json::of(id)).set(u"prevIds"_s, Json::of(QStringList{parent})));
}

QByteArray inPlaceOf(const QByteArray& first, const QByteArray& last)
{
    const auto before = parseJson(first);
    auto snapshot = parseJson(last);
    if (!before || !snapshot || (snapshot->member(u"deltas"_s) != nullptr))
        return {};
    for (const QString& parent : {u"prevId"_s, u"prevIds"_s}) {
        const Json* place = before->member(parent);
        if (place && snapshot->member(parent))
            return written(snapshot->set(parent, *place));
    }
    return {};
}

}  // namespace dewpoint::project::drizzle::snapshot
