// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/dbmate/dbmate.h"
#include "project/new_file.h"

#include <QDir>

#include <algorithm>

namespace dewpoint::project::dbmate {

namespace {

QByteArray lineEnded(QByteArray text)
{
    if (!text.isEmpty() && !text.endsWith('\n'))
        text += '\n';
    return text;
}

/// Empty, these are dbmate's own 33 bytes.
QByteArray contents(const NewMigration& wanted)
{
    return "-- migrate:up\n" + (wanted.up.isEmpty() ? QByteArray("\n") : lineEnded(wanted.up))
           + "\n-- migrate:down\n" + (wanted.down.isEmpty() ? QByteArray("\n") : lineEnded(wanted.down));
}

}  // namespace

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = dbmate::list(project);
    if (!there)
        return fail(there.error());
    const auto taken = [&](const QString& version) {
        return std::ranges::contains(*there, version, &Migration::version);
    };
    QDateTime time = wanted.now;
    while (wanted.version.isEmpty() && taken(timestamp(time)))
        time = time.addSecs(1);
    const QString version = wanted.version.isEmpty() ? timestamp(time) : wanted.version;
    if (taken(version) || !std::ranges::all_of(version, [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return fail(ErrorKind::Conflict, Words::tr("The version %1 is taken or not a number.").arg(version));
    const QString name = version + u'_' + wanted.name + QStringLiteral(".sql");
    return writeMigration(project,
                          {{.path = QDir(project.directory).filePath(name), .bytes = contents(wanted)}});
}

}  // namespace dewpoint::project::dbmate
