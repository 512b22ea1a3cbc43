// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "design/part_tree.h"

#include "change/words.h"
#include "structure/texts.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace dewpoint::design {

using namespace schema;
using structure::Edit;
using structure::Kind;
using structure::Place;
using structure::Problem;

namespace {

enum Role { KindRole = Qt::UserRole, RowRole };

/// What differs for one that is changed, what it is for the others.
QString detailOf(const Edit<Column>& edit)
{
    if (!edit.before || !edit.after || !edit.isChanged())
        return change::words(edit.shown());
    const QString renamed =
        edit.was().name == edit.willBe().name ? QString() : PartTree::tr("was %1").arg(edit.was().name);
    Column plain = edit.was();
    plain.name = edit.willBe().name;
    QString different = change::difference(plain, edit.willBe());
    if (plain.comment != edit.willBe().comment)
        different += (different.isEmpty() ? QString() : u"; "_s) + PartTree::tr("comment");
    return renamed.isEmpty() || different.isEmpty() ? renamed + different : renamed + u"; "_s + different;
}

QString detailOf(const Constraint& constraint, Engine engine)
{
    if (constraint.kind == ConstraintKind::Check)
        return structure::checkExpression(constraint, engine);
    Constraint nameless = constraint;
    nameless.name.clear();
    return change::words(nameless);
}

QString detailOf(const Index& index)
{
    const structure::IndexText text = structure::readIndex(index.definition);
    const QString parts =
        text.unique ? PartTree::tr("unique on %1").arg(text.parts) : PartTree::tr("on %1").arg(text.parts);
    return text.predicate.isEmpty() ? parts : PartTree::tr("%1 where %2").arg(parts, text.predicate);
}

}  // namespace

PartTree::PartTree(QWidget* parent) : QTreeWidget(parent)
{
    setObjectName(u"parts"_s);
    setAccessibleName(tr("Parts of the table"));
    setColumnCount(2);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setIndentation(theme::space::m);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::currentItemChanged, this, [this] {
        if (!m_filling)
            Q_EMIT chosenChanged();
    });
    connect(this, &QTreeWidget::itemDoubleClicked, this, &PartTree::editRequested);
}

QTreeWidgetItem* PartTree::heading(const QString& title)
{
    auto* item = new QTreeWidgetItem(this, {title});
    item->setFlags(Qt::ItemIsEnabled);
    item->setFirstColumnSpanned(true);
    QFont font = theme::smallFont();
    font.setBold(true);
    item->setFont(0, font);
    item->setForeground(0, theme::color(theme::Role::TextMuted));
    item->setExpanded(true);
    return item;
}

void PartTree::add(QTreeWidgetItem* parent, const Line& line, const Place& place,
                   const QList<Problem>& problems)
{
    const auto problem = std::ranges::find_if(problems, [&](const Problem& one) {
        return one.place.table == place.table && one.place.kind == place.kind && one.place.row == place.row;
    });
    const QString mark = problem != problems.end() ? u"⚠ "_s
                         : line.isNew              ? u"+ "_s
                         : line.dropped            ? u"− "_s
                         : line.changed            ? u"~ "_s
                                                   : QString();
    const theme::Role role = problem != problems.end() ? theme::Role::Danger
                             : line.isNew              ? theme::Role::Added
                             : line.dropped            ? theme::Role::Removed
                             : line.changed            ? theme::Role::Changed
                                                       : theme::Role::Text;
    auto* item = new QTreeWidgetItem(parent, {mark + line.name, line.detail.simplified()});
    item->setData(0, KindRole, static_cast<int>(place.kind));
    item->setData(0, RowRole, place.row);
    item->setForeground(0, theme::color(role));
    item->setForeground(1, theme::color(theme::Role::TextMuted));
    item->setToolTip(0, problem != problems.end() ? problem->text : line.name);
    item->setToolTip(1, line.detail);
    if (!line.dropped)
        return;
    QFont font = theme::textFont();
    font.setStrikeOut(true);
    item->setFont(0, font);
}

void PartTree::addColumns(const structure::Draft& draft, const QList<Problem>& problems)
{
    QTreeWidgetItem* columns = heading(tr("COLUMNS"));
    for (qsizetype row = 0; row < draft.columns.size(); ++row) {
        const Edit<Column>& edit = draft.columns.at(row);
        add(columns,
            {.name = edit.shown().name,
             .detail = detailOf(edit),
             .isNew = edit.isNew(),
             .dropped = edit.isDropped(),
             .changed = edit.isChanged()},
            {.table = draft.id, .kind = Kind::Column, .row = row}, problems);
    }
}

void PartTree::addConstraints(const structure::Draft& draft, Engine engine, const QList<Problem>& problems)
{
    const auto group = [&](const QString& title, const QList<ConstraintKind>& kinds) {
        QTreeWidgetItem* parent = nullptr;
        for (qsizetype row = 0; row < draft.constraints.size(); ++row) {
            const Edit<Constraint>& edit = draft.constraints.at(row);
            if (!kinds.contains(edit.shown().kind))
                continue;
            if (!parent)
                parent = heading(title);
            const Constraint& shown = edit.shown();
            const QString name = !shown.name.isEmpty()                     ? shown.name
                                 : shown.kind == ConstraintKind::Check     ? tr("check")
                                 : shown.kind == ConstraintKind::Exclusion ? tr("exclusion")
                                 : shown.columns.isEmpty()                 ? tr("new")
                                                                           : shown.columns.join(u", "_s);
            add(parent,
                {.name = name,
                 .detail = detailOf(shown, engine),
                 .isNew = edit.isNew(),
                 .dropped = edit.isDropped(),
                 .changed = edit.isChanged()},
                {.table = draft.id, .kind = Kind::Constraint, .row = row}, problems);
        }
    };
    group(tr("KEYS"), {ConstraintKind::PrimaryKey, ConstraintKind::Unique});
    group(tr("FOREIGN KEYS"), {ConstraintKind::ForeignKey});
    group(tr("CHECKS"), {ConstraintKind::Check});
    group(tr("EXCLUSIONS"), {ConstraintKind::Exclusion});
}

void PartTree::addRest(const structure::Draft& draft, const QList<Problem>& problems)
{
    QTreeWidgetItem* indexes = draft.indexes.isEmpty() ? nullptr : heading(tr("INDEXES"));
    for (qsizetype row = 0; row < draft.indexes.size(); ++row) {
        const Edit<Index>& edit = draft.indexes.at(row);
        const QString name = structure::readIndex(edit.shown().definition).name;
        add(indexes,
            {.name = name.isEmpty() ? tr("new") : name,
             .detail = detailOf(edit.shown()),
             .isNew = edit.isNew(),
             .dropped = edit.isDropped(),
             .changed = edit.isChanged()},
            {.table = draft.id, .kind = Kind::Index, .row = row}, problems);
    }
    QTreeWidgetItem* triggers = draft.triggers.isEmpty() ? nullptr : heading(tr("TRIGGERS"));
    for (qsizetype row = 0; row < draft.triggers.size(); ++row) {
        const Edit<Trigger>& edit = draft.triggers.at(row);
        add(triggers,
            {.name = edit.shown().name,
             .detail = edit.shown().definition.section(u'\n', 0, 0),
             .isNew = edit.isNew(),
             .dropped = edit.isDropped(),
             .changed = edit.isChanged()},
            {.table = draft.id, .kind = Kind::Trigger, .row = row}, problems);
    }
}

void PartTree::show(const structure::Draft& draft, Engine engine, const QList<Problem>& problems)
{
    const std::optional<Place> before = chosen();
    m_filling = true;
    clear();
    if (draft.head.before || draft.head.after) {
        add(invisibleRootItem(),
            {.name = draft.head.shown().name,
             .detail = draft.ordered ? tr("table, its columns in another order") : tr("table"),
             .isNew = draft.head.isNew(),
             .dropped = draft.head.isDropped(),
             .changed = draft.head.isChanged() || draft.ordered},
            {.table = draft.id, .kind = Kind::Table, .row = 0}, problems);
    }
    addColumns(draft, problems);
    addConstraints(draft, engine, problems);
    addRest(draft, problems);
    expandAll();
    if (before)
        choose(*before);
    m_filling = false;
}

std::optional<Place> PartTree::chosen() const
{
    const QTreeWidgetItem* item = currentItem();
    if (!item || !item->data(0, KindRole).isValid())
        return {};
    return Place{.table = {},
                 .kind = static_cast<Kind>(item->data(0, KindRole).toInt()),
                 .row = item->data(0, RowRole).toLongLong()};
}

void PartTree::choose(const Place& place)
{
    for (QTreeWidgetItemIterator it(this); *it; ++it) {
        if ((*it)->data(0, KindRole).isValid()
            && (*it)->data(0, KindRole).toInt() == static_cast<int>(place.kind)
            && (*it)->data(0, RowRole).toLongLong() == place.row) {
            // The view scrolls to it by itself: once it is shown, and has its size.
            return setCurrentItem(*it);
        }
    }
}

void PartTree::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete)
        Q_EMIT dropRequested();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_F2)
        Q_EMIT editRequested();
    else
        QTreeWidget::keyPressEvent(event);
}

}  // namespace dewpoint::design
