// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "catalog/inspect.h"
#include "cli/commands.h"
#include "cli/stop_signals.h"
#include "cli/transfer_options.h"
#include "testdata/fill_rows.h"
#include "transfer/row_writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

constexpr qint64 previewRows = 20;

QString kindIds()
{
    QStringList ids;
    for (const testdata::RuleInfo& info : testdata::ruleKinds())
        ids += info.hint.isEmpty() ? info.id : info.id + u":…"_s;
    return ids.join(u", "_s);
}

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        Words::tr(
            "Adds made-up rows to a table, all in one transaction: values by the columns' types, checks and "
            "names, foreign keys from the rows that are there. The same seed gives the same rows.\n"
            "What a column gets can be said: %1.")
            .arg(kindIds()));
    parser.addPositionalArgument(
        u"DATABASE"_s,
        Words::tr("A file, sqlite:PATH, postgres://… or service=NAME; may be left out "
                  "with --db or DATABASE_URL."),
        u"fill [DATABASE]"_s);
    parser.addPositionalArgument(u"TABLE"_s, Words::tr("The table, also as SCHEMA.TABLE."));
    parser.addOption({u"rows"_s, Words::tr("How many. Default: 100."), u"N"_s});
    parser.addOption({u"seed"_s, Words::tr("A number; another one gives other rows. Default: 1."), u"N"_s});
    parser.addOption(
        {u"rule"_s,
         Words::tr("What a column gets, as in price=decimal:1.00..9.99, state=choice:new|paid or "
                   "code=pattern:AB-####. May be given several times."),
         u"COLUMN=KIND[:DETAIL]"_s});
    parser.addOption(
        {u"nulls"_s,
         Words::tr("How many of a column's values are NULL, in percent. May be given several times."),
         u"COLUMN=PERCENT"_s});
    parser.addOption({u"preview"_s, Words::tr("Write nothing, and print the first rows as CSV.")});
    parser.addOption({u"dry-run"_s, Words::tr("Do everything but commit.")});
    addCommonOptions(parser);
}

/// The rule of the column that stands before the "=".
Result<testdata::ColumnRule*> ruleOf(testdata::FillPlan& plan, const QString& pair, const QString& option)
{
    const qsizetype sign = pair.indexOf(u'=');
    if (sign < 0)
        return fail(ErrorKind::InvalidInput, Words::tr("--%1 wants COLUMN=….").arg(option));
    const QString name = pair.first(sign);
    for (testdata::ColumnRule& rule : plan.rules) {
        if (rule.column == name)
            return &rule;
    }
    return fail(ErrorKind::InvalidInput, Words::tr("%1 has no column %2.").arg(plan.relation.name, name));
}

Result<> readRules(const QCommandLineParser& parser, testdata::FillPlan& plan)
{
    for (const QString& pair : parser.values(u"rule"_s)) {
        const auto rule = ruleOf(plan, pair, u"rule"_s);
        if (!rule)
            return fail(rule.error());
        const QString said = pair.section(u'=', 1);
        const auto kind = testdata::ruleNamed(said.section(u':', 0, 0));
        if (!kind)
            return fail(ErrorKind::InvalidInput,
                        Words::tr("There is no rule %1.").arg(said.section(u':', 0, 0)),
                        Words::tr("There are %1.").arg(kindIds()));
        (*rule)->kind = *kind;
        (*rule)->detail = said.section(u':', 1);
        if (*kind == testdata::RuleKind::Omit || *kind == testdata::RuleKind::Null)
            (*rule)->nullShare = 0;
    }
    for (const QString& pair : parser.values(u"nulls"_s)) {
        const auto rule = ruleOf(plan, pair, u"nulls"_s);
        if (!rule)
            return fail(rule.error());
        bool good = false;
        (*rule)->nullShare = pair.section(u'=', 1).toInt(&good);
        if (!good || (*rule)->nullShare < 0 || (*rule)->nullShare > 100)
            return fail(ErrorKind::InvalidInput, Words::tr("--nulls wants COLUMN=PERCENT."));
    }
    return {};
}

Result<> readNumbers(const QCommandLineParser& parser, testdata::FillPlan& plan)
{
    bool good = true;
    if (parser.isSet(u"rows"_s))
        plan.rows = parser.value(u"rows"_s).toLongLong(&good);
    if (!good || plan.rows < 1)
        return fail(ErrorKind::InvalidInput, Words::tr("--rows wants a number of rows."));
    if (parser.isSet(u"seed"_s))
        plan.seed = parser.value(u"seed"_s).toULongLong(&good);
    if (!good)
        return fail(ErrorKind::InvalidInput, Words::tr("--seed wants a number."));
    plan.dryRun = parser.isSet(u"dry-run"_s);
    return {};
}

Result<testdata::FillPlan> planOf(const QCommandLineParser& parser, drivers::Connection& connection,
                                  const QString& name)
{
    const auto database = catalog::inspect(connection);
    if (!database)
        return fail(database.error());
    const auto relation = findRelation(connection, *database, name);
    if (!relation)
        return fail(relation.error());
    const schema::Table* table = database->table(relation->schema, relation->name);
    if (!table)
        return fail(ErrorKind::Unsupported, Words::tr("%1 is a view: it has no rows of its own.").arg(name));
    testdata::FillPlan plan = testdata::proposedPlan(*database, *table);
    if (auto read = readRules(parser, plan); !read)
        return fail(read.error());
    if (auto read = readNumbers(parser, plan); !read)
        return fail(read.error());
    return plan;
}

int preview(const testdata::FillPlan& plan, drivers::Connection& connection, Console& console)
{
    const auto made = testdata::previewFill(connection, plan, previewRows);
    if (!made)
        return refuse(console, made.error());
    QList<transfer::OutColumn> columns;
    QList<size_t> shown;
    for (qsizetype i = 0; i < plan.rules.size(); ++i) {
        if (plan.rules[i].kind == testdata::RuleKind::Omit)
            continue;
        columns += transfer::outColumnOf(plan.relation.columns[i], plan.relation.engine);
        shown += static_cast<size_t>(i);
    }
    const auto writer = transfer::RowWriter::make(transfer::Format::Csv, {}, [&](const QByteArray& bytes) {
        console.write(bytes);
        return !console.isBroken();
    });
    Result<> done = writer->begin(columns);
    for (const auto& row : made->rows) {
        std::vector<Value> cells;
        for (const size_t column : std::as_const(shown))
            cells.push_back(row[column].value_or(Null{}));
        if (done)
            done = writer->row(cells);
    }
    if (done)
        done = writer->end();
    return done ? int{Fine} : refuse(console, done.error());
}

QString placeOf(const testdata::RefusedRow& row, const rows::Relation& relation)
{
    const QString place = Words::tr("row %1").arg(row.row + 1);
    return row.column < 0 ? place : Words::tr("%1, column %2").arg(place, relation.columns[row.column].name);
}

int tell(const testdata::Filled& filled, const testdata::FillPlan& plan, bool json, Console& console)
{
    if (json) {
        QJsonArray refused;
        for (const testdata::RefusedRow& row : filled.refused)
            refused += QJsonObject{{u"row"_s, row.row + 1}, {u"message"_s, row.message}};
        console.write(QJsonDocument(QJsonObject{{u"committed"_s, filled.committed},
                                                {u"written"_s, filled.committed ? filled.written : 0},
                                                {u"seed"_s, QString::number(plan.seed)},
                                                {u"refused"_s, refused}})
                          .toJson());
    }
    for (const testdata::RefusedRow& row : filled.refused)
        (void)console.fail({.message = u"%1: %2"_s.arg(placeOf(row, plan.relation), row.message)});
    if (!filled.refused.isEmpty())
        return console.fail(
            {.message = Words::tr("Nothing was written: the database refuses rows however they are made."),
             .hint = Words::tr("Give their columns other rules, or ask for fewer rows.")});
    if (json)
        return Fine;
    const QString rows = QString::number(filled.written);
    console.line(plan.dryRun ? Words::tr("%1 rows would be written to %2.").arg(rows, plan.relation.name)
                             : Words::tr("%1 rows written to %2.").arg(rows, plan.relation.name));
    return Fine;
}

}  // namespace

int runFill(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    describe(parser);
    if (const auto code = parse(parser, arguments, 1, console))
        return *code;
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty() || words.size() > 2)
        return console.usage(Words::tr("fill wants a database and a table."));
    const auto target = findTarget(parser, words.size() == 2 ? words.first() : QString());
    if (!target)
        return refuse(console, target.error());
    const StopSignals signals(StopSignals::Always{});
    const auto connection = drivers::Connection::open(
        parser.isSet(u"preview"_s) ? forReading(*target) : *target, signals.asked());
    if (!connection)
        return refuse(console, connection.error());
    const auto plan = planOf(parser, **connection, words.last());
    if (!plan)
        return refuse(console, plan.error());
    if (parser.isSet(u"preview"_s))
        return preview(*plan, **connection, console);
    transfer::Progress progress;
    const auto filled = testdata::fillRows(**connection, *plan, progress);
    if (!filled)
        return refuse(console, filled.error());
    return tell(*filled, *plan, parser.isSet(u"json"_s), console);
}

}  // namespace dewpoint::cli
