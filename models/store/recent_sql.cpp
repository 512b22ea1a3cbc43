// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/recent_sql.h"

#include "sql/statements.h"
#include "store/connections.h"
#include "store/json_file.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace dewpoint::store {

namespace {

constexpr qsizetype mostKept = 200;
constexpr qsizetype longestKept = 8 * 1024;

QString fileOf(const drivers::Target& target)
{
    return stateFolder(u"queries"_s) + u'/' + identityOf(target) + u".json"_s;
}

}  // namespace

QList<RecentSql> recentSql(const drivers::Target& target)
{
    QList<RecentSql> list;
    const QJsonObject file = readJson(fileOf(target)).value_or(QJsonObject());
    const QJsonArray statements = file[u"statements"_s].toArray();
    for (const auto value : statements) {
        const QJsonObject one = value.toObject();
        list.append({.sql = one[u"sql"_s].toString(),
                     .at = QDateTime::fromString(one[u"at"_s].toString(), Qt::ISODate)});
    }
    return list;
}

bool isAboutRows(const QString& statement)
{
    static const QStringList words{u"SELECT"_s, u"WITH"_s,   u"VALUES"_s,  u"TABLE"_s, u"INSERT"_s,
                                   u"UPDATE"_s, u"DELETE"_s, u"REPLACE"_s, u"MERGE"_s};
    return words.contains(sql::leadingKeyword(statement));
}

Result<> rememberSql(const drivers::Target& target, const QString& sql, const QDateTime& at)
{
    const QString text = sql.trimmed();
    if (text.size() > longestKept || !isAboutRows(text))
        return {};
    QList<RecentSql> list = recentSql(target);
    list.removeIf([&](const RecentSql& known) { return known.sql == text; });
    list.prepend({.sql = text, .at = at});
    QJsonArray statements;
    for (qsizetype i = 0; i < qMin(list.size(), mostKept); ++i)
        statements.append(
            QJsonObject{{u"sql"_s, list[i].sql}, {u"at"_s, list[i].at.toUTC().toString(Qt::ISODate)}});
    return writeJson(fileOf(target), {{u"statements"_s, statements}});
}

}  // namespace dewpoint::store
