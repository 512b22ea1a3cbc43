// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/filter_bar.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "rows/draft.h"
#include "rows/view_spec_json.h"

#include <QScrollBar>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

// What a table page keeps for the next time: place, filters and edits.
namespace dewpoint::grid {

/// As soon as so many rows are known, or it is sure that there are no more.
void TablePage::goBack()
{
    const int rows = m_model.rowCount();
    if (!m_place || m_model.phase() != items::TableModel::Phase::Ready || rows == 0
        || (rows <= m_place->row && !m_model.total().exact))
        return;
    const Place place = *m_place;
    m_place.reset();
    m_grid->doItemsLayout();  // the scroll bar does not know all of the rows yet
    m_grid->setCurrentIndex(m_model.index(std::min(place.row, rows - 1), place.column));
    m_grid->verticalScrollBar()->setValue(place.top);
}

kit::Later TablePage::stateLater() const
{
    QJsonObject state = savePlace();
    if (!m_takesBack.isEmpty())
        state[u"takesBack"_s] = m_takesBack;
    return [state, parked = m_parked, edits = m_model.edits(), relation = relation()] {
        QJsonObject all = state;
        QJsonArray drafts = parked;
        if (!edits.isEmpty())
            drafts.prepend(rows::draftOf(edits, relation));
        all[u"drafts"_s] = drafts;
        return all;
    };
}

QJsonObject TablePage::savePlace() const
{
    // What has not been gone back to yet is where it was.
    const Place place = m_place.value_or(Place{.top = m_grid->firstVisibleRow(),
                                               .row = std::max(0, m_grid->currentIndex().row()),
                                               .column = std::max(0, m_grid->currentIndex().column())});
    return {{u"view"_s, rows::toJson(m_model.spec())},
            {u"top"_s, place.top},
            {u"row"_s, place.row},
            {u"column"_s, place.column}};
}

void TablePage::restoreState(const QJsonObject& state)
{
    if (state.contains(u"drafts"_s))
        takeDrafts(state[u"drafts"_s].toArray());
    if (!m_model.edits().isEmpty())
        m_takesBack = state[u"takesBack"_s].toString();
    restorePlace(state);
}

void TablePage::takeDrafts(const QJsonArray& drafts)
{
    m_parked = {};
    rows::StagedEdits staged;
    for (const auto value : drafts) {
        const auto edits = rows::editsOf(value.toObject(), relation());
        if (relation().editable && staged.isEmpty() && edits)
            staged = *edits;
        else
            m_parked.append(value);
    }
    m_model.setEdits(std::move(staged));
    if (!relation().editable || m_parked.isEmpty())
        return;
    m_ask->tell(
        kit::AskBar::Tone::Warning,
        tr("Staged changes are kept aside: %1 has another key or other columns now.").arg(relation().name),
        tr("They come back when the table is as it was."), tr("Discard them"), [this] {
            m_parked = {};
            Q_EMIT statusText(tr("The changes that were kept aside are discarded."));
        });
}

void TablePage::restorePlace(const QJsonObject& state)
{
    if (const int top = state[u"top"_s].toInt(-1); top >= 0)
        m_place = Place{.top = top, .row = state[u"row"_s].toInt(top), .column = state[u"column"_s].toInt()};
    const rows::ViewSpec spec = rows::viewSpecFrom(state[u"view"_s].toObject());
    m_filters->setSpec(spec);
    m_model.setSpec(spec);
    renderSort();
    if (m_model.phase() == items::TableModel::Phase::Ready)
        renderPhase();
}

}  // namespace dewpoint::grid
