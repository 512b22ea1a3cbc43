// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/conninfo.h"

#include <QCoreApplication>

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace dewpoint::drivers {

namespace {

QString quotedValue(QString value)
{
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    value.replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QLatin1Char('\'') + value + QLatin1Char('\'');
}

}  // namespace

Result<QList<std::pair<QString, QString>>> parseConninfo(const QString& text)
{
    char* complaint = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(text.toUtf8().constData(), &complaint), &PQconninfoFree);
    if (!options) {
        Error error{.kind = ErrorKind::InvalidInput,
                    .message = QCoreApplication::translate("dewpoint", "The connection text is not valid."),
                    .detail = QString::fromUtf8(complaint).trimmed(),
                    .hint =
                        QCoreApplication::translate("dewpoint", "Write postgres://user@host:5432/database.")};
        PQfreemem(complaint);
        return fail(std::move(error));
    }
    QList<std::pair<QString, QString>> pairs;
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        if (option->val)
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
        return text;
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
    return QCoreApplication::translate("dewpoint", "%1 on %2").arg(database, host);
}

Result<QString> conninfoWithDatabase(const QString& text, const QString& database)
{
    return parseConninfo(text).transform([&](const auto& pairs) {
        QStringList words;
        for (const auto& [key, value] : pairs) {
            if (key != QLatin1String("dbname"))
                words << key + QLatin1Char('=') + quotedValue(value);
        }
        words << QStringLiteral("dbname=") + quotedValue(database);
        return words.join(QLatin1Char(' '));
    });
}

QString withoutPassword(const QString& location)
{
    if (!location.contains(QLatin1String("://")) && !location.contains(QLatin1Char('=')))
        return location;
    const auto pairs = parseConninfo(location);
    const auto isPassword = [](const auto& pair) { return pair.first == QLatin1String("password"); };
    if (!pairs || std::ranges::none_of(*pairs, isPassword))
        return location;
    QStringList words;
    for (const auto& [key, value] : *pairs) {
        if (key != QLatin1String("password"))
            words << key + QLatin1Char('=') + quotedValue(value);
    }
    return words.join(QLatin1Char(' '));
}

}  // namespace dewpoint::drivers
