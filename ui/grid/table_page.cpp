// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/table_page.h"

#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/column_chooser.h"
#include "grid/commit_consequences.h"
#include "grid/conflict_panel.h"
#include "grid/filter_bar.h"
#include "grid/go_to_row.h"
#include "grid/preview_sheet.h"
#include "grid/reference_peek.h"
#include "grid/reference_picker.h"
#include "grid/refusal_list.h"
#include "grid/relation_menu.h"
#include "grid/replace_bar.h"
#include "grid/table_footer.h"
#include "grid/table_menu.h"
#include "grid/view_button.h"
#include "kit/announce.h"
#include "kit/ask_bar.h"
#include "kit/file_drop.h"
#include "theme/theme.h"

#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

TablePage::TablePage(runtime::Session& session, rows::Relation relation, QList<rows::Reference> references,
                     QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(session, std::move(relation), std::move(references))
    , m_filters(new FilterBar(m_model.relation()))
    , m_grid(new cells::GridView)
    , m_refusals(new RefusalList)
    , m_conflicts(new ConflictPanel)
    , m_preview(new PreviewSheet(session.target().engine))
    , m_ask(new kit::AskBar)
    , m_picker(new ReferencePicker(session, m_model, *m_grid))
    , m_replace(new ReplaceBar(session, m_model))
    , m_consequences(new CommitConsequences(session, [this] { return QList{tableEdits()}; }))
    , m_columns(new ColumnChooser(*m_grid, m_grid))
    , m_relations(new RelationMenu(m_model, this))
    , m_views(new ViewButton(
          {.now = [this] { return viewNow(); }, .show = [this](const QJsonObject& view) { lookAs(view); }},
          this))
    , m_footer(new TableFooter(m_model, *m_grid, session.target().guard == drivers::Guard::ReadOnly))
    , m_message(new QLabel)
    , m_discard(new QPushButton(tr("Discard")))
    , m_previewButton(new QPushButton(tr("Preview")))
    , m_commit(new QPushButton(tr("Commit")))
{
    setObjectName(u"tablePage"_s);
    auto* drop = new kit::FileDrop(this, [this] { return this->relation().editable; });
    connect(drop, &kit::FileDrop::dropped, this, &TablePage::importRequested);
    build();
    m_grid->setTableModel(m_model);
    freezeKey();
    wire();
    renderPhase();
    renderEdits();
}

TablePage::~TablePage()
{
    m_filters->disconnect(this);  // a value that loses the focus with its page is no filter any more
    // The view outlives the model, which is a member: an open editor would look for its cell in vain.
    m_grid->finishEditing();
    delete m_grid;
}

void TablePage::build()
{
    m_message->setObjectName(u"message"_s);
    m_message->setProperty("role", u"problem"_s);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setMargin(theme::space::s);
    kit::announceTexts(m_message, kit::Urgency::AtOnce);
    m_message->hide();
    m_grid->setAccessibleName(tr("Rows of %1").arg(relation().name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_discard->setObjectName(u"discard"_s);
    m_previewButton->setObjectName(u"preview"_s);
    m_commit->setObjectName(u"commit"_s);
    m_previewButton->setCheckable(true);
    m_commit->setProperty("primary", true);
    for (QPushButton* button : {m_discard, m_previewButton, m_commit})
        m_filters->addEnd(button);
    buildViews();
    column->addWidget(m_filters);
    column->addWidget(m_replace);
    column->addWidget(m_ask);
    column->addWidget(m_message);
    column->addWidget(m_refusals);
    column->addWidget(m_conflicts);
    column->addWidget(m_grid, 3);
    column->addWidget(m_consequences);
    column->addWidget(m_preview, 1);
    column->addWidget(m_footer);
    setFocusProxy(m_grid);
}

void TablePage::wire()
{
    connect(&m_model, &items::TableModel::phaseChanged, this, &TablePage::renderPhase);
    connect(&m_model, &items::TableModel::totalChanged, this, [this] {
        goBack();
        m_footer->render();
    });
    connect(&m_model, &items::TableModel::rowsLeftOut, this, [this](int rows) {
        m_ask->tell(kit::AskBar::Tone::Warning,
                    tr("%n row(s) were left as they are: not loaded yet.", nullptr, rows),
                    tr("Scroll over them and do it again, or use a query."));
    });
    connect(&m_model, &items::TableModel::problemFound, this, &TablePage::statusText);
    connect(&m_model, &items::TableModel::inputRefused, this, [this](const Error& error) {
        m_ask->tell(kit::AskBar::Tone::Warning, error.message, error.hint);
    });
    connect(&m_model, &items::TableModel::editsChanged, this, [this] {
        Q_EMIT statusText({});  // what was said of the edits before
        renderEdits();
    });
    connect(m_filters, &FilterBar::changed, this, &TablePage::takeFilters);
    connect(m_filters, &FilterBar::searchEscaped, this, [this] {
        if (!m_model.stop() && !m_filters->clearSearch())
            m_grid->setFocus();
    });
    connect(m_grid, &cells::GridView::visibleRowsChanged, m_footer, &TableFooter::render);
    connect(m_grid, &cells::GridView::said, this, &TablePage::statusText);
    connect(m_grid, &cells::GridView::currentCellChanged, this, [this](const QModelIndex& cell) {
        m_column = cell.isValid() ? cell.column() : m_column;
        Q_EMIT currentCellChanged(record());
    });
    connect(m_grid->header(), &QHeaderView::sectionClicked, this, [this](int column) {
        sortBy(column, QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
    });
    connect(m_grid, &cells::GridView::cellMenuAsked, this,
            [this](const QModelIndex& cell, const QPoint& at) { showCellMenu(*this, cell, at); });
    connect(m_grid, &cells::GridView::headerMenuAsked, this,
            [this](int column, const QPoint& at) { showHeaderMenu(*this, column, at); });
    connect(m_grid, &cells::GridView::referenceAsked, this, &TablePage::followReference);
    connect(m_grid, &cells::GridView::pickAsked, this, [this](const QModelIndex& cell) { pick(cell); });
    connect(m_grid, &cells::GridView::rowAsked, new GoToRow(m_model, *m_grid), &GoToRow::ask);
    new ReferencePeek(m_session, m_model, *m_grid);
    connect(m_footer, &TableFooter::writingRequested, this, &TablePage::writingRequested);
    connect(m_grid->header(), &QHeaderView::sectionMoved, this, &TablePage::columnsChanged);
    connect(m_grid->header(), &cells::GridHeader::frozenChanged, this, &TablePage::columnsChanged);
    connect(m_grid->header(), &QHeaderView::sectionResized, this, [this](int, int, int size) {
        if (size == 0)  // it is being hidden, and counts as shown until this is over
            QTimer::singleShot(0, this, &TablePage::columnsChanged);
        else if (m_fitted)
            Q_EMIT columnsChanged();
    });
    connect(m_discard, &QPushButton::clicked, this, &TablePage::discard);
    connect(m_previewButton, &QPushButton::clicked, this, &TablePage::togglePreview);
    connect(m_commit, &QPushButton::clicked, this, &TablePage::commit);
    connect(m_refusals, &RefusalList::chosen, this,
            [this](const rows::Violation& violation) { goTo(violation.row, violation.column); });
    connect(m_replace, &ReplaceBar::wanted, this, &TablePage::goTo);
    connect(m_replace, &ReplaceBar::said, this, &TablePage::statusText);
    connect(m_replace, &ReplaceBar::closed, m_grid, qOverload<>(&QWidget::setFocus));
    connect(m_conflicts, &ConflictPanel::resolved, this, &TablePage::resolveConflicts);
    connect(m_consequences, &CommitConsequences::told, this, &TablePage::renderConsequences);
    connect(&m_model, &items::TableModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                const int row = m_grid->currentIndex().row();
                if (row >= first.row() && row <= last.row())
                    Q_EMIT currentCellChanged(record());
            });
}

QString TablePage::title() const
{
    return m_model.edits().isEmpty() ? relation().name : relation().name + u'*';
}

items::Record TablePage::record() const
{
    return m_model.recordAt(m_grid->currentIndex());
}

void TablePage::renderPhase()
{
    using Phase = items::TableModel::Phase;
    const Phase phase = m_model.phase();
    const auto& error = m_model.error();
    const bool isStopped = error && error->kind == ErrorKind::Cancelled;
    m_message->setVisible(error && !isStopped);
    if (phase == Phase::Loading) {
        m_grid->setNotice(tr("Loading…"), tr("Esc stops."));
    } else if (phase == Phase::Failed && isStopped) {
        m_grid->setNotice(error->message, tr("F5 reads the rows again."));
        Q_EMIT statusText(error->message);
    } else if (phase == Phase::Failed && error) {
        m_message->setText(u"⚠ "_s + error->oneLine());
        m_grid->setNotice(tr("The rows could not be read."), tr("F5 tries again."));
        Q_EMIT statusText(error->message);
        doubtSchema(*error);
    } else if (m_model.spec().isFiltered()) {
        m_grid->setNotice(tr("No row matches the filters."), tr("Switch a filter off to see more."));
    } else {
        m_grid->setNotice(tr("%1 has no rows yet.").arg(relation().name),
                          relation().editable ? tr("Ctrl+N adds one.") : QString());
    }
    m_schemaDoubted = m_schemaDoubted && phase != Phase::Ready;
    if (phase == Phase::Ready && !m_fitted) {
        m_fitted = true;
        m_grid->fitColumns();
    }
    if (phase == Phase::Ready && !m_grid->currentIndex().isValid() && m_model.rowCount() > 0)
        m_grid->setCurrentIndex(m_model.index(0, m_column));
    // A reset takes the current cell away without a word.
    if (phase != Phase::Loading && !m_grid->currentIndex().isValid())
        Q_EMIT currentCellChanged(record());
    // What was said about the rows that could not be read is true no longer.
    if (std::exchange(m_failedBefore, phase == Phase::Failed) && phase != Phase::Failed)
        Q_EMIT statusText({});
    goBack();
    m_footer->render();
}

/// Once: where reading the schema again changes nothing, the page is read again, and fails again. A
/// condition that a person wrote may name anything.
void TablePage::doubtSchema(const Error& error)
{
    const bool written = !m_model.spec().conditionsOn().isEmpty();
    if (error.kind == ErrorKind::UndefinedObject && !written && !std::exchange(m_schemaDoubted, true))
        Q_EMIT schemaMayHaveChanged();
}

void TablePage::renderEdits()
{
    const auto counts = pending();
    const bool some = counts.total() > 0 && !m_committing;
    if (counts.total() == 0)
        m_takesBack.clear();
    const bool previewing = m_preview->isVisible();
    // They take their room once there is something to decide.
    const bool shown = relation().editable && (counts.total() > 0 || previewing);
    m_commit->setText(counts.total() > 0 ? tr("Commit %1").arg(counts.total()) : tr("Commit"));
    for (QPushButton* button : {m_discard, m_previewButton, m_commit}) {
        const bool enabled = some || (previewing && button == m_previewButton);
        if (!enabled && button->hasFocus())
            m_grid->setFocus();  // else whatever comes next has it
        button->setEnabled(enabled);
        button->setVisible(shown);
    }
    m_consequences->consider();
    renderPreview();
    m_footer->render();
    Q_EMIT pendingChanged(counts.inserts, counts.updates, counts.deletes);
    Q_EMIT titleChanged(title());
}

void TablePage::sortBy(int column, bool add)
{
    if (!m_grid->finishEditing())
        return;
    rows::ViewSpec spec = m_model.spec();
    const QString name = relation().columns.value(column).name;
    const auto known = std::ranges::find(spec.sorts, name, &rows::SortKey::column);
    std::optional<rows::SortKey> next = rows::SortKey{name, false};
    if (known != spec.sorts.end())
        next = known->descending ? std::nullopt : std::optional(rows::SortKey{name, true});
    if (!add)
        spec.sorts.clear();
    const auto place = std::ranges::find(spec.sorts, name, &rows::SortKey::column);
    if (place == spec.sorts.end() && next)
        spec.sorts += *next;
    else if (place != spec.sorts.end() && next)
        *place = *next;
    else if (place != spec.sorts.end())
        spec.sorts.erase(place);
    setSorts(spec.sorts);
}

void TablePage::setSorts(const QList<rows::SortKey>& sorts)
{
    rows::ViewSpec spec = m_model.spec();
    spec.sorts = sorts;
    m_model.setSpec(spec);
    renderSort();
}

void TablePage::renderSort()
{
    QList<cells::GridHeader::Sort> marks;
    for (const rows::SortKey& sort : m_model.spec().sorts)
        marks += {relation().indexOf(sort.column), sort.descending};
    m_grid->header()->setSorts(marks);
}

}  // namespace dewpoint::grid
