// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/filter_bar.h"
#include "grid/table_page.h"
#include "rows/condition_check.h"

#include <optional>

using namespace Qt::StringLiterals;

// What a table page shows of its table: filters, and conditions that the server has to take first.
namespace dewpoint::grid {

/// The rows that are shown stay until the server has taken what a person wrote.
void TablePage::takeFilters()
{
    m_checkJob.cancel();
    m_filters->showProblem({});
    const rows::ViewSpec wanted = m_filters->spec(m_model.spec());
    const QStringList conditions = wanted.conditionsOn();
    if (conditions.isEmpty() || conditions == m_model.spec().conditionsOn())
        return m_model.setSpec(wanted);
    struct Verdict {
        int condition = -1;
        Error error;
    };
    m_checkJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [relation = relation(), conditions](drivers::Connection& connection,
                                            const runtime::StopToken&) -> Result<Verdict> {
            for (int i = 0; i < conditions.size(); ++i) {
                const auto checked = rows::checkCondition(connection, relation, conditions[i]);
                if (!checked && checked.error().kind == ErrorKind::Connection)
                    return fail(checked.error());
                if (!checked)
                    return Verdict{.condition = i, .error = checked.error()};
            }
            return Verdict{};
        },
        [this](const Result<Verdict>& verdict) {
            if (!verdict)
                refuseCondition(-1, verdict.error());
            else if (verdict->condition >= 0)
                refuseCondition(verdict->condition, verdict->error);
            else
                m_model.setSpec(m_filters->spec(m_model.spec()));
        });
}

void TablePage::refuseCondition(int condition, const Error& error)
{
    QString text = error.oneLine();
    if (error.position >= 0)
        text = tr("Character %1: %2").arg(error.position + 1).arg(text);
    m_filters->showProblem(
        tr("%1 The rows are shown as before.").arg(text.endsWith(u'.') ? text : text + u'.'), condition,
        error.position);
}

/// One more condition beside those that are there.
void TablePage::narrowBy(const rows::Filter& filter)
{
    rows::ViewSpec spec = m_filters->spec(m_model.spec());
    if (spec.filters.contains(filter))
        return;
    spec.filters += filter;
    m_filters->setSpec(spec);
    takeFilters();
}

void TablePage::filterByCell(const QModelIndex& cell, CellFilter how)
{
    if (!cell.isValid() || !m_grid->finishEditing())
        return;
    const auto value = m_model.valueAt(cell);
    const bool null = value && isNull(*value);
    if (how == CellFilter::Equal && null)
        how = CellFilter::Null;
    if ((how == CellFilter::Other || how == CellFilter::Contains) && null)
        how = CellFilter::NotNull;
    const bool compares = how != CellFilter::Null && how != CellFilter::NotNull;
    if (compares && (!value || m_model.cellState(cell).truncated))
        return Q_EMIT statusText(
            tr("Only the beginning of this value is loaded, and it equals no whole one."));
    using enum rows::FilterOperator;
    const QHash<CellFilter, rows::FilterOperator> operators{{CellFilter::Equal, Equals},
                                                            {CellFilter::Other, NotEquals},
                                                            {CellFilter::Null, IsNull},
                                                            {CellFilter::NotNull, IsNotNull},
                                                            {CellFilter::Contains, Contains}};
    narrowBy({.column = relation().columns[cell.column()].name,
              .op = operators[how],
              .value = compares ? displayText(*value) : QString()});
}

void TablePage::clearFilters()
{
    rows::ViewSpec spec;
    spec.sorts = m_model.spec().sorts;
    m_filters->setSpec(spec);
    takeFilters();
}

}  // namespace dewpoint::grid
