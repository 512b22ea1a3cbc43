// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/drift_work.h"

#include "base/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QString textOf(const QList<drift::Item>& items)
{
    QStringList lines;
    for (const drift::Item& item : items)
        lines << item.text;
    return lines.join(u'\n');
}

/// What has to be taken as well, where it was not chosen.
QString alongText(const QList<drift::Item>& all, const QList<drift::Item>& chosen, const QString& text)
{
    QStringList names;
    for (const drift::Item& item : all) {
        if (!chosen.contains(item))
            names << drift::thingOf(item.changes.constFirst());
    }
    return names.isEmpty() ? QString() : text.arg(names.join(u", "_s));
}

bool concerns(const drift::Item& item, const plan::Rename& rename)
{
    return std::ranges::any_of(item.changes, [&](const change::Change& change) {
        const change::Name relation = change::relation(change);
        const QString owner = rename.what == plan::Renamed::Table ? QString() : rename.owner;
        return owner.isEmpty() ? relation.name == rename.from || relation.name == rename.to
                               : relation.name == owner;
    });
}

QString sketchText(const Result<QByteArray>& sketch)
{
    if (!sketch)
        return u"-- "_s + sketch.error().oneLine();
    return sketch->isEmpty() ? Words::tr("-- There is nothing to do.") : QString::fromUtf8(*sketch);
}

}  // namespace

Result<SharedReport> findDrift(drivers::Connection& live, const project::Project& project,
                               const store::DriftMemory& memory, const runtime::StopToken& stop,
                               const std::shared_ptr<const drift::Made>& known)
{
    auto found =
        drift::find(live, project, [stop] { return stop.stopRequested(); }, known, drift::extentOf(memory));
    if (!found)
        return fail(found.error());
    (void)drift::remember(*found, memory);
    return std::make_shared<const drift::Report>(*std::move(found));
}

Result<DriftDetails> driftDetails(const drift::Report& report, const QList<drift::Item>& items)
{
    const QList<drift::Item> adopted = drift::together(report, items, drift::Way::Adopt);
    const QList<drift::Item> undone = drift::together(report, items, drift::Way::Undo);
    QStringList lines{textOf(items),
                      alongText(adopted, items, Words::tr("A migration has to make as well: %1.")),
                      alongText(undone, items, Words::tr("Undoing it undoes as well: %1."))};
    for (const plan::Question& question : report.renames) {
        if (std::ranges::any_of(items,
                                [&](const drift::Item& item) { return concerns(item, question.rename); }))
            lines << plan::sentence(question) + u' '
                         + Words::tr("Choose both sides of it, so that you are asked.");
    }
    lines.removeAll(QString());
    return DriftDetails{.text = lines.join(u"\n\n"_s),
                        .adopt = sketchText(drift::sketch(report, adopted, drift::Way::Adopt)),
                        .undo = sketchText(drift::sketch(report, undone, drift::Way::Undo))};
}

QString undoConsequences(const drift::Undoing& undoing, Engine engine)
{
    QStringList lines;
    for (const plan::Step& step : undoing.plan.steps)
        lines << u"· "_s + step.sentence;
    for (const lint::Question& question : undoing.losses)
        lines << (question.blocks() ? u"✕ "_s : u"⚠ "_s) + question.sentence();
    lines << (engine == Engine::Sqlite
                  ? Words::tr("It is one transaction, and the file is copied before. It was tried on a "
                              "scratch database.")
                  : Words::tr("It is one transaction. It was tried on a scratch database."));
    return lines.join(u'\n');
}

}  // namespace dewpoint::migrate
