// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/checksum.h"
#include "project/formats/flyway/flyway.h"
#include "sql/statements.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStringDecoder>

namespace dewpoint::project::flyway {

namespace {

/// What Flyway itself provides. What depends on its session is not known here.
std::optional<QString> ownPlaceholder(const Project& project, const QString& name, const QString& path)
{
    if (name == QLatin1String("flyway:filename"))
        return QFileInfo(path).fileName();
    if (name == QLatin1String("flyway:table"))
        return option(project, keys::table, "flyway_schema_history");
    if (name == QLatin1String("flyway:timestamp"))
        return QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    if (name == QLatin1String("flyway:workingDirectory"))
        return QDir::toNativeSeparators(project.root);
    if (name == QLatin1String("flyway:environment"))
        return option(project, QLatin1StringView("environment"), "default");
    if (name == QLatin1String("flyway:defaultSchema")) {
        const bool sqlite = project.engine.value_or(Engine::Postgres) == Engine::Sqlite;
        return option(project, keys::schema, sqlite ? "main" : "public");
    }
    return std::nullopt;
}

std::optional<QString> valueOf(const Project& project, const QString& name, const QString& path)
{
    for (auto entry = project.settings.begin(); entry != project.settings.end(); ++entry) {
        if (entry.key().compare(QStringLiteral("placeholders.") + name, Qt::CaseInsensitive) == 0)
            return entry.value();
    }
    return ownPlaceholder(project, name, path);
}

Result<QString> withPlaceholders(const Project& project, const QString& text, const QString& path)
{
    const QString begin = option(project, QLatin1StringView("placeholderPrefix"), "${");
    const QString end = option(project, QLatin1StringView("placeholderSuffix"), "}");
    QString result;
    qsizetype at = 0;
    for (;;) {
        const qsizetype start = text.indexOf(begin, at);
        const qsizetype stop = start < 0 ? -1 : text.indexOf(end, start + begin.size());
        if (stop < 0)
            return result + text.sliced(at);
        const QString name = text.sliced(start + begin.size(), stop - start - begin.size());
        const auto value = valueOf(project, name, path);
        if (!value)
            return fail(ErrorKind::File,
                        Words::tr("%1: No value provided for placeholder: %2. Check your configuration!")
                            .arg(QFileInfo(path).fileName(), begin + name + end),
                        Words::tr("Placeholders are read from Flyway's configuration and environment only."));
        result += text.sliced(at, start - at) + *value;
        at = stop + end.size();
    }
}

bool needsNoTransaction(const QString& statement, Engine engine)
{
    static const QRegularExpression sqlite(QStringLiteral("^PRAGMA\\s+FOREIGN_KEYS"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression postgres(
        QStringLiteral("^((CREATE|DROP)\\s+(DATABASE|TABLESPACE|SUBSCRIPTION)\\b|ALTER\\s+SYSTEM\\b"
                       "|(CREATE|DROP)\\s+(UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\b"
                       "|REINDEX\\s+(VERBOSE\\s+)?(SCHEMA|DATABASE|SYSTEM)\\b|VACUUM\\b|DISCARD\\s+ALL\\b)"),
        QRegularExpression::CaseInsensitiveOption);
    return (engine == Engine::Sqlite ? sqlite : postgres).match(statement).hasMatch();
}

}  // namespace

QString checksum(const QByteArray& text)
{
    QByteArray bytes = text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text;
    bytes.removeIf([](char c) { return c == '\n' || c == '\r'; });
    return QString::number(static_cast<qint32>(crc32(bytes)));
}

QString besideOption(const QString& path, const QString& name)
{
    const auto text = QFileInfo::exists(path + QStringLiteral(".conf"))
                          ? readScript(path + QStringLiteral(".conf"))
                          : Result<QByteArray>();
    const QStringList lines = QString::fromUtf8(text.value_or(QByteArray())).split(u'\n');
    for (const QString& line : lines) {
        const QString key = line.section(u'=', 0, 0).trimmed();
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return line.section(u'=', 1).trimmed();
    }
    return {};
}

Result<QString> decoded(const Project& project, const QString& path)
{
    const auto bytes = readScript(path);
    if (!bytes)
        return fail(bytes.error());
    const QString own = besideOption(path, QStringLiteral("encoding"));
    const QString encoding = own.isEmpty() ? option(project, QLatin1StringView("encoding"), "UTF-8") : own;
    QStringDecoder decoder(encoding.toLatin1().constData(), QStringDecoder::Flag::Stateless);
    if (!decoder.isValid())
        return fail(ErrorKind::File, Words::tr("%1: the encoding %2 is not known.").arg(path, encoding));
    const QString text = decoder(*bytes);
    if (decoder.hasError())
        return fail(ErrorKind::File, Words::tr("%1 is not written in %2.").arg(path, encoding),
                    Words::tr("Flyway refuses everything while it cannot read it: save it so, or name its "
                              "encoding."));
    return text;
}

Result<QByteArray> readText(const Project& project, const QString& path)
{
    const auto text = decoded(project, path);
    if (!text)
        return fail(text.error());
    const QString wanted = besideOption(path, QStringLiteral("placeholderReplacement"));
    const bool replaces = wanted.isEmpty() ? isOn(project, QLatin1StringView("placeholderReplacement"), true)
                                           : wanted == QLatin1String("true");
    if (!replaces)
        return text->toUtf8();
    return withPlaceholders(project, *text, path).transform([](const QString& done) {
        return done.toUtf8();
    });
}

Statements statementsOf(const QByteArray& text, Engine engine)
{
    const QString characters = QString::fromUtf8(text);
    Statements result{.script = {.text = text}};
    int without = 0;
    qsizetype bytes = 0;
    qsizetype from = 0;
    const auto statements = sql::split(characters, engine);
    for (const auto& statement : statements) {
        const auto one = QStringView(characters).sliced(statement.start, statement.length);
        bytes += QStringView(characters).sliced(from, statement.start - from).toUtf8().size();
        const qsizetype length = one.toUtf8().size();
        result.script.pieces.append({.start = bytes, .length = length});
        bytes += length;
        from = statement.start + statement.length;
        without += needsNoTransaction(one.toString(), engine) ? 1 : 0;
    }
    result.inTransaction = without == 0;
    result.mixed = without > 0 && without < statements.size();
    return result;
}

}  // namespace dewpoint::project::flyway
