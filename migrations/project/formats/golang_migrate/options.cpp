// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What the URL of the database says to the tool: database/postgres/postgres.go, database/sqlite3/sqlite3.go.
#include "base/words.h"
#include "project/formats/golang_migrate/golang_migrate.h"
#include "project/places.h"

#include <QRegularExpression>

namespace dewpoint::project::golang_migrate {

namespace {

constexpr QLatin1StringView defaultTable("schema_migrations");
constexpr QLatin1StringView tableOption("x-migrations-table");
constexpr QLatin1StringView quotedOption("x-migrations-table-quoted");

std::unexpected<Error> refuse(const QString& option, const QString& value, const QString& hint)
{
    return fail(ErrorKind::InvalidInput,
                Words::tr("The address of the database says %1=%2.").arg(option, value), hint);
}

/// As Go's ParseBool.
Result<bool> flag(const Project& project, const QString& option)
{
    static const QStringList yes{QStringLiteral("1"),    QStringLiteral("t"),    QStringLiteral("T"),
                                 QStringLiteral("true"), QStringLiteral("TRUE"), QStringLiteral("True")};
    static const QStringList no{QStringLiteral("0"),
                                QStringLiteral("f"),
                                QStringLiteral("F"),
                                QStringLiteral("false"),
                                QStringLiteral("FALSE"),
                                QStringLiteral("False"),
                                QString()};
    const QString value = project.settings.value(option);
    if (!yes.contains(value) && !no.contains(value))
        return refuse(option, value, Words::tr("golang-migrate takes true or false there."));
    return yes.contains(value);
}

Result<int> number(const Project& project, const QString& option)
{
    const QString value = project.settings.value(option);
    bool valid = value.isEmpty();
    const int number = valid ? 0 : value.toInt(&valid);
    if (!valid)
        return refuse(option, value, Words::tr("golang-migrate takes a number there."));
    return number;
}

/// The parts in double quotes: a table, or a schema and a table.
Result<ledger::Table> quotedTable(const QString& name)
{
    static const QRegularExpression part(QStringLiteral(R"re("(.*?)")re"));
    const bool enclosed = name.size() > 1 && name.startsWith(u'"') && name.endsWith(u'"');
    QStringList parts;
    for (const auto& match : part.globalMatch(name))
        parts << match.captured(1);
    if (!enclosed || parts.isEmpty() || parts.size() > 2)
        return refuse(tableOption, name,
                      Words::tr(R"(With %1 the name is "table" or "schema"."table", with its quotes.)")
                          .arg(quotedOption));
    return ledger::Table{.schema = parts.size() == 2 ? parts.first() : QString(), .name = parts.last()};
}

/// SQLite: the tool puts the text into its statements as it is, which only works for one name.
Result<ledger::Table> bareTable(const QString& name)
{
    static const QRegularExpression word(
        QStringLiteral(R"re(^(?:([^\W\d][\w$]*)|"([^"]+)"|`([^`]+)`|\[([^]]+)\])$)re"),
        QRegularExpression::UseUnicodePropertiesOption);
    const auto match = word.match(name);
    if (!match.hasMatch())
        return refuse(tableOption, name,
                      Words::tr("Give the name of one table, in double quotes where it "
                                "has other signs than letters, digits and _."));
    return ledger::Table{.schema = {}, .name = match.captured(match.lastCapturedIndex())};
}

Result<ledger::Table> tableOf(const Project& project, std::optional<Engine> engine)
{
    const QString name = project.settings.value(tableOption);
    if (name.isEmpty())
        return ledger::Table{.schema = {}, .name = defaultTable};
    if (engine == Engine::Sqlite)
        return bareTable(name);
    const auto quoted = flag(project, quotedOption);
    if (!quoted)
        return fail(quoted.error());
    if (*quoted)
        return quotedTable(name);
    return ledger::Table{.schema = {}, .name = name};
}

/// The tool's other way to lock is a table, which Dewpoint does not keep.
Result<> refuseOtherLocks(const Project& project)
{
    const QString option = QStringLiteral("x-lock-strategy");
    const QString value = project.settings.value(option);
    if (value.isEmpty() || value == QLatin1String("advisory"))
        return {};
    return refuse(option, value, Words::tr("Dewpoint takes golang-migrate's advisory lock alone."));
}

}  // namespace

Result<Options> optionsOf(const Project& project, std::optional<Engine> engine)
{
    const auto table = tableOf(project, engine);
    if (!table)
        return fail(table.error());
    Options options{.table = *table};
    if (engine == Engine::Sqlite)
        return flag(project, QStringLiteral("x-no-tx-wrap")).transform([&](bool without) {
            options.noTxWrap = without;
            return options;
        });
    const auto multi = flag(project, QStringLiteral("x-multi-statement"));
    const auto timeout = number(project, QStringLiteral("x-statement-timeout"));
    if (!multi || !timeout)
        return fail(multi ? timeout.error() : multi.error());
    if (auto locks = refuseOtherLocks(project); !locks)
        return fail(locks.error());
    options.multiStatement = *multi;
    options.statementTimeout = *timeout;
    return options;
}

QString spelled(const Project&, const QString& url)
{
    static const QRegularExpression drivers(QStringLiteral("^pgx[45]?://"));
    return forLibpq(QString(url).replace(drivers, QStringLiteral("postgres://")),
                    QStringLiteral("search_path"), {QStringLiteral("binary_parameters")});
}

}  // namespace dewpoint::project::golang_migrate
