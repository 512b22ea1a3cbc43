// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/review.h"

#include "base/words.h"
#include "diagram/diff_canvas.h"
#include "diff/compare.h"
#include "project/code.h"
#include "project/for_database.h"
#include "render/line_diff.h"
#include "render/sql.h"
#include "shadow/replay.h"

#include <QSaveFile>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QString scriptText(const project::Project& project, const project::Migration& migration,
                   project::Direction direction)
{
    if (direction == project::Direction::Down && !migration.reversible())
        return {};
    const auto script = project::script(project, migration, direction);
    return script ? QString::fromUtf8(script->text) : u"-- "_s + script.error().oneLine();
}

Review::Part partOf(const project::Project& project, const project::Migration& migration)
{
    const QString name = migration.folder.isEmpty() ? migration.name : migration.folder;
    if (project::runsCode(project))
        return {
            .name = name, .up = project::sourceOf(migration).value_or(QString()), .down = {}, .risks = {}};
    return {.name = name,
            .up = scriptText(project, migration, project::Direction::Up),
            .down = scriptText(project, migration, project::Direction::Down),
            .risks = {}};
}

}  // namespace

Result<Review> readReview(drivers::Connection& live, const project::Project& project, const QString& from,
                          const QString& to, const runtime::StopToken& stop)
{
    const project::Project known = project::forDatabase(project, live.target());
    auto preview = shadow::preview(live, known, from, to, [stop] { return stop.stopRequested(); });
    if (!preview)
        return fail(preview.error());
    Review review{.database = live.target().displayName()};
    for (const project::Migration& migration : std::as_const(preview->migrations))
        review.parts.append(partOf(known, migration));
    const QList<change::Change> changes = diff::compare(preview->before, preview->after);
    for (const change::Change& change : changes)
        review.sentences << change::sentence(change);
    review.textDiff = textDiffOf(preview->before, preview->after);
    review.states = std::make_shared<const diagram::States>(
        diagram::States{.before = std::move(preview->before), .after = std::move(preview->after)});
    return review;
}

QString textDiffOf(const schema::Database& before, const schema::Database& after)
{
    const auto lines = [](const schema::Database& database) { return render::sql(database).split(u'\n'); };
    return render::diffText(render::folded(render::lineDiff(lines(before), lines(after))));
}

QString riskText(const apply::Linted& linted, const lint::Finding& finding)
{
    const QString place =
        finding.statement < 0 ? QString() : Words::tr(" (line %1)").arg(linted.report.line(finding));
    const QString allowed = finding.allowed ? Words::tr(" – allowed in the file") : QString();
    return u"%1%2: %3%4"_s.arg(lint::classTitle(finding.level()), place, finding.text, allowed);
}

void addRisks(Review& review, const QList<apply::Linted>& linted)
{
    for (Review::Part& part : review.parts) {
        const auto found = std::ranges::find_if(linted, [&](const apply::Linted& each) {
            return each.migration.folder == part.name || each.migration.name == part.name;
        });
        if (found == linted.end())
            continue;
        for (const lint::Finding& finding : found->report.findings)
            part.risks << riskText(*found, finding);
    }
}

DrawnReview drawnReview(Review review, const diagram::LayoutOptions& options)
{
    diagram::Layout layout = diagram::layoutDifference(review.states->before, review.states->after, options);
    return {.review = std::move(review), .layout = std::move(layout)};
}

Result<> writeReview(const QString& path, const DrawnReview& drawn)
{
    QSaveFile file(path);
    const QByteArray bytes = reviewHtml(drawn.review, diagram::differenceSvg(drawn.layout)).toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorKind::File, Words::tr("%1 could not be written: %2").arg(path, file.errorString()),
                    Words::tr("Choose another place, or make room there."));
    return {};
}

}  // namespace dewpoint::migrate
