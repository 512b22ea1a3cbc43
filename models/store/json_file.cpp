// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/json_file.h"

#include "base/words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

namespace dewpoint::store {

namespace {

constexpr auto ownersFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr auto ownersFolder = ownersFile | QFile::ExeOwner;

}  // namespace

QString stateFolder()
{
    const QString chosen = qEnvironmentVariable("DEWPOINT_STATE_DIR");
    const QString folder =
        chosen.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : chosen;
    // A chosen folder that was there before may hold other things, too.
    const bool ours = chosen.isEmpty() || !QDir(folder).exists();
    if (QDir().mkpath(folder) && ours)
        QFile::setPermissions(folder, ownersFolder);
    return folder;
}

QString stateFolder(const QString& name)
{
    const QString folder = stateFolder() + QLatin1Char('/') + name;
    if (QDir().mkpath(folder))
        QFile::setPermissions(folder, ownersFolder);
    return folder;
}

Result<QJsonObject> readJson(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return QJsonObject{};
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::File, Words::tr("%1 cannot be read.").arg(path), file.errorString());
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (document.isObject())
        return document.object();
    // Out of the way of the next writeJson(): somebody may still want to look into it.
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside);
    file.close();
    QFile::rename(path, aside);
    return fail(ErrorKind::File, Words::tr("%1 is damaged; it was kept as %2.").arg(path, aside),
                problem.errorString());
}

QString canonicalFolder(const QString& folder)
{
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    return canonical.isEmpty() ? QFileInfo(folder).absoluteFilePath() : canonical;
}

Result<> writeJson(const QString& path, const QJsonObject& object)
{
    QSaveFile file(path);
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Indented);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownersFile)
        || file.write(text) != text.size() || !file.commit())
        return fail(ErrorKind::File, Words::tr("%1 cannot be written.").arg(path), file.errorString());
    return {};
}

}  // namespace dewpoint::store
