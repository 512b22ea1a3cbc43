// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/conninfo.h"
#include "project/formats/dbmate/dbmate.h"
#include "project/side_files.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::project::dbmate {

namespace {

using drivers::Connection;

/// The first lines name versions of programs, which differ from machine to machine: dbmate takes comments
/// and empty lines off the top.
QByteArray withoutLeadingComments(const QByteArray& text)
{
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype end = text.indexOf('\n', at);
        const QByteArray line = text.sliced(at, (end < 0 ? text.size() : end) - at).trimmed();
        if (!line.isEmpty() && !line.startsWith("--"))
            break;
        at = end < 0 ? text.size() : end + 1;
    }
    return text.sliced(at);
}

QString tableName(const ledger::Table& table, Engine engine)
{
    if (engine == Engine::Sqlite)
        return sql::quoted(table.name);
    const QString name = sql::quotedIfNeeded(table.name, engine);
    return table.schema.isEmpty() ? name : sql::quotedIfNeeded(table.schema, engine) + u'.' + name;
}

Result<QStringList> versions(Connection& connection, const QString& table)
{
    return connection.query(u"select version from %1 order by version"_s.arg(table))
        .transform([](const RowBatch& batch) {
            QStringList list;
            for (int row = 0; row < batch.rowCount(); ++row)
                list << sqlLiteral(batch.at(row, 0));
            return list;
        });
}

/// The ledger's rows, so that a database loaded from the file knows what is applied.
QByteArray ledgerRows(const QString& table, const QStringList& versions, Engine engine)
{
    const bool postgres = engine == Engine::Postgres;
    const QString indent = postgres ? u"    "_s : u"  "_s;
    QString text =
        postgres ? u"\n--\n-- Dbmate schema migrations\n--\n\n"_s : u"-- Dbmate schema migrations\n"_s;
    if (!versions.isEmpty()) {
        text += u"INSERT INTO %1 (version) VALUES\n%2(%3);\n"_s.arg(table, indent,
                                                                    versions.join(u"),\n"_s + indent + u'('));
    }
    return text.toUtf8();
}

QString passwordOf(const drivers::Target& target)
{
    const auto pairs = drivers::parseConninfo(target.location);
    const auto found = pairs ? std::ranges::find(*pairs, u"password"_s, &std::pair<QString, QString>::first)
                             : QList<std::pair<QString, QString>>::const_iterator();
    return pairs && found != pairs->end() ? found->second : target.password;
}

Result<QByteArray> dumpPostgres(Connection& connection)
{
    QStringList arguments{u"--format=plain"_s, u"--encoding=UTF8"_s, u"--schema-only"_s, u"--no-privileges"_s,
                          u"--no-owner"_s};
    const auto help = outputOf(u"pg_dump"_s, {u"--help"_s});
    if (!help)
        return fail(help.error());
    if (help->contains("--restrict-key"))  // random otherwise, and the file would never be the same
        arguments << u"--restrict-key=dbmate"_s;
    const auto database = connection.scalar(u"SELECT current_database()"_s);
    if (!database)
        return fail(database.error());
    const auto conninfo = drivers::conninfoWithDatabase(connection.target().location, displayText(*database));
    if (!conninfo)
        return fail(conninfo.error());
    arguments << u"--dbname=%1"_s.arg(drivers::withoutPassword(*conninfo));
    Environment more;  // arguments are seen by everyone on the machine
    if (const QString password = passwordOf(connection.target()); !password.isEmpty())
        more.insert(u"PGPASSWORD"_s, password);
    return outputOf(u"pg_dump"_s, arguments, more);
}

}  // namespace

Result<QStringList> writeSchemaFile(Connection& connection, const Project& project)
{
    QStringList written;
    const bool inMemory = connection.target().location == u":memory:";
    if (project.schemaFile.isEmpty() || inMemory)
        return written;
    const Engine engine = connection.engine();
    const auto dump = engine == Engine::Postgres
                          ? dumpPostgres(connection)
                          : outputOf(u"sqlite3"_s, {connection.target().location, u".schema --nosys"_s});
    if (!dump)
        return fail(dump.error());
    ledger::Table table = ledgerFormat().table(project, engine);
    if (engine == Engine::Postgres && table.schema.isEmpty()) {
        const auto schema = connection.scalar(u"SELECT current_schema()"_s);
        if (!schema)
            return fail(schema.error());
        table.schema = displayText(*schema);
    }
    const QString name = tableName(table, engine);
    const auto rows = versions(connection, name);
    if (!rows)
        return fail(rows.error());
    const QByteArray text = withoutLeadingComments(*dump + ledgerRows(name, *rows, engine));
    if (auto updated = updateFile(project.schemaFile, text, written); !updated)
        return fail(updated.error());
    return written;
}

}  // namespace dewpoint::project::dbmate
