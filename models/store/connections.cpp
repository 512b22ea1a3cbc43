// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/connections.h"

#include "drivers/conninfo.h"
#include "store/json_file.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace dewpoint::store {

namespace {

constexpr qsizetype mostRemembered = 20;

QString file()
{
    return stateFolder() + QStringLiteral("/connections.json");
}

bool sameDatabase(const drivers::Target& a, const drivers::Target& b)
{
    return a.engine == b.engine
           && drivers::withoutPassword(a.location) == drivers::withoutPassword(b.location);
}

QJsonObject optionsJson(const QMap<QString, QString>& options)
{
    QJsonObject json;
    for (const auto& [name, value] : options.asKeyValueRange())
        json.insert(name, value);
    return json;
}

QMap<QString, QString> optionsFromJson(const QJsonObject& json)
{
    QMap<QString, QString> options;
    for (auto option = json.begin(); option != json.end(); ++option)
        options.insert(option.key(), option.value().toString());
    return options;
}

Result<> write(const QList<SavedConnection>& connections)
{
    QJsonArray array;
    for (const SavedConnection& connection : connections)
        array.append(toJson(connection));
    return writeJson(file(), {{QStringLiteral("connections"), array}});
}

}  // namespace

bool mayMakeScratch(const SavedConnection& connection)
{
    return connection.target.engine == Engine::Sqlite
           || (connection.target.guard != drivers::Guard::ReadOnly
               && connection.environment != Environment::Production);
}

QString shownLocation(const drivers::Target& target)
{
    return target.engine == Engine::Sqlite ? target.location : drivers::withoutPassword(target.location);
}

QJsonObject toJson(const SavedConnection& connection)
{
    return {
        {QStringLiteral("engine"), static_cast<int>(connection.target.engine)},
        {QStringLiteral("location"), drivers::withoutPassword(connection.target.location)},
        {QStringLiteral("toolOptions"), optionsJson(connection.target.toolOptions)},
        {QStringLiteral("guard"), static_cast<int>(connection.usualGuard.value_or(connection.target.guard))},
        {QStringLiteral("environment"), static_cast<int>(connection.environment)},
        {QStringLiteral("project"), connection.projectFolder},
        {QStringLiteral("tool"), connection.projectTool},
        {QStringLiteral("lastUsed"), connection.lastUsed.toString(Qt::ISODate)}};
}

SavedConnection connectionFromJson(const QJsonObject& object)
{
    SavedConnection connection;
    connection.target.engine = static_cast<Engine>(object[QStringLiteral("engine")].toInt());
    connection.target.location = object[QStringLiteral("location")].toString();
    connection.target.toolOptions = optionsFromJson(object[QStringLiteral("toolOptions")].toObject());
    connection.target.guard = static_cast<drivers::Guard>(object[QStringLiteral("guard")].toInt());
    connection.environment = static_cast<Environment>(object[QStringLiteral("environment")].toInt());
    connection.projectFolder = object[QStringLiteral("project")].toString();
    connection.projectTool = object[QStringLiteral("tool")].toString();
    connection.lastUsed = QDateTime::fromString(object[QStringLiteral("lastUsed")].toString(), Qt::ISODate);
    return connection;
}

QList<SavedConnection> recentConnections()
{
    QList<SavedConnection> connections;
    const auto object = readJson(file());
    if (!object)
        return connections;
    for (const auto value : (*object)[QStringLiteral("connections")].toArray())
        connections.append(connectionFromJson(value.toObject()));
    return connections;
}

std::optional<SavedConnection> rememberedConnection(const drivers::Target& target)
{
    const QList<SavedConnection> connections = recentConnections();
    const auto known = std::ranges::find_if(connections, [&](const SavedConnection& connection) {
        return sameDatabase(connection.target, target);
    });
    return known == connections.end() ? std::nullopt : std::optional(*known);
}

SavedConnection knownConnection(const drivers::Target& target)
{
    if (const auto known = target.isInMemory() ? std::nullopt : rememberedConnection(target)) {
        SavedConnection connection = *known;
        connection.target = target;
        connection.target.guard = known->target.guard;
        if (target.guard == drivers::Guard::ReadOnly)  // its URL says so, this once
            connection.usualGuard = std::exchange(connection.target.guard, target.guard);
        return connection;
    }
    return {.target = target, .scratch = target.isInMemory(), .lastUsed = {}};
}

Result<> rememberConnection(const SavedConnection& connection)
{
    QList<SavedConnection> connections = recentConnections();
    connections.removeIf(
        [&](const SavedConnection& known) { return sameDatabase(known.target, connection.target); });
    connections.prepend(connection);
    return write(connections.first(std::min(connections.size(), mostRemembered)));
}

QString identityOf(const drivers::Target& target)
{
    const QString place =
        QString::number(static_cast<int>(target.engine)) + drivers::withoutPassword(target.location);
    return QString::fromLatin1(
        QCryptographicHash::hash(place.toUtf8(), QCryptographicHash::Sha256).toHex().first(32));
}

QString workspaceFile(const drivers::Target& target, int window)
{
    return stateFolder(QStringLiteral("workspaces")) + QLatin1Char('/') + identityOf(target)
           + (window > 1 ? QStringLiteral("-%1").arg(window) : QString()) + QStringLiteral(".json");
}

}  // namespace dewpoint::store
