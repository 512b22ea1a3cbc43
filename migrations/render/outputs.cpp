// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/outputs.h"

#include "render/dbml.h"
#include "render/diesel/diesel.h"
#include "render/drizzle/drizzle.h"
#include "render/mermaid.h"
#include "render/prisma.h"
#include "render/seaorm.h"
#include "render/sql.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

namespace {

using Files = Result<QList<File>>;

Files sqlFiles(const schema::Database& database)
{
    return QList{File{u"schema.sql"_s, sql(database)}};
}

Files dieselFiles(const schema::Database& database)
{
    return diesel(database).transform([](const QString& text) { return QList{File{u"schema.rs"_s, text}}; });
}

Files drizzleFiles(const schema::Database& database)
{
    return QList{File{u"schema.ts"_s, drizzleSchema(database)},
                 File{u"relations.ts"_s, drizzleRelations(database)}};
}

/// The relations of 1.0 are the application's own affair: no tool reads them.
Files drizzleOneFiles(const schema::Database& database)
{
    return QList{File{u"schema.ts"_s, drizzleSchema(database, DrizzleRelease::One)}};
}

Files seaOrmFiles(const schema::Database& database)
{
    return seaOrm(database);
}

Files prismaFiles(const schema::Database& database)
{
    return QList{File{u"schema.prisma"_s, prisma(database)}};
}

Files dbmlFiles(const schema::Database& database)
{
    return QList{File{u"schema.dbml"_s, dbml(database)}};
}

Files mermaidFiles(const schema::Database& database)
{
    return QList{File{u"schema.mmd"_s, mermaid(database)}};
}

}  // namespace

const QList<Output>& outputs()
{
    static const QList<Output> all{
        {"sql"_L1, sqlFiles, "--"_L1},         {"diesel"_L1, dieselFiles, "//"_L1},
        {"drizzle"_L1, drizzleFiles, "//"_L1}, {"drizzle-1"_L1, drizzleOneFiles, "//"_L1},
        {"sea-orm"_L1, seaOrmFiles, "//"_L1},  {"prisma"_L1, prismaFiles, "//"_L1},
        {"dbml"_L1, dbmlFiles, "//"_L1},       {"mermaid"_L1, mermaidFiles, "%%"_L1}};
    return all;
}

const Output* outputNamed(const QString& name)
{
    const auto found =
        std::ranges::find_if(outputs(), [&](const Output& output) { return output.name == name; });
    return found == outputs().end() ? nullptr : &*found;
}

QString joined(const QList<File>& files, const Output& output)
{
    if (files.size() == 1)
        return files.constFirst().text;
    QString text;
    for (const File& file : files) {
        if (!text.isEmpty())
            text += u'\n';
        text += u"%1 ---- %2 ----\n"_s.arg(output.comment, file.name) + file.text;
    }
    return text;
}

}  // namespace dewpoint::render
