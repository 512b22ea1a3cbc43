// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/schema_source.h"

#include "base/words.h"
#include "store/connections.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

using Kind = SchemaSource::Kind;

constexpr std::array kindNames{std::pair(Kind::ThisDatabase, "this"_L1),
                               std::pair(Kind::OtherDatabase, "database"_L1), std::pair(Kind::Sql, "sql"_L1),
                               std::pair(Kind::Migrations, "migrations"_L1),
                               std::pair(Kind::Empty, "empty"_L1)};

/// One that was open before keeps what is known of it beside the address.
Result<drivers::Target> targetOf(const QString& address)
{
    const QList<store::SavedConnection> known = store::recentConnections();
    const auto found = std::ranges::find_if(known, [&](const store::SavedConnection& connection) {
        return store::shownLocation(connection.target) == address;
    });
    return found != known.end() ? Result<drivers::Target>(found->target) : drivers::parseTarget(address);
}

}  // namespace

QString titleOf(Kind kind)
{
    switch (kind) {
    case Kind::ThisDatabase: return Words::tr("This database");
    case Kind::OtherDatabase: return Words::tr("Another database");
    case Kind::Sql: return Words::tr("SQL or snapshot file");
    case Kind::Migrations: return Words::tr("The project's migrations");
    case Kind::Empty: return Words::tr("An empty schema");
    }
    std::unreachable();
}

QString titleOf(const SchemaSource& source, const drivers::Target& own)
{
    switch (source.kind) {
    case Kind::ThisDatabase: return own.displayName();
    case Kind::OtherDatabase: {
        const auto target = targetOf(source.text.trimmed());
        return target ? target->displayName() : Words::tr("the other database");
    }
    case Kind::Sql: return QFileInfo(source.text.trimmed()).fileName();
    case Kind::Migrations:
        return source.text.isEmpty() ? Words::tr("the migrations")
                                     : Words::tr("the migrations up to %1").arg(source.text);
    case Kind::Empty: return Words::tr("an empty schema");
    }
    std::unreachable();
}

Result<shadow::Side> sideOf(const SchemaSource& source, const drivers::Target& own)
{
    const QString text = source.text.trimmed();
    using Side = shadow::Side;
    switch (source.kind) {
    case Kind::ThisDatabase: return Side{.kind = Side::Kind::Database, .target = own};
    case Kind::OtherDatabase:
        if (text.isEmpty())
            return fail(ErrorKind::InvalidInput, Words::tr("No database was named."),
                        Words::tr("Choose one of the list, or type a file or an address."));
        return targetOf(text).transform([&](drivers::Target target) {
            if (!source.password.isEmpty())
                target.password = source.password;
            return Side{.kind = Side::Kind::Database, .target = std::move(target)};
        });
    case Kind::Sql:
        if (text.isEmpty())
            return fail(ErrorKind::InvalidInput, Words::tr("No file was named."),
                        Words::tr("Choose a SQL file, a folder whose .sql files run in the order of their "
                                  "names, or a snapshot of Drizzle."));
        if (!QFileInfo::exists(text))
            return fail(ErrorKind::File, Words::tr("There is no %1.").arg(text),
                        Words::tr("Choose the file or folder anew."));
        return shadow::sideOfFile(text);
    case Kind::Migrations: return Side{.kind = Side::Kind::Migrations, .version = source.text};
    case Kind::Empty: return Side{.kind = Side::Kind::Empty};
    }
    std::unreachable();
}

QString wayOut(Kind kind, const Error& error)
{
    if (!error.hint.isEmpty())
        return error.hint;
    const bool isAway = error.kind == ErrorKind::Connection;
    switch (kind) {
    case Kind::ThisDatabase:
    case Kind::Empty:
        return isAway ? Words::tr("Once its server answers again, compare again.")
                      : Words::tr("Put that right, then compare again.");
    case Kind::OtherDatabase:
        return error.kind == ErrorKind::Authentication
                   ? Words::tr("Type its password here and press Return.")
                   : Words::tr("Put the address right, or see that it can be reached; then compare again.");
    case Kind::Sql: return Words::tr("Put the file right or choose another one, then compare again.");
    case Kind::Migrations:
        return Words::tr("Put the migrations right or choose an earlier one, then compare again.");
    }
    std::unreachable();
}

QJsonObject toJson(const SchemaSource& source)
{
    const auto kind = std::ranges::find(kindNames, source.kind, &decltype(kindNames)::value_type::first);
    QString text = source.text;
    if (source.kind == Kind::OtherDatabase) {
        const auto target = targetOf(text.trimmed());
        text = target ? store::shownLocation(*target) : QString();
    }
    return {{u"kind"_s, QString(kind->second)}, {u"text"_s, text}};
}

SchemaSource schemaSourceFrom(const QJsonObject& object)
{
    const QString name = object[u"kind"_s].toString();
    const auto kind = std::ranges::find(kindNames, name, &decltype(kindNames)::value_type::second);
    return {.kind = kind == kindNames.end() ? Kind::ThisDatabase : kind->first,
            .text = object[u"text"_s].toString(),
            .password = {}};
}

}  // namespace dewpoint::migrate
