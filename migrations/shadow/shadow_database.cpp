// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/shadow_database.h"

#include "base/words.h"
#include "drivers/conninfo.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUuid>

namespace dewpoint::shadow {

namespace {

constexpr QLatin1StringView prefix("dewpoint_shadow_");
constexpr qint64 youngSeconds = 60;

QString newName()
{
    const QString random = QUuid::createUuid().toString(QUuid::Id128).first(12);
    return QStringLiteral("%1%2_%3").arg(prefix).arg(QDateTime::currentSecsSinceEpoch()).arg(random);
}

/// Another program may have made one this very moment and not be connected to it yet.
bool isYoung(const QString& name)
{
    const qint64 made = name.mid(prefix.size()).section(u'_', 0, 0).toLongLong();
    return made > 0 && QDateTime::currentSecsSinceEpoch() - made < youngSeconds;
}

QString dropSql(const QString& name)
{
    return QStringLiteral("DROP DATABASE IF EXISTS ") + sql::quoted(name);
}

/// What a crash left behind. A failure here is nobody's business: the next one sweeps again.
void sweep(drivers::Connection& server)
{
    const auto names = server.query(QStringLiteral(
        "SELECT datname FROM pg_database d WHERE starts_with(datname::text, 'dewpoint_shadow_')"
        " AND NOT EXISTS (SELECT FROM pg_stat_activity a"
        " WHERE a.datname = d.datname OR a.application_name = d.datname)"));
    for (int row = 0; names && row < names->rowCount(); ++row) {
        const QString name = displayText(names->at(row, 0));
        if (!isYoung(name))
            (void)server.execute(dropSql(name));
    }
}

/// The names of a search_path, as the server resolves them.
QStringList schemasOf(const QString& searchPath)
{
    static const QRegularExpression name(QStringLiteral(R"re("((?:[^"]|"")*)"|([^\s,"]+))re"));
    QStringList names;
    for (auto matches = name.globalMatch(searchPath); matches.hasNext();) {
        const auto match = matches.next();
        names << (match.hasCaptured(1)
                      ? match.captured(1).replace(QStringLiteral(R"("")"), QStringLiteral(R"(")"))
                      : match.captured(2).toLower());
    }
    names.removeIf(
        [](const QString& one) { return one == QLatin1String("$user") || one.startsWith(u"pg_"); });
    return names;
}

/// A project whose URL names a schema finds it there already, and its migrations do not make it.
Result<> makeSchemas(drivers::Connection& shadow)
{
    const auto path = shadow.scalar(QStringLiteral("SELECT current_setting('search_path')"));
    if (!path)
        return fail(path.error());
    for (const QString& schema : schemasOf(displayText(*path))) {
        const QString sql = QStringLiteral("CREATE SCHEMA IF NOT EXISTS ") + sql::quoted(schema);
        if (auto made = shadow.execute(sql); !made)
            return fail(made.error());
    }
    return {};
}

}  // namespace

Result<> ShadowDatabase::makeFile(drivers::Target& target)
{
    m_folder = std::make_unique<QTemporaryDir>();
    if (!m_folder->isValid())
        return fail(ErrorKind::File,
                    Words::tr("A scratch folder could not be made: %1").arg(m_folder->errorString()));
    target.location = m_folder->filePath(QStringLiteral("shadow.sqlite"));
    target.create = true;
    return {};
}

Result<ShadowDatabase> ShadowDatabase::owner(const drivers::Target& server, const drivers::StopAsked& stop)
{
    if (server.guard == drivers::Guard::ReadOnly) {
        return fail(
            ErrorKind::ReadOnly,
            Words::tr("The connection is read-only, and this needs a scratch database on its server."),
            Words::tr("Connect to another server, or change the guard level."));
    }
    ShadowDatabase shadow;
    shadow.m_target = server;
    shadow.m_target.guard = drivers::Guard::Silent;
    auto connected = drivers::Connection::open(shadow.m_target, stop);
    if (!connected)
        return fail(connected.error());
    shadow.m_server = *std::move(connected);
    sweep(*shadow.m_server);
    const QString name = newName();
    // Whose the database is while nobody is connected to it: a sweep leaves it alone.
    (void)shadow.m_server->query(QStringLiteral("SELECT set_config('application_name', $1, false)"),
                                 {textValue(name)});
    auto location = drivers::conninfoWithDatabase(server.location, name);
    if (!location)
        return fail(location.error());
    shadow.m_target.location = *std::move(location);
    shadow.m_name = name;
    return shadow;
}

Result<> ShadowDatabase::create(drivers::Connection& by, const QString& pattern)
{
    const auto made = by.execute(
        QStringLiteral("CREATE DATABASE %1 TEMPLATE %2").arg(sql::quoted(m_name), sql::quoted(pattern)));
    if (made)
        return {};
    Error error = made.error();
    if (error.kind == ErrorKind::Permission)
        error.hint = Words::tr("Migrations are tried on a scratch database: the role needs CREATEDB.");
    return fail(std::move(error));
}

Result<ShadowDatabase> ShadowDatabase::onServer(const drivers::Target& server, const QString& pattern,
                                                const drivers::StopAsked& stop)
{
    auto shadow = owner(server, stop);
    if (!shadow)
        return shadow;
    if (auto made = shadow->create(*shadow->m_server, pattern); !made)
        return fail(made.error());
    return shadow;
}

Result<ShadowDatabase> ShadowDatabase::copyOf(drivers::Connection& live, const drivers::StopAsked& stop)
{
    const auto name = live.scalar(QStringLiteral("SELECT current_database()"));
    if (!name)
        return fail(name.error());
    drivers::Target beside = live.target();
    auto location = drivers::conninfoWithDatabase(beside.location, QStringLiteral("postgres"));
    if (!location)
        return fail(location.error());
    beside.location = *std::move(location);
    auto shadow = owner(beside, stop);
    if (!shadow)
        return shadow;
    if (auto made = shadow->create(live, displayText(*name)); !made)
        return fail(made.error());
    return shadow;
}

Result<> ShadowDatabase::connect(const drivers::StopAsked& stop)
{
    return drivers::Connection::open(m_target, stop)
        .transform([this](std::unique_ptr<drivers::Connection> connection) {
            m_connection = std::move(connection);
        });
}

Result<ShadowDatabase> ShadowDatabase::make(const drivers::Target& live, Reach reach)
{
    if (live.engine == Engine::Postgres) {
        // template0: nobody is connected to it, and nothing of this server's own is in it.
        auto shadow = onServer(live, QStringLiteral("template0"));
        if (!shadow)
            return shadow;
        auto ready = shadow->connect();
        if (ready)
            ready = makeSchemas(shadow->connection());
        if (!ready)
            return fail(ready.error());
        return shadow;
    }
    ShadowDatabase shadow;
    shadow.m_target = live;
    shadow.m_target.guard = drivers::Guard::Silent;
    shadow.m_target.location = QStringLiteral(":memory:");
    if (auto made = reach == Reach::OtherPrograms ? shadow.makeFile(shadow.m_target) : Result<>{}; !made)
        return fail(made.error());
    if (auto ready = shadow.connect(); !ready)
        return fail(ready.error());
    return shadow;
}

ShadowDatabase::~ShadowDatabase()
{
    m_connection.reset();
    if (!m_server || m_name.isEmpty())
        return;
    const drivers::Sheltered cleanUp(*m_server);
    (void)m_server->execute(dropSql(m_name) + QStringLiteral(" WITH (FORCE)"));
}

}  // namespace dewpoint::shadow
