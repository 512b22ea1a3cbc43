// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/drift_memory.h"

#include "store/identity.h"
#include "store/json_file.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::store {

namespace {

constexpr qsizetype nameDigits = 32;

QString fileOf(const drivers::Target& database, const QString& projectFolder)
{
    const QString both = databaseIdentity(database) + u'\n' + canonicalFolder(projectFolder);
    const auto hash = QCryptographicHash::hash(both.toUtf8(), QCryptographicHash::Sha256);
    return u"%1/%2.json"_s.arg(stateFolder(u"drift"_s), QString::fromLatin1(hash.toHex().first(nameDigits)));
}

Result<> write(const QString& file, const QList<IgnoredDifference>& all)
{
    QJsonArray list;
    for (const IgnoredDifference& each : all)
        list.append(QJsonObject{
            {u"key"_s, each.key}, {u"text"_s, each.text}, {u"since"_s, each.since.toString(Qt::ISODate)}});
    QJsonObject object = readJson(file).value_or(QJsonObject());
    object.insert(u"ignored"_s, list);
    return writeJson(file, object);
}

}  // namespace

DriftMemory::DriftMemory(const drivers::Target& database, const QString& projectFolder)
    : DriftMemory(fileOf(database, projectFolder))
{}

QList<IgnoredDifference> DriftMemory::ignored() const
{
    QList<IgnoredDifference> all;
    const QJsonObject object = readJson(m_file).value_or(QJsonObject());
    for (const auto value : object[u"ignored"_s].toArray()) {
        const QJsonObject each = value.toObject();
        all.append({.key = each[u"key"_s].toString(),
                    .text = each[u"text"_s].toString(),
                    .since = QDateTime::fromString(each[u"since"_s].toString(), Qt::ISODate)});
    }
    return all;
}

QStringList DriftMemory::ignoredKeys() const
{
    QStringList keys;
    for (const IgnoredDifference& each : ignored())
        keys.append(each.key);
    return keys;
}

Result<> DriftMemory::ignore(const QList<IgnoredDifference>& differences) const
{
    QList<IgnoredDifference> all = ignored();
    all.removeIf([&](const IgnoredDifference& known) {
        return std::ranges::contains(differences, known.key, &IgnoredDifference::key);
    });
    return write(m_file, differences + all);
}

Result<> DriftMemory::heed(const QStringList& keys) const
{
    QList<IgnoredDifference> all = ignored();
    all.removeIf([&](const IgnoredDifference& known) { return keys.contains(known.key); });
    return write(m_file, all);
}

bool DriftMemory::comparesPrivileges() const
{
    return readJson(m_file).value_or(QJsonObject())[u"privileges"_s].toBool();
}

Result<> DriftMemory::comparePrivileges(bool yes) const
{
    QJsonObject object = readJson(m_file).value_or(QJsonObject());
    object.insert(u"privileges"_s, yes);
    return writeJson(m_file, object);
}

std::optional<LastDrift> DriftMemory::last() const
{
    const QJsonObject last = readJson(m_file).value_or(QJsonObject())[u"last"_s].toObject();
    if (last.isEmpty())
        return std::nullopt;
    LastDrift found{.database = last[u"database"_s].toString().toLatin1(),
                    .migrations = last[u"migrations"_s].toString().toLatin1(),
                    .keys = {},
                    .at = QDateTime::fromString(last[u"at"_s].toString(), Qt::ISODate)};
    for (const auto key : last[u"keys"_s].toArray())
        found.keys.append(key.toString());
    return found;
}

Result<> DriftMemory::keep(const LastDrift& found) const
{
    QJsonObject object = readJson(m_file).value_or(QJsonObject());
    object.insert(u"last"_s, QJsonObject{{u"database"_s, QString::fromLatin1(found.database)},
                                         {u"migrations"_s, QString::fromLatin1(found.migrations)},
                                         {u"keys"_s, QJsonArray::fromStringList(found.keys)},
                                         {u"at"_s, found.at.toString(Qt::ISODate)}});
    return writeJson(m_file, object);
}

}  // namespace dewpoint::store
