// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/migration.h"

#include "project/formats/diesel/diesel.h"

#include <QCoreApplication>
#include <QFile>

namespace dewpoint::project {

Result<QList<Migration>> list(const Project& project)
{
    switch (project.tool) {
    case Tool::Diesel: return diesel::list(project.directory);
    }
    Q_UNREACHABLE_RETURN({});
}

QString normalisedVersion(const QString& text)
{
    return text.section(u'_', 0, 0).remove(u'-');
}

bool versionLess(const QString& left, const QString& right)
{
    return left.toUtf8() < right.toUtf8();
}

Result<QByteArray> readScript(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(
            ErrorKind::File,
            QCoreApplication::translate("dewpoint", "%1 cannot be read: %2").arg(path, file.errorString()));
    }
    return file.readAll();
}

}  // namespace dewpoint::project
