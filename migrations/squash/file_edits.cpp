// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "squash/file_edits.h"

#include "base/words.h"
#include "project/migration.h"
#include "project/new_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace dewpoint::squash {

namespace {

constexpr qsizetype mostFiles = 20'000;
constexpr qint64 mostBytes = 512LL * 1024 * 1024;
constexpr QLatin1StringView asideName(".dewpoint-squash");

/// Their paths in the folder. A hidden folder is version control's, or our own.
Result<QStringList> filesOf(const QString& folder)
{
    QStringList paths;
    qint64 bytes = 0;
    QStringList folders{QString()};
    while (!folders.isEmpty()) {
        const QString inner = folders.takeFirst();
        const QDir directory(inner.isEmpty() ? folder : QDir(folder).filePath(inner));
        const QString prefix = inner.isEmpty() ? QString() : inner + u'/';
        for (const QString& name : directory.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks))
            folders << prefix + name;
        const auto files = directory.entryInfoList(QDir::Files | QDir::Hidden);
        for (const QFileInfo& file : files) {
            paths << prefix + file.fileName();
            bytes += file.size();
        }
        if (paths.size() + folders.size() > mostFiles || bytes > mostBytes)
            return fail(
                ErrorKind::Unsupported,
                Words::tr("%1 holds more than migrations: too many files, or too large ones.").arg(folder),
                Words::tr("Move the migrations into a folder of their own."));
    }
    paths.sort();
    return paths;
}

Result<std::optional<QByteArray>> contentOf(const QString& path)
{
    if (!QFileInfo::exists(path))
        return std::optional<QByteArray>();
    return project::readScript(path).transform(
        [](QByteArray text) { return std::optional(std::move(text)); });
}

Result<> checkBefore(const QDir& folder, const QList<FileEdit>& edits)
{
    for (const FileEdit& edit : edits) {
        const auto now = contentOf(folder.filePath(edit.path));
        if (!now)
            return fail(now.error());
        if (*now != edit.before)
            return fail(ErrorKind::Conflict, Words::tr("%1 is not as it was any more.").arg(edit.path),
                        Words::tr("Nothing was changed. Look at the migrations again."));
    }
    return {};
}

/// Goes through the edits, and back again when one of them cannot be done.
class Exchange final
{
public:
    Exchange(const QDir& folder, const QList<FileEdit>& edits)
        : m_folder(folder), m_aside(folder.filePath(asideName)), m_edits(edits)
    {}

    Result<> prepare()
    {
        if (!m_folder.mkdir(asideName))
            return fail(ErrorKind::File, Words::tr("The folder %1 cannot be made.").arg(m_aside.path()),
                        Words::tr("Nothing was changed."));
        for (qsizetype i = 0; i < m_edits.size(); ++i) {
            const auto& after = m_edits[i].after;
            if (!after)
                continue;
            if (auto written = project::writeNew(fresh(i), *after); !written) {
                m_aside.removeRecursively();
                return written;
            }
        }
        return {};
    }

    Result<> run()
    {
        for (qsizetype i = 0; i < m_edits.size(); ++i) {
            auto done = one(i);
            if (done)
                continue;
            goBack();
            // Where something could not be put back, it stays where it is found.
            if (m_aside.isEmpty() || allFresh())
                m_aside.removeRecursively();
            return done;
        }
        m_aside.removeRecursively();
        for (const FileEdit& edit : m_edits) {
            if (!edit.after)
                removeEmpty(QFileInfo(edit.path).path());
        }
        return {};
    }

private:
    QString fresh(qsizetype i) const { return m_aside.filePath(QStringLiteral("%1.new").arg(i)); }
    QString old(qsizetype i) const { return m_aside.filePath(QStringLiteral("%1.old").arg(i)); }

    Result<> one(qsizetype i)
    {
        const FileEdit& edit = m_edits[i];
        if (edit.before && !move(m_folder.filePath(edit.path), old(i)))
            return cannot(edit);
        if (!edit.after)
            return {};
        if (auto made = project::makeFolder(QFileInfo(m_folder.filePath(edit.path)).path()); !made)
            return made;
        return move(fresh(i), m_folder.filePath(edit.path)) ? Result<>{} : cannot(edit);
    }

    static Result<> cannot(const FileEdit& edit)
    {
        return fail(ErrorKind::File, Words::tr("%1 cannot be replaced.").arg(edit.path),
                    Words::tr("Nothing was changed."));
    }

    bool move(const QString& from, const QString& to)
    {
        if (!QFile::rename(from, to))
            return false;
        m_moved.append({from, to});
        return true;
    }

    void goBack()
    {
        for (; !m_moved.isEmpty(); m_moved.removeLast())
            QFile::rename(m_moved.last().second, m_moved.last().first);
    }

    bool allFresh() const
    {
        return m_aside.entryList({QStringLiteral("*.old")}, QDir::Files | QDir::Hidden).isEmpty();
    }

    void removeEmpty(const QString& folder)
    {
        for (QString each = folder; each != QLatin1String("."); each = QFileInfo(each).path()) {
            if (!m_folder.rmdir(each))
                return;
        }
    }

    QDir m_folder;
    QDir m_aside;
    const QList<FileEdit>& m_edits;
    QList<std::pair<QString, QString>> m_moved;
};

}  // namespace

Result<QList<FileEdit>> differences(const QString& from, const QString& to)
{
    const auto there = filesOf(from);
    const auto here = filesOf(to);
    if (!there || !here)
        return fail(there ? here.error() : there.error());
    QStringList all = *there + *here;
    all.sort();
    all.removeDuplicates();
    QList<FileEdit> edits;
    for (const QString& path : std::as_const(all)) {
        auto before = contentOf(QDir(from).filePath(path));
        auto after = contentOf(QDir(to).filePath(path));
        if (!before || !after)
            return fail(before ? after.error() : before.error());
        if (*before != *after)
            edits.append({.path = path, .before = *std::move(before), .after = *std::move(after)});
    }
    return edits;
}

Result<> copyFiles(const QString& from, const QString& to)
{
    const auto paths = filesOf(from);
    if (!paths)
        return fail(paths.error());
    for (const QString& path : *paths) {
        const auto bytes = project::readScript(QDir(from).filePath(path));
        if (!bytes)
            return fail(bytes.error());
        const QString copy = QDir(to).filePath(path);
        auto written = project::makeFolder(QFileInfo(copy).path()).and_then([&] {
            return project::writeNew(copy, *bytes);
        });
        if (!written)
            return written;
    }
    return {};
}

Result<> put(const QString& folder, const QList<FileEdit>& edits)
{
    const QDir directory(folder);
    if (!leftover(folder).isEmpty())
        return fail(ErrorKind::Conflict,
                    Words::tr("A squash was broken off here: %1 is left of it.").arg(leftover(folder)),
                    Words::tr("Take it back first: dewpoint migrate squash --undo."));
    if (auto same = checkBefore(directory, edits); !same)
        return same;
    Exchange exchange(directory, edits);
    return exchange.prepare().and_then([&] { return exchange.run(); });
}

QString leftover(const QString& folder)
{
    const QString aside = QDir(folder).filePath(asideName);
    return QFileInfo::exists(aside) ? aside : QString();
}

}  // namespace dewpoint::squash
