// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/file_change.h"

#include "base/words.h"

#include <QSaveFile>

#include <algorithm>

namespace dewpoint::apply {

namespace {

constexpr qsizetype linesAround = 2;

/// The file, and where the script begins in it.
Result<std::pair<QByteArray, qsizetype>> fileOf(const Linted& linted)
{
    auto bytes = project::readScript(linted.migration.upPath);
    if (!bytes)
        return fail(bytes.error());
    const QByteArray script = linted.script.toUtf8();
    for (qsizetype at = bytes->indexOf(script); at >= 0; at = bytes->indexOf(script, at + 1)) {
        if (bytes->first(at).count('\n') == linted.linesBefore)
            return std::pair(*std::move(bytes), at);
    }
    return fail(ErrorKind::Unsupported,
                Words::tr("%1 does not hold the script as it runs.").arg(linted.migration.upPath),
                Words::tr("Change the file by hand."));
}

qsizetype bytesTo(const QString& script, qsizetype place)
{
    return QStringView(script).first(place).toUtf8().size();
}

}  // namespace

bool canRewrite(const project::Project& project, const Linted& linted, const lint::Finding& finding)
{
    if (!finding.rewrite || finding.statement < 0 || linted.migration.upPath.isEmpty())
        return false;
    return !finding.rewrite->outside
           || (linted.report.statements.size() == 1
               && (!linted.migration.runInTransaction || project::formatOf(project).outsideTransaction));
}

Result<FileChange> rewritten(const project::Project& project, const Linted& linted,
                             const lint::Finding& finding)
{
    if (!canRewrite(project, linted, finding))
        return fail(ErrorKind::Unsupported, Words::tr("There is no safer way that could be written here."));
    const auto file = fileOf(linted);
    if (!file)
        return fail(file.error());
    const lint::Rewrite rewrite = finding.rewrite.value_or(lint::Rewrite{});
    const lint::Judged& statement = linted.report.statements.at(finding.statement);
    QByteArray after = file->first;
    after.replace(file->second + bytesTo(linted.script, statement.place.start),
                  statement.text.toUtf8().size(), rewrite.statement.toUtf8());
    if (rewrite.outside && linted.migration.runInTransaction)
        after = project::formatOf(project).outsideTransaction(after);
    return FileChange{.path = linted.migration.upPath, .before = file->first, .after = after};
}

Result<FileChange> withStatementFirst(const Linted& linted, const QString& sql)
{
    const auto file = fileOf(linted);
    if (!file)
        return fail(file.error());
    if (linted.report.statements.isEmpty())
        return fail(ErrorKind::Unsupported, Words::tr("The script has no statement."));
    QByteArray after = file->first;
    after.insert(file->second + bytesTo(linted.script, linted.report.statements.first().place.start),
                 sql.toUtf8() + '\n');
    return FileChange{.path = linted.migration.upPath, .before = file->first, .after = after};
}

QString shownDifference(const FileChange& change)
{
    const QStringList before = QString::fromUtf8(change.before).split(u'\n');
    const QStringList after = QString::fromUtf8(change.after).split(u'\n');
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before.at(head) == after.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail))
        ++tail;
    QStringList lines;
    for (qsizetype i = std::max<qsizetype>(0, head - linesAround); i < head; ++i)
        lines.append(QStringLiteral("  ") + before.at(i));
    for (qsizetype i = head; i < before.size() - tail; ++i)
        lines.append(QStringLiteral("- ") + before.at(i));
    for (qsizetype i = head; i < after.size() - tail; ++i)
        lines.append(QStringLiteral("+ ") + after.at(i));
    for (qsizetype i = after.size() - tail; i < std::min(after.size(), after.size() - tail + linesAround);
         ++i)
        lines.append(QStringLiteral("  ") + after.at(i));
    while (!lines.isEmpty() && lines.last().trimmed().isEmpty())
        lines.removeLast();
    return lines.join(u'\n');
}

Result<> write(const FileChange& change)
{
    const auto now = project::readScript(change.path);
    if (!now)
        return fail(now.error());
    if (*now != change.before)
        return fail(ErrorKind::Conflict, Words::tr("%1 has changed meanwhile.").arg(change.path),
                    Words::tr("Nothing was written. Look at it again."));
    QSaveFile file(change.path);
    if (!file.open(QIODevice::WriteOnly) || file.write(change.after) != change.after.size() || !file.commit())
        return fail(ErrorKind::File,
                    Words::tr("%1 cannot be written: %2").arg(change.path, file.errorString()));
    return {};
}

}  // namespace dewpoint::apply
