// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_error.h"

#include "base/words.h"

#include <QHash>

#include <libpq-fe.h>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace dewpoint::drivers {

namespace {

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
    return error;
}

namespace {

/// How libpq or the server words a refusal, and what a person is told. %1 is the place.
struct Refusal {
    QLatin1StringView words;
    ErrorKind kind;
    const char* message;
    const char* hint;
};

// The first that matches counts, so what a message mentions in passing comes last.
constexpr Refusal refusals[] = {
    {"Peer authentication failed"_L1, ErrorKind::Authentication,
     QT_TRANSLATE_NOOP("dewpoint", "%1 lets in only the system user of the same name."),
     QT_TRANSLATE_NOOP("dewpoint", "Connect over TCP (host=localhost) with a password.")},
    {"authentication failed"_L1, ErrorKind::Authentication,
     QT_TRANSLATE_NOOP("dewpoint", "%1 did not accept the user name or password."),
     QT_TRANSLATE_NOOP("dewpoint", "Enter the password, or put it into ~/.pgpass.")},
    {"no password supplied"_L1, ErrorKind::Authentication,
     QT_TRANSLATE_NOOP("dewpoint", "%1 asks for a password."),
     QT_TRANSLATE_NOOP("dewpoint", "Enter the password, or put it into ~/.pgpass.")},
    {"too many clients"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "%1 has no free connection."),
     QT_TRANSLATE_NOOP("dewpoint", "Close another program's connections, then try again.")},
    {"too many connections"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "%1 has no free connection."),
     QT_TRANSLATE_NOOP("dewpoint", "Close another program's connections, then try again.")},
    {"pg_hba.conf"_L1, ErrorKind::Authentication,
     QT_TRANSLATE_NOOP("dewpoint", "%1 does not let this user in."),
     QT_TRANSLATE_NOOP("dewpoint", "Check user, sslmode, and the server's pg_hba.conf.")},
    {R"(role ")"_L1, ErrorKind::Authentication,
     QT_TRANSLATE_NOOP("dewpoint", "%1 does not let this user in."),
     QT_TRANSLATE_NOOP("dewpoint", "Check the user name.")},
    {R"(database ")"_L1, ErrorKind::NotFound,
     QT_TRANSLATE_NOOP("dewpoint", "The server has no such database (%1)."),
     QT_TRANSLATE_NOOP("dewpoint", "Check the name, or create it with “createdb”.")},
    {"the database system is"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "The server of %1 is starting up or shutting down."),
     QT_TRANSLATE_NOOP("dewpoint", "Try again in a moment.")},
    {"could not translate host name"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "The host name of %1 is unknown."),
     QT_TRANSLATE_NOOP("dewpoint", "Check its spelling and the network.")},
    {"definition of service"_L1, ErrorKind::NotFound,
     QT_TRANSLATE_NOOP("dewpoint", "The service of %1 is not defined."),
     QT_TRANSLATE_NOOP("dewpoint", "Add it to ~/.pg_service.conf.")},
    {"service file"_L1, ErrorKind::NotFound,
     QT_TRANSLATE_NOOP("dewpoint", "The service file of %1 is missing or not valid."),
     QT_TRANSLATE_NOOP("dewpoint", "Check ~/.pg_service.conf or PGSERVICEFILE.")},
    {"does not support SSL"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "The server of %1 offers no secure connection."),
     QT_TRANSLATE_NOOP("dewpoint", "Turn on SSL there, or change sslmode.")},
    {"certificate"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "The certificate of %1 was not accepted."),
     QT_TRANSLATE_NOOP("dewpoint", "Check sslrootcert, sslcert, and the host name.")},
    {"SSL"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "No secure connection to %1 could be made."),
     QT_TRANSLATE_NOOP("dewpoint", "Check sslmode and the certificates.")},
    {"timeout expired"_L1, ErrorKind::Connection,
     QT_TRANSLATE_NOOP("dewpoint", "The server of %1 did not answer in time."),
     QT_TRANSLATE_NOOP("dewpoint", "Check host, port, and the network.")},
};

constexpr Refusal silence = {
    ""_L1, ErrorKind::Connection, QT_TRANSLATE_NOOP("dewpoint", "The server of %1 does not answer."),
    QT_TRANSLATE_NOOP("dewpoint", "Check that it is running and that host and port are right.")};

constexpr int oldestVersion = 130000;

}  // namespace

Error postgresConnectionError(const QString& libpqText, const QString& place)
{
    const QString text = libpqText.simplified();
    // Host names stand before "failed:" and are not to be taken for its reason.
    const qsizetype reason = text.lastIndexOf(" failed: "_L1);
    const QString words = reason < 0 ? text : text.sliced(reason);
    const auto* known =
        std::ranges::find_if(refusals, [&](const Refusal& refusal) { return words.contains(refusal.words); });
    const Refusal& refusal = known == std::end(refusals) ? silence : *known;
    return {.kind = refusal.kind,
            .message = Words::tr(refusal.message).arg(place),
            .detail = text,
            .hint = Words::tr(refusal.hint)};
}

Result<> checkServerVersion(int number, const QString& place)
{
    if (number >= oldestVersion)
        return {};
    const QString version = number >= 100000
                                ? QString::number(number / 10000)
                                : QStringLiteral("%1.%2").arg(number / 10000).arg(number / 100 % 100);
    return fail(ErrorKind::Unsupported,
                Words::tr("%1 runs PostgreSQL %2, which is too old.").arg(place, version),
                Words::tr("Dewpoint works with PostgreSQL 13 and newer."));
}

}  // namespace dewpoint::drivers
