// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "store/history.h"

#include "base/words.h"
#include "rows/value_json.h"
#include "store/connections.h"
#include "store/json_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

// Two files a commit: ID.rows.json holds the rows, ID.json says in short what they are, and is written last.
namespace dewpoint::store {

namespace {

constexpr QLatin1StringView rowsSuffix(".rows.json");
constexpr QLatin1StringView shortSuffix(".json");

QJsonObject shortOf(const KeptCommit& commit)
{
    QJsonArray tables;
    for (const KeptTable& table : commit.tables) {
        tables += QJsonObject{{u"schema"_s, table.schema},          {u"name"_s, table.name},
                              {u"inserts"_s, table.counts.inserts}, {u"updates"_s, table.counts.updates},
                              {u"deletes"_s, table.counts.deletes}, {u"unknown"_s, table.unknown},
                              {u"takesBack"_s, table.takesBack}};
    }
    return {{u"at"_s, commit.at.toString(Qt::ISODateWithMs)}, {u"tables"_s, tables}};
}

KeptCommit commitFrom(const QString& id, const QJsonObject& json)
{
    KeptCommit commit{.id = id, .at = QDateTime::fromString(json[u"at"_s].toString(), Qt::ISODateWithMs)};
    const QJsonArray tables = json[u"tables"_s].toArray();
    for (const auto value : tables) {
        const QJsonObject table = value.toObject();
        commit.tables += {.schema = table[u"schema"_s].toString(),
                          .name = table[u"name"_s].toString(),
                          .counts = {.inserts = table[u"inserts"_s].toInt(),
                                     .updates = table[u"updates"_s].toInt(),
                                     .deletes = table[u"deletes"_s].toInt()},
                          .unknown = table[u"unknown"_s].toInt(),
                          .takesBack = table[u"takesBack"_s].toString()};
    }
    return commit;
}

KeptCommit shortOf(const QString& id, const QList<rows::TableChanges>& changes)
{
    KeptCommit commit{.id = id, .at = QDateTime::currentDateTimeUtc()};
    for (const rows::TableChanges& table : changes)
        commit.tables += {table.schema, table.name, table.counts(), table.unknown, table.takesBack};
    return commit;
}

/// A value as it stands in a file: all but NULL are an object of one text.
QByteArray asWritten(const Value& value)
{
    const QJsonObject object = rows::toJson(value).toObject();
    return QJsonDocument(QJsonArray{object.begin().value()})
        .toJson(QJsonDocument::Compact)
        .sliced(1)
        .chopped(1);
}

}  // namespace

QString History::file(const QString& id, QLatin1StringView suffix) const
{
    return m_folder + u'/' + id + suffix;
}

Result<KeptCommit> History::keep(const QList<rows::TableChanges>& changes) const
{
    // Names sort by time; two commits within a millisecond are told apart by the number.
    const QString stem = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    QString id;
    for (int number = 0; id.isEmpty() || QFileInfo::exists(file(id, rowsSuffix)); ++number)
        id = u"%1-%2"_s.arg(stem).arg(number, 2, 10, QLatin1Char('0'));
    QJsonArray tables;
    for (const rows::TableChanges& table : changes)
        tables += rows::toJson(table);
    if (auto written = writeJson(file(id, rowsSuffix), {{u"tables"_s, tables}}); !written)
        return fail(written.error());
    const KeptCommit commit = shortOf(id, changes);
    if (auto written = writeJson(file(id, shortSuffix), shortOf(commit)); !written)
        return fail(written.error());
    prune();
    return commit;
}

QStringList History::ids() const
{
    QStringList ids;
    const QStringList names =
        QDir(m_folder).entryList({QString(u'*') + shortSuffix}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString& name : names) {
        if (!name.endsWith(rowsSuffix))
            ids += name.chopped(shortSuffix.size());
    }
    return ids;
}

std::optional<KeptCommit> History::commit(const QString& id) const
{
    const auto json = readJson(file(id, shortSuffix));
    return json && !json->isEmpty() ? std::optional(commitFrom(id, *json)) : std::nullopt;
}

QList<KeptCommit> History::commits() const
{
    QList<KeptCommit> commits;
    const QStringList names = ids();
    for (const QString& id : names) {
        if (auto known = commit(id))
            commits += *std::move(known);
    }
    return commits;
}

bool History::mentions(const QString& id, const rows::RowKey& key, qint64& bytes) const
{
    QFile rowsFile(file(id, rowsSuffix));
    if (!rowsFile.open(QIODevice::ReadOnly))
        return true;  // who reads it says why it cannot be read
    const QByteArray text = rowsFile.readAll();
    bytes += text.size();
    return std::ranges::all_of(
        key.values, [&](const Value& value) { return isNull(value) || text.contains(asWritten(value)); });
}

Result<QList<rows::TableChanges>> History::changesOf(const QString& id) const
{
    const QString path = file(id, rowsSuffix);
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::NotFound, Words::tr("The rows of this commit are no longer kept."));
    const auto json = readJson(path);
    if (!json)
        return fail(json.error());
    QList<rows::TableChanges> changes;
    const QJsonArray tables = (*json)[u"tables"_s].toArray();
    for (const auto table : tables)
        changes += rows::tableChangesFrom(table.toObject());
    return changes;
}

Result<> History::clear() const
{
    const QFileInfoList files = QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files);
    for (const QFileInfo& each : files) {
        if (!QFile::remove(each.filePath()))
            return fail(ErrorKind::File, Words::tr("%1 cannot be removed.").arg(each.filePath()));
    }
    return {};
}

void History::prune() const
{
    const QFileInfoList newestFirst =
        QDir(m_folder).entryInfoList({QString(u'*') + rowsSuffix}, QDir::Files, QDir::Name | QDir::Reversed);
    qint64 bytes = 0;
    qsizetype commits = 0;
    for (const QFileInfo& rowsFile : newestFirst) {
        bytes += rowsFile.size();
        ++commits;
        // The newest stays whatever its size: it is the one that is wanted back.
        if (commits == 1 || (commits <= m_budget.commits && bytes <= m_budget.bytes))
            continue;
        QFile::remove(file(rowsFile.fileName().chopped(rowsSuffix.size()), shortSuffix));
        QFile::remove(rowsFile.filePath());
    }
}

QString historyFolder(const drivers::Target& target)
{
    (void)stateFolder(u"history"_s);  // for its owner only, too
    return stateFolder(u"history/"_s + identityOf(target));
}

bool isTakenBack(const QList<KeptCommit>& commits, const QString& id, const QString& schemaName,
                 const QString& table)
{
    return std::ranges::any_of(commits, [&](const KeptCommit& later) {
        return later.id > id && std::ranges::any_of(later.tables, [&](const KeptTable& each) {
                   return each.takesBack == id && each.schema == schemaName && each.name == table
                          && !isTakenBack(commits, later.id, schemaName, table);
               });
    });
}

bool isTakenBack(const QList<KeptCommit>& commits, const KeptCommit& commit)
{
    return std::ranges::all_of(commit.tables, [&](const KeptTable& table) {
        return isTakenBack(commits, commit.id, table.schema, table.name);
    });
}

QString lastOf(const QList<KeptCommit>& commits, const QString& schemaName, const QString& table)
{
    for (const KeptCommit& commit : commits) {
        const auto touched = std::ranges::find_if(commit.tables, [&](const KeptTable& each) {
            return each.schema == schemaName && each.name == table;
        });
        if (touched != commit.tables.end() && touched->takesBack.isEmpty()
            && !isTakenBack(commits, commit.id, schemaName, table))
            return commit.id;
    }
    return {};
}

}  // namespace dewpoint::store
