// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/stamps.h"

#include "base/words.h"
#include "project/code.h"
#include "store/identity.h"
#include "store/json_file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::rehearse {

namespace {

constexpr qsizetype nameDigits = 32;

QString fileOf(const drivers::Target& live)
{
    const auto hash =
        QCryptographicHash::hash(store::databaseIdentity(live).toUtf8(), QCryptographicHash::Sha256);
    return u"%1/%2.json"_s.arg(store::stateFolder(u"rehearsals"_s),
                               QString::fromLatin1(hash.toHex().first(nameDigits)));
}

// A damaged file was moved aside when it was first read; that it is gone says nothing about what was in it.
Result<QJsonObject> read(const drivers::Target& live)
{
    const QString path = fileOf(live);
    const QString advice =
        Words::tr("Say whether this database demands a rehearsal: migrate rehearse --demand on, or off.");
    auto file = store::readJson(path);
    if (!file) {
        Error error = file.error();
        error.hint = advice;
        return fail(std::move(error));
    }
    if (file->isEmpty() && !QFile::exists(path) && QFile::exists(path + u".damaged"_s))
        return fail(ErrorKind::File,
                    Words::tr("What was kept of rehearsals is damaged: %1.").arg(path + u".damaged"_s),
                    advice);
    return file;
}

QJsonObject toJson(const Stamp& stamp)
{
    return {{u"verdict"_s, verdictName(stamp.verdict)},
            {u"text"_s, stamp.text},
            {u"parked"_s, stamp.parked},
            {u"at"_s, stamp.at.toString(Qt::ISODate)}};
}

Stamp fromJson(const QJsonObject& json)
{
    return {.verdict = verdictNamed(json[u"verdict"_s].toString()),
            .text = json[u"text"_s].toString(),
            .parked = json[u"parked"_s].toBool(),
            .at = QDateTime::fromString(json[u"at"_s].toString(), Qt::ISODate)};
}

QString textOf(const Rehearsal& rehearsal, const Judgement& one)
{
    const bool failed =
        rehearsal.failure && (one.verdict == Verdict::Fails || one.verdict == Verdict::DownFails);
    if (failed)
        return rehearsal.failure->error.message;
    QStringList parts = one.lost;
    for (const change::Change& left : one.left)
        parts << change::sentence(left);
    return parts.join(u", "_s);
}

}  // namespace

QString Stamp::title() const
{
    switch (verdict) {
    case Verdict::ComesBack:
        return parked ? Words::tr("rehearsed, comes back with parked values")
                      : Words::tr("rehearsed, comes back");
    case Verdict::LosesValues: return Words::tr("down loses: %1").arg(text);
    case Verdict::Differs: return Words::tr("down does not restore: %1").arg(text);
    case Verdict::NoDown: return Words::tr("rehearsed, no way back");
    case Verdict::DownFails: return Words::tr("down fails: %1").arg(text);
    case Verdict::Fails: return Words::tr("fails: %1").arg(text);
    case Verdict::UpOnly: return Words::tr("rehearsed without the way back");
    }
    std::unreachable();
}

QByteArray contentOf(const project::Project& project, const project::Migration& migration)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&](const QByteArray& text) {
        hash.addData(QByteArray::number(text.size()) + '\n' + text);
    };
    if (project::runsCode(project)) {
        const auto source = project::sourceOf(migration);
        const auto code = project::codeOf(project);
        add(source.value_or(QString()).toUtf8());
        add(code ? code->hash.toUtf8() : QByteArray());
    } else {
        for (const auto direction : {project::Direction::Up, project::Direction::Down}) {
            const bool there = direction == project::Direction::Up || migration.reversible();
            const auto script = there ? project::script(project, migration, direction)
                                      : Result<project::Script>(project::Script());
            add(script ? script->text : QByteArray());
        }
    }
    return hash.result().toHex();
}

Result<> keepStamps(const drivers::Target& live, const project::Project& project, const Rehearsal& rehearsal)
{
    // What a revert loses of the rows of now says nothing of a run.
    if (rehearsal.isRevert())
        return {};
    auto known = read(live);
    if (!known)
        return fail(known.error());
    QJsonObject file = *std::move(known);
    QJsonObject stamps = file[u"stamps"_s].toObject();
    for (const Judgement& one : rehearsal.judgements) {
        // Nothing is known of what comes behind a failure.
        if (one.verdict == Verdict::UpOnly && rehearsal.failure && !rehearsal.failedBack())
            continue;
        const QString content = QString::fromLatin1(contentOf(project, one.migration));
        // A rehearsal without the way back knows no more of it than an earlier one.
        const bool knew =
            stamps.contains(content) && fromJson(stamps.value(content).toObject()).verdict != Verdict::Fails;
        if (one.verdict == Verdict::UpOnly && knew)
            continue;
        const bool parked = std::ranges::any_of(rehearsal.parked, [&](const park::Parcel& parcel) {
            return parcel.version == one.migration.version;
        });
        stamps.insert(content, toJson({.verdict = one.verdict,
                                       .text = textOf(rehearsal, one),
                                       .parked = parked,
                                       .at = QDateTime::currentDateTimeUtc()}));
    }
    file.insert(u"stamps"_s, stamps);
    return store::writeJson(fileOf(live), file);
}

QHash<QString, Stamp> stampsOf(const drivers::Target& live, const project::Project& project,
                               const QList<project::Migration>& migrations)
{
    const QJsonObject stamps = read(live).value_or(QJsonObject())[u"stamps"_s].toObject();
    QHash<QString, Stamp> result;
    if (stamps.isEmpty())
        return result;
    for (const project::Migration& migration : migrations) {
        if (migration.folder.isEmpty())
            continue;
        const auto found = stamps.constFind(QString::fromLatin1(contentOf(project, migration)));
        if (found != stamps.constEnd())
            result.insert(migration.version, fromJson(found->toObject()));
    }
    return result;
}

Result<bool> isDemanded(const drivers::Target& live)
{
    return read(live).transform([](const QJsonObject& file) { return file[u"demanded"_s].toBool(); });
}

Result<> demand(const drivers::Target& live, bool wanted)
{
    QJsonObject file = read(live).value_or(QJsonObject());
    file.insert(u"demanded"_s, wanted);
    return store::writeJson(fileOf(live), file);
}

Result<> wantRehearsed(const drivers::Target& live, const project::Project& project,
                       const QList<apply::Step>& steps)
{
    const auto demanded = isDemanded(live);
    if (!demanded)
        return fail(demanded.error());
    if (!*demanded)
        return {};
    QList<project::Migration> migrations;
    for (const apply::Step& step : steps) {
        if (step.direction == apply::Direction::Up)
            migrations << step.migration;
    }
    const auto stamps = stampsOf(live, project, migrations);
    QStringList missing;
    for (const project::Migration& migration : std::as_const(migrations)) {
        const auto stamp = stamps.constFind(migration.version);
        if (stamp == stamps.constEnd() || stamp->verdict == Verdict::Fails)
            missing << migration.folder;
    }
    if (missing.isEmpty())
        return {};
    return fail(
        ErrorKind::Permission,
        Words::tr("This database wants migrations rehearsed before they run: %1.").arg(missing.join(u", "_s)),
        Words::tr("Rehearse them first (migrate rehearse). An edited migration counts as a new one."));
}

}  // namespace dewpoint::rehearse
