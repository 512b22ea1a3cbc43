// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/inspector.h"

#include "inspect/cell_panel.h"
#include "inspect/field_delegate.h"
#include "inspect/record_model.h"
#include "inspect/row_compare.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

Inspector::Inspector(QWidget* parent)
    : QFrame(parent)
    , m_model(new RecordModel(this))
    , m_stack(new QStackedWidget(this))
    , m_title(new QLabel(this))
    , m_form(new QListView(this))
    , m_cell(new CellPanel(this))
    , m_compareTitle(new QLabel(this))
    , m_compare(new RowCompare(this))
    , m_referrersTitle(new QLabel(tr("Rows that point here"), this))
    , m_referrers(new QTreeWidget(this))
{
    setObjectName(u"inspector"_s);
    setProperty("role", u"inspector"_s);
    setAccessibleName(tr("Inspector"));
    buildReferrers();
    m_stack->addWidget(emptyPage());
    m_stack->addWidget(recordPage());
    m_stack->addWidget(comparePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_stack);
    connect(m_form->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { showField(current.row()); });
    connect(m_form, &QListView::doubleClicked, this, [this] { Q_EMIT editRequested(currentField()); });
    connect(m_cell, &CellPanel::editRequested, this, [this] { Q_EMIT editRequested(currentField()); });
    connect(m_cell, &CellPanel::saveRequested, this,
            [this](const QString& path) { Q_EMIT saveRequested(currentField(), path); });
    connect(m_cell, &CellPanel::loadRequested, this,
            [this](const QString& path) { Q_EMIT loadRequested(currentField(), path); });
    connect(m_cell, &CellPanel::copyRequested, this, [this] { Q_EMIT copyRequested(currentField()); });
    connect(m_cell, &CellPanel::referenceRequested, this, [this] { Q_EMIT openReference(currentField()); });
    connect(&theme::Watch::instance(), &theme::Watch::changed, m_form, [this] { m_form->doItemsLayout(); });
}

QWidget* Inspector::emptyPage()
{
    auto* page = new QWidget(m_stack);
    auto* title = new QLabel(tr("Select a cell"), page);
    title->setObjectName(u"inspectorEmpty"_s);
    title->setProperty("role", u"heading"_s);
    auto* hint = new QLabel(tr("Its row and its whole value appear here."), page);
    hint->setProperty("role", u"muted"_s);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(theme::space::xs);
    column->addStretch();
    for (QLabel* label : {title, hint}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch();
    return page;
}

QWidget* Inspector::recordPage()
{
    using namespace theme;
    m_title->setObjectName(u"inspectorTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setContentsMargins(space::m, space::s, space::m, space::s);
    m_form->setObjectName(u"inspectorForm"_s);
    m_form->setAccessibleName(tr("Fields of the row"));
    m_form->setModel(m_model);
    m_form->setItemDelegate(new FieldDelegate(m_form));
    m_form->setUniformItemSizes(true);
    m_form->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_form->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_form->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_form->setFrameShape(QFrame::NoFrame);
    auto* halves = new QSplitter(Qt::Vertical, m_stack);
    halves->setObjectName(u"inspectorHalves"_s);
    halves->addWidget(m_form);
    halves->addWidget(m_cell);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setChildrenCollapsible(false);
    auto* page = new QWidget(m_stack);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(halves, 1);
    column->addWidget(m_referrersTitle);
    column->addWidget(m_referrers);
    return page;
}

void Inspector::setRecord(const Record& record)
{
    if (record.current < 0 || record.current >= record.fields.size())
        return clear();
    m_model->setRecord(record);
    m_title->setText(record.tableTitle);
    m_stack->setCurrentIndex(1);
    const QModelIndex current = m_model->index(record.current);
    m_form->setCurrentIndex(current);
    m_form->scrollTo(current);
}

QWidget* Inspector::comparePage()
{
    m_compareTitle->setObjectName(u"inspectorCompareTitle"_s);
    m_compareTitle->setProperty("role", u"heading"_s);
    m_compareTitle->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    auto* page = new QWidget(m_stack);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_compareTitle);
    column->addWidget(m_compare, 1);
    return page;
}

void Inspector::setRecords(const QList<Record>& records)
{
    m_compareTitle->setText(tr("%1 rows of %2").arg(records.size()).arg(records.first().tableTitle));
    m_compare->setRecords(records);
    m_stack->setCurrentIndex(2);
}

void Inspector::buildReferrers()
{
    using namespace theme;
    m_referrersTitle->setProperty("role", u"heading"_s);
    m_referrersTitle->setContentsMargins(space::m, space::s, space::m, space::xs);
    m_referrers->setObjectName(u"inspectorReferrers"_s);
    m_referrers->setAccessibleName(tr("Rows that point to this one"));
    m_referrers->setToolTip(tr("Return shows these rows in their table."));
    m_referrers->setColumnCount(2);
    m_referrers->setHeaderHidden(true);
    m_referrers->setRootIsDecorated(false);
    m_referrers->setUniformRowHeights(true);
    m_referrers->header()->setStretchLastSection(false);
    m_referrers->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_referrers->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(m_referrers, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        Q_EMIT referrerRequested(m_referrers->indexOfTopLevelItem(item));
    });
    connect(m_referrers, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item) {
        Q_EMIT referrerRequested(m_referrers->indexOfTopLevelItem(item));
    });
    setReferrers({});
}

void Inspector::setReferrers(const QList<Referrer>& referrers)
{
    constexpr int mostLines = 5;
    const bool same = m_referrers->topLevelItemCount() == referrers.size();
    if (!same)
        m_referrers->clear();
    for (int i = 0; i < referrers.size(); ++i) {
        QTreeWidgetItem* item = same ? m_referrers->topLevelItem(i) : new QTreeWidgetItem(m_referrers);
        item->setText(0, referrers[i].title);
        item->setToolTip(0, referrers[i].title);
        item->setText(1, referrers[i].count.isEmpty() ? u"…"_s : referrers[i].count);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_referrersTitle->setVisible(!referrers.isEmpty());
    m_referrers->setVisible(!referrers.isEmpty());
    const int lines = std::min(mostLines, static_cast<int>(referrers.size()));
    m_referrers->setFixedHeight(lines * theme::space::rowHeight + theme::space::s);
}

void Inspector::focusReferrers()
{
    m_referrers->setCurrentItem(m_referrers->topLevelItem(0));
    m_referrers->setFocus();
}

void Inspector::clear()
{
    m_model->setRecord({});
    m_stack->setCurrentIndex(0);
}

void Inspector::showField(int row)
{
    if (const Field* field = m_model->field(m_model->index(row)))
        m_cell->setField(*field);
}

int Inspector::currentField() const
{
    return m_form->currentIndex().row();
}

}  // namespace dewpoint::inspect
