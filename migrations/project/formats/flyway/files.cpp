// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/flyway/flyway.h"
#include "project/new_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::project::flyway {

namespace {

using Kind = FileName::Kind;

struct File {
    QString path;
    FileName name;
};

QStringList allFiles(const Project& project)
{
    QStringList paths;
    for (const QString& folder : foldersOf(project)) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories | QDirIterator::FollowSymlinks);
        while (files.hasNext())
            paths << files.next();
    }
    std::ranges::sort(paths);
    paths.removeDuplicates();
    return paths;
}

Engine engineOf(const Project& project)
{
    return project.engine.value_or(Engine::Postgres);
}

bool runsInTransaction(const Project& project, const QString& path)
{
    const QString wanted = besideOption(path, QStringLiteral("executeInTransaction"));
    if (!wanted.isEmpty())
        return wanted == QLatin1String("true");
    if (!isOn(project, QLatin1StringView("executeInTransaction"), true))
        return false;
    const auto text = readText(project, path);
    return !text || statementsOf(*text, engineOf(project)).inTransaction;
}

/// A repeatable one counts as changed when its placeholders' values did.
Result<QString> checksumOf(const Project& project, const File& file)
{
    // The tool sums up characters, in UTF-8 whatever the file is in.
    const auto text = file.name.kind == Kind::Repeatable
                          ? readText(project, file.path)
                          : decoded(project, file.path).transform([](const QString& characters) {
                                return characters.toUtf8();
                            });
    return text.transform(checksum);
}

/// V1__x.sql is undone by U1__x.sql; where the project chose other prefixes, nobody can say.
QString undoPlace(const File& file)
{
    const QFileInfo info(file.path);
    if (file.name.kind != Kind::Versioned || !info.fileName().startsWith(u'V'))
        return {};
    return info.dir().filePath(u'U' + info.fileName().sliced(1));
}

Result<Migration> read(const Project& project, const File& file, const QString& undo)
{
    const auto sum = checksumOf(project, file);
    if (!sum)
        return fail(sum.error());
    const FileName& name = file.name;
    return Migration{.version = identity(name.kind, name.version, name.description),
                     .name = name.description,
                     .folder = QFileInfo(file.path).fileName(),
                     .path = file.path,
                     .upPath = file.path,
                     .downPath = undo,
                     .downPlace = undoPlace(file),
                     .runInTransaction = runsInTransaction(project, file.path),
                     .revertInTransaction = undo.isEmpty() || runsInTransaction(project, undo),
                     .key = name.version,
                     .checksum = *sum,
                     .repeatable = name.kind == Kind::Repeatable,
                     .summary = name.kind == Kind::Baseline};
}

Result<> refuseTwins(const QList<Migration>& sorted)
{
    const auto twin = std::ranges::adjacent_find(sorted, {}, &Migration::version);
    if (twin == sorted.end())
        return {};
    return fail(ErrorKind::Conflict,
                Words::tr("Found more than one migration with version %1: %2 and %3.")
                    .arg(twin->version, twin->folder, std::next(twin)->folder),
                Words::tr("Rename one of the two files."));
}

QString nextVersion(const QList<Migration>& there, const QDateTime& now)
{
    constexpr qint64 smallestDate = 19'000'000;
    qint64 newest = 0;
    for (const Migration& migration : there) {
        if (!migration.repeatable && !migration.summary)
            newest = std::max(newest, migration.version.section(u'.', 0, 0).toLongLong());
    }
    return newest < smallestDate ? QString::number(newest + 1)
                                 : timestampBehind(QString::number(newest), now);
}

}  // namespace

QStringList callbacks(const Project& project)
{
    static const QRegularExpression event(QStringLiteral(
        "^(before|after)(Each)?(Migrate|Versioned|Repeatables|Undo|Connect|Validate|Info|Baseline|Clean|"
        "Repair|CreateSchema)\\w*$|^createSchema$"));
    QStringList found;
    const QStringList paths = allFiles(project);
    for (const QString& path : paths) {
        const QString name = QFileInfo(path).fileName();
        const QString base = name.chopped(4).section(QLatin1String("__"), 0, 0);
        if (name.endsWith(QLatin1String(".sql")) && event.match(base).hasMatch())
            found << name;
    }
    return found;
}

Result<QList<Migration>> list(const Project& project)
{
    if (!QFileInfo(project.directory).isDir())
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no migrations folder %1.").arg(project.directory));
    QList<File> files;
    QHash<QString, QString> undos;
    const QStringList paths = allFiles(project);
    for (const QString& path : paths) {
        const auto name = parseFileName(QFileInfo(path).fileName(), project);
        if (!name || besideOption(path, QStringLiteral("shouldExecute")) == QLatin1String("false"))
            continue;
        if (name->kind == Kind::Undo)
            undos.insert(identity(name->kind, name->version, {}), path);
        else
            files.append({path, *name});
    }
    QList<Migration> migrations;
    for (const File& file : std::as_const(files)) {
        const bool versioned = file.name.kind == Kind::Versioned;
        const QString undo =
            versioned ? undos.value(identity(file.name.kind, file.name.version, {})) : QString();
        auto migration = read(project, file, undo);
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    std::ranges::stable_sort(migrations, identityLess, &Migration::version);
    return refuseTwins(migrations).transform([&] { return migrations; });
}

Result<Script> script(const Project& project, const Migration& migration, Direction direction)
{
    const QString path = direction == Direction::Up ? migration.upPath : migration.downPath;
    const auto text = readText(project, path);
    if (!text)
        return fail(text.error());
    const Statements statements = statementsOf(*text, engineOf(project));
    if (statements.mixed && !isOn(project, QLatin1StringView("mixed"), false))
        return fail(
            ErrorKind::InvalidInput,
            Words::tr("%1: Detected both transactional and non-transactional statements within the same "
                      "migration (even though mixed is false).")
                .arg(QFileInfo(path).fileName()),
            Words::tr(
                "Put what cannot run in a transaction into a migration of its own, or set mixed=true."));
    return statements.script;
}

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = flyway::list(project);
    if (!there)
        return fail(there.error());
    const QString version = wanted.version.isEmpty() ? nextVersion(*there, wanted.now) : wanted.version;
    const QString rest =
        version + option(project, QLatin1StringView("sqlMigrationSeparator"), "__")
        + QString(wanted.name).replace(u' ', u'_')
        + option(project, QLatin1StringView("sqlMigrationSuffixes"), ".sql").section(u',', 0, 0);
    const QDir folder(project.directory);
    const QString name = option(project, QLatin1StringView("sqlMigrationPrefix"), "V") + rest;
    const auto parsed = parseFileName(name, project);
    const QString id = parsed ? identity(parsed->kind, parsed->version, parsed->description) : QString();
    if (!parsed || std::ranges::contains(*there, id, &Migration::version))
        return fail(ErrorKind::Conflict, Words::tr("The version %1 is taken or not a number.").arg(version));
    QList<NewFile> files{{.path = folder.filePath(name), .bytes = wanted.up}};
    if (wanted.withDown && !wanted.down.isEmpty()) {
        const QString undo = option(project, QLatin1StringView("undoSqlMigrationPrefix"), "U") + rest;
        files.append({.path = folder.filePath(undo), .bytes = wanted.down});
    }
    return writeMigration(project, files);
}

}  // namespace dewpoint::project::flyway
