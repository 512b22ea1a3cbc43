// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/sqlx/sqlx.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace dewpoint::project::sqlx {

namespace {

constexpr QLatin1StringView upSuffix(".up.sql");
constexpr QLatin1StringView downSuffix(".down.sql");
constexpr QLatin1StringView simpleSuffix(".sql");

struct Found {
    FileName name;
    QString path;
};

Result<QList<Found>> scan(const QString& directory)
{
    const QFileInfo info(directory);
    if (!info.isDir())
        return fail(ErrorKind::NotFound, Words::tr("There is no migrations folder %1.").arg(directory));
    if (!info.isReadable())
        return fail(ErrorKind::Permission,
                    Words::tr("The migrations folder %1 cannot be read.").arg(directory));
    QList<Found> found;
    // Links that lead nowhere are neither files nor folders, but "System".
    for (const QFileInfo& file :
         QDir(directory).entryInfoList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name)) {
        if (file.isSymLink() && !file.exists())
            return fail(ErrorKind::File,
                        Words::tr("error getting metadata of migration path %1").arg(file.absoluteFilePath()),
                        Words::tr("The link leads nowhere, and SQLx refuses the whole folder while it is "
                                  "there; remove it."));
        if (!file.isFile())
            continue;
        const auto name = parseFileName(file.fileName());
        if (!name)
            return fail(name.error());
        if (*name)
            found.append({**name, file.absoluteFilePath()});
    }
    return found;
}

Result<> refuseTwin(const QString& one, const QString& two, const QString& version)
{
    return fail(ErrorKind::Conflict,
                Words::tr("%1 and %2 have the same version %3.")
                    .arg(QFileInfo(one).fileName(), QFileInfo(two).fileName(), version),
                Words::tr("Rename one of the two files."));
}

/// The directive counts only as the file's very first bytes.
bool inTransaction(const QByteArray& text)
{
    return !text.startsWith("-- no-transaction");
}

QString pairedWith(const QString& upPath)
{
    return upPath.chopped(upSuffix.size()) + downSuffix;
}

Result<Migration> read(const Found& up, const QString& downPath, const QString& ignoredChars)
{
    const auto text = readUtf8(up.path);
    if (!text)
        return fail(text.error());
    const auto down = downPath.isEmpty() ? Result<QByteArray>() : readUtf8(downPath);
    if (!down)
        return fail(down.error());
    return Migration{.version = up.name.version,
                     .name = up.name.description,
                     .folder = QFileInfo(up.path).fileName(),
                     .path = up.path,
                     .upPath = up.path,
                     .downPath = downPath,
                     .downPlace = up.name.kind == FileName::Kind::Up ? pairedWith(up.path) : QString(),
                     .runInTransaction = inTransaction(*text),
                     .revertInTransaction = inTransaction(*down),
                     .checksum = checksum(*text, ignoredChars)};
}

}  // namespace

Result<std::optional<FileName>> parseFileName(const QString& name)
{
    const qsizetype underscore = name.indexOf(u'_');
    if (underscore < 0 || !name.sliced(underscore).endsWith(simpleSuffix))
        return std::nullopt;
    bool valid = false;
    const qint64 version = name.first(underscore).toLongLong(&valid);
    if (!valid)
        return fail(ErrorKind::File,
                    Words::tr("error parsing migration filename %1; expected integer version prefix (e.g. "
                              "01_foo.sql)")
                        .arg(name),
                    Words::tr("SQLx refuses the whole folder while it is there; rename it or move it away."));
    FileName result{.version = QString::number(version)};
    QString rest = name.sliced(underscore + 1);
    QLatin1StringView suffix = simpleSuffix;
    if (rest.endsWith(upSuffix)) {
        result.kind = FileName::Kind::Up;
        suffix = upSuffix;
    } else if (rest.endsWith(downSuffix)) {
        result.kind = FileName::Kind::Down;
        suffix = downSuffix;
    }
    while (rest.endsWith(suffix))
        rest.chop(suffix.size());
    result.description = rest.replace(u'_', u' ');
    return result;
}

QString checksum(const QByteArray& text, const QString& ignoredChars)
{
    QByteArray hashed = text;
    for (const QChar ignored : ignoredChars)
        hashed.replace(QString(ignored).toUtf8(), QByteArray());
    return QString::fromLatin1(QCryptographicHash::hash(hashed, QCryptographicHash::Sha384).toHex());
}

Result<QList<Migration>> list(const Project& project)
{
    const auto found = scan(project.directory);
    if (!found)
        return fail(found.error());
    QHash<QString, QString> ups;
    QHash<QString, QString> downs;
    for (const Found& file : *found) {
        auto& paths = file.name.kind == FileName::Kind::Down ? downs : ups;
        if (const QString twin = paths.value(file.name.version); !twin.isEmpty())
            return fail(refuseTwin(twin, file.path, file.name.version).error());
        paths.insert(file.name.version, file.path);
    }
    const QString ignored = project.settings.value(keys::ignoredChars);
    QList<Migration> migrations;
    for (const Found& file : *found) {
        if (file.name.kind == FileName::Kind::Down)
            continue;
        auto migration = read(file, downs.value(file.name.version), ignored);
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    std::ranges::stable_sort(migrations, numberLess, &Migration::version);
    return migrations;
}

}  // namespace dewpoint::project::sqlx
