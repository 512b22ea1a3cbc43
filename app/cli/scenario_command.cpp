// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "cli/commands.h"
#include "cli/stop_signals.h"
#include "scenarios/compare_rows.h"
#include "scenarios/reset_rows.h"
#include "scenarios/shelf.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

/// What every one of the words under "scenario" needs.
struct Call {
    const QCommandLineParser& parser;
    drivers::Connection& connection;
    scenarios::Shelf shelf;
    QString name;
    Console& console;

    bool json() const { return parser.isSet(u"json"_s); }
    void answer(const QJsonValue& value) const
    {
        console.write(value.isArray() ? QJsonDocument(value.toArray()).toJson()
                                      : QJsonDocument(value.toObject()).toJson());
    }
};

QJsonObject jsonOf(const scenarios::Scenario& scenario)
{
    return {{u"name"_s, scenario.name},
            {u"at"_s, scenario.at.toString(Qt::ISODate)},
            {u"bytes"_s, scenario.bytes},
            {u"tables"_s, scenario.tables.size()}};
}

Result<scenarios::Scenario> wanted(const Call& call)
{
    if (auto found = call.shelf.named(call.name))
        return *std::move(found);
    return fail(ErrorKind::NotFound, Words::tr("There is no scenario %1.").arg(call.name),
                Words::tr("dewpoint scenario list shows those that there are."));
}

int save(const Call& call)
{
    const StopSignals signals(StopSignals::Always{});
    call.connection.setStopAsked(signals.asked());
    transfer::Progress progress;
    const auto kept = call.shelf.save(call.connection, call.name, progress);
    if (!kept)
        return refuse(call.console, kept.error());
    if (call.json())
        call.answer(jsonOf(*kept));
    else
        call.console.line(
            Words::tr("Kept as %1 (%2).").arg(kept->name, QLocale().formattedDataSize(kept->bytes)));
    return Fine;
}

int list(const Call& call)
{
    QJsonArray all;
    for (const scenarios::Scenario& scenario : call.shelf.scenarios()) {
        all += jsonOf(scenario);
        if (!call.json())
            call.console.line(
                u"%1  %2  %3"_s.arg(scenario.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s),
                                    scenario.name, QLocale().formattedDataSize(scenario.bytes)));
    }
    if (call.json())
        call.answer(all);
    return Fine;
}

QJsonObject jsonOf(const scenarios::Changes& changes)
{
    QJsonArray tables;
    for (const scenarios::ChangedTable& table : changes.tables)
        tables += QJsonObject{{u"schema"_s, table.rows.schema},
                              {u"table"_s, table.rows.name},
                              {u"added"_s, table.inserts},
                              {u"changed"_s, table.updates},
                              {u"deleted"_s, table.deletes}};
    return {{u"tables"_s, tables},
            {u"structure"_s, QJsonArray::fromStringList(changes.structure)},
            {u"not_compared"_s, QJsonArray::fromStringList(changes.notCompared)}};
}

Result<scenarios::Changes> changesOf(const Call& call, const scenarios::Scenario& scenario)
{
    const StopSignals signals(StopSignals::Always{});
    call.connection.setStopAsked(signals.asked());
    transfer::Progress progress;
    return scenarios::changesSince(call.connection, scenario, call.shelf.fileOf(scenario), progress);
}

int changes(const Call& call)
{
    const auto scenario = wanted(call);
    if (!scenario)
        return refuse(call.console, scenario.error());
    const auto found = changesOf(call, *scenario);
    if (!found)
        return refuse(call.console, found.error());
    if (call.json()) {
        call.answer(jsonOf(*found));
    } else {
        for (const scenarios::ChangedTable& table : found->tables)
            call.console.line(Words::tr("%1: %2 added, %3 changed, %4 deleted")
                                  .arg(table.rows.name, QString::number(table.inserts),
                                       QString::number(table.updates), QString::number(table.deletes)));
        for (const QString& name : found->structure)
            call.console.line(Words::tr("%1: its structure changed").arg(name));
        for (const QString& name : found->notCompared)
            call.console.line(
                Words::tr("%1: its rows were not compared, its columns are others now").arg(name));
    }
    return found->isNone() ? Fine : No;
}

/// What a reset takes away, as a question.
QString lossOf(const scenarios::Changes& changes)
{
    qint64 added = 0;
    qint64 changed = 0;
    qint64 deleted = 0;
    for (const scenarios::ChangedTable& table : changes.tables) {
        added += table.inserts;
        changed += table.updates;
        deleted += table.deletes;
    }
    return Words::
        tr("%1 rows added since are deleted, %2 changed and %3 deleted ones become what they were. Reset?")
            .arg(QString::number(added), QString::number(changed), QString::number(deleted));
}

int reset(const Call& call)
{
    const auto scenario = wanted(call);
    if (!scenario)
        return refuse(call.console, scenario.error());
    if (!call.parser.isSet(u"yes"_s)) {
        const auto found = changesOf(call, *scenario);
        if (!found)
            return refuse(call.console, found.error());
        const auto agreed = call.console.confirm(lossOf(*found));
        if (!agreed)
            return call.console.usage(Words::tr("reset takes back all that was written since: say --yes."));
        if (!*agreed)
            return No;
    }
    const StopSignals signals(StopSignals::Always{});
    call.connection.setStopAsked(signals.asked());
    transfer::Progress progress;
    const auto done =
        scenarios::resetRows(call.connection, *scenario, call.shelf.fileOf(*scenario), progress);
    if (!done)
        return refuse(call.console, done.error());
    call.console.line(Words::tr("All rows are what they were in %1.").arg(scenario->name));
    return Fine;
}

int drop(const Call& call)
{
    const auto scenario = wanted(call);
    const auto done = scenario ? call.shelf.remove(*scenario) : Result<>(std::unexpected(scenario.error()));
    return done ? int{Fine} : refuse(call.console, done.error());
}

struct Verb {
    QString name;
    bool wantsName;
    bool reads;  ///< the database, and writes nothing to it
    int (*run)(const Call& call);
};

const QList<Verb>& verbs()
{
    static const QList<Verb> all{{u"save"_s, true, true, save},
                                 {u"list"_s, false, true, list},
                                 {u"changes"_s, true, true, changes},
                                 {u"reset"_s, true, false, reset},
                                 {u"drop"_s, true, true, drop}};
    return all;
}

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(Words::tr(
        "Keeps all rows of a database under a name, tells which changed since, and makes them what they "
        "were again, in one transaction.\n"
        "save keeps them (one of that name is replaced), list shows what is kept, changes exits 1 where "
        "there are any, reset takes back all that was written since, drop forgets one. They are kept on "
        "this machine, for its owner alone."));
    parser.addPositionalArgument(
        u"DATABASE"_s,
        Words::tr("A file, sqlite:PATH, postgres://… or service=NAME; may be left out "
                  "with --db or DATABASE_URL."),
        u"scenario save|list|changes|reset|drop [DATABASE]"_s);
    parser.addPositionalArgument(u"NAME"_s, Words::tr("Of the scenario; list wants none."), u"[NAME]"_s);
    addCommonOptions(parser);
}

}  // namespace

int runScenario(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    describe(parser);
    const auto verb = std::ranges::find(verbs(), arguments.value(2), &Verb::name);
    const bool known = verb != verbs().end();
    if (const auto code = parse(parser, arguments, known ? 2 : 1, console))
        return *code;
    if (!known)
        return console.usage(Words::tr("scenario wants save, list, changes, reset or drop."));
    const QStringList words = parser.positionalArguments();
    const qsizetype least = verb->wantsName ? 1 : 0;
    if (words.size() < least || words.size() > least + 1)
        return console.usage(verb->wantsName
                                 ? Words::tr("scenario %1 wants a database and a name.").arg(verb->name)
                                 : Words::tr("scenario list wants a database."));
    const auto target = findTarget(parser, words.size() > least ? words.first() : QString());
    if (!target)
        return refuse(console, target.error());
    const auto connection = drivers::Connection::open(verb->reads ? forReading(*target) : *target);
    if (!connection)
        return refuse(console, connection.error());
    return verb->run({.parser = parser,
                      .connection = **connection,
                      .shelf = scenarios::Shelf(scenarios::shelfFolder(*target)),
                      .name = verb->wantsName ? words.last() : QString(),
                      .console = console});
}

}  // namespace dewpoint::cli
