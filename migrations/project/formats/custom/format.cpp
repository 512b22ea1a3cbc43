// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/custom/custom.h"
#include "project/numbered_files.h"
#include "project/states.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::custom {

namespace {

/// Paths from `folder`, exactly so many folders deep.
QStringList filesIn(const QDir& folder, qsizetype depth, const QString& prefix = {})
{
    QStringList paths;
    if (depth == 0) {
        for (const QString& name : folder.entryList(QDir::Files, QDir::Name))
            paths << prefix + name;
        return paths;
    }
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        paths += filesIn(QDir(folder.filePath(name)), depth - 1, prefix + name + u'/');
    return paths;
}

bool isNumber(const QString& text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool lessByVersion(const QString& left, const QString& right)
{
    return isNumber(left) && isNumber(right) ? numberLess(left, right) : versionLess(left, right);
}

Result<QList<Migration>> list(const Project& project)
{
    const QString files = project.settings.value(key::files);
    const auto pattern = filePattern(files);
    if (!pattern)
        return fail(pattern.error());
    if (!QFileInfo(project.directory).isDir())
        return fail(ErrorKind::NotFound, Words::tr("There is no folder %1.").arg(project.directory),
                    Words::tr("dewpoint.toml names it: [migrations] folder."));
    const bool reversible = project.settings.contains(key::down);
    QList<Migration> migrations;
    for (const QString& path : filesIn(QDir(project.directory), files.count(u'/'))) {
        const auto match = pattern->match(path);
        if (!match.hasMatch())
            continue;
        const QString full = QDir(project.directory).filePath(path);
        const QString name = match.captured(QStringLiteral("name"));
        migrations.append({.version = match.captured(QStringLiteral("version")),
                           .name = name.isEmpty() ? match.captured(QStringLiteral("version")) : name,
                           .folder = path,
                           .path = full,
                           .upPath = full,
                           .downPath = reversible ? full : QString()});
    }
    std::ranges::stable_sort(migrations, lessByVersion, &Migration::version);
    return refuseTwins(migrations).transform([&] { return migrations; });
}

std::unexpected<Error> refuseScript()
{
    return fail(ErrorKind::Unsupported,
                Words::tr("This project's migrations are programs: there is no SQL to see."),
                Words::tr("The commands of dewpoint.toml run them."));
}

Result<Script> script(const Project&, const Migration&, Direction)
{
    return refuseScript();
}

Result<Migration> generate(const Project&, const NewMigration&)
{
    return refuseScript();
}

Rules rules(const Project&)
{
    return {};
}

QList<MigrationState> states(const Project& project, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    const QStringList ignored = listOf(project, key::ignore);
    QList<ledger::AppliedRow> counted;
    for (const ledger::AppliedRow& row : rows) {
        if (ignored.contains(row.version))
            continue;
        // "0001" on disk is the 1 of a ledger of numbers.
        const auto same = std::ranges::find_if(files, [&](const Migration& file) {
            return file.version == row.version
                   || (isNumber(file.version) && isNumber(row.version)
                       && !numberLess(file.version, row.version) && !numberLess(row.version, file.version));
        });
        counted.append(row);
        if (same != files.end())
            counted.last().version = same->version;
    }
    return statesByVersion(files, counted, lessByVersion);
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("custom"),
                               .title = QLatin1StringView("dewpoint.toml"),
                               .usualPlace = QLatin1StringView(""),
                               .detect = detect,
                               .list = list,
                               .script = script,
                               .generate = generate,
                               .rules = rules,
                               .states = states,
                               .ledger = ledgerFormat(),
                               .command = commandFormat()};
    return format;
}

}  // namespace dewpoint::project::custom
