// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/migration.h"

#include "base/words.h"
#include "project/format.h"
#include "sql/statements.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project {

namespace {

QStringView withoutZeros(QStringView digits)
{
    while (digits.startsWith(u'0'))
        digits = digits.sliced(1);
    return digits;
}

}  // namespace

Result<QList<Migration>> list(const Project& project)
{
    if (auto known = refuseUnknown(project.unknowns); !known)
        return fail(known.error());
    // One that was begun here has no folder before its first migration.
    const bool begins = project.evidence == Evidence::Name && !QFileInfo::exists(project.directory);
    return begins ? QList<Migration>() : formatOf(project).list(project);
}

Result<Script> script(const Project& project, const Migration& migration, Direction direction)
{
    const Format& format = formatOf(project);
    auto script = format.script(project, migration, direction);
    const QString& path = direction == Direction::Up ? migration.upPath : migration.downPath;
    if (!script || !format.readsUtf8Only || path.isEmpty() || script->text.isValidUtf8())
        return script;
    return fail(readUtf8(path).error_or(Error()));
}

Result<Script> scriptOfFile(const Project&, const Migration& migration, Direction direction)
{
    const QString& path = direction == Direction::Up ? migration.upPath : migration.downPath;
    return path.isEmpty() ? Script() : readScript(path).transform(wholeScript);
}

Result<qsizetype> indexOf(const QList<Migration>& list, const QString& text)
{
    const auto find = [&](auto fits) {
        const auto found = std::ranges::find_if(list, fits);
        return found == list.end() ? -1 : found - list.begin();
    };
    qsizetype index = find([&](const Migration& m) { return m.version == text || m.folder == text; });
    const QString version = normalisedVersion(text);
    if (index < 0)
        index = find([&](const Migration& m) { return m.version == version; });
    if (index < 0)
        index = find([&](const Migration& m) { return m.version.section(u'_', 0, 0) == text; });
    if (index < 0 && !version.isEmpty())
        index = find([&](const Migration& m) {
            return !numberLess(m.version, version) && !numberLess(version, m.version);
        });
    if (index < 0)
        return fail(ErrorKind::InvalidInput, Words::tr("There is no migration with version %1.").arg(text),
                    Words::tr("The list of migrations shows the versions."));
    return index;
}

QString normalisedVersion(const QString& text)
{
    return text.section(u'_', 0, 0).remove(u'-');
}

bool versionLess(const QString& left, const QString& right)
{
    return left.toUtf8() < right.toUtf8();
}

bool numberLess(const QString& left, const QString& right)
{
    const bool negative = left.startsWith(u'-');
    if (negative != right.startsWith(u'-'))
        return negative;
    const QStringView a = withoutZeros(QStringView(left).sliced(negative ? 1 : 0));
    const QStringView b = withoutZeros(QStringView(right).sliced(negative ? 1 : 0));
    const bool less = a.size() != b.size() ? a.size() < b.size() : a < b;
    return negative ? !less && a != b : less;
}

Result<QByteArray> readScript(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::File, Words::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    return file.readAll();
}

Result<QByteArray> readUtf8(const QString& path)
{
    auto text = readScript(path);
    if (text && !text->isValidUtf8())
        return fail(ErrorKind::File, Words::tr("%1: stream did not contain valid UTF-8").arg(path),
                    Words::tr("Save the file as UTF-8."));
    return text;
}

Result<QByteArray> readHead(const QString& path)
{
    constexpr qint64 enough = 64 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::File, Words::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    return file.read(enough);
}

bool controlsTransaction(const QString& script, Engine engine)
{
    static const QStringList words{
        QStringLiteral("BEGIN"),    QStringLiteral("START"), QStringLiteral("COMMIT"), QStringLiteral("END"),
        QStringLiteral("ROLLBACK"), QStringLiteral("ABORT"), QStringLiteral("PREPARE")};
    return std::ranges::any_of(sql::split(script, engine), [&](const sql::Statement& statement) {
        return words.contains(sql::leadingKeyword(script.mid(statement.start, statement.length)));
    });
}

bool mustRunAlone(const QByteArray& script, std::optional<Engine> engine)
{
    const QString text = QString::fromUtf8(script);
    const auto alone = [&](Engine one) {
        return engine.value_or(one) != one || sql::split(text, one).size() < 2
               || controlsTransaction(text, one);
    };
    return alone(Engine::Sqlite) && alone(Engine::Postgres);
}

Script wholeScript(const QByteArray& text)
{
    return {.text = text, .linesBefore = 0, .pieces = {{.start = 0, .length = text.size()}}};
}

}  // namespace dewpoint::project
