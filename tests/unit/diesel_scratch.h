// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/project_scratch.h"

namespace dewpoint::test {

/// A Diesel-layout project in a folder of its own, and a fresh database of either engine.
class DieselScratch final : public ProjectScratch
{
public:
    explicit DieselScratch(Engine engine) : ProjectScratch(engine)
    {
        write(QStringLiteral("diesel.toml"), "[migrations_directory]\ndir = \"migrations\"\n");
        QDir(path()).mkpath(QStringLiteral("migrations"));
    }

    void migration(const QString& folder, const QByteArray& up, const QByteArray& down = {}) const
    {
        const QString base = QStringLiteral("migrations/") + folder;
        write(base + QStringLiteral("/up.sql"), up);
        if (!down.isEmpty())
            write(base + QStringLiteral("/down.sql"), down);
    }
};

}  // namespace dewpoint::test
