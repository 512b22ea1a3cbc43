// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/time_page.h"

#include "diagram/diagram_scene.h"
#include "diagram/diff_canvas.h"
#include "migrate/schema_picture.h"
#include "migrate/script_view.h"
#include "migrate/state_sign.h"
#include "migrate/time_model.h"
#include "migrate/time_slider.h"

#include <QComboBox>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QtConcurrentRun>
#include <QTreeView>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

diagram::LayoutOptions options()
{
    diagram::LayoutOptions options;
    options.metrics = diagram::DiagramScene::measureFonts();
    return options;
}

TimeSlider::Point pointOf(const apply::MigrationState* state)
{
    return state && state->isApplied() ? TimeSlider::Point::Applied : TimeSlider::Point::Pending;
}

}  // namespace

// Children go after this class's part of the object: their last signals must not come here.
TimePage::~TimePage()
{
    m_laying.disconnect(this);
    m_drawing.disconnect(this);
}

void TimePage::setProject(const std::optional<project::Project>& project)
{
    if (m_project != project) {
        m_job.cancel();
        m_reading = false;
        m_report.reset();
        m_ground.reset();
        m_drawsAgain = m_isDrawing;
        m_error.reset();
        m_isFollowed = true;
        m_project = project;
    }
    m_isStale = true;
    if (isVisible())
        reload();
    render();
}

void TimePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        reload();
}

bool TimePage::isBusy() const
{
    return m_reading || m_isLaying || m_isDrawing || m_range->isBusy();
}

int TimePage::step() const
{
    return m_slider->value();
}

void TimePage::reload(Reading reading)
{
    if (m_reading || !m_project)
        return;
    m_isStale = false;
    m_reading = true;
    m_error.reset();
    const auto progress = makeTimeProgress();
    // What was there already stays until all of the new is.
    connect(progress.get(), &TimeProgress::arrived, this,
            [this, isFresh = !m_report, turn = ++m_turn](const SharedTime& report) {
                if (!m_reading || turn != m_turn)  // one that was stopped may still tell
                    return;
                if (isFresh)
                    take(report, false);
                else
                    showProgress(report->history);
            });
    m_job = m_slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_project, known = reading == Reading::IfChanged ? m_report : SharedTime(),
         progress](drivers::Connection& connection, const runtime::StopToken& stop) {
            return readTime(connection, project, known, stop, *progress);
        },
        [this](const Result<SharedTime>& read) { finished(read); });
    render();
}

void TimePage::finished(const Result<SharedTime>& read)
{
    m_reading = false;
    m_slow.letGo();
    const std::optional<Error> why = read ? (*read)->history.stopped : std::nullopt;
    const bool isStopped = why && why->kind == ErrorKind::Cancelled;
    if (!read)
        m_error = read.error();
    else if (isStopped && m_report && m_report->history.isWhole())
        m_error = why;  // what is there says more
    else
        take(*read, true);
    render();
    if (m_isStale && isVisible())
        reload();
}

/// A replay that makes the same again keeps the drawing.
void TimePage::take(const SharedTime& report, bool isLast)
{
    const bool isSame = isLast && m_report && m_ground && m_report->content == report->content
                        && m_report->history.states.size() == report->history.states.size();
    if (m_wanted.isEmpty() && m_report && !m_isFollowed)
        m_wanted = versionOf(step());
    if (m_wantedBase.isEmpty() && m_report && m_chosen)
        m_wantedBase = versionOf(*m_chosen);
    m_report = report;
    if (!isSame)
        m_ground.reset();
    fillSlider();
    fillBases();
    takeWanted();
    if (isLast && !isSame)
        layGround();
    showSpan();
    render();
    if (!m_wantedRelation.name.isEmpty())
        showRelation(m_wantedRelation.schema, m_wantedRelation.name);
    if (isLast)
        Q_EMIT historyKnown();
}

/// Steps are known by their versions: a new migration may have come before them.
void TimePage::takeWanted()
{
    const int last = m_report->history.lastStep();
    const QSignalBlocker quiet(m_slider);
    if (const int wanted = stepOf(m_wanted); wanted >= 0 && wanted <= last) {
        m_wanted.clear();
        m_isFollowed = wanted == last && !m_reading;
        m_slider->setValue(wanted);
    } else if (m_isFollowed) {
        m_slider->setValue(last);
    }
    if (const int base = stepOf(m_wantedBase); base >= 0 && base <= last) {
        m_wantedBase.clear();
        m_chosen = base;
    }
    if (m_chosen && *m_chosen > last)
        m_chosen.reset();
    if (!m_reading) {  // what has not come does not come any more
        m_wanted.clear();
        m_wantedBase.clear();
    }
}

void TimePage::fillSlider()
{
    const timeline::History& history = m_report->history;
    QList<TimeSlider::Step> steps{
        {.point = TimeSlider::Point::Empty, .title = titleOf(0), .caption = tr("empty"), .state = {}}};
    for (int step = 1; step <= history.migrations.size(); ++step) {
        const bool isBroken = history.stopped && step == history.lastStep() + 1
                              && history.stopped->kind != ErrorKind::Cancelled;
        steps.append({.point = isBroken ? TimeSlider::Point::Broken : pointOf(m_report->stateOf(step)),
                      .title = titleOf(step),
                      .caption = history.shortTitleOf(step),
                      .state = isBroken ? tr("cannot be replayed") : stateText(step)});
    }
    const QSignalBlocker quiet(m_slider);
    m_slider->setSteps(steps, history.lastStep());
}

void TimePage::fillBases()
{
    const QSignalBlocker quiet(m_bases);
    const int reached = m_report->history.lastStep();
    const auto title = [this](int step) {
        return step == 0 ? titleOf(step) : m_report->history.shortTitleOf(step);
    };
    if (m_bases->count() > reached + 2)
        m_bases->clear();
    if (m_bases->count() == 0)
        m_bases->addItem(tr("the step before"));
    for (int step = m_bases->count() - 1; step <= reached; ++step)
        m_bases->addItem(title(step));
    for (int step = 0; step <= reached; ++step)
        m_bases->setItemText(step + 1, title(step));
}

/// Fonts belong to the GUI thread; the rest takes its time.
void TimePage::layGround()
{
    m_isLaying = true;
    m_laid = m_report;
    m_laying.setFuture(
        QtConcurrent::run([report = m_report, options = options()] { return groundOf(report, options); }));
}

void TimePage::stepMoved()
{
    m_isFollowed = step() == m_report->history.lastStep();
    m_wanted.clear();
    showSpan();
    Q_EMIT edited();
}

void TimePage::setBase(std::optional<int> base)
{
    m_chosen = base;
    showSpan();
    Q_EMIT edited();
}

void TimePage::goToStep(int step)
{
    m_slider->setValue(step);
}

void TimePage::goTo(const QString& version)
{
    const int step = m_report ? stepOf(version) : -1;
    if (step >= 0 && step <= m_report->history.lastStep())
        return goToStep(step);
    m_wanted = version;
}

void TimePage::showSpan()
{
    if (!m_report)
        return;
    m_base = m_chosen.value_or(std::max(0, step() - 1));
    m_slider->setBase(m_base);
    const QSignalBlocker quiet(m_bases);
    m_bases->setCurrentIndex(m_chosen ? *m_chosen + 1 : 0);
    showTitle();
    showStructure();
    draw();
    refreshButtons();
}

/// One at a time; the newest span wins.
void TimePage::draw()
{
    if (m_isDrawing) {
        m_drawsAgain = true;
        return;
    }
    if (!m_report)
        return;
    m_isDrawing = true;
    m_drawsAgain = false;
    const TimeSpan span{.from = m_base, .to = step()};
    m_drawing.setFuture(QtConcurrent::run([report = m_report, span, ground = m_ground, options = options()] {
        return pictureOf(report, span, ground, options);
    }));
}

void TimePage::drawn()
{
    m_isDrawing = false;
    if (m_drawsAgain && m_report)
        return draw();
    if (!m_report)
        return;
    const TimePicture picture = m_drawing.result();
    if (picture.layout.cards.isEmpty())
        m_canvas->showNote(!m_ground ? tr("The diagram is drawn when all migrations are replayed.")
                                     : tr("There is no table."));
    else
        m_canvas->showLayout(picture.layout);
    const bool isEmpty = picture.cards.isEmpty();
    const QString nothing = tr("The structure stays as it is.");
    if (isEmpty) {
        m_cards->showNote(nothing);
        m_range->showNote(nothing);
    } else {
        m_cards->showCards(picture.cards);
        m_range->showStates(picture.states);
    }
    m_sql->showScript(isEmpty ? u"-- "_s + nothing : picture.textDiff);
    const auto count = [&](Sign sign) { return std::ranges::count(picture.cards, sign, &Card::sign); };
    m_summary->setText(isEmpty ? tr("Compared with %1: %2").arg(titleOf(m_base), nothing)
                               : tr("Compared with %1: %2 added, %3 changed, %4 removed")
                                     .arg(titleOf(m_base))
                                     .arg(count(Sign::Added))
                                     .arg(count(Sign::Changed))
                                     .arg(count(Sign::Removed)));
    refreshButtons();
}

/// What a person opened stays open, and what the step touched is opened beside it.
void TimePage::showStructure()
{
    m_isFilling = true;
    const QString chosen = m_model->keyOf(m_tree->currentIndex());
    const int column = std::max(0, m_tree->currentIndex().column());
    const int scrolled = m_tree->verticalScrollBar()->value();
    m_model->setStep({m_report, &m_report->history}, step());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex relation = m_model->index(row, TimeModel::Name);
        m_tree->setExpanded(relation,
                            m_expanded.contains(m_model->keyOf(relation)) || m_model->isTouched(relation));
    }
    m_tree->verticalScrollBar()->setValue(scrolled);
    if (const QModelIndex again = m_model->find(chosen); again.isValid()) {
        m_tree->setCurrentIndex(again.siblingAtColumn(column));
        m_tree->scrollTo(again);
    }
    m_isFilling = false;
}

void TimePage::showTitle()
{
    const auto all = m_report->history.migrations.size();
    const QString state = stateText(step());
    const QString place = tr("Step %1 of %2").arg(step()).arg(all);
    QStringList parts{place, titleOf(step()), state};
    parts.removeAll(QString());
    m_title->setText(parts.join(u"  ·  "_s));
    m_slider->setAccessibleDescription(m_title->text());
}

void TimePage::follow(const QModelIndex& index)
{
    if (const int step = m_model->stepOf(index); step >= 0)
        goToStep(step);
}

QString TimePage::titleOf(int step) const
{
    return step == 0 ? tr("the empty database") : m_report->history.titleOf(step);
}

QString TimePage::stateText(int step) const
{
    const apply::MigrationState* state = m_report->stateOf(step);
    if (!state)
        return {};
    constexpr qsizetype minutes = 16;  // of "2026-06-22 10:15:30.123"
    const QString text = u"%1 %2"_s.arg(stateSign(state->state), apply::stateTitle(state->state));
    return state->isApplied() && !state->appliedAt.isEmpty()
               ? tr("%1 %2 UTC").arg(text, state->appliedAt.left(minutes))
               : text;
}

int TimePage::stepOf(const QString& version) const
{
    if (version.isEmpty() || !m_report)
        return -1;
    if (version == "0"_L1)
        return 0;
    const QList<project::Migration>& migrations = m_report->history.migrations;
    const auto found = std::ranges::find(migrations, version, &project::Migration::version);
    return found == migrations.end() ? -1 : static_cast<int>(found - migrations.begin()) + 1;
}

QString TimePage::versionOf(int step) const
{
    return step == 0 ? u"0"_s : m_report->history.migrations.at(step - 1).version;
}

}  // namespace dewpoint::migrate
