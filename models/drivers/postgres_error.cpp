// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_error.h"

#include <QCoreApplication>
#include <QHash>

#include <libpq-fe.h>

namespace dewpoint::drivers {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

QString field(const pg_result* result, int code)
{
    return QString::fromUtf8(PQresultErrorField(result, code));
}

/// The server counts characters (code points) from 1.
int utf16Offset(const QString& sql, int characters)
{
    qsizetype i = 0;
    for (int n = 1; n < characters && i < sql.size(); ++n)
        i += sql[i].isHighSurrogate() && i + 1 < sql.size() ? 2 : 1;
    return static_cast<int>(i);
}

}  // namespace

ErrorKind kindOfSqlState(const QString& state)
{
    static const QHash<QString, ErrorKind> exact{
        {QStringLiteral("23505"), ErrorKind::Unique},
        {QStringLiteral("23503"), ErrorKind::ForeignKey},
        {QStringLiteral("23502"), ErrorKind::NotNull},
        {QStringLiteral("23514"), ErrorKind::Check},
        {QStringLiteral("23P01"), ErrorKind::Exclusion},
        {QStringLiteral("57014"), ErrorKind::Cancelled},
        {QStringLiteral("42501"), ErrorKind::Permission},
        {QStringLiteral("25006"), ErrorKind::ReadOnly},
        {QStringLiteral("55P03"), ErrorKind::Locked},
        {QStringLiteral("40P01"), ErrorKind::Locked},
        {QStringLiteral("40001"), ErrorKind::Conflict},
        {QStringLiteral("53100"), ErrorKind::DiskFull},
        {QStringLiteral("42601"), ErrorKind::Syntax},
        {QStringLiteral("3D000"), ErrorKind::NotFound},
        {QStringLiteral("42P01"), ErrorKind::UndefinedObject},
        {QStringLiteral("42703"), ErrorKind::UndefinedObject},
        {QStringLiteral("42883"), ErrorKind::UndefinedObject},
        {QStringLiteral("42704"), ErrorKind::UndefinedObject},
        {QStringLiteral("42P07"), ErrorKind::DuplicateObject},
        {QStringLiteral("42710"), ErrorKind::DuplicateObject},
        {QStringLiteral("42701"), ErrorKind::DuplicateObject},
        {QStringLiteral("0A000"), ErrorKind::Unsupported},
    };
    if (const auto found = exact.find(state); found != exact.end())
        return *found;
    const QString family = state.left(2);
    if (family == QLatin1String("08") || family == QLatin1String("57"))
        return ErrorKind::Connection;
    if (family == QLatin1String("28"))
        return ErrorKind::Authentication;
    if (family == QLatin1String("22"))
        return ErrorKind::Type;
    if (family == QLatin1String("XX"))
        return ErrorKind::Corrupt;
    return ErrorKind::Other;
}

Error postgresError(const pg_result* result, const QString& sql)
{
    const QString state = field(result, PG_DIAG_SQLSTATE);
    Error error{.kind = kindOfSqlState(state),
                .message = field(result, PG_DIAG_MESSAGE_PRIMARY),
                .detail = field(result, PG_DIAG_MESSAGE_DETAIL),
                .hint = field(result, PG_DIAG_MESSAGE_HINT),
                .sqlState = state,
                .constraint = field(result, PG_DIAG_CONSTRAINT_NAME),
                .table = field(result, PG_DIAG_TABLE_NAME),
                .column = field(result, PG_DIAG_COLUMN_NAME)};
    if (const int position = field(result, PG_DIAG_STATEMENT_POSITION).toInt(); position > 0)
        error.position = utf16Offset(sql, position);
    if (error.message.isEmpty())
        error.message = QString::fromUtf8(PQresultErrorMessage(result)).trimmed();
    if (error.kind == ErrorKind::Cancelled)
        error.message = tr("Cancelled.");
    return error;
}

Error postgresConnectionError(const QString& libpqText, const QString& place)
{
    const QString text = libpqText.simplified();
    Error error{.kind = ErrorKind::Connection, .detail = text};
    const auto says = [&](const char* words) {
        return text.contains(QLatin1String(words), Qt::CaseInsensitive);
    };
    if (says("password authentication failed") || says("no password supplied")
        || says("authentication failed")) {
        error.kind = ErrorKind::Authentication;
        error.message = tr("%1 did not accept the user name or password.").arg(place);
        error.hint = tr("Enter the password, or put it into ~/.pgpass.");
    } else if (says("pg_hba.conf") || says("role \"")) {
        error.kind = ErrorKind::Authentication;
        error.message = tr("%1 does not let this user in.").arg(place);
        error.hint = tr("Check the user name, and the server's pg_hba.conf.");
    } else if (says("database \"") && says("does not exist")) {
        error.kind = ErrorKind::NotFound;
        error.message = tr("The server has no such database (%1).").arg(place);
        error.hint = tr("Check the name, or create it with “createdb”.");
    } else if (says("too many clients") || says("too many connections")) {
        error.message = tr("%1 has no free connection.").arg(place);
        error.hint = tr("Close another program's connections, then try again.");
    } else if (says("could not translate host name")) {
        error.message = tr("The host name of %1 is unknown.").arg(place);
        error.hint = tr("Check its spelling and the network.");
    } else if (says("SSL") || says("certificate")) {
        error.message = tr("No secure connection to %1 could be made.").arg(place);
        error.hint = tr("Check sslmode and the certificates.");
    } else if (says("definition of service") || says("service file")) {
        error.kind = ErrorKind::NotFound;
        error.message = tr("The service is not defined.");
        error.hint = tr("Add it to ~/.pg_service.conf.");
    } else {
        error.message = tr("The server of %1 does not answer.").arg(place);
        error.hint = tr("Check that it is running and that host and port are right.");
    }
    return error;
}

}  // namespace dewpoint::drivers
