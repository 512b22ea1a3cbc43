// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/format.h"

#include "project/formats/atlas/atlas.h"
#include "project/formats/custom/custom.h"
#include "project/formats/dbmate/dbmate.h"
#include "project/formats/diesel/diesel.h"
#include "project/formats/drizzle/drizzle.h"
#include "project/formats/flyway/flyway.h"
#include "project/formats/golang_migrate/golang_migrate.h"
#include "project/formats/goose/goose.h"
#include "project/formats/plain/plain.h"
#include "project/formats/prisma/prisma.h"
#include "project/formats/refinery/refinery.h"
#include "project/formats/seaorm/seaorm.h"
#include "project/formats/sqlx/sqlx.h"

#include <algorithm>

namespace dewpoint::project {

const QList<const Format*>& formats()
{
    static const QList<const Format*> all{&custom::format(), &diesel::format(),   &sqlx::format(),
                                          &seaorm::format(), &drizzle::format(),  &dbmate::format(),
                                          &prisma::format(), &refinery::format(), &flyway::format(),
                                          &atlas::format(),  &goose::format(),    &golang_migrate::format(),
                                          &plain::format()};
    return all;
}

const Format* formatNamed(const QString& id)
{
    const auto found = std::ranges::find(formats(), id, [](const Format* format) { return format->id; });
    return found == formats().end() ? nullptr : *found;
}

const Format& formatOf(const Project& project)
{
    const Format* format = formatNamed(project.tool);
    Q_ASSERT_X(format, "formatOf", "a project that no format detected");
    return *format;
}

}  // namespace dewpoint::project
