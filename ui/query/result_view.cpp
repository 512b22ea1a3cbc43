// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/result_view.h"

#include "cells/grid_view.h"
#include "kit/time_text.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

QString rowsText(qint64 count)
{
    return count == 1 ? ResultView::tr("1 row") : ResultView::tr("%1 rows").arg(QLocale().toString(count));
}

ResultView::ResultView(runtime::Session& session, const std::shared_ptr<Outcome>& outcome, QWidget* parent)
    : QWidget(parent)
    , m_request(outcome->request)
    , m_more(!outcome->batch.complete)
    , m_first(outcome->first)
    , m_microseconds(outcome->microseconds)
    // A large result is in memory once.
    , m_model(session, std::exchange(outcome->batch, {}))
    , m_grid(new cells::GridView(this))
    , m_figures(new QLabel(this))
{
    setObjectName(u"resultView"_s);
    buildGrid();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_grid, 1);
    column->addWidget(footer());
    setFocusProxy(m_grid);
}

ResultView::~ResultView()
{
    delete m_grid;  // the model is a member, and goes before the children
}

void ResultView::buildGrid()
{
    m_grid->setObjectName(u"resultGrid"_s);
    m_grid->setAccessibleName(tr("Result rows"));
    m_grid->setTableModel(m_model);
    m_grid->fitColumns();
    if (m_model.rowCount() == 0)
        m_grid->setNotice(tr("No rows"));
    connect(m_grid, &cells::GridView::said, this, &ResultView::said);
    connect(m_grid, &cells::GridView::currentCellChanged, this, &ResultView::currentCellChanged);
    connect(m_grid, &cells::GridView::cellMenuAsked, this, [this](const QModelIndex&, const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setObjectName(u"resultMenu"_s);
        m_grid->addCopyEntries(menu);
        menu->addSeparator();
        menu->addAction(tr("Export rows…"), this, &ResultView::exportRequested);
        m_grid->popUp(menu, at);
    });
    connect(m_grid, &cells::GridView::figuresChanged, m_figures, &QLabel::setText);
}

QWidget* ResultView::footer()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::m, theme::space::xs, theme::space::m, theme::space::xs);
    const QString rows = rowsText(m_model.rowCount());
    const QString counted = !m_more   ? rows
                            : m_first ? tr("First %1; there are more").arg(rows)
                                      : tr("First %1; more would fill the memory").arg(rows);
    auto* label = new QLabel(counted + u"  ·  "_s + kit::durationText(m_microseconds), bar);
    label->setObjectName(u"resultNote"_s);
    label->setFont(theme::smallFont());
    row->addWidget(label);
    if (m_more && m_first) {
        auto* all = new QPushButton(tr("Load all rows"), bar);
        all->setObjectName(u"loadAll"_s);
        all->setToolTip(tr("Runs the statement again and reads every row into memory"));
        connect(all, &QPushButton::clicked, this, [this] { Q_EMIT wholeResultWanted(m_request); });
        row->addWidget(all);
    }
    auto* save = new QPushButton(tr("Export…"), bar);
    save->setObjectName(u"exportResult"_s);
    connect(save, &QPushButton::clicked, this, &ResultView::exportRequested);
    row->addWidget(save);
    row->addStretch(1);
    m_figures->setObjectName(u"resultFigures"_s);
    m_figures->setFont(theme::smallFont());
    m_figures->setMinimumWidth(1);  // long sums must not widen the window
    m_figures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_figures);
    return bar;
}

std::optional<items::Record> ResultView::record() const
{
    const QModelIndex current = m_grid->currentIndex();
    return current.isValid() ? std::optional(m_model.recordAt(current)) : std::nullopt;
}

}  // namespace dewpoint::query
