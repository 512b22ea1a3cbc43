// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/goose/goose.h"
#include "project/new_file.h"
#include "project/numbered_files.h"
#include "project/places.h"
#include "sql/statements.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::goose {

namespace {

const QRegularExpression& grammar()
{
    static const QRegularExpression pattern(QStringLiteral("^([^_]+)_(.*)\\.(sql|go)$"));
    return pattern;
}

bool isAnnotated(const QString& path)
{
    static const QRegularExpression up(QStringLiteral("^--\\s*\\+goose\\s+Up\\s*$"),
                                       QRegularExpression::MultilineOption
                                           | QRegularExpression::CaseInsensitiveOption);
    const auto text = readHead(path);
    return text && up.match(QString::fromUtf8(*text)).hasMatch();
}

Result<std::optional<Migration>> read(const NumberedFile& file)
{
    const QString name = QFileInfo(file.path).fileName();
    const bool isSql = file.match.captured(3) == QLatin1String("sql");
    bool valid = false;
    const qint64 version = file.match.captured(1).toLongLong(&valid);
    if (!valid || version < 1) {
        if (!isSql)
            return std::nullopt;  // any Go source
        return fail(
            ErrorKind::File,
            Words::tr("could not parse SQL migration file %1: its name needs a version from 1 up").arg(name));
    }
    Migration migration{.version = QString::number(version),
                        .name = file.match.captured(2),
                        .folder = name,
                        .path = file.path,
                        .upPath = file.path};
    const auto text = isSql ? readScript(file.path) : Result<QByteArray>();
    if (!text)
        return fail(text.error());
    if (const auto parsed = parse(*text); isSql && parsed) {
        migration.downPath = parsed->hasDown ? file.path : QString();
        migration.runInTransaction = parsed->inTransaction;
        migration.revertInTransaction = parsed->inTransaction;
    }
    return migration;
}

/// As goose's create: addColumn becomes add_column.
QString snakeCase(QString name)
{
    static const QRegularExpression wordStart(QStringLiteral("(.)([A-Z][a-z]+)"));
    static const QRegularExpression capitalStart(QStringLiteral("([a-z0-9])([A-Z])"));
    name.replace(wordStart, QStringLiteral("\\1_\\2"));
    name.replace(capitalStart, QStringLiteral("\\1_\\2"));
    return name.replace(u' ', u'_').toLower();
}

/// A statement with semicolons of its own would be cut at them, so it is fenced in.
QByteArray fenced(const QByteArray& script, std::optional<Engine> engine)
{
    const QString text = QString::fromUtf8(script);
    // A body is kept whole by the rules of its own engine alone.
    const auto sqlite = sql::split(text, Engine::Sqlite);
    const auto postgres = sql::split(text, Engine::Postgres);
    const bool isSqlite = engine ? *engine == Engine::Sqlite : sqlite.size() < postgres.size();
    QByteArray result;
    for (const auto& statement : isSqlite ? sqlite : postgres) {
        const QString one = text.mid(statement.start, statement.length);
        result += one.contains(u';')
                      ? "-- +goose StatementBegin\n" + one.toUtf8() + ";\n-- +goose StatementEnd\n"
                      : one.toUtf8() + ";\n";
    }
    return result;
}

std::optional<Engine> engineOf(const QString& driver)
{
    if (driver == QLatin1String("postgres") || driver == QLatin1String("pgx"))
        return Engine::Postgres;
    if (driver == QLatin1String("sqlite3") || driver == QLatin1String("sqlite"))
        return Engine::Sqlite;
    return std::nullopt;
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    const Setting named = setting(*folder, environment, QStringLiteral("GOOSE_MIGRATION_DIR"));
    Project project{.tool = format().id, .evidence = Evidence::Own};
    project.directory = named.isEmpty() ? findNumberedFolder(*folder, isAnnotated) : named.path();
    if (project.directory.isEmpty())
        return std::nullopt;
    project.root = named.isEmpty() ? rootAbove(project.directory) : *folder;
    const auto ofRoot = [&](const QString& variable) {
        return setting(project.root, environment, variable).value;
    };
    if (const QString table = ofRoot(QStringLiteral("GOOSE_TABLE")); !table.isEmpty())
        project.settings.insert(keys::table, table);
    project.engine = engineOf(ofRoot(QStringLiteral("GOOSE_DRIVER")));
    const QString variable = ofRoot(QStringLiteral("GOOSE_DBSTRING")).isEmpty()
                                 ? QStringLiteral("DATABASE_URL")
                                 : QStringLiteral("GOOSE_DBSTRING");
    if (auto found = findDatabase(project.root, environment, variable, project); !found)
        return fail(found.error());
    return project;
}

Result<QList<Migration>> list(const Project& project)
{
    const auto files = numberedFiles(project.directory, grammar());
    if (!files)
        return fail(files.error());
    for (const QString& name :
         QDir(project.directory)
             .entryList({QStringLiteral("*.sql")}, QDir::Files | QDir::Hidden | QDir::CaseSensitive)) {
        if (!name.contains(u'_'))
            return fail(
                ErrorKind::File,
                Words::tr("could not parse SQL migration file %1: no filename separator '_' found").arg(name),
                Words::tr("goose refuses the whole folder while it is there; rename it or move it "
                          "away."));
    }
    QList<Migration> migrations;
    for (const NumberedFile& file : *files) {
        auto migration = read(file);
        if (!migration)
            return fail(migration.error());
        if (*migration)
            migrations.append(**std::move(migration));
    }
    std::ranges::stable_sort(migrations, numberLess, &Migration::version);
    return refuseTwins(migrations).transform([&] { return migrations; });
}

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = goose::list(project);
    if (!there)
        return fail(there.error());
    const QString version = wanted.version.isEmpty() ? nextVersion(*there, wanted.now, 5) : wanted.version;
    if (version.toLongLong() < 1 || isTaken(*there, version))
        return fail(ErrorKind::Conflict, Words::tr("The version %1 is taken or not a number.").arg(version));
    const bool empty = wanted.up.isEmpty() && wanted.down.isEmpty();
    QByteArray text =
        "-- +goose Up\n" + (empty ? "SELECT 'up SQL query';\n" : fenced(wanted.up, project.engine));
    if (wanted.withDown)
        text += "\n-- +goose Down\n"
                + (empty ? "SELECT 'down SQL query';\n" : fenced(wanted.down, project.engine));
    const QString path =
        QDir(project.directory).filePath(version + u'_' + snakeCase(wanted.name) + QStringLiteral(".sql"));
    return writeMigration(project, {{.path = path, .bytes = text}});
}

}  // namespace dewpoint::project::goose
