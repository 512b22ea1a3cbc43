// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/target_url.h"

#include "base/words.h"
#include "drivers/conninfo.h"

#include <QFileInfo>
#include <QMap>
#include <QUrl>

#include <libpq-fe.h>

#include <memory>

namespace dewpoint::drivers {

namespace {

QString encoded(const QString& text, const QByteArray& plain = {})
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, plain));
}

/// The values that libpq itself would use, as the environment fills them in.
Result<QMap<QString, QString>> valuesOf(const QString& conninfo)
{
    QMap<QString, QString> values;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> defaults(PQconndefaults(),
                                                                                &PQconninfoFree);
    for (const PQconninfoOption* option = defaults.get(); option && option->keyword; ++option) {
        if (option->val)
            values.insert(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    }
    return parseConninfo(conninfo).transform([&](const auto& pairs) {
        for (const auto& [key, value] : pairs)
            values.insert(key, value);
        return values;
    });
}

Result<QString> postgresUrl(const Target& target)
{
    const auto values = valuesOf(target.location);
    if (!values)
        return fail(values.error());
    if (values->contains(QStringLiteral("service")) && !values->contains(QStringLiteral("dbname"))) {
        return fail(
            ErrorKind::InvalidInput,
            Words::tr("The database is named by a service, which the project's own command cannot read."),
            Words::tr("Name it with --db postgres://user@host:5432/database."));
    }
    const QString user = values->value(QStringLiteral("user"));
    const QString password =
        target.password.isEmpty() ? values->value(QStringLiteral("password")) : target.password;
    const QString host = values->value(QStringLiteral("host"));
    const bool socket = host.startsWith(u'/');
    QString authority = encoded(user);
    if (!password.isEmpty())
        authority += u':' + encoded(password);
    if (!authority.isEmpty())
        authority += u'@';
    authority += socket || host.isEmpty() ? QStringLiteral("localhost") : encoded(host, ":,[]");
    const QString port = values->value(QStringLiteral("port"));
    if (!port.isEmpty() && port != QLatin1String("5432"))
        authority += u':' + port;
    QStringList query;
    if (socket)
        query << QStringLiteral("host=") + encoded(host, "/");
    for (const char* key : {"sslmode", "sslrootcert", "sslcert", "sslkey", "options"}) {
        const QString value = values->value(QLatin1String(key));
        const bool isDefault = qstrcmp(key, "sslmode") == 0 && value == QLatin1String("prefer");
        if (!value.isEmpty() && !isDefault)
            query << QLatin1String(key) + u'=' + encoded(value, "/");
    }
    const QString database = values->value(QStringLiteral("dbname"), user);
    return QStringLiteral("postgres://%1/%2%3%4")
        .arg(authority, encoded(database), query.isEmpty() ? QString() : QStringLiteral("?"),
             query.join(u'&'));
}

}  // namespace

Result<QString> targetUrl(const Target& target)
{
    if (target.engine == Engine::Postgres)
        return postgresUrl(target);
    if (target.location == QLatin1String(":memory:"))
        return fail(ErrorKind::InvalidInput,
                    Words::tr("A database in memory cannot be reached by the project's own command."),
                    Words::tr("Name a file with --db."));
    return QStringLiteral("sqlite://") + encoded(QFileInfo(target.location).absoluteFilePath(), "/");
}

}  // namespace dewpoint::drivers
