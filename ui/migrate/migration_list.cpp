// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/migration_list.h"

#include "migrate/migration_model.h"
#include "theme/theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

MigrationList::MigrationList(QWidget* parent)
    : QWidget(parent)
    , m_model(new MigrationModel(this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_badge(new QLabel(this))
    , m_place(new QLabel(this))
    , m_filter(new QLineEdit(this))
    , m_table(new QTableView(this))
{
    m_badge->setObjectName(u"toolBadge"_s);
    m_place->setObjectName(u"projectPlace"_s);
    m_place->setFont(theme::smallFont());
    m_place->setWordWrap(true);
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_filter->setObjectName(u"migrationFilter"_s);
    m_filter->setAccessibleName(tr("Filter migrations"));
    m_filter->setPlaceholderText(tr("Filter…"));
    m_filter->setClearButtonEnabled(true);
    buildTable();
    setFocusProxy(m_table);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    head->setSpacing(theme::space::xs);
    head->addWidget(m_badge);
    head->addWidget(m_place);
    head->addWidget(m_filter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    connect(m_filter, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
}

// The model goes after this class's part of the object, and takes the selection with it.
MigrationList::~MigrationList()
{
    m_table->selectionModel()->disconnect(this);
}

void MigrationList::buildTable()
{
    m_shown->setSourceModel(m_model);
    m_shown->setFilterKeyColumn(-1);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(u"migrationTable"_s);
    m_table->setAccessibleName(tr("Migrations"));
    m_table->setModel(m_shown);
    m_shown->sort(MigrationModel::Version, Qt::DescendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    // The name tells the most: in a narrow window the version, which is last, is cut.
    header->setSectionResizeMode(MigrationModel::Version, QHeaderView::Stretch);
    header->setMinimumSectionSize(theme::space::xxl);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &MigrationList::selectionChanged);
}

void MigrationList::setStatus(const apply::Status& status, const QString& database)
{
    const apply::MigrationState* before = selected();
    QString version = before ? before->migration.version : QString();
    m_badge->setText(tr("<b>%1</b> · %2 applied · %3 pending")
                         .arg(project::toolTitle(status.project).toHtmlEscaped())
                         .arg(status.appliedCount())
                         .arg(status.pendingCount()));
    m_place->setText(QDir::toNativeSeparators(status.project.directory) + u"\n"_s + database);
    {
        const QSignalBlocker quiet(this);
        m_model->setStatus(status);
        // What comes next is what one wants to see first.
        if (m_model->rowOf(version) < 0) {
            version.clear();
            for (const apply::MigrationState& migration : status.migrations)
                if (version.isEmpty() && !migration.isApplied())
                    version = migration.migration.version;
            if (version.isEmpty() && !status.migrations.isEmpty())
                version = status.migrations.last().migration.version;
        }
        select(version);
    }
    Q_EMIT selectionChanged();
}

void MigrationList::setFailed(const QString& version)
{
    m_model->setFailed(version);
}

void MigrationList::select(const QString& version)
{
    const int row = m_model->rowOf(version);
    if (row < 0)
        return;
    const QModelIndex index = m_shown->mapFromSource(m_model->index(row, MigrationModel::State));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

const apply::MigrationState* MigrationList::selected() const
{
    const QModelIndex index = m_shown->mapToSource(m_table->currentIndex());
    return index.isValid() ? &m_model->at(index.row()) : nullptr;
}

}  // namespace dewpoint::migrate
