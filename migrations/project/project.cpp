// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/project.h"

#include "project/formats/diesel/diesel.h"

#include <QCoreApplication>
#include <QDir>

namespace dewpoint::project {

QString toolName(Tool tool)
{
    switch (tool) {
    case Tool::Diesel: return QStringLiteral("diesel");
    }
    Q_UNREACHABLE_RETURN({});
}

Result<std::optional<Project>> detect(const QString& folder, const Environment& environment)
{
    return diesel::detect(folder, environment);
}

Result<drivers::Target> databaseTarget(const Project& project)
{
    if (project.databaseUrl.isEmpty()) {
        return fail(
            ErrorKind::InvalidInput,
            QCoreApplication::translate("dewpoint", "The project names no database."),
            QCoreApplication::translate("dewpoint", "Set DATABASE_URL, in the environment or in .env."));
    }
    auto target = drivers::parseTarget(project.databaseUrl);
    if (target && target->engine == Engine::Sqlite && target->location != QLatin1String(":memory:"))
        target->location = QDir::cleanPath(QDir(project.databaseUrlBase).absoluteFilePath(target->location));
    return target;
}

}  // namespace dewpoint::project
