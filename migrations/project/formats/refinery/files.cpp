// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/refinery/refinery.h"
#include "project/new_file.h"
#include "project/numbered_files.h"
#include "project/places.h"
#include "project/siphash.h"
#include "project/toml_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace dewpoint::project::refinery {

namespace {

const QRegularExpression& grammar()
{
    static const QRegularExpression pattern(QStringLiteral("^([UV])([0-9]+)__(\\w+)\\.(sql|rs)$"));
    return pattern;
}

bool isVersioned(const QString& path)
{
    return grammar().match(QFileInfo(path).fileName()).hasMatch();
}

QString textOf(const toml::table& table, std::string_view key)
{
    if (const auto text = table["main"][key].value<std::string>())
        return QString::fromStdString(*text);
    const auto number = table["main"][key].value<int64_t>();
    return number ? QString::number(*number) : QString();
}

Result<> readConfig(Project& project)
{
    const auto table = readToml(project.configFile);
    if (!table)
        return fail(table.error());
    project.databaseUrlBase = project.root;
    const QString type = textOf(*table, "db_type");
    if (type == QLatin1String("Sqlite")) {
        project.engine = Engine::Sqlite;
        project.databaseUrl = textOf(*table, "db_path");
    } else if (type == QLatin1String("Postgres")) {
        project.engine = Engine::Postgres;
        QUrl url;
        url.setScheme(QStringLiteral("postgres"));
        url.setHost(textOf(*table, "db_host"));
        if (const int port = textOf(*table, "db_port").toInt(); port > 0)
            url.setPort(port);
        url.setUserName(textOf(*table, "db_user"), QUrl::DecodedMode);
        url.setPassword(textOf(*table, "db_pass"), QUrl::DecodedMode);
        url.setPath(u'/' + textOf(*table, "db_name"), QUrl::DecodedMode);
        project.databaseUrl = url.toString(QUrl::FullyEncoded);
    } else {
        return fail(
            ErrorKind::Unsupported,
            Words::tr("%1: Dewpoint opens SQLite and PostgreSQL databases only.").arg(project.configFile));
    }
    return {};
}

Result<std::optional<Migration>> read(const QString& path, bool int8)
{
    const auto match = grammar().match(QFileInfo(path).fileName());
    if (!match.hasMatch())
        return std::nullopt;
    bool valid = false;
    const qint64 version = int8 ? match.captured(2).toLongLong(&valid) : match.captured(2).toInt(&valid);
    if (!valid)
        return fail(ErrorKind::File,
                    Words::tr("%1: the version is too large.").arg(QFileInfo(path).fileName()));
    const QString name = match.captured(3);
    // Its hash is that of the SQL that the program makes, which nobody here knows.
    if (match.captured(4) == QLatin1String("rs"))
        return Migration{.version = QString::number(version),
                         .name = name,
                         .folder = QFileInfo(path).fileName(),
                         .path = path,
                         .upPath = path};
    const auto text = readUtf8(path);
    if (!text)
        return fail(text.error());
    // Not a name of the grammar, so refinery overlooks it.
    const QString down = QString(path).chopped(4) + QStringLiteral(".down.sql");
    return Migration{.version = QString::number(version),
                     .name = name,
                     .folder = QFileInfo(path).fileName(),
                     .path = path,
                     .upPath = path,
                     .downPath = QFileInfo::exists(down) ? down : QString(),
                     .downPlace = down,
                     .checksum = checksum(name, version, *text, int8)};
}

/// Names that only Flyway has.
bool hasForeignNames(const QString& directory)
{
    static const QRegularExpression foreign(QStringLiteral("^(R__|B[0-9]|V[0-9]+[._][0-9])"));
    return QFileInfo(directory).fileName() == QLatin1String("migration")
           || !QDir(directory).entryList(QDir::Files).filter(foreign).isEmpty();
}

/// The next number. Where they are times the next second, as the clock counts, and never an older one:
/// refinery passes over that.
QString nextOf(const QList<Migration>& there, const QDateTime& now)
{
    const QString last = there.isEmpty() ? QStringLiteral("0") : there.last().version;
    return timeOfTimestamp(last).isValid() ? timestampBehind(last, now)
                                           : QString::number(last.toLongLong() + 1);
}

bool isInt8(const Project& project)
{
    return project.settings.contains(keys::int8Versions);
}

/// In the crate's own manifest, or in that of the workspace.
bool wantsInt8(const QString& root)
{
    static const QRegularExpression feature(QStringLiteral("^[^#\\n]*\\bint8-versions\\b"),
                                            QRegularExpression::MultilineOption);
    return cargoSays(root, feature);
}

}  // namespace

bool isRust(const Migration& migration)
{
    return migration.upPath.endsWith(QLatin1String(".rs"));
}

std::unexpected<Error> refuseRust(const Migration& migration)
{
    return fail(
        ErrorKind::Unsupported,
        Words::tr("%1 is Rust code, which only the program that embeds it can run.").arg(migration.folder),
        Words::tr("Name that program in a dewpoint.toml (MIGRATIONS.md says how)."));
}

QString checksum(const QString& name, qint64 version, const QByteArray& text, bool int8)
{
    QByteArray bytes = name.toUtf8() + '\xff';
    for (int i = 0; i < (int8 ? 8 : 4); ++i)
        bytes += static_cast<char>(static_cast<quint64>(version) >> (8 * i));
    return QString::number(sipHash13(bytes + text + '\xff'));
}

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id};
    project.root = nearestWithFile(*folder, QStringLiteral("refinery.toml"));
    if (!project.root.isEmpty()) {
        project.evidence = Evidence::Own;
        project.configFile = QDir(project.root).filePath(QStringLiteral("refinery.toml"));
        project.directory = QDir(project.root).filePath(QStringLiteral("migrations"));
        if (wantsInt8(project.root))
            project.settings.insert(keys::int8Versions, QStringLiteral("true"));
        if (auto read = readConfig(project); !read)
            return fail(read.error());
        return project;
    }
    project.directory = findNumberedFolder(*folder, isVersioned);
    if (project.directory.isEmpty())
        return std::nullopt;
    project.root = rootAbove(project.directory);
    if (cargoDependsOn(project.root, QStringLiteral("refinery")))
        project.evidence = Evidence::Own;
    else
        project.evidence = hasForeignNames(project.directory) ? Evidence::Name : Evidence::Content;
    if (wantsInt8(project.root))
        project.settings.insert(keys::int8Versions, QStringLiteral("true"));
    return findDatabase(*folder, environment, QStringLiteral("DATABASE_URL"), project, dotenvy)
        .transform([&] { return std::optional(project); });
}

Result<QList<Migration>> list(const Project& project)
{
    if (!QFileInfo(project.directory).isDir())
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no migrations folder %1.").arg(project.directory));
    QList<Migration> migrations;
    QDirIterator files(project.directory, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        auto migration = read(files.next(), isInt8(project));
        if (!migration)
            return fail(migration.error());
        if (*migration)
            migrations.append(**std::move(migration));
    }
    std::ranges::sort(migrations, versionLess, &Migration::folder);
    std::ranges::stable_sort(migrations, numberLess, &Migration::version);
    return refuseTwins(migrations).transform([&] { return migrations; });
}

/// refinery has no command for it: V, the next number, the name.
Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = refinery::list(project);
    if (!there)
        return fail(there.error());
    const QString version = wanted.version.isEmpty() ? nextOf(*there, wanted.now) : wanted.version;
    static const QRegularExpression others(QStringLiteral("\\W+"));
    const QString name = QString(wanted.name).replace(others, QStringLiteral("_"));
    const QString base = QDir(project.directory).filePath(QStringLiteral("V%1__%2").arg(version, name));
    const QString up = base + QStringLiteral(".sql");
    if (isTaken(*there, version) || !isVersioned(up))
        return fail(ErrorKind::Conflict, Words::tr("The version %1 is taken or not a number.").arg(version));
    QList<NewFile> files{{.path = up, .bytes = wanted.up}};
    if (wanted.withDown && !wanted.down.isEmpty())
        files.append({.path = base + QStringLiteral(".down.sql"), .bytes = wanted.down});
    return writeMigration(project, files);
}

}  // namespace dewpoint::project::refinery
