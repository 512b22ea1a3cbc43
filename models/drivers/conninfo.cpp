// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/conninfo.h"

#include "base/words.h"

#include <QRegularExpression>

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace dewpoint::drivers {

namespace {

bool isSecret(const QString& key)
{
    return key == QLatin1String("password") || key == QLatin1String("sslpassword");
}

/// Also true of text that libpq cannot read.
bool mayHoldPassword(const QString& text)
{
    static const QRegularExpression userInfo(QStringLiteral("://.*:.*@"),
                                             QRegularExpression::DotMatchesEverythingOption);
    return text.contains(QLatin1String("password"), Qt::CaseInsensitive) || userInfo.match(text).hasMatch();
}

}  // namespace

QString quotedConninfoValue(QString value)
{
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    value.replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QLatin1Char('\'') + value + QLatin1Char('\'');
}

Result<QList<std::pair<QString, QString>>> parseConninfo(const QString& text)
{
    char* complaint = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(text.toUtf8().constData(), &complaint), &PQconninfoFree);
    if (!options) {
        // libpq quotes what it could not read, which may be a part of the password.
        Error error{.kind = ErrorKind::InvalidInput,
                    .message = Words::tr("The connection text is not valid."),
                    .detail = mayHoldPassword(text) ? QString() : QString::fromUtf8(complaint).trimmed(),
                    .hint = Words::tr("Write postgres://user@host:5432/database.")};
        PQfreemem(complaint);
        return fail(std::move(error));
    }
    QList<std::pair<QString, QString>> pairs;
    static const QRegularExpression ports(QStringLiteral("^[0-9,]*$"));
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        if (!option->val)
            continue;
        // An unescaped / or : in the password of a URL ends up here, and must not be kept.
        if (qstrcmp(option->keyword, "port") == 0 && !ports.match(QString::fromUtf8(option->val)).hasMatch())
            return fail(ErrorKind::InvalidInput, Words::tr("The port of the address is not a number."),
                        Words::tr("In a URL, write : / @ and % in a password as %3A %2F %40 and %25."));
        pairs.append({QString::fromUtf8(option->keyword), QString::fromUtf8(option->val)});
    }
    return pairs;
}

Result<> checkConninfo(const QString& text)
{
    return parseConninfo(text).transform([](const auto&) {});
}

QString conninfoDisplayName(const QString& text)
{
    const auto pairs = parseConninfo(text);
    if (!pairs)
        return mayHoldPassword(text) ? QStringLiteral("PostgreSQL") : text;
    QString host;
    QString database;
    QString service;
    for (const auto& [key, value] : *pairs) {
        if (key == QLatin1String("host"))
            host = value;
        else if (key == QLatin1String("dbname"))
            database = value;
        else if (key == QLatin1String("service"))
            service = value;
    }
    if (database.isEmpty())
        return service.isEmpty() ? QStringLiteral("PostgreSQL") : QStringLiteral("service=") + service;
    if (host.isEmpty() || host.startsWith(QLatin1Char('/')))
        return database;
    return Words::tr("%1 on %2").arg(database, host);
}

Result<QString> conninfoWithDatabase(const QString& text, const QString& database)
{
    return parseConninfo(text).transform([&](const auto& pairs) {
        QStringList words;
        for (const auto& [key, value] : pairs) {
            if (key != QLatin1String("dbname"))
                words << key + QLatin1Char('=') + quotedConninfoValue(value);
        }
        words << QStringLiteral("dbname=") + quotedConninfoValue(database);
        return words.join(QLatin1Char(' '));
    });
}

QString withoutPassword(const QString& location)
{
    if (!location.contains(QLatin1String("://")) && !location.contains(QLatin1Char('=')))
        return location;
    const auto pairs = parseConninfo(location);
    if (!pairs)  // not libpq's after all, e.g. a path; or nothing that could be kept safely
        return location.startsWith(QLatin1String("postgres")) && mayHoldPassword(location) ? QString()
                                                                                           : location;
    if (std::ranges::none_of(*pairs, [](const auto& pair) { return isSecret(pair.first); }))
        return location;
    QStringList words;
    for (const auto& [key, value] : *pairs) {
        if (!isSecret(key))
            words << key + QLatin1Char('=') + quotedConninfoValue(value);
    }
    return words.join(QLatin1Char(' '));
}

}  // namespace dewpoint::drivers
