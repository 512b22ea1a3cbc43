// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/for_database.h"
#include "project/formats/golang_migrate/golang_migrate.h"
#include "project/new_file.h"
#include "project/numbered_files.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <utility>

namespace dewpoint::project::golang_migrate {

namespace {

const QRegularExpression& grammar()
{
    static const QRegularExpression pattern(QStringLiteral("^([0-9]+)_(.*)\\.(down|up)\\.(.*)$"));
    return pattern;
}

bool isHalfOfAPair(const QString& path)
{
    return grammar().match(QFileInfo(path).fileName()).hasMatch();
}

bool goModNames(const QString& folder)
{
    const QString place = nearestWithFile(folder, QStringLiteral("go.mod"));
    const auto text =
        place.isEmpty() ? Result<QByteArray>() : readScript(QDir(place).filePath(QStringLiteral("go.mod")));
    return text && text->contains("golang-migrate/migrate");
}

QString bareVersion(const QString& digits)
{
    qsizetype first = 0;
    while (first + 1 < digits.size() && digits[first] == u'0')
        ++first;
    return digits.sliced(first);
}

/// Whether the tool's users count on its own way of sending: their URL asks for it.
bool staysOutside(const Options& options, std::optional<Engine> engine)
{
    return options.noTxWrap || (options.multiStatement && engine == Engine::Postgres);
}

Result<Migration> read(const NumberedFile& up, const QString& downPath, std::optional<Engine> engine)
{
    const auto text = readScript(up.path);
    const auto down = downPath.isEmpty() ? Result<QByteArray>() : readScript(downPath);
    if (!text || !down)
        return fail(text ? down.error() : text.error());
    return Migration{.version = bareVersion(up.match.captured(1)),
                     .name = up.match.captured(2),
                     .folder = QFileInfo(up.path).fileName(),
                     .path = up.path,
                     .upPath = up.path,
                     .downPath = downPath,
                     .downPlace =
                         up.path.chopped(QLatin1StringView("up.sql").size()) + QStringLiteral("down.sql"),
                     .runInTransaction = !mustRunAlone(*text, engine),
                     .revertInTransaction = !mustRunAlone(*down, engine)};
}

/// Going up to it only sets the number, as with the tool.
Result<Migration> readDownOnly(const NumberedFile& down, std::optional<Engine> engine)
{
    const auto text = readScript(down.path);
    if (!text)
        return fail(text.error());
    return Migration{.version = bareVersion(down.match.captured(1)),
                     .name = down.match.captured(2),
                     .folder = down.match.captured(1) + u'_' + down.match.captured(2),
                     .path = down.path,
                     .downPath = down.path,
                     .revertInTransaction = !mustRunAlone(*text, engine)};
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id};
    project.directory = findNumberedFolder(*folder, isHalfOfAPair);
    if (project.directory.isEmpty())
        return std::nullopt;
    project.root = rootAbove(project.directory);
    project.evidence = goModNames(project.root) ? Evidence::Own : Evidence::Content;
    return findDatabase(project.root, environment, QStringLiteral("DATABASE_URL"), project).transform([&] {
        project.databaseUrl = spelled(project, project.databaseUrl);
        heedUrl(project);
        return std::optional(project);
    });
}

Result<QList<Migration>> list(const Project& project)
{
    const auto options = optionsOf(project, project.engine);
    const auto files = options ? numberedFiles(project.directory, grammar()) : fail(options.error());
    if (!files)
        return fail(files.error());
    QHash<QString, NumberedFile> downs;
    for (const NumberedFile& file : *files) {
        const QString version = bareVersion(file.match.captured(1));
        if (file.match.captured(3) != QLatin1String("down"))
            continue;
        if (downs.contains(version))
            return fail(ErrorKind::Conflict,
                        Words::tr("duplicate migration file: %1").arg(QFileInfo(file.path).fileName()));
        downs.insert(version, file);
    }
    QList<Migration> migrations;
    for (const NumberedFile& file : *files) {
        if (file.match.captured(3) != QLatin1String("up"))
            continue;
        auto migration = read(file, downs.take(bareVersion(file.match.captured(1))).path, project.engine);
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    for (const NumberedFile& file : std::as_const(downs)) {
        auto migration = readDownOnly(file, project.engine);
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    if (staysOutside(*options, project.engine)) {
        for (Migration& migration : migrations)
            migration.runInTransaction = migration.revertInTransaction = false;
    }
    std::ranges::stable_sort(migrations, numberLess, &Migration::version);
    return refuseTwins(migrations).transform([&] { return migrations; });
}

/// With x-multi-statement the tool cuts at each semicolon, whatever it stands in.
Result<Script> script(const Project& project, const Migration& migration, Direction direction)
{
    auto whole = scriptOfFile(project, migration, direction);
    const auto options = optionsOf(project, project.engine);
    if (!options)
        return fail(options.error());
    if (!whole || !options->multiStatement || project.engine != Engine::Postgres)
        return whole;
    const QByteArray& text = whole->text;
    whole->pieces.clear();
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype semicolon = text.indexOf(';', start);
        const qsizetype end = semicolon < 0 ? text.size() : semicolon + 1;
        if (!text.sliced(start, end - start).trimmed().isEmpty())
            whole->pieces.append({.start = start, .length = end - start});
        start = end;
    }
    return whole;
}

/// The tool leaves both files empty; a sequence has six digits.
Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    constexpr int digits = 6;
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = golang_migrate::list(project);
    if (!there)
        return fail(there.error());
    const QString version =
        wanted.version.isEmpty() ? nextVersion(*there, wanted.now, digits) : wanted.version;
    bool valid = false;
    (void)version.toULongLong(&valid);
    if (!valid || isTaken(*there, version))
        return fail(ErrorKind::Conflict, Words::tr("The version %1 is taken or not a number.").arg(version));
    const QString base = QDir(project.directory).filePath(version + u'_' + wanted.name);
    QList<NewFile> files{{.path = base + QStringLiteral(".up.sql"), .bytes = wanted.up}};
    if (wanted.withDown)
        files.append({.path = base + QStringLiteral(".down.sql"), .bytes = wanted.down});
    return writeMigration(project, files);
}

}  // namespace dewpoint::project::golang_migrate
