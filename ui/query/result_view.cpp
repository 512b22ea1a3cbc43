// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/result_view.h"

#include "kit/tsv.h"
#include "query/result_model.h"
#include "theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

constexpr int measuredRows = 100;
constexpr int widestColumn = 320;

}  // namespace

QString rowsText(qint64 count)
{
    return count == 1 ? ResultView::tr("1 row") : ResultView::tr("%1 rows").arg(QLocale().toString(count));
}

QString durationText(qint64 microseconds)
{
    const QLocale locale;
    if (microseconds < 100)
        return ResultView::tr("under 0.1 ms");
    if (microseconds < 10'000)
        return ResultView::tr("%1 ms").arg(
            locale.toString(static_cast<double>(microseconds) / 1000.0, 'f', 1));
    if (microseconds < 1'000'000)
        return ResultView::tr("%1 ms").arg(locale.toString(microseconds / 1000));
    return ResultView::tr("%1 s").arg(locale.toString(static_cast<double>(microseconds) / 1e6, 'f', 2));
}

ResultView::ResultView(std::shared_ptr<Outcome> outcome, QWidget* parent)
    : QWidget(parent), m_outcome(std::move(outcome)), m_table(new QTableView(this))
{
    setObjectName(u"resultView"_s);
    buildTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(footer());
    auto* copy = new QShortcut(QKeySequence::Copy, m_table);
    copy->setContext(Qt::WidgetWithChildrenShortcut);
    connect(copy, &QShortcut::activated, this, &ResultView::copySelection);
}

void ResultView::buildTable()
{
    m_table->setObjectName(u"resultTable"_s);
    m_table->setAccessibleName(tr("Result rows"));
    // Of the outcome itself: a large result is in memory once.
    m_table->setModel(
        new ResultModel(std::shared_ptr<const RowBatch>(m_outcome, &m_outcome->batch), m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setResizeContentsPrecision(measuredRows);
    m_table->resizeColumnsToContents();
    for (int c = 0; c < m_table->model()->columnCount(); ++c)
        m_table->setColumnWidth(
            c, std::clamp(m_table->columnWidth(c) + theme::space::l, theme::space::xxl * 2, widestColumn));
}

QWidget* ResultView::footer()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::m, theme::space::xs, theme::space::m, theme::space::xs);
    const QString rows = rowsText(m_outcome->batch.rowCount());
    const bool more = !m_outcome->batch.complete;
    const QString counted = !more              ? rows
                            : m_outcome->first ? tr("First %1; there are more").arg(rows)
                                               : tr("First %1; more would fill the memory").arg(rows);
    auto* label = new QLabel(counted + u"  ·  "_s + durationText(m_outcome->microseconds), bar);
    label->setObjectName(u"resultNote"_s);
    label->setFont(theme::smallFont());
    row->addWidget(label);
    if (more && m_outcome->first) {
        auto* all = new QPushButton(tr("Load all rows"), bar);
        all->setObjectName(u"loadAll"_s);
        all->setToolTip(tr("Runs the statement again and reads every row into memory"));
        connect(all, &QPushButton::clicked, this, [this] { Q_EMIT wholeResultWanted(m_outcome->request); });
        row->addWidget(all);
    }
    row->addStretch(1);
    return bar;
}

// Only selected cells, in their order.
void ResultView::copySelection() const
{
    QModelIndexList cells = m_table->selectionModel()->selectedIndexes();
    std::ranges::sort(cells);
    const auto* model = static_cast<ResultModel*>(m_table->model());
    QList<QStringList> lines;
    int row = -1;
    for (const QModelIndex& cell : std::as_const(cells)) {
        if (std::exchange(row, cell.row()) != cell.row())
            lines.append(QStringList());
        lines.last() += model->copyText(cell);
    }
    QApplication::clipboard()->setText(kit::toTsv(lines));
}

}  // namespace dewpoint::query
