// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Squashing, and taking it back: the old files are kept in the application's own folder.
#include "apply/status.h"
#include "base/words.h"
#include "project/for_database.h"
#include "project/new_file.h"
#include "squash/squash.h"
#include "store/json_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::squash {

namespace {

constexpr auto manifestName = "squash.json"_L1;
constexpr qsizetype nameDigits = 12;

QString sumOf(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

/// Those of one project are told from others by the path, whatever links lead to it.
QString prefixOf(const project::Project& project)
{
    return sumOf(store::canonicalFolder(project.directory).toUtf8()).first(nameDigits) + u'-';
}

QString fileIn(const QString& folder, const QString& path)
{
    return QDir(folder).filePath(u"files/"_s + path);
}

QJsonObject manifestOf(const project::Project& project, const Squash& squash, const QDateTime& at)
{
    QJsonArray files;
    for (const FileEdit& edit : squash.edits)
        files.append(QJsonObject{{u"path"_s, edit.path},
                                 {u"was_there"_s, edit.before.has_value()},
                                 {u"now"_s, edit.after ? QJsonValue(sumOf(*edit.after)) : QJsonValue()}});
    QJsonArray old;
    for (const project::Migration& migration : squash.old)
        old.append(migration.folder);
    return {{u"directory"_s, project.directory},
            {u"at"_s, at.toString(Qt::ISODateWithMs)},
            {u"version"_s, squash.made.version},
            {u"title"_s, squash.made.folder},
            {u"old"_s, old},
            {u"files"_s, files}};
}

Kept keptOf(const QString& folder, const QJsonObject& manifest)
{
    Kept kept{.folder = folder,
              .at = QDateTime::fromString(manifest[u"at"_s].toString(), Qt::ISODateWithMs),
              .version = manifest[u"version"_s].toString(),
              .title = manifest[u"title"_s].toString(),
              .old = {}};
    for (const auto& name : manifest[u"old"_s].toArray())
        kept.old << name.toString();
    return kept;
}

/// The manifest is last: without it, nothing counts as kept.
Result<Kept> keep(const project::Project& project, const Squash& squash)
{
    const QDateTime at = QDateTime::currentDateTimeUtc();
    const QString folder = QDir(store::stateFolder(u"squashed"_s))
                               .filePath(prefixOf(project) + at.toString(u"yyyyMMdd-HHmmss-zzz"_s));
    const auto written = [&]() -> Result<> {
        for (const FileEdit& edit : squash.edits) {
            if (!edit.before)
                continue;
            const QString copy = fileIn(folder, edit.path);
            auto done = project::makeFolder(QFileInfo(copy).path()).and_then([&] {
                return project::writeNew(copy, *edit.before);
            });
            if (!done)
                return done;
        }
        return project::makeFolder(folder);
    }();
    const QJsonObject manifest = manifestOf(project, squash, at);
    auto kept = written ? store::writeJson(QDir(folder).filePath(manifestName), manifest) : written;
    if (!kept) {
        QDir(folder).removeRecursively();
        Error error = kept.error();
        error.message =
            Words::tr("The old files could not be kept, so nothing was changed: %1").arg(error.message);
        return fail(error);
    }
    return keptOf(folder, manifest);
}

/// The order is what the tool sees: a migration that came meanwhile would be in another place.
Result<> wantSameOrder(const project::Project& project, const QStringList& order)
{
    const auto all = project::list(project);
    if (!all)
        return fail(all.error());
    const bool same = std::ranges::equal(*all, order, {}, &project::Migration::version);
    return same ? Result<>{}
                : fail(ErrorKind::Conflict,
                       Words::tr("The migrations have changed since this was worked out."),
                       Words::tr("Nothing was changed. Look at them again."));
}

Result<QByteArray> keptFile(const Kept& kept, const QString& path)
{
    return project::readScript(fileIn(kept.folder, path));
}

/// What would have to change so that the file is as it was; nothing where it is already: a squash may have
/// been killed in the middle.
Result<std::optional<FileEdit>> turned(const QString& directory, const Kept& kept, const QJsonObject& file)
{
    FileEdit edit{.path = file[u"path"_s].toString(), .before = {}, .after = {}};
    const QString path = QDir(directory).filePath(edit.path);
    if (QFileInfo::exists(path)) {
        auto now = project::readScript(path);
        if (!now)
            return fail(now.error());
        edit.before = *std::move(now);
    }
    if (file[u"was_there"_s].toBool()) {
        auto was = keptFile(kept, edit.path);
        if (!was)
            return fail(was.error());
        edit.after = *std::move(was);
    }
    if (edit.before == edit.after)
        return std::optional<FileEdit>();
    const QString wanted = file[u"now"_s].toString();
    if (edit.before && sumOf(*edit.before) != wanted)
        return fail(ErrorKind::Conflict, Words::tr("%1 is not as it was left.").arg(path),
                    Words::tr("Nothing was changed. The old files are in %1.").arg(kept.folder));
    return std::optional(edit);
}

Result<> wantPending(drivers::Connection& live, const project::Project& project, const Kept& kept)
{
    const auto status = apply::status(live, project);
    if (!status)
        return fail(status.error());
    const auto state = std::ranges::find_if(status->migrations, [&](const apply::MigrationState& each) {
        return each.migration.version == kept.version;
    });
    using apply::State;
    if (state == status->migrations.end() || state->state == State::Pending
        || state->state == State::OutOfOrder || state->state == State::Skipped)
        return {};
    return fail(ErrorKind::Conflict,
                Words::tr("%1 is not pending any more (%2).")
                    .arg(kept.title, apply::stateTitle(state->state).toLower()),
                Words::tr("Revert it first; the old files are in %1.").arg(kept.folder));
}

}  // namespace

Result<Kept> carryOut(const project::Project& project, const Squash& agreed)
{
    if (auto same = wantSameOrder(project, agreed.order); !same)
        return fail(same.error());
    auto kept = keep(project, agreed);
    if (!kept)
        return kept;
    if (auto done = put(project.directory, agreed.edits); !done) {
        if (leftover(project.directory).isEmpty())
            QDir(kept->folder).removeRecursively();
        return fail(done.error());
    }
    return kept;
}

std::optional<Kept> lastKept(const project::Project& project)
{
    const QDir all(store::stateFolder(u"squashed"_s));
    QStringList names = all.entryList({prefixOf(project) + u'*'}, QDir::Dirs, QDir::Name);
    std::ranges::reverse(names);
    for (const QString& name : std::as_const(names)) {
        const QString folder = all.filePath(name);
        const auto manifest = store::readJson(QDir(folder).filePath(manifestName));
        if (manifest && !manifest->isEmpty())
            return keptOf(folder, *manifest);
    }
    return std::nullopt;
}

Result<> takeBack(drivers::Connection& live, const project::Project& project, const Kept& kept)
{
    const project::Project known = project::forDatabase(project, live.target());
    const QString left = leftover(known.directory);
    // Half-way, the tool's list may be none.
    if (auto pending = left.isEmpty() ? wantPending(live, known, kept) : Result<>{}; !pending)
        return pending;
    const auto manifest = store::readJson(QDir(kept.folder).filePath(manifestName));
    if (!manifest)
        return fail(manifest.error());
    QList<FileEdit> edits;
    for (const auto& file : (*manifest)[u"files"_s].toArray()) {
        const auto edit = turned(known.directory, kept, file.toObject());
        if (!edit)
            return fail(edit.error());
        if (*edit)
            edits.append(**edit);
    }
    // All that is in it is kept as well, or can be made again.
    if (!left.isEmpty())
        QDir(left).removeRecursively();
    if (auto done = put(known.directory, edits); !done)
        return done;
    QDir(kept.folder).removeRecursively();
    return {};
}

}  // namespace dewpoint::squash
