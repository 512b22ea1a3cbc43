// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/snapshot.h"

#include "base/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUuid>

namespace dewpoint::project::drizzle::snapshot {

namespace {

QJsonObject parsed(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

std::unexpected<Error> malformed()
{
    return fail(ErrorKind::File, Words::tr("The last snapshot is not one that drizzle-kit wrote."),
                Words::tr("drizzle-kit check says what is wrong with it."));
}

/// Replaces the value of a key of the outermost object, as JSON.stringify indents it.
bool replaceValue(QString& text, const QString& key, const QString& value)
{
    const QRegularExpression place(QStringLiteral("^(  \"%1\": )(?:\\[.*?^  \\]|\\[\\]|\"[^\"]*\")").arg(key),
                                   QRegularExpression::MultilineOption
                                       | QRegularExpression::DotMatchesEverythingOption);
    const auto match = place.match(text);
    if (!match.hasMatch())
        return false;
    text.replace(match.capturedStart(), match.capturedLength(), match.captured(1) + value);
    return true;
}

QString quotedList(const QString& id)
{
    return QStringLiteral("[\n    \"%1\"\n  ]").arg(id);
}

QByteArray emptyJournalSnapshot(const QString& dialect)
{
    const bool postgres = dialect == QLatin1String("postgresql");
    const QString head = QStringLiteral("{\n  \"id\": \"\",\n  \"prevId\": \"\",\n  \"version\": \"%1\",\n"
                                        "  \"dialect\": \"%2\",\n  \"tables\": {},\n")
                             .arg(postgres ? QStringLiteral("7") : QStringLiteral("6"), dialect);
    const QString middle =
        postgres ? QStringLiteral("  \"enums\": {},\n  \"schemas\": {},\n  \"views\": {},\n"
                                  "  \"sequences\": {},\n  \"roles\": {},\n  \"policies\": {},\n")
                 : QStringLiteral("  \"views\": {},\n  \"enums\": {},\n");
    return (head + middle
            + QStringLiteral(
                "  \"_meta\": {\n    \"columns\": {},\n    \"schemas\": {},\n    \"tables\": {}\n  }\n}"))
        .toUtf8();
}

QByteArray folderSkeleton(bool postgres, const QString& id, const QString& parent, bool first)
{
    const QString parents = quotedList(parent);
    const QString text =
        postgres
            ? QStringLiteral("{\n  \"type\": \"%1\",\n  \"version\": \"9\",\n  \"dialect\": \"postgres\",\n"
                             "  \"id\": \"%2\",\n  \"prevIds\": %3,\n  \"footprints\": [],\n  \"%4\": []\n}")
                  .arg(first ? QStringLiteral("base") : QStringLiteral("diff"), id, parents,
                       first ? QStringLiteral("ddl") : QStringLiteral("deltas"))
            : QStringLiteral("{\n  \"id\": \"%1\",\n  \"prevIds\": %2,\n  \"version\": \"7\",\n"
                             "  \"dialect\": \"sqlite\",\n  \"ddl\": [],\n  \"renames\": []\n}")
                  .arg(id, parents);
    return text.toUtf8();
}

}  // namespace

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString origin()
{
    return QStringLiteral("00000000-0000-0000-0000-000000000000");
}

QString idOf(const QByteArray& text)
{
    return parsed(text).value(QLatin1String("id")).toString();
}

QStringList parentsOf(const QByteArray& text)
{
    const QJsonObject object = parsed(text);
    QStringList parents;
    for (const auto& parent : object.value(QLatin1String("prevIds")).toArray())
        parents << parent.toString();
    if (object.contains(QLatin1String("prevId")))
        parents << object.value(QLatin1String("prevId")).toString();
    return parents;
}

Result<QByteArray> afterJournal(const QByteArray& previous, const QString& dialect, const QString& id)
{
    const bool first = previous.isEmpty();
    const QString parent = first ? origin() : idOf(previous);
    QString text = QString::fromUtf8(first ? emptyJournalSnapshot(dialect) : previous);
    if (parent.isEmpty() || !replaceValue(text, QStringLiteral("id"), u'"' + id + u'"')
        || !replaceValue(text, QStringLiteral("prevId"), u'"' + parent + u'"'))
        return malformed();
    return text.toUtf8();
}

Result<QByteArray> afterFolder(const QByteArray& previous, bool postgres, const QString& id)
{
    if (previous.isEmpty())
        return folderSkeleton(postgres, id, origin(), true);
    const QString parent = idOf(previous);
    if (parent.isEmpty())
        return malformed();
    if (parsed(previous).contains(QLatin1String("type")))
        return folderSkeleton(postgres, id, parent, false);  // a difference: of nothing
    QString text = QString::fromUtf8(previous);
    if (!replaceValue(text, QStringLiteral("id"), u'"' + id + u'"')
        || !replaceValue(text, QStringLiteral("prevIds"), quotedList(parent))
        || !replaceValue(text, QStringLiteral("renames"), QStringLiteral("[]")))
        return malformed();
    return text.toUtf8();
}

}  // namespace dewpoint::project::drizzle::snapshot
