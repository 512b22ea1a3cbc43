// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/commit_consequences.h"
#include "grid/conflict_panel.h"
#include "grid/preview_sheet.h"
#include "grid/refusal_list.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "theme/theme.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTimer>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

// Writing what is staged, alone or together with other tables, and what comes of it.
namespace dewpoint::grid {

namespace {

/// The part of a report that is about one of the tables, as if it had been written alone. The rows' images
/// are told once, by the first.
rows::CommitReport partOf(const rows::CommitReport& whole, int table)
{
    rows::CommitReport part{.committed = whole.committed,
                            .violations = whole.violations,
                            .conflicts = whole.conflicts,
                            .inserted = whole.inserted,
                            .changes = table == 0 ? whole.changes : QList<rows::TableChanges>()};
    const auto elsewhere = [table](const auto& each) { return each.row.table != table; };
    part.violations.removeIf(elsewhere);
    part.conflicts.removeIf(elsewhere);
    part.inserted.removeIf([table](const auto& each) { return each.first.table != table; });
    for (rows::Violation& violation : part.violations)
        violation.row.table = 0;
    for (rows::Conflict& conflict : part.conflicts)
        conflict.row.table = 0;
    for (auto& [row, key] : part.inserted)
        row.table = 0;
    return part;
}

/// Rows that the database changed by itself, in whatever table.
int byDatabase(const QList<rows::TableChanges>& changes)
{
    qsizetype count = 0;
    for (const rows::TableChanges& table : changes)
        count += std::ranges::count_if(table.rows, &rows::RowChange::byDatabase);
    return static_cast<int>(count);
}

QString detailOfWriting(const QLabel& consequences)
{
    return consequences.text().isEmpty()
               ? TablePage::tr("This connection asks before it writes. Preview shows the SQL.")
               : consequences.text();
}

struct Written {
    Result<rows::CommitReport> report;
    QString problem;  ///< why what was written could not be kept for taking it back
};

/// `takesBack` names, for each table, the commit that its edits take back.
Written writeAndKeep(drivers::Connection& connection, const QList<rows::TableEdits>& tables,
                     const QStringList& takesBack, const std::optional<store::History>& history)
{
    Written written{.report = rows::commit(connection, tables), .problem = {}};
    if (!written.report || !written.report->committed)
        return written;
    for (rows::TableChanges& changes : written.report->changes) {
        const auto known = std::ranges::find_if(
            tables, [&](const rows::TableEdits& each) { return changes.isOf(each.relation); });
        // What cascades did belongs to the first.
        changes.takesBack = takesBack.value(known == tables.end() ? 0 : known - tables.begin());
    }
    // That a commit cannot be taken back is no reason to say that it failed.
    if (history && !written.report->changes.isEmpty()) {
        if (const auto kept = history->keep(written.report->changes); !kept)
            written.problem = kept.error().oneLine();
    }
    return written;
}

}  // namespace

void TablePage::commit()
{
    if (!m_grid->finishEditing() || m_committing || m_model.edits().isEmpty())
        return;
    if (m_session.target().guard != drivers::Guard::ConfirmWrites)
        return writeTogether({this});
    m_ask->ask(
        kit::AskBar::Tone::Warning,
        tr("Write %n change(s) to %1?", nullptr, pending().total()).arg(m_session.target().displayName()),
        detailOfWriting(*m_consequences), tr("Write"), [this, asked = m_model.edits()] {
            // More may have been typed since: that is another question.
            if (m_grid->finishEditing() && m_model.edits() == asked)
                writeTogether({this});
            else
                commit();
        });
}

/// The question stands while it is being counted what the answer does.
void TablePage::renderConsequences(const QString& before)
{
    renderPreview();
    if (m_ask->isAsking() && !before.isEmpty() && m_ask->detail() == before)
        m_ask->setDetail(detailOfWriting(*m_consequences));
}

void TablePage::renderPreview()
{
    if (m_preview->isVisible())
        m_preview->show(relation(), m_model.edits(), m_consequences->lines(), m_consequences->tail());
}

void TablePage::setDependants(const schema::Database& database, const schema::Table& table)
{
    m_dependants = rows::dependantsOf(database, table);
    m_referrers = rows::referrersOf(database, table);
}

rows::TableEdits TablePage::tableEdits() const
{
    return {relation(), m_model.edits(), m_dependants, m_referrers};
}

bool TablePage::wasRefused() const
{
    return !m_refusals->isHidden() || !m_conflicts->isHidden();
}

void TablePage::beginWriting(const std::shared_ptr<runtime::Job>& job)
{
    m_commitJob = job;
    m_committing = true;
    m_model.setFrozen(true);
    // A lock of somebody else's may hold it up; then one must be able to give up.
    QTimer::singleShot(theme::time::patience, this, [this] {
        if (m_committing)
            m_ask->tell(kit::AskBar::Tone::Info, tr("Writing…"), tr("Waiting for the database."), tr("Stop"),
                        [this] { m_commitJob->stop(); });
    });
    m_refusals->hide();
    m_conflicts->hide();
    renderEdits();
}

void TablePage::writeTogether(const QList<TablePage*>& pages)
{
    QList<rows::TableEdits> tables;
    QList<QPointer<TablePage>> writing;
    QStringList takesBack;
    const auto job = std::make_shared<runtime::Job>();
    for (TablePage* page : pages) {
        if (page->m_committing || page->m_model.isFrozen() || page->m_model.edits().isEmpty())
            continue;
        tables += page->tableEdits();
        takesBack += page->m_takesBack;
        writing += page;
    }
    if (writing.isEmpty())
        return;
    const int count = std::accumulate(writing.cbegin(), writing.cend(), 0, [](int sum, const auto& page) {
        return sum + page->pending().total();
    });
    for (const auto& page : std::as_const(writing))
        page->beginWriting(job);
    runtime::Session& session = writing.first()->m_session;
    *job = session.run(
        runtime::Session::Lane::Main, &session,
        [tables, takesBack, history = writing.first()->m_history](drivers::Connection& connection,
                                                                  const runtime::StopToken&) {
            return Result<Written>(writeAndKeep(connection, tables, takesBack, history));
        },
        [writing, count](const Result<Written>& written) {
            for (qsizetype i = 0; i < writing.size(); ++i) {
                if (!writing[i])
                    continue;
                if (!written)
                    writing[i]->committedWith(fail(written.error()), {});
                else if (!written->report)
                    writing[i]->committedWith(fail(written->report.error()), {});
                else
                    writing[i]->committedWith(partOf(*written->report, static_cast<int>(i)),
                                              {.count = count,
                                               .others = byDatabase(written->report->changes),
                                               .problem = written->problem});
            }
        });
}

void TablePage::committedWith(const Result<rows::CommitReport>& report, const Together& together)
{
    m_committing = false;
    m_model.setFrozen(false);
    m_ask->dismiss();
    if (!report && report.error().kind == ErrorKind::Cancelled) {
        Q_EMIT statusText(tr("Stopped: nothing was committed. Your edits are kept."));
    } else if (!report) {
        m_refusals->show({rows::Violation{.row = {}, .column = {}, .error = report.error()}});
        Q_EMIT statusText(report.error().kind == ErrorKind::OutcomeUnknown
                              ? tr("Whether the changes were committed is unknown. Your edits are kept.")
                              : tr("Nothing was committed. Your edits are kept."));
    } else if (report->committed) {
        wasCommitted(*report, together);
    } else {
        m_model.showViolations(report->violations);
        m_refusals->show(report->violations, m_model.knownProblems());
        m_conflicts->show(report->conflicts);
        Q_EMIT statusText(tr("Nothing was committed. Your edits are kept."));
        for (const rows::Violation& violation : report->violations)
            doubtSchema(violation.error);
    }
    renderEdits();
    Q_EMIT commitEnded();
}

void TablePage::wasCommitted(const rows::CommitReport& report, const Together& together)
{
    const rows::RowRef place = placeAfter(report);
    const QString column = relation().columns.value(m_grid->currentIndex().column()).name;
    m_preview->hide();
    m_previewButton->setChecked(false);
    m_takesBack.clear();
    m_model.setEdits({});
    m_model.refresh();
    if (!place.key.isEmpty())
        goTo(place, column);
    QStringList told{tr("%n change(s) committed", nullptr, together.count)};
    if (together.others > 0)
        told += tr("%n other row(s) changed with it", nullptr, together.others);
    if (!together.problem.isEmpty())
        told += together.problem;
    else if (m_history)
        told += tr("Ctrl+Alt+Z takes it back");
    Q_EMIT statusText(told.join(u". "_s));
    if (!report.changes.isEmpty())
        Q_EMIT committed(report.changes);
}

/// Where the user works is where it goes on: new rows leave the top for the place that their key gives them.
rows::RowRef TablePage::placeAfter(const rows::CommitReport& report)
{
    const QModelIndex current = m_grid->currentIndex();
    if (!current.isValid())
        return {};
    const QList<int> ids = m_model.edits().newRowIds();
    const int fresh = static_cast<int>(ids.size());
    if (current.row() < fresh) {
        for (const auto& [row, key] : report.inserted) {
            if (row.newId == ids[current.row()])
                return {.key = key};
        }
    }
    m_place = Place{.top = std::max(0, m_grid->firstVisibleRow() - fresh),
                    .row = std::max(0, current.row() - fresh),
                    .column = current.column()};
    return {};
}

void TablePage::resolveConflicts()
{
    if (!m_grid->finishEditing())
        return;
    const QList<rows::Conflict> conflicts = m_conflicts->conflicts();
    rows::StagedEdits edits = m_model.edits();
    edits.beginGroup();
    for (int i = 0; i < conflicts.size(); ++i) {
        const rows::Conflict& conflict = conflicts[i];
        const QStringList theirs = m_conflicts->theirsIn(i);
        const bool wholeRow = conflict.gone || conflict.deleting;
        if (conflict.gone && theirs.isEmpty()) {
            std::map<QString, rows::EditValue> values(conflict.base.begin(), conflict.base.end());
            for (const auto& [column, value] : conflict.mine)
                values.insert_or_assign(column, value);
            for (const rows::RelationColumn& column : relation().columns) {
                if (!rows::takesBack(column))
                    values.erase(column.name);
            }
            edits.insertRow(std::move(values));
        }
        if (conflict.gone || (wholeRow && !theirs.isEmpty())) {
            edits.revertRow(conflict.row.key);
            continue;
        }
        edits.rebase(conflict.row.key, conflict.theirs);
        for (const QString& column : theirs)
            edits.revertCell(conflict.row.key, column);
    }
    edits.endGroup();
    m_conflicts->hide();
    m_model.setEdits(std::move(edits));
    if (m_model.edits().isEmpty())
        return m_model.refresh();
    commit();
}

}  // namespace dewpoint::grid
