// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// Taking back what was committed.
namespace dewpoint::grid {

namespace {

struct LastCommit {
    QString id;  ///< empty: none
    QList<rows::TableChanges> changes;
};

}  // namespace

void TablePage::takeBack()
{
    if (m_committing || !m_history || !m_grid->finishEditing())
        return;
    if (!m_model.edits().isEmpty())
        return Q_EMIT statusText(tr("Commit or discard the pending changes first."));
    m_takeBackJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [history = *m_history, schemaName = relation().schema,
         name = relation().name](drivers::Connection&, const runtime::StopToken&) -> Result<LastCommit> {
            const QString id = store::lastOf(history.commits(), schemaName, name);
            if (id.isEmpty())
                return LastCommit{};
            return history.changesOf(id).transform(
                [&](const QList<rows::TableChanges>& changes) { return LastCommit{id, changes}; });
        },
        [this](const Result<LastCommit>& last) {
            if (!last)
                return Q_EMIT statusText(last.error().oneLine());
            if (last->id.isEmpty())
                return Q_EMIT statusText(tr("There is no commit of this table to take back."));
            if (last->changes.size() > 1)
                return Q_EMIT takeBackRequested(last->id, last->changes);
            takeBack(last->changes.first(), last->id);
        });
}

void TablePage::takeBack(const rows::TableChanges& changes, const QString& commit)
{
    if (m_committing || !m_grid->finishEditing())
        return;
    if (!relation().editable)
        return Q_EMIT statusText(relation().reason);
    if (!m_model.edits().isEmpty())
        return m_ask->tell(kit::AskBar::Tone::Warning,
                           tr("Nothing was staged: other changes are pending here."),
                           tr("Commit or discard them first, then take the commit back again."));
    m_takeBackJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [relation = relation(), changes](drivers::Connection& connection, const runtime::StopToken&) {
            return rows::takeBackOf(connection, relation, changes);
        },
        [this, commit](const Result<rows::TakeBack>& back) {
            if (!back)
                return Q_EMIT statusText(back.error().oneLine());
            if (!m_model.edits().isEmpty())
                return Q_EMIT statusText(tr("Commit or discard the pending changes first."));
            tookBack(*back, commit);
        });
}

void TablePage::tookBack(const rows::TakeBack& back, const QString& commit)
{
    if (back.edits.isEmpty() && back.leftOut == 0)
        return Q_EMIT statusText(tr("Nothing to take back: the rows are as they were before."));
    m_model.setEdits(back.edits);
    if (!back.edits.isEmpty()) {
        m_takesBack = commit;
        const QList<int> fresh = back.edits.newRowIds();
        rows::RowRef first{.newId = fresh.value(0)};
        QString column;
        if (fresh.isEmpty()) {
            const rows::RowEdit& edit = back.edits.rows().begin()->second;
            first.key = edit.key;
            column = edit.cells.empty() ? QString() : edit.cells.begin()->first;
        }
        goTo(first, column);
    }
    const int changed = static_cast<int>(back.changed.size());
    if (changed > 0)
        m_ask->tell(kit::AskBar::Tone::Warning,
                    tr("%n row(s) were changed by someone else since that commit.", nullptr, changed),
                    tr("They are staged as well; the commit will show both values and ask."));
    else if (back.leftOut > 0)
        m_ask->tell(kit::AskBar::Tone::Warning, tr("%n row(s) cannot be taken back.", nullptr, back.leftOut),
                    tr("Too little is known of them, they are gone, or others have their key now."));
    if (!back.edits.isEmpty())
        Q_EMIT statusText(tr("%1 is staged backwards: %n change(s). Look at them, then commit.", nullptr,
                             back.edits.counts().total())
                              .arg(relation().name));
}

}  // namespace dewpoint::grid
