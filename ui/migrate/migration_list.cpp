// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/migration_list.h"

#include "migrate/migration_filter.h"
#include "migrate/migration_model.h"
#include "project/format.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

constexpr int leastWidth = 350;  ///< state, name and risk can be seen

/// With the statement that will make it, where that is known.
QString notYet(const apply::Status& status)
{
    const auto create = project::formatOf(status.project).ledger.repair.create;
    const auto statements =
        create ? create(status.engine, status.project) : Result<QList<ledger::Statement>>();
    const QString text = MigrationList::tr("The first run makes this table.");
    return statements && !statements->isEmpty()
               ? text + u"\n\n"_s + ledger::displayed(*statements, status.engine)
               : text;
}

}  // namespace

MigrationList::MigrationList(QWidget* parent)
    : QWidget(parent)
    , m_model(new MigrationModel(this))
    , m_shown(new MigrationFilter(this))
    , m_chooser(new QComboBox(this))
    , m_badge(new QLabel(this))
    , m_place(new QLabel(this))
    , m_ledger(new QToolButton(this))
    , m_filter(new QLineEdit(this))
    , m_states(new QComboBox(this))
    , m_table(new QTableView(this))
{
    m_badge->setObjectName(u"toolBadge"_s);
    m_place->setObjectName(u"projectPlace"_s);
    m_place->setFont(theme::smallFont());
    m_place->setWordWrap(true);
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_chooser->setObjectName(u"projectChooser"_s);
    m_chooser->setAccessibleName(tr("Project"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->hide();
    m_ledger->setObjectName(u"ledgerLink"_s);
    m_ledger->setFont(theme::smallFont());
    m_ledger->setAutoRaise(true);
    m_ledger->setMinimumWidth(1);  // it gives way to the counts
    m_ledger->hide();
    buildFilters();
    buildTable();
    setFocusProxy(m_table);
    setMinimumWidth(leastWidth);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    head->setSpacing(theme::space::xs);
    auto* title = new QHBoxLayout;
    title->addWidget(m_badge, 1);
    title->addWidget(m_ledger);
    auto* filters = new QHBoxLayout;
    filters->setSpacing(theme::space::s);
    filters->addWidget(m_filter, 1);
    filters->addWidget(m_states);
    head->addWidget(m_chooser);
    head->addLayout(title);
    head->addWidget(m_place);
    head->addLayout(filters);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    connect(m_ledger, &QToolButton::clicked, this, [this] { Q_EMIT ledgerRequested(m_ledger->text()); });
    connect(m_chooser, &QComboBox::activated, this,
            [this](int index) { Q_EMIT projectPicked(m_projects.at(index)); });
}

void MigrationList::buildFilters()
{
    m_filter->setObjectName(u"migrationFilter"_s);
    m_filter->setAccessibleName(tr("Filter migrations"));
    m_filter->setPlaceholderText(tr("Filter…"));
    m_filter->setClearButtonEnabled(true);
    m_states->setObjectName(u"stateFilter"_s);
    m_states->setAccessibleName(tr("Which states"));
    m_states->addItem(tr("All"), MigrationFilter::All);
    m_states->addItem(tr("Pending"), MigrationFilter::Pending);
    m_states->addItem(tr("Problems"), MigrationFilter::Problems);
    connect(m_filter, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_states, &QComboBox::currentIndexChanged, this, [this] {
        m_shown->setStates(static_cast<MigrationFilter::States>(m_states->currentData().toInt()));
        if (!selected() && m_shown->rowCount() > 0)
            m_table->selectRow(0);
    });
}

void MigrationList::setProjects(const QList<project::Project>& projects, const project::Project& current)
{
    m_projects = projects;
    m_chooser->clear();
    for (const project::Project& each : projects)
        m_chooser->addItem(
            u"%1 · %2"_s.arg(project::toolTitle(each), QDir::toNativeSeparators(each.directory)));
    m_chooser->setCurrentIndex(static_cast<int>(std::ranges::find(m_projects, current) - m_projects.begin()));
    m_chooser->setVisible(projects.size() > 1);
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
    m_shown->sort(MigrationModel::State, Qt::DescendingOrder);
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
    showCounts(status);
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

void MigrationList::showCounts(const apply::Status& status)
{
    const auto problems = std::ranges::count_if(
        status.migrations, [](const auto& each) { return MigrationFilter::isProblem(each); });
    m_states->setItemText(MigrationFilter::All, tr("All (%1)").arg(status.migrations.size()));
    m_states->setItemText(MigrationFilter::Pending, tr("Pending (%1)").arg(status.pendingCount()));
    m_states->setItemText(MigrationFilter::Problems, tr("Problems (%1)").arg(problems));
    m_ledger->setText(status.ledger);
    m_ledger->setEnabled(status.ledgerExists);
    m_ledger->setToolTip(status.ledgerExists ? tr("Open the table in which the tool keeps what is applied")
                                             : notYet(status));
    m_ledger->setAccessibleName(tr("Ledger table %1").arg(status.ledger));
    m_ledger->show();
}

void MigrationList::contextMenuEvent(QContextMenuEvent* event)
{
    if (selected())
        Q_EMIT menuRequested(event->reason() == QContextMenuEvent::Mouse ? event->globalPos()
                                                                         : selectedPlace());
}

/// The Menu key comes as a context menu event; this one does not on every platform.
void MigrationList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier && selected())
        Q_EMIT menuRequested(selectedPlace());
    else
        QWidget::keyPressEvent(event);
}

QPoint MigrationList::selectedPlace() const
{
    const QRect row = m_table->visualRect(m_table->currentIndex());
    return m_table->viewport()->mapToGlobal(row.bottomLeft());
}

void MigrationList::reveal(const QString& version)
{
    m_filter->clear();
    m_states->setCurrentIndex(MigrationFilter::All);
    select(version);
}

void MigrationList::setClasses(const Classes& classes)
{
    m_model->setClasses(classes);
}

void MigrationList::setNotes(const DownNotes& notes)
{
    m_model->setNotes(notes);
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
    if (!index.isValid())
        return;  // a filter hides it
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

const apply::MigrationState* MigrationList::selected() const
{
    const QModelIndex index = m_shown->mapToSource(m_table->currentIndex());
    return index.isValid() ? &m_model->at(index.row()) : nullptr;
}

}  // namespace dewpoint::migrate
