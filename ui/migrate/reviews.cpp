// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/reviews.h"

#include "diagram/diagram_scene.h"
#include "kit/ask_bar.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/review.h"
#include "migrate/risks.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

Reviews::Reviews(Desk& desk, const Risks& risks, QObject* parent)
    : QObject(parent), m_desk(desk), m_risks(risks)
{
    connect(m_desk.preview, &MigrationPreview::spanChosen, this, &Reviews::showSpan);
    connect(m_desk.preview, &MigrationPreview::reviewRequested, this, &Reviews::askWhere);
}

kit::Command Reviews::command()
{
    return {u"migrate.review"_s,
            tr("Export a review of the selected migration…"),
            {},
            [this] { return !m_desk.busy && m_desk.project && !shownSpan().first.isEmpty(); },
            [this] { askWhere(); }};
}

std::pair<QString, QString> Reviews::shownSpan() const
{
    QStringList versions;
    if (m_desk.preview->span() == Span::One)
        return {m_desk.selectedVersion(), m_desk.selectedVersion()};
    for (const apply::MigrationState& each :
         m_desk.status ? m_desk.status->migrations : QList<apply::MigrationState>()) {
        const bool isIn = m_desk.preview->span() == Span::Pending
                              ? each.isPending()
                              : !versions.isEmpty() || each.migration.version == m_desk.selectedVersion();
        if (isIn && !each.migration.folder.isEmpty())
            versions << each.migration.version;
    }
    return {versions.value(0), versions.value(versions.size() - 1)};
}

void Reviews::showSpan()
{
    if (m_desk.preview->span() == Span::One)
        return Q_EMIT oneRequested();
    const auto [from, to] = shownSpan();
    if (from.isEmpty() || !m_desk.project)
        return m_desk.preview->showPicture({}, tr("There is none."));
    m_desk.preview->showPicture({}, tr("Replaying the migrations on a scratch database…"));
    m_spanJob = m_desk.slow->run(
        runtime::Session::Lane::Read, this,
        [project = *m_desk.project, from, to](drivers::Connection& connection,
                                              const runtime::StopToken& stop) {
            return readReview(connection, project, from, to, stop);
        },
        [this](const Result<Review>& review) {
            if (m_desk.preview->span() == Span::One)
                return;
            if (review)
                m_desk.preview->showPicture(review->states, {});
            else
                m_desk.preview->showPicture({}, review.error().oneLine());
        });
}

void Reviews::askWhere()
{
    const auto* selected = m_desk.list->selected();
    const QString name = selected ? selected->migration.version : u"migrations"_s;
    auto* dialog = new QFileDialog(m_desk.preview, tr("Save the review"), u"review-%1.html"_s.arg(name),
                                   tr("Web page (*.html)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &Reviews::save);
    dialog->open();
}

void Reviews::save(const QString& path)
{
    const auto [from, to] = shownSpan();
    if (from.isEmpty() || !m_desk.project || m_desk.busy)
        return;
    m_desk.begin(tr("Writing the review…"));
    diagram::LayoutOptions options;
    options.metrics = diagram::DiagramScene::measureFonts();
    m_desk.work = m_desk.slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, from, to, options](drivers::Connection& connection,
                                                       const runtime::StopToken& stop) {
            return readReview(connection, project, from, to, stop).transform([&](Review review) {
                return drawnReview(std::move(review), options);
            });
        },
        [this, path](const Result<DrawnReview>& drawn) {
            m_desk.end();
            Result<> written;
            if (drawn) {
                DrawnReview whole = *drawn;
                addRisks(whole.review, m_risks.linted());
                written = writeReview(path, whole);
            } else {
                written = fail(drawn.error());
            }
            if (written)
                m_desk.ask->tell(kit::AskBar::Tone::Info, tr("The review was saved."), path, tr("Open"),
                                 [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
            else if (written.error().kind != ErrorKind::Cancelled)
                m_desk.ask->tell(kit::AskBar::Tone::Danger, written.error().oneLine(), written.error().hint);
        });
}

}  // namespace dewpoint::migrate
