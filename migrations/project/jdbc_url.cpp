// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/jdbc_url.h"

#include "base/words.h"

#include <QUrl>
#include <QUrlQuery>

namespace dewpoint::project {

namespace {

constexpr QLatin1StringView sqlitePrefix("jdbc:sqlite:");
constexpr QLatin1StringView postgresPrefix("jdbc:postgresql:");

/// The options that libpq knows as well; the driver's own ones are left out.
QUrlQuery libpqOptions(const QUrlQuery& given)
{
    QUrlQuery options;
    for (const QString& name :
         {QStringLiteral("sslmode"), QStringLiteral("sslcert"), QStringLiteral("sslkey"),
          QStringLiteral("sslrootcert"), QStringLiteral("options")}) {
        if (given.hasQueryItem(name))
            options.addQueryItem(name, given.queryItemValue(name, QUrl::FullyEncoded));
    }
    const bool ssl =
        given.hasQueryItem(QStringLiteral("ssl")) && given.queryItemValue(QStringLiteral("ssl")) != u"false";
    if (ssl && !options.hasQueryItem(QStringLiteral("sslmode")))
        options.addQueryItem(QStringLiteral("sslmode"), QStringLiteral("verify-full"));
    const QString schema = given.queryItemValue(QStringLiteral("currentSchema"), QUrl::FullyEncoded);
    if (!schema.isEmpty())
        options.addQueryItem(QStringLiteral("options"), QStringLiteral("-csearch_path%3D") + schema);
    return options;
}

/// "//host:port/name", "//host/", "/name" and "name" alone are all allowed.
QString postgresUrl(const QString& place, const QString& user, const QString& password)
{
    const QString full =
        place.startsWith(QLatin1String("//")) ? place : QStringLiteral("//localhost/") + place;
    QUrl url(QStringLiteral("postgres:") + full);
    const QUrlQuery given(url.query(QUrl::FullyEncoded));
    const QString ownUser = given.queryItemValue(QStringLiteral("user"), QUrl::FullyDecoded);
    const QString ownPassword = given.queryItemValue(QStringLiteral("password"), QUrl::FullyDecoded);
    url.setUserName(ownUser.isEmpty() ? user : ownUser, QUrl::DecodedMode);
    url.setPassword(ownPassword.isEmpty() ? password : ownPassword, QUrl::DecodedMode);
    url.setQuery(libpqOptions(given));
    return url.toString(QUrl::FullyEncoded);
}

}  // namespace

Result<JdbcTarget> fromJdbc(const QString& url, const QString& user, const QString& password)
{
    if (url.startsWith(sqlitePrefix)) {
        QString path = url.sliced(sqlitePrefix.size()).section(u'?', 0, 0);
        if (path.startsWith(QLatin1String("file:")))
            path.remove(0, 5);
        return JdbcTarget{.engine = Engine::Sqlite,
                          .url = path.isEmpty() ? QStringLiteral(":memory:") : path};
    }
    if (url.startsWith(postgresPrefix))
        return JdbcTarget{.engine = Engine::Postgres,
                          .url = postgresUrl(url.sliced(postgresPrefix.size()), user, password)};
    return fail(ErrorKind::Unsupported, Words::tr("Dewpoint opens SQLite and PostgreSQL databases only."));
}

}  // namespace dewpoint::project
