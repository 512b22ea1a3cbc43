// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/dump.h"

#include "base/words.h"
#include "drivers/conninfo.h"

#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

namespace dewpoint::rehearse {

namespace {

constexpr int stepMilliseconds = 50;
constexpr int graceMilliseconds = 3000;
constexpr qsizetype shownError = 600;

/// Where a program connects to. Arguments are seen by everyone on the machine: the password goes another
/// way.
struct Login {
    QString conninfo;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
};

Result<Login> loginFor(const drivers::Target& target, const QString& database)
{
    const auto conninfo = drivers::conninfoWithDatabase(target.location, database);
    if (!conninfo)
        return fail(conninfo.error());
    Login login{.conninfo = drivers::withoutPassword(*conninfo)};
    QString password = target.password;
    if (const auto pairs = drivers::parseConninfo(*conninfo)) {
        const auto named =
            std::ranges::find(*pairs, QStringLiteral("password"), &std::pair<QString, QString>::first);
        if (named != pairs->end())
            password = named->second;
    }
    if (!password.isEmpty())
        login.environment.insert(QStringLiteral("PGPASSWORD"), password);
    return login;
}

Result<QString> programPath(const QString& name)
{
    QString path = QStandardPaths::findExecutable(name);
    if (!path.isEmpty())
        return path;
    return fail(
        ErrorKind::NotFound,
        Words::tr("Others are connected to the database, so it is copied with %1, which was not found.")
            .arg(name),
        Words::tr("Install PostgreSQL's client programs, or close the other connections."));
}

void end(QProcess& process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.terminate();
    if (!process.waitForFinished(graceMilliseconds)) {
        process.kill();
        process.waitForFinished();
    }
}

Error failed(QProcess& process)
{
    const QString said = QString::fromUtf8(process.readAllStandardError()).trimmed();
    return {.kind = ErrorKind::Other,
            .message = Words::tr("The database could not be copied."),
            .detail = said.isEmpty() ? process.errorString() : said.right(shownError)};
}

bool isFine(const QProcess& process)
{
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0
           && process.error() != QProcess::FailedToStart;
}

/// Until both have ended; a stop ends them.
Result<> wait(QProcess& dump, QProcess& restore, const drivers::StopAsked& stop)
{
    while (restore.state() != QProcess::NotRunning || dump.state() != QProcess::NotRunning) {
        if (stop && stop()) {
            end(dump);
            end(restore);
            return fail(drivers::cancelledError());
        }
        restore.waitForFinished(stepMilliseconds);
        if (restore.state() == QProcess::NotRunning && !dump.waitForFinished(graceMilliseconds))
            end(dump);
    }
    return {};
}

}  // namespace

Result<> dumpInto(drivers::Connection& live, const drivers::Target& copy, Owners owners,
                  const drivers::StopAsked& stop)
{
    const auto database = live.scalar(QStringLiteral("SELECT current_database()"));
    if (!database)
        return fail(database.error());
    const auto from = loginFor(live.target(), displayText(*database));
    const auto pairs = drivers::parseConninfo(copy.location);
    if (!from || !pairs)
        return fail(from ? pairs.error() : from.error());
    const auto name =
        std::ranges::find(*pairs, QStringLiteral("dbname"), &std::pair<QString, QString>::first);
    const auto to = loginFor(copy, name == pairs->end() ? QString() : name->second);
    const auto dumper = programPath(QStringLiteral("pg_dump"));
    const auto restorer = programPath(QStringLiteral("pg_restore"));
    if (!to || !dumper || !restorer)
        return fail(!to ? to.error() : !dumper ? dumper.error() : restorer.error());
    QStringList more{QStringLiteral("--no-publications"), QStringLiteral("--no-subscriptions")};
    if (owners == Owners::Forgotten)
        more << QStringLiteral("--no-owner") << QStringLiteral("--no-privileges");
    QProcess dump;
    QProcess restore;
    dump.setProcessEnvironment(from->environment);
    restore.setProcessEnvironment(to->environment);
    dump.setStandardOutputProcess(&restore);
    dump.start(*dumper, more
                            + QStringList{QStringLiteral("--format=custom"), QStringLiteral("--compress=0"),
                                          QStringLiteral("--dbname=") + from->conninfo});
    restore.start(
        *restorer,
        more + QStringList{QStringLiteral("--exit-on-error"), QStringLiteral("--dbname=") + to->conninfo});
    if (auto ended = wait(dump, restore, stop); !ended)
        return ended;
    if (isFine(dump) && isFine(restore))
        return {};
    // Who was left without a reader says less than who refused to go on.
    return fail(isFine(restore) || restore.exitCode() == 0 ? failed(dump) : failed(restore));
}

}  // namespace dewpoint::rehearse
