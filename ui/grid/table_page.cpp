// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/table_page.h"

#include "grid/conflict_panel.h"
#include "grid/filter_bar.h"
#include "grid/grid_view.h"
#include "grid/preview_sheet.h"
#include "grid/refusal_list.h"
#include "kit/ask_bar.h"
#include "rows/draft.h"
#include "rows/statement_writer.h"
#include "rows/view_spec_json.h"
#include "theme/theme.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

bool isReadOnly(const runtime::Session& session)
{
    return session.target().guard == drivers::Guard::ReadOnly;
}

// "~1.2 M": a guess is never drawn with more digits than it has.
QString countText(rows::RowCount count)
{
    const QLocale locale;
    if (count.exact)
        return locale.toString(count.rows);
    if (count.rows >= 1'000'000)
        return u'~' + locale.toString(static_cast<double>(count.rows) / 1e6, 'f', 1) + u" M"_s;
    if (count.rows >= 10'000)
        return u'~' + locale.toString(static_cast<double>(count.rows) / 1e3, 'f', 0) + u" k"_s;
    return u'~' + locale.toString(count.rows);
}

}  // namespace

TablePage::TablePage(runtime::Session& session, const schema::Table& table, QWidget* parent)
    : TablePage(session, rows::relationOf(table, session.target().engine, isReadOnly(session)), parent)
{}

TablePage::TablePage(runtime::Session& session, const schema::View& view, QWidget* parent)
    : TablePage(session, rows::relationOf(view, session.target().engine), parent)
{}

TablePage::TablePage(runtime::Session& session, rows::Relation relation, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(session, std::move(relation))
    , m_filters(new FilterBar(m_model.relation()))
    , m_grid(new GridView)
    , m_refusals(new RefusalList)
    , m_conflicts(new ConflictPanel)
    , m_preview(new PreviewSheet(session.target().engine))
    , m_ask(new kit::AskBar)
    , m_range(new QLabel)
    , m_lock(new QLabel)
    , m_message(new QLabel)
    , m_discard(new QPushButton(tr("Discard")))
    , m_previewButton(new QPushButton(tr("Preview")))
    , m_commit(new QPushButton(tr("Commit")))
{
    setObjectName(u"tablePage"_s);
    build();
    wire();
    m_grid->setTableModel(m_model);
    renderPhase();
    renderEdits();
}

TablePage::~TablePage()
{
    // The view outlives the model, which is a member: an open editor would look for its cell in vain.
    m_grid->finishEditing();
    delete m_grid;
}

QWidget* TablePage::buildTop()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, theme::space::xs, theme::space::s, theme::space::xs);
    // Many filters are scrolled to: they must not widen the window.
    auto* filters = new QScrollArea;
    filters->setFrameShape(QFrame::NoFrame);
    filters->setWidgetResizable(true);
    filters->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    filters->setWidget(m_filters);
    filters->setFixedHeight(theme::space::toolBarHeight);
    row->addWidget(filters, 1);
    m_discard->setObjectName(u"discard"_s);
    m_previewButton->setObjectName(u"preview"_s);
    m_commit->setObjectName(u"commit"_s);
    m_previewButton->setCheckable(true);
    m_commit->setProperty("primary", true);
    for (QPushButton* button : {m_discard, m_previewButton, m_commit})
        row->addWidget(button);
    return bar;
}

QWidget* TablePage::buildFooter()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::s, 0);
    m_range->setObjectName(u"range"_s);
    m_lock->setObjectName(u"lock"_s);
    m_range->setFont(theme::smallFont());
    m_lock->setFont(theme::smallFont());
    row->addWidget(m_range);
    row->addStretch(1);
    row->addWidget(m_lock);
    return bar;
}

void TablePage::build()
{
    m_message->setObjectName(u"message"_s);
    m_message->setProperty("role", u"problem"_s);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setMargin(theme::space::s);
    m_message->hide();
    m_grid->setAccessibleName(tr("Rows of %1").arg(relation().name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTop());
    column->addWidget(m_ask);
    column->addWidget(m_message);
    column->addWidget(m_refusals);
    column->addWidget(m_conflicts);
    column->addWidget(m_grid, 3);
    column->addWidget(m_preview, 1);
    column->addWidget(buildFooter());
    if (!relation().editable)
        m_lock->setText(u"🔒 "_s + relation().reason);
    setFocusProxy(m_grid);
}

void TablePage::wire()
{
    connect(&m_model, &items::TableModel::phaseChanged, this, &TablePage::renderPhase);
    connect(&m_model, &items::TableModel::totalChanged, this, [this] {
        goBack();
        renderFooter();
    });
    connect(&m_model, &items::TableModel::rowsLeftOut, this, [this](int rows) {
        m_ask->tell(kit::AskBar::Tone::Warning,
                    tr("%n row(s) were left as they are: not loaded yet.", nullptr, rows),
                    tr("Scroll over them and do it again, or use a query."));
    });
    connect(&m_model, &items::TableModel::inputRefused, this, [this](const Error& error) {
        m_ask->tell(kit::AskBar::Tone::Warning, error.message, error.hint);
    });
    connect(&m_model, &items::TableModel::editsChanged, this, &TablePage::renderEdits);
    connect(m_filters, &FilterBar::changed, this,
            [this] { m_model.setSpec(m_filters->spec(m_model.spec())); });
    connect(m_grid, &GridView::said, this, &TablePage::statusText);
    connect(m_grid, &GridView::currentCellChanged, this, [this] { Q_EMIT currentCellChanged(record()); });
    connect(m_grid->verticalScrollBar(), &QScrollBar::valueChanged, this, &TablePage::renderFooter);
    connect(m_grid->header(), &QHeaderView::sectionClicked, this, [this](int column) {
        sortBy(column, QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
    });
    connect(m_discard, &QPushButton::clicked, this, &TablePage::discard);
    connect(m_previewButton, &QPushButton::clicked, this, &TablePage::togglePreview);
    connect(m_commit, &QPushButton::clicked, this, &TablePage::commit);
    connect(m_refusals, &RefusalList::chosen, this, &TablePage::goTo);
    connect(m_conflicts, &ConflictPanel::resolved, this, &TablePage::resolveConflicts);
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
    m_message->setVisible(error.has_value());
    if (phase == Phase::Loading) {
        m_grid->setNotice(tr("Loading…"), tr("Esc stops."));
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
        m_grid->setCurrentIndex(m_model.index(0, 0));
    goBack();
    renderFooter();
}

/// Once: where reading the schema again changes nothing, the page is read again, and fails again. A
/// condition that a person wrote may name anything.
void TablePage::doubtSchema(const Error& error)
{
    const rows::ViewSpec& spec = m_model.spec();
    const bool written = spec.rawWhereOn && !spec.rawWhere.trimmed().isEmpty();
    if (error.kind == ErrorKind::UndefinedObject && !written && !std::exchange(m_schemaDoubted, true))
        Q_EMIT schemaMayHaveChanged();
}

/// As soon as so many rows are known, or it is sure that there are no more.
void TablePage::goBack()
{
    const int rows = m_model.rowCount();
    if (!m_place || m_model.phase() != items::TableModel::Phase::Ready || rows == 0
        || (rows <= m_place->row && !m_model.total().exact))
        return;
    const Place place = *m_place;
    m_place.reset();
    m_grid->setCurrentIndex(m_model.index(std::min(place.row, rows - 1), place.column));
    m_grid->verticalScrollBar()->setValue(place.top);
}

void TablePage::renderFooter()
{
    if (m_model.phase() == items::TableModel::Phase::Loading)
        return m_range->setText(tr("Loading…"));
    const int rows = m_model.rowCount();
    if (rows == 0)
        return m_range->setText(tr("No rows"));
    const QLocale locale;
    m_range->setText(tr("%1–%2 of %3")
                         .arg(locale.toString(m_grid->firstVisibleRow() + 1),
                              locale.toString(m_grid->lastVisibleRow() + 1), countText(m_model.total())));
    m_range->setToolTip(m_model.total().exact ? QString()
                                              : tr("An estimate; the exact number is being counted."));
}

void TablePage::renderEdits()
{
    const auto counts = pending();
    const bool some = counts.total() > 0 && !m_committing;
    m_discard->setEnabled(some);
    m_previewButton->setEnabled(some || m_preview->isVisible());
    m_commit->setEnabled(some);
    m_commit->setText(counts.total() > 0 ? tr("Commit %1").arg(counts.total()) : tr("Commit"));
    for (QPushButton* button : {m_discard, m_previewButton, m_commit})
        button->setVisible(relation().editable);
    if (m_preview->isVisible())
        m_preview->show(rows::preview(relation(), m_model.edits()));
    renderFooter();
    Q_EMIT pendingChanged(counts.inserts, counts.updates, counts.deletes);
    Q_EMIT titleChanged(title());
}

QJsonObject TablePage::saveState() const
{
    QJsonArray drafts = m_parked;
    if (!m_model.edits().isEmpty())
        drafts.prepend(rows::draftOf(m_model.edits(), relation()));
    return {{u"drafts"_s, drafts},
            {u"view"_s, rows::toJson(m_model.spec())},
            {u"top"_s, m_grid->firstVisibleRow()},
            {u"row"_s, std::max(0, m_grid->currentIndex().row())},
            {u"column"_s, std::max(0, m_grid->currentIndex().column())}};
}

void TablePage::restoreState(const QJsonObject& state)
{
    if (const int top = state[u"top"_s].toInt(-1); top >= 0)
        m_place = Place{.top = top, .row = state[u"row"_s].toInt(top), .column = state[u"column"_s].toInt()};
    const rows::ViewSpec spec = rows::viewSpecFrom(state[u"view"_s].toObject());
    m_filters->setSpec(spec);
    m_model.setSpec(spec);
    renderSort();
    if (state.contains(u"drafts"_s))
        takeDrafts(state[u"drafts"_s].toArray());
    if (m_model.phase() == items::TableModel::Phase::Ready)
        renderPhase();
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

void TablePage::sortBy(int column, bool add)
{
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
    m_model.setSpec(spec);
    renderSort();
}

void TablePage::renderSort()
{
    const auto& sorts = m_model.spec().sorts;
    m_grid->header()->setSortIndicatorShown(!sorts.isEmpty());
    if (!sorts.isEmpty())
        m_grid->header()->setSortIndicator(relation().indexOf(sorts.first().column),
                                           sorts.first().descending ? Qt::DescendingOrder
                                                                    : Qt::AscendingOrder);
}

}  // namespace dewpoint::grid
