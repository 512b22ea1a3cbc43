// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What is done to parts of the table, and what becomes of all that is staged.
#include "base/words.h"
#include "design/part_tree.h"
#include "design/review_panel.h"
#include "design/structure_page.h"
#include "project/code.h"
#include "project/for_database.h"
#include "structure/texts.h"

#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace dewpoint::design {

using namespace schema;
using structure::Draft;
using structure::Edit;
using structure::Edits;
using structure::Kind;
using structure::Place;

namespace {

QString freeName(const QStringList& taken, const QString& wanted)
{
    QString name = wanted;
    for (int number = 2; taken.contains(name, Qt::CaseInsensitive); ++number)
        name = u"%1_%2"_s.arg(wanted).arg(number);
    return name;
}

/// A function that a trigger can run, where there is one.
QString triggerFunction(const Database& catalog, const QString& schemaName)
{
    for (const Routine& routine : catalog.routines) {
        if (routine.definition.contains(u"RETURNS trigger"_s, Qt::CaseInsensitive))
            return sql::quotedIfNeeded(routine.schema, Engine::Postgres) + u'.'
                   + sql::quotedIfNeeded(routine.name, Engine::Postgres) + u"()"_s;
    }
    return sql::quotedIfNeeded(schemaName, Engine::Postgres) + u".function_name()"_s;
}

}  // namespace

QList<kit::Command> StructurePage::commands()
{
    const auto editable = [this] { return isEditable(); };
    const auto staged = [this] { return !m_staging.edits().isEmpty(); };
    const auto constraint = [this](ConstraintKind kind) { return [this, kind] { addConstraint(kind); }; };
    return {
        {u"structure.review"_s, tr("Review structure edits"), QKeySequence(Qt::CTRL | Qt::Key_Return), staged,
         [this] { review(); }},
        {u"structure.rehearse"_s, tr("Rehearse the reviewed structure edits on a copy of the database"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R), [this] { return m_panel->proposal() != nullptr; },
         [this] { rehearse(); }},
        {u"structure.addColumn"_s, tr("Add a column"), QKeySequence(Qt::CTRL | Qt::Key_Insert), editable,
         [this] { addColumn(); }},
        {u"structure.addPrimaryKey"_s,
         tr("Add a primary key"),
         {},
         editable,
         constraint(ConstraintKind::PrimaryKey)},
        {u"structure.addUnique"_s, tr("Add a unique key"), {}, editable, constraint(ConstraintKind::Unique)},
        {u"structure.addForeignKey"_s,
         tr("Add a foreign key"),
         {},
         editable,
         constraint(ConstraintKind::ForeignKey)},
        {u"structure.addCheck"_s, tr("Add a check"), {}, editable, constraint(ConstraintKind::Check)},
        {u"structure.addExclusion"_s,
         tr("Add an exclusion constraint"),
         {},
         [this] { return isEditable() && m_staging.catalog().engine == Engine::Postgres; },
         constraint(ConstraintKind::Exclusion)},
        {u"structure.addIndex"_s, tr("Add an index"), {}, editable, [this] { addIndex(); }},
        {u"structure.addTrigger"_s, tr("Add a trigger"), {}, editable, [this] { addTrigger(); }},
        {u"structure.drop"_s,
         tr("Drop or bring back the chosen part"),
         {},
         editable,
         [this] { dropOrRestore(); }},
        {u"structure.moveUp"_s, tr("Move the chosen column up"), QKeySequence(Qt::ALT | Qt::Key_Up), editable,
         [this] { moveChosen(-1); }},
        {u"structure.moveDown"_s, tr("Move the chosen column down"), QKeySequence(Qt::ALT | Qt::Key_Down),
         editable, [this] { moveChosen(1); }},
        {u"structure.undo"_s, tr("Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z),
         [this] { return m_staging.canUndo(); }, [this] { m_staging.undo(); }},
        {u"structure.redo"_s, tr("Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
         [this] { return m_staging.canRedo(); }, [this] { m_staging.redo(); }},
        {u"structure.discard"_s, tr("Discard all structure edits"), {}, staged, [this] { discardAll(); }},
        {u"structure.history"_s, tr("Show which migration made this table"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Y),
         [this] { return !m_id.fresh && m_surroundings.project && m_surroundings.project(); },
         [this] { Q_EMIT historyRequested(m_id.schema, m_id.name); }},
    };
}

template <class T>
void StructurePage::addPart(Kind kind, const T& part)
{
    if (!isEditable())
        return;
    finishEditing();
    m_staging.change([&](Edits& edits) { structure::put(edits, m_id, Edit<T>{}, part); });
    const Draft whole = draft();
    showPlace({.table = m_id, .kind = kind, .row = structure::partsOf<T>(whole).size() - 1});
}

void StructurePage::addColumn()
{
    const bool sqlite = m_staging.catalog().engine == Engine::Sqlite;
    QStringList taken;
    for (const Edit<Column>& column : draft().columns)
        taken << column.shown().name;
    addPart(Kind::Column,
            Column{.name = freeName(taken, u"new_column"_s), .type = sqlite ? u"TEXT"_s : u"text"_s});
}

void StructurePage::addConstraint(ConstraintKind kind)
{
    Constraint constraint{.kind = kind};
    if (kind == ConstraintKind::ForeignKey) {
        constraint.onDelete = constraint.onUpdate = u"NO ACTION"_s;
        constraint.targetSchema = m_staging.catalog().engine == Engine::Sqlite ? QString() : m_id.schema;
    }
    if (kind == ConstraintKind::Check)
        structure::setCheckExpression(constraint, {}, m_staging.catalog().engine);
    if (kind == ConstraintKind::Exclusion)
        constraint.definition = structure::writeExclusion({.method = u"gist"_s}, constraint);
    addPart(Kind::Constraint, constraint);
}

void StructurePage::addIndex()
{
    const Draft whole = draft();
    if (!whole.head.after)
        return;
    addPart(Kind::Index,
            Index{.definition = structure::writeIndex({}, whole.head.willBe().schema,
                                                      whole.head.willBe().name, m_staging.catalog().engine)});
}

void StructurePage::addTrigger()
{
    const Draft whole = draft();
    if (!whole.head.after)
        return;
    const Engine engine = m_staging.catalog().engine;
    QStringList taken;
    for (const Edit<Trigger>& trigger : whole.triggers)
        taken << trigger.shown().name;
    const structure::Head& head = whole.head.willBe();
    const QString name = freeName(taken, u"on_"_s + head.name);
    const QString quoted = sql::quotedIfNeeded(name, engine);
    const QString table = sql::quotedIfNeeded(head.name, engine);
    const QString text =
        engine == Engine::Sqlite
            ? u"CREATE TRIGGER %1 AFTER INSERT ON %2\nBEGIN\n    SELECT NEW.rowid;\nEND"_s.arg(quoted, table)
            : u"CREATE TRIGGER %1\nBEFORE INSERT OR UPDATE ON %2.%3\nFOR EACH ROW EXECUTE FUNCTION %4"_s.arg(
                  quoted, sql::quotedIfNeeded(head.schema, engine), table,
                  triggerFunction(m_staging.catalog(), head.schema));
    addPart(
        Kind::Trigger,
        Trigger{.name = name, .definition = text, .enabled = engine == Engine::Sqlite ? QString() : u"O"_s});
}

template <class T>
void StructurePage::dropOrRestorePart(qsizetype row)
{
    const Draft whole = m_staging.draft(m_id);
    const QList<Edit<T>>& parts = structure::partsOf<T>(whole);
    if (row >= parts.size())
        return;
    const Edit<T>& part = parts.at(row);
    // What the catalog has no more can only be forgotten.
    const bool back = part.isDropped() || part.gone;
    m_staging.change(
        [&](Edits& edits) { structure::put(edits, m_id, part, back ? part.before : std::optional<T>()); });
}

void StructurePage::dropOrRestore()
{
    const std::optional<Place> place = m_parts->chosen();
    if (!place || !m_locked.isEmpty())
        return;
    finishEditing();
    switch (place->kind) {
    case Kind::Table: {
        const Draft whole = m_staging.draft(m_id);
        m_staging.change([&](Edits& edits) {
            if (whole.head.isDropped() || whole.head.gone)
                structure::discard(edits, m_id);
            else
                structure::put(edits, m_id, whole.head, std::nullopt);
        });
        return;
    }
    case Kind::Column: return dropOrRestorePart<Column>(place->row);
    case Kind::Constraint: return dropOrRestorePart<Constraint>(place->row);
    case Kind::Index: return dropOrRestorePart<Index>(place->row);
    case Kind::Trigger: return dropOrRestorePart<Trigger>(place->row);
    }
}

/// The key answers also where it cannot be: with the reason.
void StructurePage::moveChosen(int by)
{
    const std::optional<Place> place = m_parts->chosen();
    if (!isEditable())
        return;
    finishEditing();
    const qsizetype row = place && place->kind == Kind::Column ? place->row : -1;
    const QString why = structure::whyNotMoved(m_staging.catalog(), draft(), row, by);
    if (!why.isEmpty()) {
        Q_EMIT statusText(why);
        return;
    }
    m_staging.change([&](Edits& edits) { structure::moveColumn(edits, m_staging.catalog(), m_id, row, by); });
    m_parts->choose({.table = m_id, .kind = Kind::Column, .row = row + by});
}

void StructurePage::renderMoves()
{
    const Draft whole = draft();
    const qsizetype row = m_shown && m_shown->kind == Kind::Column ? m_shown->row : -1;
    for (const auto& [button, by] : {std::pair(m_up, -1), std::pair(m_down, 1)}) {
        const QString why = structure::whyNotMoved(m_staging.catalog(), whole, row, by);
        const QString what = by < 0 ? tr("Move the column up") : tr("Move the column down");
        button->setEnabled(isEditable() && why.isEmpty());
        button->setToolTip(why.isEmpty() ? what : what + u'\n' + why);
        button->setAccessibleDescription(why);
    }
}

void StructurePage::discardAll()
{
    finishEditing();
    m_staging.change([](Edits& edits) { edits = {}; });
    Q_EMIT statusText(tr("All structure edits are discarded. Undo brings them back."));
}

void StructurePage::review()
{
    finishEditing();
    if (m_staging.edits().isEmpty())
        return;
    m_refused.reset();
    const std::optional<project::Project> project = m_surroundings.project();
    const bool code = project && project::runsCode(*project);
    const bool readOnly = m_session.target().guard == drivers::Guard::ReadOnly;
    m_panel->setObstacles(
        code ? tr("This project's migrations are programs, so the SQL cannot be saved as one. "
                  "Copy it.")
             : QString(),
        readOnly ? tr("This connection is read only.") : QString());
    m_rehearsals->forget();
    m_panel->setRehearsing(false);
    m_panel->setProject(project.has_value());
    m_stack->setCurrentWidget(m_panel);
    m_panel->showWorking();
    m_job = m_slow->run(
        runtime::Session::Lane::Main, this,
        [project, edits = m_staging.edits()](drivers::Connection& connection,
                                             const runtime::StopToken& stop) -> Result<structure::Proposed> {
            return structure::propose(connection, project, edits, [stop] { return stop.stopRequested(); });
        },
        [this](const Result<structure::Proposed>& made) {
            proposed(made ? *made
                          : structure::Proposed(
                                std::unexpected(structure::Refusal{.error = made.error(), .place = {}})));
        });
}

void StructurePage::proposed(const structure::Proposed& made)
{
    if (made)
        return m_panel->showProposal(*made);
    if (made.error().error.kind == ErrorKind::Cancelled)
        return leaveReview();
    m_refused = made.error().place;
    m_panel->showRefusal(made.error().error, m_refused.has_value());
    if (m_refused) {
        const QList<structure::Problem> known = m_staging.problems();
        const structure::Problem problem{.place = *m_refused, .text = made.error().error.oneLine()};
        if (!known.contains(problem))
            m_staging.setRefusal(problem);
    }
}

/// What is shown is what is rehearsed, whatever is edited elsewhere meanwhile.
void StructurePage::rehearse()
{
    const structure::Proposal* proposal = m_panel->proposal();
    if (m_rehearsals->isRunning())
        return m_rehearsals->stop();
    if (!proposal || proposal->way.up.isEmpty())
        return;
    m_panel->setRehearsing(true);
    m_rehearsals->start([project = m_surroundings.project(), name = migrationName(), up = proposal->way.up,
                         down = proposal->way.down](drivers::Connection& live, const rehearse::Watch& watch) {
        const auto known =
            project ? std::optional(project::forDatabase(*project, live.target())) : std::nullopt;
        return rehearse::rehearse(live, apply::draftOf(name, up, down, known), known,
                                  {.kept = store::keptSql(live.target())}, watch);
    });
}

void StructurePage::leaveReview()
{
    m_job.cancel();
    m_rehearsals->forget();
    m_panel->setRehearsing(false);
    m_stack->setCurrentIndex(0);
    renderFoot();
    m_parts->setFocus();
}

void StructurePage::save(bool andRun)
{
    const structure::Proposal* proposal = m_panel->proposal();
    if (proposal)
        Q_EMIT migrationRequested(migrationName(), *proposal, andRun);
}

/// A name to begin with: what happens to the only table, or to the first of them.
QString StructurePage::migrationName() const
{
    const QList<structure::TableEdits>& tables = m_staging.edits().tables;
    if (tables.isEmpty())
        return {};
    const structure::TableEdits& first = tables.constFirst();
    const Draft whole = m_staging.draft(first.id);
    const QString name = whole.head.shown().name;
    if (whole.head.isNew())
        return u"create_"_s + name;
    if (whole.head.isDropped())
        return u"drop_"_s + name;
    if (tables.size() == 1 && first.count() == 1 && first.ordered)
        return u"reorder_"_s + name;
    const bool one = tables.size() == 1 && first.count() == 1 && first.columns.size() == 1;
    if (!one)
        return u"change_"_s + name;
    const Edit<Column>& column = first.columns.constFirst();
    if (column.isNew())
        return u"add_%1_to_%2"_s.arg(column.willBe().name, name);
    return (column.isDropped() ? u"drop_%1_from_%2"_s : u"change_%1_of_%2"_s).arg(column.shown().name, name);
}

}  // namespace dewpoint::design
