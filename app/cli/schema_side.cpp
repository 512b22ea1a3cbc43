// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/schema_side.h"

#include "base/words.h"
#include "plan/script.h"
#include "project/format.h"
#include "shadow/replay.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace dewpoint::cli {

namespace {

constexpr QLatin1StringView ofProject("migrations");
constexpr int mostAbove = 3;

bool isOfProject(const QString& text)
{
    return text == ofProject || text.startsWith(ofProject + QStringLiteral(":"));
}

/// The project whose migrations are this side: that of --project, or the one that the folder is of.
Result<std::optional<project::Project>> projectOf(const QCommandLineParser& parser, const QString& text)
{
    if (isOfProject(text))
        return findProject(parser);
    const QDir named(text);
    QDir folder(named.absolutePath());
    // Detection asks the folder that a tool is started in, which is above that of the migrations.
    for (int above = 0; QFileInfo(text).isDir() && above < mostAbove; ++above) {
        // What is wrong with a project further up is not this folder's business.
        const auto projects = project::detectAll(folder.path()).value_or(QList<project::Project>());
        const auto found = std::ranges::find_if(
            projects, [&](const project::Project& each) { return QDir(each.directory) == named; });
        if (found != projects.end())
            return *found;
        if (!folder.cdUp())
            break;
    }
    return std::optional<project::Project>();
}

Result<schema::Database> stateOfMigrations(const QCommandLineParser& parser, const QString& text,
                                           const drivers::Target& server, catalog::Extent extent)
{
    const auto project = findProject(parser);
    if (!project)
        return fail(project.error());
    if (!*project)
        return fail(ErrorKind::NotFound, Words::tr("There is no migrations project here."),
                    Words::tr("Give --project DIR."));
    auto migrations = project::list(**project);
    if (!migrations)
        return fail(migrations.error());
    const QString version = text.mid(ofProject.size() + 1);
    if (!version.isEmpty()) {
        const auto found =
            std::ranges::find(*migrations, project::normalisedVersion(version), &project::Migration::version);
        if (found == migrations->end())
            return fail(ErrorKind::NotFound,
                        Words::tr("There is no migration with version %1.").arg(version));
        migrations->erase(found + 1, migrations->end());
    }
    return shadow::stateAfter(server, **project, *migrations, {}, extent);
}

QJsonArray stepsJson(const plan::Plan& plan)
{
    QJsonArray steps;
    for (const plan::Step& step : plan.steps) {
        steps.append(QJsonObject{{QStringLiteral("text"), step.sentence},
                                 {QStringLiteral("sql"), QJsonArray::fromStringList(step.sql)},
                                 {QStringLiteral("reverse"), QJsonArray::fromStringList(step.reverse)},
                                 {QStringLiteral("in_transaction"), step.inTransaction},
                                 {QStringLiteral("loses_data"), step.losesData}});
    }
    return steps;
}

}  // namespace

void addAnswerOptions(QCommandLineParser& parser)
{
    parser.addOption(
        {QStringLiteral("rename"),
         Words::tr("The first was renamed to the second, and not dropped: users=people, "
                   "users.mail=users.email or mood.sad=mood.gloomy. May be given several times."),
         QStringLiteral("OLD=NEW")});
    parser.addOption({QStringLiteral("drop-add"),
                      Words::tr("Nothing else was renamed: what is gone is dropped, what is new is added.")});
}

shadow::Answers answersOf(const QCommandLineParser& parser)
{
    return {.renames = parser.values(QStringLiteral("rename")),
            .dropAndAdd = parser.isSet(QStringLiteral("drop-add"))};
}

void addPrivilegesOption(QCommandLineParser& parser, const QString& what)
{
    parser.addOption({QStringLiteral("privileges"), what});
}

Result<catalog::Extent> extentOf(const QCommandLineParser& parser, Engine engine)
{
    if (!parser.isSet(QStringLiteral("privileges")))
        return catalog::Extent::Structure;
    if (engine == Engine::Sqlite)
        return fail(ErrorKind::InvalidInput,
                    Words::tr("SQLite has no privileges: whoever may open the file may do everything."),
                    Words::tr("Leave --privileges out."));
    return catalog::Extent::WithPrivileges;
}

bool isSql(const QString& text)
{
    const QFileInfo file(text);
    return file.isDir() || text.endsWith(QLatin1String(".sql"), Qt::CaseInsensitive);
}

Result<schema::Database> readSide(const QCommandLineParser& parser, const QString& text,
                                  const drivers::Target& server, catalog::Extent extent, const QString& other)
{
    if (isSql(text))
        return shadow::schemaOfSql(server, text, {}, extent);
    if (isOfProject(text))
        return stateOfMigrations(parser, text, server, extent);
    const auto target = drivers::parseTarget(text);
    if (!target)
        return fail(target.error());
    const auto connection = drivers::Connection::open(forReading(*target));
    if (!connection)
        return fail(connection.error());
    const auto project = projectOf(parser, other);
    if (!project)
        return fail(project.error());
    return *project ? shadow::inspectWithoutLedger(**connection, **project, extent)
                    : shadow::inspectWithoutParking(**connection, extent);
}

Result<drivers::Target> serverFor(const QCommandLineParser& parser, const QStringList& texts)
{
    for (const QString& text : texts) {
        if (!isSql(text) && !isOfProject(text))
            return drivers::parseTarget(text);
    }
    const auto found = findTarget(parser);
    return found ? *found : drivers::Target{.engine = Engine::Sqlite, .location = QStringLiteral(":memory:")};
}

int listQuestions(const QList<plan::Question>& questions, Console& console)
{
    for (const plan::Question& question : questions)
        (void)console.fail(
            {.message = plan::sentence(question),
             .hint = Words::tr("Yes: --rename %1. No: --drop-add.").arg(plan::argument(question.rename))},
            No);
    return No;
}

QString changeWord(change::Kind kind)
{
    switch (kind) {
    case change::Kind::Added: return QStringLiteral("added");
    case change::Kind::Removed: return QStringLiteral("removed");
    case change::Kind::Changed: return QStringLiteral("changed");
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject differenceJson(const shadow::Difference& difference)
{
    QJsonArray changes;
    for (const change::Change& change : difference.changes)
        changes.append(QJsonObject{{QStringLiteral("kind"), changeWord(change::kind(change))},
                                   {QStringLiteral("text"), change::sentence(change)}});
    QJsonArray questions;
    for (const plan::Question& question : difference.open)
        questions.append(QJsonObject{{QStringLiteral("rename"), plan::argument(question.rename)},
                                     {QStringLiteral("text"), plan::sentence(question)},
                                     {QStringLiteral("likeness"), question.likeness}});
    const auto script = [](const plan::Plan& plan) {
        return QString::fromUtf8(plan::script(plan, plan::Sender::Shell));
    };
    return {{QStringLiteral("changes"), changes},
            {QStringLiteral("questions"), questions},
            {QStringLiteral("steps"), stepsJson(difference.up)},
            {QStringLiteral("up"), script(difference.up)},
            {QStringLiteral("down"), script(difference.down)}};
}

}  // namespace dewpoint::cli
