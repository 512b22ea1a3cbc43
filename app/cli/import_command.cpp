// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "cli/commands.h"
#include "cli/stop_signals.h"
#include "cli/transfer_options.h"
#include "transfer/import_rows.h"
#include "transfer/replaced.h"
#include "transfer/sniff.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

constexpr qsizetype mostTold = 20;

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        Words::tr("Reads CSV, TSV, JSON or NDJSON into a table, all in one transaction. With a bad row in it "
                  "nothing is written, and each is told with its line."));
    parser.addPositionalArgument(
        u"DATABASE"_s,
        Words::tr("A file, sqlite:PATH, postgres://… or service=NAME; may be left out "
                  "with --db or DATABASE_URL."),
        u"import [DATABASE]"_s);
    parser.addPositionalArgument(u"TABLE"_s, Words::tr("The table, also as SCHEMA.TABLE."));
    parser.addPositionalArgument(u"FILE"_s, Words::tr("The file, or “-” for standard input."));
    parser.addOption(
        {u"format"_s, Words::tr("csv, tsv, json or ndjson. Default: by the file."), u"FORMAT"_s});
    parser.addOption({u"mode"_s,
                      Words::tr("insert (the default), upsert (rows with a known key are updated) or replace "
                                "(all rows that are there are deleted first)."),
                      u"MODE"_s});
    parser.addOption({u"key"_s,
                      Words::tr("Upsert: the columns that tell rows apart. Default: the table's key."),
                      u"COLUMNS"_s});
    parser.addOption(
        {u"map"_s,
         Words::tr("The column FROM of the file goes into TO of the table; FROM= leaves it out. May "
                   "be given several times. Default: columns of the same name."),
         u"FROM=TO"_s});
    parser.addOption({u"skip-bad"_s, Words::tr("Write the good rows although there are bad ones.")});
    parser.addOption(
        {u"keep-odd"_s,
         Words::tr("SQLite: write a word in a column of numbers, or a number with too many digits, "
                   "as SQLite keeps it. Otherwise its row is a bad one.")});
    parser.addOption({u"dry-run"_s, Words::tr("Do everything but commit.")});
    parser.addOption(
        {u"delimiter"_s, Words::tr("CSV: what stands between two fields. Default: guessed."), u"C"_s});
    parser.addOption({u"quote"_s, Words::tr("CSV, TSV: the quote, or “none”. Default: guessed."), u"C"_s});
    parser.addOption({u"encoding"_s,
                      Words::tr("utf-8, utf-16le, utf-16be or windows-1252. Default: guessed."), u"NAME"_s});
    parser.addOption(
        {u"null"_s, Words::tr("CSV, TSV: a text that stands for NULL, as an empty field does."), u"TEXT"_s});
    parser.addOption({u"header"_s, Words::tr("CSV, TSV: the first row has the names. Default: guessed.")});
    parser.addOption({u"no-header"_s, Words::tr("CSV, TSV: the first row is data.")});
    addCommonOptions(parser);
}

std::optional<transfer::Encoding> encodingNamed(const QString& name)
{
    using enum transfer::Encoding;
    static const QHash<QString, transfer::Encoding> names{{u"utf-8"_s, Utf8},
                                                          {u"utf-16le"_s, Utf16Le},
                                                          {u"utf-16be"_s, Utf16Be},
                                                          {u"windows-1252"_s, Windows1252}};
    const auto found = names.constFind(name.toLower());
    return found == names.cend() ? std::nullopt : std::optional(*found);
}

/// What the command line says about the file, over what was sniffed.
Result<> correct(const QCommandLineParser& parser, transfer::ReadOptions& options)
{
    if (parser.isSet(u"delimiter"_s)) {
        const auto delimiter = singleByte(parser.value(u"delimiter"_s), u"delimiter"_s);
        if (!delimiter)
            return fail(delimiter.error());
        options.delimiter = *delimiter;
    }
    if (parser.value(u"quote"_s) == u"none") {
        options.quote = '\0';
    } else if (parser.isSet(u"quote"_s)) {
        const auto quote = singleByte(parser.value(u"quote"_s), u"quote"_s);
        if (!quote)
            return fail(quote.error());
        options.quote = *quote;
    }
    if (parser.isSet(u"encoding"_s)) {
        const auto encoding = encodingNamed(parser.value(u"encoding"_s));
        if (!encoding)
            return fail(ErrorKind::InvalidInput,
                        Words::tr("--encoding is utf-8, utf-16le, utf-16be or windows-1252."));
        options.encoding = *encoding;
    }
    options.nullText = parser.value(u"null"_s).toUtf8();
    if (parser.isSet(u"header"_s) || parser.isSet(u"no-header"_s))
        options.header = parser.isSet(u"header"_s);
    return {};
}

Result<> readMode(const QCommandLineParser& parser, transfer::ImportPlan& plan)
{
    static const QHash<QString, transfer::ImportMode> modes{{u"insert"_s, transfer::ImportMode::Insert},
                                                            {u"upsert"_s, transfer::ImportMode::Upsert},
                                                            {u"replace"_s, transfer::ImportMode::Replace}};
    const QString name = parser.value(u"mode"_s);
    const auto mode = modes.constFind(name.isEmpty() ? u"insert"_s : name);
    if (mode == modes.cend())
        return fail(ErrorKind::InvalidInput, Words::tr("--mode is insert, upsert or replace."));
    plan.mode = *mode;
    plan.key = listOf(parser.value(u"key"_s));
    plan.skipBad = parser.isSet(u"skip-bad"_s);
    plan.keepOdd = parser.isSet(u"keep-odd"_s);
    plan.dryRun = parser.isSet(u"dry-run"_s);
    return {};
}

Result<> applyMap(const QCommandLineParser& parser, const QStringList& columns, transfer::ImportPlan& plan)
{
    for (const QString& pair : parser.values(u"map"_s)) {
        const qsizetype sign = pair.lastIndexOf(u'=');
        const qsizetype from = sign < 0 ? -1 : columns.indexOf(pair.first(sign));
        const QString to = pair.mid(sign + 1);
        const int place = plan.relation.indexOf(to);
        if (sign < 0)
            return fail(ErrorKind::InvalidInput, Words::tr("--map wants FROM=TO."));
        if (from < 0)
            return fail(ErrorKind::InvalidInput,
                        Words::tr("The file has no column %1.").arg(pair.first(sign)),
                        Words::tr("It has %1.").arg(columns.join(u", "_s)));
        if (place < 0 && !to.isEmpty())
            return fail(ErrorKind::InvalidInput,
                        Words::tr("%1 has no column %2.").arg(plan.relation.name, to));
        // What was said counts before what was guessed.
        if (place >= 0 && plan.mapping.contains(place))
            plan.mapping[plan.mapping.indexOf(place)] = -1;
        plan.mapping[from] = place;
    }
    return {};
}

Result<transfer::ImportPlan> planOf(const QCommandLineParser& parser, const rows::Relation& relation,
                                    const QString& path)
{
    const QString id = parser.value(u"format"_s);
    const auto format = transfer::formatNamed(id);
    if (!id.isEmpty() && (!format || !transfer::infoOf(*format).isRead))
        return fail(ErrorKind::InvalidInput, Words::tr("--format is csv, tsv, json or ndjson."));
    QStringList known;
    for (const rows::RelationColumn& column : relation.columns)
        known += column.name;
    auto sniffed = transfer::sniff(path, format, known);
    if (!sniffed)
        return fail(sniffed.error());
    transfer::ReadOptions options = sniffed->options;
    if (auto corrected = correct(parser, options); !corrected)
        return fail(corrected.error());
    if (options != sniffed->options)
        sniffed = transfer::sample(path, options);
    if (!sniffed)
        return fail(sniffed.error());
    transfer::ImportPlan plan{.relation = relation, .path = path, .options = sniffed->options};
    const bool named = !plan.options.isText() || plan.options.header;
    plan.mapping = transfer::proposedMapping(sniffed->columns, relation, named);
    if (auto mapped = applyMap(parser, sniffed->columns, plan); !mapped)
        return fail(mapped.error());
    if (auto mode = readMode(parser, plan); !mode)
        return fail(mode.error());
    return plan;
}

/// Standard input is read twice, so it is kept.
Result<> keepInput(QTemporaryFile& file)
{
    QFile input;
    constexpr qint64 piece = 1024 * 1024;
    bool well = file.open() && input.open(stdin, QIODevice::ReadOnly);
    while (well) {
        const QByteArray bytes = input.read(piece);
        if (bytes.isEmpty())
            break;
        well = file.write(bytes) == bytes.size();
    }
    if (well && file.flush())
        return {};
    return fail(
        ErrorKind::File,
        Words::tr("Standard input could not be kept in %1: %2").arg(file.fileTemplate(), file.errorString()));
}

QString placeOf(const transfer::BadRow& row, const rows::Relation& relation)
{
    const QString line = Words::tr("line %1").arg(row.record.line);
    return row.column < 0 || !row.further.isEmpty()
               ? line
               : Words::tr("%1, column %2").arg(line, relation.columns[row.column].name);
}

QJsonObject reportOf(const transfer::Imported& imported, const rows::Relation& relation,
                     const QList<rows::DependantCount>& along)
{
    QJsonArray others;
    for (const rows::DependantCount& count : along)
        others += QJsonObject{{u"table"_s, count.table},
                              {u"columns"_s, QJsonArray::fromStringList(count.columns)},
                              {u"on_delete"_s, count.action},
                              {u"rows"_s, count.rows < 0 ? QJsonValue() : QJsonValue(count.rows)}};
    QJsonArray bad;
    for (const transfer::BadRow& row : imported.bad) {
        bad += QJsonObject{
            {u"line"_s, row.record.line},
            {u"column"_s, row.column < 0 ? QJsonValue() : QJsonValue(relation.columns[row.column].name)},
            {u"odd"_s, row.odd},
            {u"message"_s, row.message}};
    }
    QJsonObject report{{u"committed"_s, imported.committed},
                       {u"read"_s, imported.read},
                       {u"written"_s, imported.committed ? imported.written : 0},
                       {u"deleted"_s, imported.committed ? imported.deleted : 0},
                       {u"others"_s, others},
                       {u"bad"_s, bad}};
    if (imported.upserted) {
        report[u"inserted"_s] = imported.committed ? imported.upserted->inserted : 0;
        report[u"updated"_s] = imported.committed ? imported.upserted->updated : 0;
        report[u"unchanged"_s] = imported.committed ? imported.upserted->unchanged : 0;
    }
    return report;
}

void tellBad(const transfer::Imported& imported, const rows::Relation& relation, Console& console)
{
    for (const transfer::BadRow& row : imported.bad.first(std::min(mostTold, imported.bad.size())))
        (void)console.fail({.message = u"%1: %2"_s.arg(placeOf(row, relation), row.message)});
    if (imported.bad.size() > mostTold)
        (void)console.fail({.message = Words::tr("… and %1 more.").arg(imported.bad.size() - mostTold)});
}

QString hintFor(const transfer::Imported& imported)
{
    const bool odd = std::ranges::any_of(imported.bad, &transfer::BadRow::odd);
    return odd ? Words::tr(
                     "Mend them, write the others with --skip-bad, or what is odd as it is with --keep-odd.")
               : Words::tr("Mend them, or write the others with --skip-bad.");
}

int tell(const transfer::Imported& imported, const transfer::ImportPlan& plan,
         const QList<rows::DependantCount>& along, bool json, Console& console)
{
    if (json)
        console.write(QJsonDocument(reportOf(imported, plan.relation, along)).toJson());
    tellBad(imported, plan.relation, console);
    const QString bad = QString::number(imported.bad.size());
    if (imported.tooManyBad)
        return console.fail(
            {.message = Words::tr("Nothing was written: there are %1 bad rows and more.").arg(bad),
             .hint = Words::tr("Is it the right file, and is it read as it is meant?")});
    if (!imported.bad.isEmpty() && !plan.skipBad)
        return console.fail({.message = Words::tr("Nothing was written: %1 of %2 rows are bad.")
                                            .arg(bad, QString::number(imported.read)),
                             .hint = hintFor(imported)});
    if (json)
        return Fine;
    const QString rows = QString::number(imported.written);
    QString text = plan.dryRun ? Words::tr("%1 rows would be written to %2.").arg(rows, plan.relation.name)
                               : Words::tr("%1 rows written to %2.").arg(rows, plan.relation.name);
    if (plan.mode == transfer::ImportMode::Replace)
        text += u' ' + Words::tr("%1 rows deleted before.").arg(imported.deleted);
    if (imported.upserted)
        text += u' ' + transfer::sentence(*imported.upserted);
    if (!imported.bad.isEmpty())
        text += u' ' + Words::tr("%1 bad rows left out.").arg(bad);
    console.line(text);
    return Fine;
}

/// Nothing: go on. What becomes of other tables' rows is told whoever agrees.
std::optional<int> confirmReplace(const QCommandLineParser& parser, const transfer::ImportPlan& plan,
                                  const QList<rows::DependantCount>& along, Console& console)
{
    if (plan.mode != transfer::ImportMode::Replace)
        return std::nullopt;
    QStringList others;
    for (const rows::DependantCount& count : along)
        others += rows::sentence(count);
    if (plan.dryRun || parser.isSet(u"yes"_s)) {
        for (const QString& other : std::as_const(others))
            console.note(other);
        return std::nullopt;
    }
    const auto agreed =
        console.confirm((others
                         + QStringList{Words::tr("Delete all rows of %1 and write those of the file?")
                                           .arg(plan.relation.name)})
                            .join(u'\n'));
    if (!agreed)
        return console.usage(
            (QStringList{
                 Words::tr("--mode replace deletes all rows of %1: say --yes.").arg(plan.relation.name)}
             + others)
                .join(u' '));
    return *agreed ? std::nullopt : std::optional(int{No});
}

}  // namespace

int runImport(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    describe(parser);
    if (const auto code = parse(parser, arguments, 1, console))
        return *code;
    const QStringList words = parser.positionalArguments();
    if (words.size() < 2 || words.size() > 3)
        return console.usage(Words::tr("import wants a database, a table and a file."));
    if (parser.isSet(u"header"_s) && parser.isSet(u"no-header"_s))
        return console.usage(Words::tr("Choose one of --header and --no-header."));
    const auto target = findTarget(parser, words.size() == 3 ? words.first() : QString());
    if (!target)
        return refuse(console, target.error());
    QTemporaryFile input;
    QString path = words.last();
    if (path == u"-") {
        if (auto kept = keepInput(input); !kept)
            return refuse(console, kept.error());
        path = input.fileName();
    }
    const auto connection = drivers::Connection::open(*target);
    if (!connection)
        return refuse(console, connection.error());
    const auto relation = findRelation(**connection, words[words.size() - 2]);
    if (!relation)
        return refuse(console, relation.error());
    if (!relation->editable && relation->keyKind == rows::KeyKind::None && !relation->reason.isEmpty()
        && relation->columns.value(0).readOnly)
        return refuse(console, {.kind = ErrorKind::Unsupported, .message = relation->reason});
    const auto plan = planOf(parser, *relation, path);
    if (!plan)
        return refuse(console, plan.error());
    auto along = Result<QList<rows::DependantCount>>();
    if (plan->mode == transfer::ImportMode::Replace)
        along = transfer::countReplaced(**connection, *relation);
    if (!along)
        return refuse(console, along.error());
    if (const auto code = confirmReplace(parser, *plan, *along, console))
        return *code;
    const StopSignals signals(StopSignals::Always{});
    (*connection)->setStopAsked(signals.asked());
    transfer::Progress progress;
    const auto imported = transfer::importRows(**connection, *plan, progress);
    if (!imported)
        return refuse(console, imported.error());
    return tell(*imported, *plan, *along, parser.isSet(u"json"_s), console);
}

}  // namespace dewpoint::cli
