// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/sqlx/sqlx.h"
#include "project/new_file.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::sqlx {

namespace {

constexpr const char* simpleHead = "-- Add migration script here\n";
constexpr const char* upHead = "-- Add up migration script here\n";
constexpr const char* downHead = "-- Add down migration script here\n";

/// Counted over the up halves, as 0.8 does; 0.9.0 also counts the down halves and so never sees a
/// sequence of reversible ones.
bool isSequential(const Project& project, const QList<Migration>& there)
{
    const QString wanted = project.settings.value(keys::versioning);
    if (wanted == QLatin1String("timestamp") || wanted == QLatin1String("sequential"))
        return wanted == QLatin1String("sequential");
    if (there.isEmpty())
        return false;
    const qint64 last = there.last().version.toLongLong();
    if (there.size() == 1)
        return last == 0 || last == 1;
    return last - there[there.size() - 2].version.toLongLong() == 1;
}

Result<QString> nextVersion(const Project& project, const QList<Migration>& there, const NewMigration& wanted)
{
    const auto taken = [&](const QString& version) {
        return std::ranges::any_of(there, [&](const Migration& migration) {
            return migration.version.toLongLong() == version.toLongLong();
        });
    };
    if (!wanted.version.isEmpty()) {
        bool valid = false;
        (void)wanted.version.toLongLong(&valid);
        if (!valid)
            return fail(ErrorKind::InvalidInput, Words::tr("A version of SQLx is a number, e.g. 0001."));
        if (taken(wanted.version))
            return fail(ErrorKind::Conflict,
                        Words::tr("There is a migration with version %1.").arg(wanted.version));
        return wanted.version;
    }
    if (isSequential(project, there)) {
        const qint64 next = there.isEmpty() ? 1 : there.last().version.toLongLong() + 1;
        return QStringLiteral("%1").arg(next, 4, 10, QLatin1Char('0'));
    }
    QDateTime time = wanted.now;
    while (taken(timestamp(time)))
        time = time.addSecs(1);  // two within one second
    return timestamp(time);
}

/// As those that are there; the first one of a project can be taken back.
bool isReversible(const Project& project, const QList<Migration>& there, const NewMigration& wanted)
{
    if (!wanted.withDown)
        return false;
    if (!wanted.down.isEmpty())
        return true;
    const QString type = project.settings.value(keys::migrationType);
    if (type == QLatin1String("simple") || type == QLatin1String("reversible"))
        return type == QLatin1String("reversible");
    return there.isEmpty() || there.last().reversible();
}

/// The directive counts only at the very top.
QByteArray headed(const char* head, const QByteArray& text)
{
    return text.startsWith("-- no-transaction") ? text : head + text;
}

}  // namespace

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = sqlx::list(project);
    if (!there)
        return fail(there.error());
    const auto version = nextVersion(project, *there, wanted);
    if (!version)
        return fail(version.error());
    const bool reversible = isReversible(project, *there, wanted);
    const QString base =
        QDir(project.directory).absoluteFilePath(*version + u'_' + QString(wanted.name).replace(u' ', u'_'));
    QList<NewFile> files{{.path = base + (reversible ? QStringLiteral(".up.sql") : QStringLiteral(".sql")),
                          .bytes = headed(reversible ? upHead : simpleHead, wanted.up)}};
    if (reversible)
        files.append({.path = base + QStringLiteral(".down.sql"), .bytes = headed(downHead, wanted.down)});
    return writeMigration(project, files);
}

}  // namespace dewpoint::project::sqlx
