// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/table_footer.h"

#include "cells/grid_view.h"
#include "items/table_model.h"
#include "kit/row_count.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

// "~1.2 M": a guess is never drawn with more digits than it has.
QString countText(rows::RowCount count)
{
    const QLocale locale;
    if (count.exact)
        return locale.toString(count.rows);
    if (count.atLeast)
        return TableFooter::tr("at least %1").arg(locale.toString(count.rows));
    return u'~' + kit::roughCount(count.rows);
}

QLabel* smallLabel(const QString& name)
{
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setFont(theme::smallFont());
    return label;
}

}  // namespace

TableFooter::TableFooter(const items::TableModel& model, const cells::GridView& grid, bool readOnlyConnection)
    : m_model(model), m_grid(grid), m_range(smallLabel(u"range"_s))
{
    QLabel* figures = smallLabel(u"figures"_s);
    figures->setMinimumWidth(1);  // long sums must not widen the window
    figures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(&grid, &cells::GridView::figuresChanged, figures, [figures](const QString& text) {
        figures->setText(text);
        figures->setToolTip(text);
    });
    QLabel* lock = smallLabel(u"lock"_s);
    lock->setWordWrap(true);
    lock->setMinimumWidth(1);  // a long reason is wrapped and must not widen the window
    lock->setTextInteractionFlags(Qt::TextSelectableByMouse);
    lock->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (!model.relation().editable)
        lock->setText(u"🔒 "_s + model.relation().reason);
    auto* unlock = new QToolButton;
    unlock->setObjectName(u"allowWrites"_s);
    unlock->setText(tr("Allow edits"));
    unlock->setToolTip(tr("Opens the database again so that it may be written, asking before each write."));
    unlock->setVisible(readOnlyConnection);
    connect(unlock, &QToolButton::clicked, this, &TableFooter::writingRequested);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(theme::space::s, 0, theme::space::s, 0);
    row->addWidget(m_range);
    row->addWidget(figures);
    row->addWidget(lock, 1);
    row->addWidget(unlock);
}

void TableFooter::render()
{
    using Phase = items::TableModel::Phase;
    const int rows = m_model.rowCount();
    m_range->setToolTip({});
    if (m_model.phase() == Phase::Loading)
        return m_range->setText(m_model.spec().isFiltered() ? tr("Searching… Esc stops.") : tr("Loading…"));
    if (rows == 0)
        return m_range->setText(m_model.phase() == Phase::Ready ? tr("No rows") : QString());
    const QLocale locale;
    // New rows are rows of the grid that the database does not have yet.
    const int fresh = static_cast<int>(m_model.edits().newRowIds().size());
    rows::RowCount total = m_model.total();
    total.rows += fresh;
    QString text = tr("%1–%2 of %3")
                       .arg(locale.toString(m_grid.firstVisibleRow() + 1),
                            locale.toString(m_grid.lastVisibleRow() + 1), countText(total));
    if (fresh > 0)
        text += u" · "_s + tr("%n new", nullptr, fresh);
    if (m_model.isCounting())
        text += u" · "_s + (total.atLeast ? tr("counting… Esc stops.") : tr("counting…"));
    else if (!total.exact)
        text += u" · "_s + tr("not counted");
    m_range->setText(text);
    if (!total.exact)
        m_range->setToolTip(m_model.isCounting() ? tr("The exact number is being counted.")
                                                 : tr("Counting was stopped. F5 reads and counts again."));
}

}  // namespace dewpoint::grid
