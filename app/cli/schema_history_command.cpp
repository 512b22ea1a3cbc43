// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "change/words.h"
#include "cli/schema_side.h"
#include "timeline/history.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace dewpoint::cli {

namespace {

/// A thing with where it comes from.
struct Line {
    QString relation;
    QString member;  ///< empty for the relation itself
    QString kind;
    QString added;
    QString changed;  ///< empty where nothing changed it since
};

QString kindOf(timeline::Part::Kind kind)
{
    using Kind = timeline::Part::Kind;
    switch (kind) {
    case Kind::Table: return QStringLiteral("table");
    case Kind::View: return QStringLiteral("view");
    case Kind::Column: return QStringLiteral("column");
    case Kind::Constraint: return QStringLiteral("constraint");
    case Kind::Index: return QStringLiteral("index");
    case Kind::Trigger: return QStringLiteral("trigger");
    case Kind::Policy: return QStringLiteral("policy");
    case Kind::Type: return QStringLiteral("type");
    case Kind::Sequence: return QStringLiteral("sequence");
    case Kind::Routine: return QStringLiteral("routine");
    default: return {};
    }
}

Line lineOf(const timeline::History& history, const timeline::Part& part, int step)
{
    const timeline::Origin origin = history.provenance.originOf(part, step);
    return {.relation = change::called(part.owner.schema, part.owner.name),
            .member = part.member,
            .kind = kindOf(part.kind),
            .added = history.titleOf(origin.added),
            .changed = origin.changed == origin.added ? QString() : history.titleOf(origin.changed)};
}

QList<Line> linesOf(const timeline::History& history, int step, const QString& wanted)
{
    const schema::Database state = history.states.at(step);
    QList<timeline::Part> parts;
    for (const schema::Table& table : state.tables)
        parts += timeline::partsOf(table);
    for (const schema::View& view : state.views)
        parts += timeline::partsOf(view);
    parts += timeline::standaloneParts(state);
    QList<Line> lines;
    for (const timeline::Part& part : std::as_const(parts)) {
        const Line line = lineOf(history, part, step);
        const QString full = part.owner.schema + u'.' + part.owner.name;
        if (wanted.isEmpty() || wanted == line.relation || wanted == full)
            lines.append(line);
    }
    return lines;
}

void print(const QList<Line>& lines, bool asJson, Console& console)
{
    QJsonArray things;
    for (const Line& line : lines) {
        things.append(QJsonObject{{QStringLiteral("relation"), line.relation},
                                  {QStringLiteral("member"), line.member},
                                  {QStringLiteral("kind"), line.kind},
                                  {QStringLiteral("added_by"), line.added},
                                  {QStringLiteral("changed_by"), line.changed}});
        const QString name = line.member.isEmpty() ? line.relation : line.relation + u'.' + line.member;
        const QString changed =
            line.changed.isEmpty() ? QString() : Words::tr(", last changed by %1").arg(line.changed);
        if (!asJson)
            console.line(Words::tr("%1 %2: added by %3%4").arg(line.kind, name, line.added, changed));
    }
    if (asJson)
        console.write(
            QJsonDocument(QJsonObject{{QStringLiteral("things"), things}}).toJson(QJsonDocument::Indented));
}

/// The step of the migration that --at names; the last one where it names none.
Result<int> stepAt(const timeline::History& history, const QString& given)
{
    if (given.isEmpty())
        return history.lastStep();
    const auto place = project::indexOf(history.migrations, given);
    if (!place)
        return fail(place.error());
    const int step = static_cast<int>(*place) + 1;
    if (step > history.lastStep())
        return fail(ErrorKind::NotFound,
                    Words::tr("The history does not come to %1.").arg(history.titleOf(step)));
    return step;
}

}  // namespace

int runSchemaHistory(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Says which migration added each table, column, key and index, and which one changed it "
                  "last, by replaying all of them on a scratch database."));
    parser.addPositionalArgument(QStringLiteral("TABLE"), Words::tr("Only this table or view."),
                                 QStringLiteral("schema history [TABLE]"));
    parser.addOption(
        {QStringLiteral("at"), Words::tr("As it was after this migration."), QStringLiteral("VERSION")});
    parser.addOption({QStringLiteral("format"),
                      Words::tr("The tool whose project it is, instead of looking for it."),
                      QStringLiteral("TOOL")});
    addCommonOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    const QStringList tables = parser.positionalArguments();
    if (tables.size() > 1)
        return console.usage(Words::tr("schema history takes one table."));
    const auto project = projectNamed(parser);
    if (!project)
        return refuse(console, project.error());
    const auto target = findTarget(parser, {}, project->tool);
    if (!target)
        return refuse(console, target.error());
    const auto history = timeline::replay(*target, *project);
    if (!history)
        return refuse(console, history.error());
    const auto step = stepAt(*history, parser.value(QStringLiteral("at")));
    if (!step)
        return refuse(console, history->stopped.value_or(step.error()));
    const QList<Line> lines = linesOf(*history, *step, tables.value(0));
    if (lines.isEmpty() && !tables.isEmpty())
        return console.fail(
            {.kind = ErrorKind::NotFound,
             .message = Words::tr("The migrations make no table %1.").arg(tables.constFirst())});
    print(lines, parser.isSet(QStringLiteral("json")), console);
    const bool isAsked = parser.isSet(QStringLiteral("at"));
    return history->stopped && !isAsked ? refuse(console, *history->stopped) : Fine;
}

}  // namespace dewpoint::cli
