// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/dbmate/dbmate.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::project::dbmate {

namespace {

struct Directive {
    qsizetype start = -1;  ///< -1 when there is none
    bool inTransaction = true;
};

QRegularExpression directive(QLatin1StringView word)
{
    return QRegularExpression(QStringLiteral("^--\\s*migrate:%1(\\s*$|\\s+\\S+)").arg(word),
                              QRegularExpression::MultilineOption);
}

/// In bytes: Latin-1 keeps each byte one character.
Directive find(const QString& text, const QRegularExpression& pattern, qsizetype from = 0)
{
    const auto match = pattern.match(text, from);
    if (!match.hasMatch())
        return {};
    return {.start = match.capturedStart(),
            .inTransaction = match.captured(1).trimmed() != QLatin1String("transaction:false")};
}

bool statementsBefore(const QString& text, qsizetype up)
{
    const QStringList lines = text.first(up).split(u'\n');
    return std::ranges::any_of(lines, [](const QString& line) {
        const QString bare = line.trimmed();
        return !bare.isEmpty() && !bare.startsWith(QLatin1String("--"));
    });
}

Result<QList<Migration>> listFolder(const QString& folder)
{
    const QFileInfo info(folder);
    if (!info.isDir())
        return fail(ErrorKind::NotFound, Words::tr("could not find migrations directory `%1`").arg(folder));
    static const QRegularExpression grammar(QStringLiteral("^(\\d+)(.*)\\.sql$"));
    QList<Migration> migrations;
    for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden)) {
        const auto match = grammar.match(file.fileName());
        if (!match.hasMatch())
            continue;
        const auto text = readScript(file.absoluteFilePath());
        if (!text)
            return fail(text.error());
        const auto blocks = parseBlocks(*text);  // a file that is refused is listed, and fails when it runs
        const QString rest = match.captured(2);
        migrations.append({.version = match.captured(1),
                           .name = rest.startsWith(u'_') ? rest.sliced(1) : rest,
                           .folder = file.fileName(),
                           .path = file.absoluteFilePath(),
                           .upPath = file.absoluteFilePath(),
                           .downPath = file.absoluteFilePath(),
                           .downPlace = file.absoluteFilePath(),  // the down block is the file's end
                           .runInTransaction = !blocks || blocks->up.inTransaction,
                           .revertInTransaction = !blocks || blocks->down.inTransaction});
    }
    return migrations;
}

}  // namespace

Result<Blocks> parseBlocks(const QByteArray& bytes)
{
    const QString text = QString::fromLatin1(bytes);
    static const QRegularExpression upWords = directive(QLatin1StringView("up"));
    static const QRegularExpression downWords = directive(QLatin1StringView("down"));
    const Directive up = find(text, upWords);
    const Directive down = find(text, downWords);
    const auto refuse = [](const char* reason) { return fail(ErrorKind::File, Words::tr(reason)); };
    if (up.start < 0)
        return refuse("dbmate requires each migration to define an up block with '-- migrate:up'");
    if (statementsBefore(text, up.start))
        return refuse("dbmate does not support statements preceding the '-- migrate:up' block");
    if (down.start < 0)
        return refuse("dbmate requires each migration to define a down block with '-- migrate:down'");
    if (down.start < up.start)
        return refuse("dbmate requires '-- migrate:up' to appear before '-- migrate:down'");
    if (find(text, upWords, down.start).start >= 0)
        return refuse("There is a second '-- migrate:up' block, which could not be recorded");
    return Blocks{
        .up = {.start = up.start, .length = down.start - up.start, .inTransaction = up.inTransaction},
        .down = {
            .start = down.start, .length = bytes.size() - down.start, .inTransaction = down.inTransaction}};
}

Result<QList<Migration>> list(const Project& project)
{
    const QString folders = project.settings.value(keys::folders, project.directory);
    QList<Migration> migrations;
    for (const QString& folder : folders.split(u'\n')) {
        auto some = listFolder(folder);
        if (!some)
            return some;
        migrations += *some;
    }
    std::ranges::stable_sort(migrations, versionLess, &Migration::folder);
    return migrations;
}

}  // namespace dewpoint::project::dbmate
