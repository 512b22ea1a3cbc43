// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// The query page's run: what is asked before it, what comes of it, and how it ends.
#include "kit/ask_bar.h"
#include "kit/time_text.h"
#include "query/query_page.h"
#include "query/result_panel.h"
#include "query/sql_editor.h"
#include "theme/measures.h"

#include <QLabel>
#include <QLocale>
#include <QTextCursor>
#include <QTimerEvent>

#include <algorithm>

namespace dewpoint::query {

namespace {

constexpr qint64 firstRows = 10'000;

}  // namespace

void QueryPage::runStatement()
{
    if (const auto statement = m_editor->currentStatement())
        start(requestsOf(m_editor->text(), {*statement}, m_editor->engine()));
}

void QueryPage::runSelection()
{
    const QTextCursor cursor = m_editor->textCursor();
    const int from = cursor.selectionStart();
    const QString selected = m_editor->text().mid(from, cursor.selectionEnd() - from);
    QList<sql::Statement> statements = sql::split(selected, m_editor->engine());
    QList<Request> requests = requestsOf(selected, statements, m_editor->engine());
    for (Request& request : requests)
        request.start += from;
    start(std::move(requests));
}

void QueryPage::runEverything()
{
    start(requestsOf(m_editor->text(), m_editor->statements(), m_editor->engine()));
}

void QueryPage::start(QList<Request> requests)
{
    if (m_running || requests.isEmpty())
        return;
    m_ask->dismiss();
    const auto reckless = std::ranges::find_if(requests, &Request::everyRow);
    if (reckless == requests.end()) {
        confirmWrites(std::move(requests));
        return;
    }
    const bool deletes = sql::everyRowVerb(reckless->sql, m_editor->engine()) == u"DELETE";
    const QString what = deletes ? tr("This DELETE has no WHERE: it removes every row of the table.")
                                 : tr("This UPDATE has no WHERE: it changes every row of the table.");
    goTo(reckless->start);
    m_ask->ask(kit::AskBar::Tone::Danger, what, reckless->sql.simplified(), tr("Run anyway"),
               [this, requests = std::move(requests)] {
                   m_editor->setFocus();
                   run(requests, firstRows);
               });
}

void QueryPage::confirmWrites(QList<Request> requests)
{
    const auto writing =
        std::ranges::find_if(requests, [](const Request& request) { return !request.plain; });
    if (writing == requests.end() || m_session.target().guard != drivers::Guard::ConfirmWrites) {
        run(requests, firstRows);
        return;
    }
    const QString shown = writing->sql.simplified();
    goTo(writing->start);
    m_ask->ask(kit::AskBar::Tone::Warning, tr("Run this on %1?").arg(m_session.target().displayName()), shown,
               tr("Run"), [this, requests = std::move(requests)] {
                   m_editor->setFocus();
                   run(requests, firstRows);
               });
}

void QueryPage::confirmHiddenWrite()
{
    QList<Request> rest = m_requests.sliced(m_answered - 1);
    rest.first().agreed = true;
    const QString shown = rest.first().sql.simplified();
    m_ask->ask(kit::AskBar::Tone::Warning,
               tr("This query writes. Run it on %1?").arg(m_session.target().displayName()), shown, tr("Run"),
               [this, rest = std::move(rest)] {
                   m_editor->setFocus();
                   run(rest, firstRows);
               });
}

void QueryPage::run(const QList<Request>& requests, qint64 maxRows)
{
    if (m_running)
        return;
    m_editor->clearError();
    m_requests = requests;
    m_answered = 0;
    m_wouldWrite = false;
    m_results->begin(static_cast<int>(requests.size()));
    m_running = true;
    m_schemaTouched = false;
    m_clock.start();
    m_tick.start(theme::time::tick, this);
    m_progress = makeProgress();
    connect(m_progress.get(), &Progress::finished, this, &QueryPage::take, Qt::QueuedConnection);
    m_job = m_session.run(
        runtime::Session::Lane::Main, this,
        [requests, maxRows, progress = m_progress](drivers::Connection& connection,
                                                   const runtime::StopToken& stop) {
            return runAll(connection, stop, requests, maxRows, *progress);
        },
        [this](const Result<>& result) { finished(result); });
    Q_EMIT statusText(tr("Running…"));
    refreshButtons();
}

void QueryPage::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_tick.timerId())
        return QWidget::timerEvent(event);
    m_elapsed->setText(tr("Running for %1 s").arg(QLocale().toString(m_clock.elapsed() / 1000)));
}

void QueryPage::cancel()
{
    if (!m_running)
        return;
    m_job.stop();
    Q_EMIT statusText(tr("Cancelling…"));
}

void QueryPage::take(const std::shared_ptr<Outcome>& outcome)
{
    m_results->add(outcome);
    ++m_answered;
    m_wouldWrite = outcome->error && outcome->error->kind == ErrorKind::ReadOnly && outcome->request.plain
                   && !outcome->request.agreed && m_session.target().guard == drivers::Guard::ConfirmWrites;
    m_session.setInTransaction(outcome->inTransaction);
    const Request& request = outcome->request;
    if (!outcome->error) {
        m_schemaTouched = m_schemaTouched || changesSchema(request.sql, m_editor->engine());
        Q_EMIT statementRan(request.sql);
        Q_EMIT statusText(
            tr("Statement %1 · %2").arg(request.number).arg(kit::durationText(outcome->microseconds)));
    } else if (outcome->error->kind != ErrorKind::Cancelled) {
        const qsizetype place = request.start + qMax(0, outcome->error->position);
        // The text may have been edited meanwhile: then the place would be a wrong one.
        if (m_editor->text().mid(request.start, request.sql.size()) == request.sql)
            m_editor->markError(place, outcome->error->message);
    }
}

void QueryPage::finished(const Result<>& result)
{
    m_running = false;
    m_tick.stop();
    m_elapsed->clear();
    m_results->finish(static_cast<int>(m_requests.size()));
    if (!result && result.error().kind == ErrorKind::Connection)
        m_results->note(result.error().oneLine());
    if (!result)
        Q_EMIT statusText(result.error().kind == ErrorKind::Cancelled ? tr("Cancelled")
                                                                      : result.error().message);
    if (m_schemaTouched)
        Q_EMIT schemaMayHaveChanged();
    if (m_wouldWrite)
        confirmHiddenWrite();
    refreshButtons();
}

}  // namespace dewpoint::query
