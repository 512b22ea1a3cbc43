// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// `migrate squash`: several migrations that are pending become one.
#include "base/words.h"
#include "cli/migrate_setup.h"
#include "cli/migrate_text.h"
#include "cli/schema_side.h"
#include "cli/stop_signals.h"
#include "squash/squash.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        Words::tr("Makes one migration of several that are pending, where it does the same: the project is "
                  "replayed with the old ones and with the new one on scratch databases, and schema and rows "
                  "are compared. Shows the SQL and asks first; the old files are kept."));
    parser.addPositionalArgument(u"NAME"_s, Words::tr("Of the new migration, e.g. orders_and_payments"),
                                 u"migrate squash NAME"_s);
    parser.addOption(
        {u"from"_s, Words::tr("The first of them. Default: the first that is pending."), u"VERSION"_s});
    parser.addOption(
        {u"to"_s, Words::tr("The last of them. Default: the last that is pending."), u"VERSION"_s});
    parser.addOption({u"dry-run"_s, Words::tr("Only say what would be done.")});
    parser.addOption(
        {u"undo"_s, Words::tr("Bring the old files of the last squash back, in the place of the new one.")});
    addAnswerOptions(parser);
    addMigrateOptions(parser);
}

QString indented(const QByteArray& sql)
{
    QString text;
    for (const QString& line : QString::fromUtf8(sql).trimmed().split(u'\n'))
        text += line.isEmpty() ? u"\n"_s : u"  "_s + line + u'\n';
    return text;
}

QString reviewText(const squash::Squash& squash)
{
    QString text;
    for (const project::Migration& migration : squash.old)
        text += u"- "_s + migration.folder + u'\n';
    text += u"+ "_s + squash.made.folder + u"\n\n"_s;
    const QStringList facts = squash::facts(squash);
    for (const QString& fact : facts.sliced(1))  // the first names the old ones again
        text += fact + u'\n';
    text += u'\n' + Words::tr("Up:") + u'\n' + indented(squash.up);
    if (!squash.down.isEmpty())
        text += Words::tr("Down:") + u'\n' + indented(squash.down);
    return text;
}

QString downName(squash::Down down)
{
    switch (down) {
    case squash::Down::Joined: return u"joined"_s;
    case squash::Down::WorkedOut: return u"worked-out"_s;
    case squash::Down::None: break;
    }
    return u"none"_s;
}

QJsonObject json(const squash::Squash& squash, const std::optional<squash::Kept>& kept)
{
    QJsonArray old;
    for (const project::Migration& migration : squash.old)
        old.append(QJsonObject{{u"version"_s, migration.version}, {u"name"_s, migration.name}});
    QJsonArray files;
    for (const squash::FileEdit& edit : squash.edits)
        files.append(QJsonObject{{u"path"_s, edit.path},
                                 {u"change"_s, !edit.before  ? u"added"_s
                                               : !edit.after ? u"removed"_s
                                                             : u"changed"_s}});
    return {{u"dry_run"_s, !kept},
            {u"replaced"_s, old},
            {u"version"_s, squash.made.version},
            {u"path"_s, shownPath(squash.made.upPath)},
            {u"up"_s, QString::fromUtf8(squash.up)},
            {u"down"_s, QString::fromUtf8(squash.down)},
            {u"down_is"_s, downName(squash.downIs)},
            {u"down_loses_data"_s, squash.downLoses},
            {u"tables_compared"_s, squash.tables},
            {u"rows_compared"_s, squash.rows},
            {u"notes"_s, QJsonArray::fromStringList(squash.notes)},
            {u"files"_s, files},
            {u"kept"_s, kept ? QJsonValue(kept->folder) : QJsonValue()}};
}

int carryOut(const QCommandLineParser& parser, const Opened& opened, const squash::Squash& squash,
             Console& console)
{
    if (const auto code = wantYes(parser, reviewText(squash) + u'\n' + squash::title(squash),
                                  Words::tr("This replaces files of the project"), console))
        return *code;
    const auto kept = squash::carryOut(opened.project, squash);
    if (!kept)
        return console.fail(kept.error());
    if (isSet(parser, "json")) {
        printJson(console, json(squash, *kept));
        return Fine;
    }
    console.line(Words::tr("%1 migrations are %2 now.").arg(squash.old.size()).arg(squash.made.folder));
    console.line(shownPath(squash.made.upPath));
    console.line(
        Words::tr("The old files are in %1; migrate squash --undo brings them back.").arg(kept->folder));
    return Fine;
}

int undo(const QCommandLineParser& parser, const Opened& opened, Console& console)
{
    const auto kept = squash::lastKept(opened.project);
    if (!kept)
        return console.fail({.message = Words::tr("No squash of this project can be taken back.")});
    const QString what = Words::tr("%1 came in the place of: %2").arg(kept->title, kept->old.join(u", "_s));
    if (isSet(parser, "dry-run")) {
        console.line(what);
        return Fine;
    }
    if (const auto code = wantYes(parser, what + u'\n' + Words::tr("Bring the old files back?"),
                                  Words::tr("This replaces files of the project"), console))
        return *code;
    if (auto done = squash::takeBack(*opened.connection, opened.project, *kept); !done)
        return console.fail(done.error());
    if (isSet(parser, "json"))
        printJson(console,
                  {{u"taken_back"_s, kept->version}, {u"restored"_s, QJsonArray::fromStringList(kept->old)}});
    else
        console.line(
            Words::tr("%1 is gone, and these are back: %2").arg(kept->title, kept->old.join(u", "_s)));
    return Fine;
}

}  // namespace

int runSquash(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    const QStringList names = parser.positionalArguments();
    const bool undoes = isSet(parser, "undo");
    if (undoes && (!names.isEmpty() || isSet(parser, "from") || isSet(parser, "to")))
        return console.usage(Words::tr("--undo stands alone."));
    if (!undoes && names.size() != 1)
        return console.usage(Words::tr("squash wants one name."));
    // Scratch databases are made beside this one, which a read-only connection would refuse.
    const auto opened = open(parser, asNotMadeYet);
    if (!opened)
        return refuse(console, opened.error());
    if (undoes)
        return undo(parser, *opened, console);
    const StopSignals signals(StopSignals::Always{});
    const auto squash = squash::workOut(*opened->connection, opened->project,
                                        {.from = parser.value(u"from"_s),
                                         .to = parser.value(u"to"_s),
                                         .name = names.first(),
                                         .answers = answersOf(parser)},
                                        signals.asked());
    if (!squash) {
        const bool no =
            squash.error().kind == ErrorKind::Conflict || squash.error().kind == ErrorKind::Unsupported;
        return no ? console.fail(squash.error(), No) : refuse(console, squash.error());
    }
    if (!squash->open.isEmpty())
        return listQuestions(squash->open, console);
    if (!isSet(parser, "dry-run"))
        return carryOut(parser, *opened, *squash, console);
    if (isSet(parser, "json"))
        printJson(console, json(*squash, {}));
    else
        console.write(reviewText(*squash).toUtf8());
    return Fine;
}

}  // namespace dewpoint::cli
