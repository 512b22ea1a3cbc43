// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "design/structure_page.h"

#include "design/part_forms.h"
#include "design/part_tree.h"
#include "design/review_panel.h"
#include "project/for_database.h"
#include "project/format.h"
#include "structure/target.h"
#include "structure/texts.h"
#include "theme/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::design {

using namespace schema;
using structure::Draft;
using structure::Edit;
using structure::Edits;
using structure::Kind;
using structure::Place;

StructurePage::StructurePage(runtime::Session& session, Staging& staging, structure::TableId id,
                             Surroundings surroundings, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_staging(staging)
    , m_id(std::move(id))
    , m_surroundings(std::move(surroundings))
    , m_rehearsals(new rehearsal::RehearsalRun(session, this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"structurePage"_s);
    m_stack->addWidget(buildEditor());
    m_panel = new ReviewPanel(session.target().engine, this);
    m_panel->setRowsOf(m_surroundings.rows);
    m_stack->addWidget(m_panel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_stack);
    setFocusProxy(m_parts);
    wireForms();
    connect(&m_staging, &Staging::catalogComing, this, &StructurePage::finishEditing);
    connect(&m_staging, &Staging::changed, this, &StructurePage::render);
    connect(m_panel, &ReviewPanel::backRequested, this, &StructurePage::leaveReview);
    connect(m_panel, &ReviewPanel::saveRequested, this, &StructurePage::save);
    connect(m_panel, &ReviewPanel::rehearsalRequested, this, &StructurePage::rehearse);
    connect(m_rehearsals, &rehearsal::RehearsalRun::staged, m_panel, &ReviewPanel::showStage);
    connect(m_rehearsals, &rehearsal::RehearsalRun::finished, m_panel, &ReviewPanel::showRehearsal);
    connect(m_panel, &ReviewPanel::placeRequested, this, [this] {
        const std::optional<Place> place = m_refused;
        leaveReview();
        if (place && place->table == m_id)
            showPlace(*place);
        else if (place)
            Q_EMIT placeRequested(*place);
    });
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &StructurePage::render);
    render();
    m_parts->choose({.table = m_id, .kind = draft().columns.isEmpty() ? Kind::Table : Kind::Column});
    renderForm();
}

// Fields tell what is typed in them when they go, which is after this class's part.
StructurePage::~StructurePage()
{
    m_staging.disconnect(this);
    for (Form* form : findChildren<Form*>())
        form->disconnect(this);
    m_parts->disconnect(this);
}

QString StructurePage::title() const
{
    const Draft whole = draft();
    const QString name = whole.head.before || whole.head.after ? whole.head.shown().name : m_id.name;
    return tr("%1 · structure").arg(name);
}

Draft StructurePage::draft() const
{
    const View* view = m_id.fresh ? nullptr : m_staging.catalog().view(m_id.schema, m_id.name);
    if (!view)
        return m_staging.draft(m_id);
    Draft shown{.id = m_id};
    const structure::Head head{.schema = view->schema, .name = view->name, .comment = view->comment};
    shown.head = {.before = head, .after = head};
    for (const Column& column : view->columns)
        shown.columns.append({.before = column, .after = column});
    return shown;
}

QString StructurePage::lockReason() const
{
    const Database& catalog = m_staging.catalog();
    if (m_session.target().guard == drivers::Guard::ReadOnly)
        return tr("This connection is read only. Another guard level in the File menu lets you edit.");
    if (m_id.fresh)
        return {};
    if (catalog.view(m_id.schema, m_id.name))
        return tr("This is a view: its columns are those of its SELECT. Change it in a query tab.");
    if (const auto project = m_surroundings.project();
        project
        && project::formatOf(*project)
                   .ledger.table(project::forDatabase(*project, m_session.target()), catalog.engine)
                   .name
               == m_id.name)
        return tr("This table belongs to the migration tool, which keeps its records in it.");
    const Table* table = catalog.table(m_id.schema, m_id.name);
    return table ? structure::lockedBecause(*table) : QString();
}

bool StructurePage::isEditable() const
{
    return m_locked.isEmpty() && m_stack->currentIndex() == 0 && !draft().head.isDropped();
}

void StructurePage::render()
{
    m_locked = lockReason();
    m_lock->setText(m_locked);
    m_lock->setVisible(!m_locked.isEmpty());
    m_parts->show(draft(), m_staging.catalog().engine, m_staging.problems());
    renderForm();
    renderFoot();
    Q_EMIT titleChanged(title());
}

void StructurePage::renderFoot()
{
    const auto count = static_cast<int>(m_staging.edits().count());
    const auto tables = static_cast<int>(m_staging.edits().tables.size());
    const qsizetype problems = m_staging.problems().size();
    QString text = count == 0
                       ? tr("Nothing is staged.")
                       : tr("%1 in %n table(s)", nullptr, tables).arg(tr("%n edit(s)", nullptr, count));
    if (problems > 0)
        text += u" · "_s + tr("%n problem(s)", nullptr, static_cast<int>(problems));
    m_summary->setText(text);
    m_review->setEnabled(count > 0);
    m_discard->setEnabled(count > 0);
    m_undo->setEnabled(m_staging.canUndo());
    m_redo->setEnabled(m_staging.canRedo());
    m_add->setEnabled(isEditable());
    renderMoves();
}

Form* StructurePage::shownForm() const
{
    return qobject_cast<Form*>(m_forms->currentWidget());
}

void StructurePage::finishEditing()
{
    if (Form* form = shownForm())
        form->finishEditing();
}

/// What was typed in the form of the part before is staged first.
void StructurePage::renderForm()
{
    std::optional<Place> place = m_parts->chosen();
    if (place)
        place->table = m_id;
    if (m_shown && m_shown != place)
        finishEditing();
    m_shown = place;
    const Draft whole = draft();
    QStringList columns;
    for (const QString& name : whole.columnNames())
        columns << structure::writeNames({name}, m_staging.catalog().engine);
    bool dropped = whole.head.isDropped();
    bool changed = false;
    const auto look = [&](const auto& part) {
        dropped = dropped || part.isDropped();
        changed = part.isChanged();
    };
    Form* form = nullptr;
    const qsizetype row = place ? place->row : -1;
    if (place && place->kind == Kind::Table) {
        look(whole.head);
        m_table->fill(whole.head.shown());
        form = m_table;
    } else if (place && place->kind == Kind::Column && row < whole.columns.size()) {
        look(whole.columns.at(row));
        m_column->setTypes(knownTypes());
        m_column->fill(whole.columns.at(row).shown());
        form = m_column;
    } else if (place && place->kind == Kind::Constraint && row < whole.constraints.size()) {
        look(whole.constraints.at(row));
        fillConstraint(whole, row);
        form = m_constraint;
    } else if (place && place->kind == Kind::Index && row < whole.indexes.size()) {
        look(whole.indexes.at(row));
        m_index->setChoices(columns);
        m_index->fill(whole.indexes.at(row).shown(), whole.head.shown().name);
        form = m_index;
    } else if (place && place->kind == Kind::Trigger && row < whole.triggers.size()) {
        look(whole.triggers.at(row));
        m_trigger->fill(whole.triggers.at(row).shown());
        form = m_trigger;
    }
    m_forms->setCurrentWidget(form ? form : m_forms->widget(0));
    m_drop->setEnabled(form && m_locked.isEmpty());
    m_drop->setText(dropped ? tr("Bring back") : tr("Drop"));
    renderMoves();
    renderOrigin();
    if (!form)
        return;
    QList<structure::Problem> own = m_staging.problems();
    own.removeIf([&](const structure::Problem& problem) {
        return problem.place.table != m_id || problem.place.kind != place->kind || problem.place.row != row;
    });
    form->showProblems(own);
    form->setLocked(dropped || !m_locked.isEmpty());
}

/// Of the chosen part as the catalog has it.
void StructurePage::renderOrigin()
{
    m_history->setVisible(!m_id.fresh && m_surroundings.project && m_surroundings.project());
    const Draft whole = draft();
    diff::Part part{.kind = diff::Part::Kind::Table, .owner = {m_id.schema, m_id.name}, .member = {}};
    const auto take = [&](const auto& parts, diff::Part::Kind kind) {
        const auto& chosen = parts.at(m_shown ? m_shown->row : 0);
        part.kind = kind;
        part.member = chosen.before ? chosen.before->name : QString();
    };
    const qsizetype row = m_shown ? m_shown->row : -1;
    if (m_shown && m_shown->kind == Kind::Column && row < whole.columns.size())
        take(whole.columns, diff::Part::Kind::Column);
    else if (m_shown && m_shown->kind == Kind::Index && row < whole.indexes.size())
        take(whole.indexes, diff::Part::Kind::Index);
    else if (m_shown && m_shown->kind == Kind::Trigger && row < whole.triggers.size())
        take(whole.triggers, diff::Part::Kind::Trigger);
    const bool isNew = part.kind != diff::Part::Kind::Table && part.member.isEmpty();
    m_origin->setText(m_surroundings.origin && !m_id.fresh && !isNew ? m_surroundings.origin(part)
                                                                     : QString());
}

void StructurePage::fillConstraint(const Draft& whole, qsizetype row)
{
    QStringList columns;
    for (const QString& name : whole.columnNames())
        columns << structure::writeNames({name}, m_staging.catalog().engine);
    m_constraint->setChoices(columns, targets());
    const Constraint& constraint = whole.constraints.at(row).shown();
    m_constraint->fill(constraint, structure::usualName(whole.head.shown().name, constraint));
}

QStringList StructurePage::knownTypes() const
{
    if (m_staging.catalog().engine == Engine::Sqlite)
        return {u"INTEGER"_s, u"TEXT"_s,    u"REAL"_s, u"NUMERIC"_s,
                u"BLOB"_s,    u"BOOLEAN"_s, u"DATE"_s, u"DATETIME"_s};
    QStringList types{u"bigint"_s,       u"integer"_s,     u"smallint"_s,      u"text"_s,
                      u"varchar(255)"_s, u"boolean"_s,     u"numeric(10,2)"_s, u"double precision"_s,
                      u"date"_s,         u"timestamptz"_s, u"timestamp"_s,     u"time"_s,
                      u"uuid"_s,         u"jsonb"_s,       u"bytea"_s};
    for (const Type& type : m_staging.catalog().types)
        types << structure::writeNames({type.name}, Engine::Postgres);
    return types;
}

/// Tables that a foreign key can refer to, as they will be called.
QList<std::pair<QString, QStringList>> StructurePage::targets() const
{
    QList<std::pair<QString, QStringList>> found;
    const auto add = [&](const Draft& table) {
        if (table.head.isDropped() || !table.head.after)
            return;
        const bool usual = table.head.willBe().schema == u"main" || table.head.willBe().schema == u"public";
        QStringList names;
        for (const QString& name : table.columnNames())
            names << structure::writeNames({name}, m_staging.catalog().engine);
        found.append(
            {usual ? table.head.willBe().name : table.head.willBe().schema + u'.' + table.head.willBe().name,
             names});
    };
    for (const Table& table : m_staging.catalog().tables)
        add(m_staging.draft({.schema = table.schema, .name = table.name}));
    for (const structure::TableEdits& table : m_staging.edits().tables) {
        if (table.id.fresh)
            add(m_staging.draft(table.id));
    }
    return found;
}

template <class T, class ReadInto>
void StructurePage::stagePart(qsizetype row, ReadInto read)
{
    const Draft whole = m_staging.draft(m_id);
    const QList<Edit<T>>& parts = structure::partsOf<T>(whole);
    if (row >= parts.size() || parts.at(row).isDropped())
        return;
    T after = parts.at(row).willBe();
    read(after);
    if (after != parts.at(row).willBe())
        m_staging.change([&](Edits& edits) { structure::put(edits, m_id, parts.at(row), after); });
}

void StructurePage::stageForm()
{
    if (!m_shown || !m_locked.isEmpty())
        return;
    const Draft whole = m_staging.draft(m_id);
    if (whole.head.isDropped() || !whole.head.after)
        return;
    const structure::Head head = whole.head.willBe();
    switch (m_shown->kind) {
    case Kind::Table: {
        structure::Head after = head;
        m_table->read(after);
        return m_staging.change([&](Edits& edits) {
            if (after != head)
                structure::put(edits, m_id, whole.head, after);
        });
    }
    case Kind::Column:
        return stagePart<Column>(m_shown->row, [this](Column& column) { m_column->read(column); });
    case Kind::Constraint:
        return stagePart<Constraint>(m_shown->row,
                                     [this](Constraint& constraint) { m_constraint->read(constraint); });
    case Kind::Index:
        return stagePart<Index>(m_shown->row,
                                [&](Index& index) { m_index->read(index, head.schema, head.name); });
    case Kind::Trigger:
        return stagePart<Trigger>(m_shown->row, [this](Trigger& trigger) { m_trigger->read(trigger); });
    }
}

void StructurePage::showPlace(const Place& place)
{
    m_parts->choose(place);
    renderForm();
    if (Form* form = shownForm())
        form->focusField(place.field);
}

void StructurePage::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_parts->setFocus();
}

}  // namespace dewpoint::design
