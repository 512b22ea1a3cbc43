// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/provenance.h"

#include "diff/compare.h"
#include "diff/normalise.h"
#include "timeline/carry.h"
#include "timeline/follows.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace dewpoint::timeline {

namespace {

using schema::Database;

/// A step seldom touches much: what is the same on both sides is left out, but for what it takes to compare
/// the rest (SQLite's foreign keys without columns mean the target's key).
class Differing final
{
public:
    Differing(Database before, Database after, const Renames& renames)
        : m_before(std::move(before)), m_after(std::move(after))
    {
        if (!renames.isEmpty())
            return;
        leaveOut(m_before.tables, m_after.tables, [this](const auto& same) { dropEqualTables(same); });
        leaveOut(m_before.views, m_after.views, [this](const auto& same) {
            m_before.views.removeIf([&](const schema::View& view) { return same.contains(keyOf(view)); });
            m_after.views.removeIf([&](const schema::View& view) { return same.contains(keyOf(view)); });
        });
    }

    const Database& before() const { return m_before; }
    const Database& after() const { return m_after; }

private:
    template <class T>
    static QString keyOf(const T& relation)
    {
        return relation.schema + QChar(0) + relation.name;
    }

    template <class T, class Drop>
    static void leaveOut(const QList<T>& before, const QList<T>& after, Drop drop)
    {
        QHash<QString, const T*> known;
        for (const T& relation : before)
            known.insert(keyOf(relation), &relation);
        QSet<QString> same;
        for (const T& relation : after) {
            const T* was = known.value(keyOf(relation));
            if (was && *was == relation)
                same.insert(keyOf(relation));
        }
        drop(same);
    }

    void dropEqualTables(const QSet<QString>& same)
    {
        QSet<QString> targets;
        QSet<QString> parents;  // comparing asks a partition's
        for (const Database* side : {&m_before, &m_after}) {
            for (const schema::Table& table : side->tables) {
                if (same.contains(keyOf(table)))
                    continue;
                for (const schema::Constraint& constraint : table.constraints)
                    targets.insert(diff::key(constraint.targetTable, side->engine));
                parents += QSet<QString>(table.inherits.begin(), table.inherits.end());
            }
        }
        const auto isDropped = [&](const schema::Table& table) {
            return same.contains(keyOf(table)) && !targets.contains(diff::key(table.name, m_after.engine))
                   && !parents.contains(sql::quotedIfNeeded(table.schema, m_after.engine) + u'.'
                                        + sql::quotedIfNeeded(table.name, m_after.engine));
        };
        m_before.tables.removeIf(isDropped);
        m_after.tables.removeIf(isDropped);
    }

    Database m_before;
    Database m_after;
};

QList<Part> relationParts(const Database& database)
{
    QList<Part> parts;
    for (const schema::Table& table : database.tables)
        parts += partsOf(table);
    for (const schema::View& view : database.views)
        parts += partsOf(view);
    return parts;
}

/// A comment is its thing's, the query of a view the view's, and options are the table's.
Part changedPart(const change::Change& change)
{
    Part part = diff::partOf(change, Engine::Postgres);
    using Kind = Part::Kind;
    if (part.kind == Kind::Options)
        part.kind = Kind::Table;
    if (part.kind == Kind::Query)
        part.kind = Kind::View;
    if (part.kind == Kind::Comment) {
        switch (part.commented) {
        case change::Commented::Table: part.kind = Kind::Table; break;
        case change::Commented::Column: part.kind = Kind::Column; break;
        case change::Commented::Constraint: part.kind = Kind::Constraint; break;
        case change::Commented::Index: part.kind = Kind::Index; break;
        case change::Commented::Trigger: part.kind = Kind::Trigger; break;
        case change::Commented::View: part.kind = Kind::View; break;
        case change::Commented::Routine: part.kind = Kind::Routine; break;
        case change::Commented::Type: part.kind = Kind::Type; break;
        case change::Commented::Other: part.kind = Kind::Other; break;
        }
    }
    if (const auto* altered = std::get_if<change::AlterConstraint>(&change))
        return constraintOf(altered->table, altered->to);
    return part;
}

bool isMember(const Part& part)
{
    using Kind = Part::Kind;
    return part.kind == Kind::Column || part.kind == Kind::Constraint || part.kind == Kind::Index
           || part.kind == Kind::Trigger || part.kind == Kind::Policy;
}

}  // namespace

/// Tables and views share their names: the one key of both.
QString Provenance::keyOf(const Part& part) const
{
    if (part.kind == Part::Kind::View)
        return diff::keyOf(relationOf(part), m_engine);
    return diff::keyOf(part, m_engine);
}

void Provenance::note(const QString& key, Event::What what, const QString& from)
{
    m_events[key].append({.step = m_step, .what = what, .from = from});
}

void Provenance::begin(const Database& empty)
{
    compareParts({}, relationParts(empty) + standaloneParts(empty));
}

void Provenance::append(const Database& before, const Database& after, const Renames& renames)
{
    ++m_step;
    const Differing sides(before, after, renames);
    const Carried carried = carry(sides.before(), renames);
    for (const Part& part : carried.lost)
        note(keyOf(part), Event::What::Removed);
    move(carried.parts, renames);
    compareParts(relationParts(carried.database) + standaloneParts(carried.database),
                 relationParts(sides.after()) + standaloneParts(sides.after()));
    for (const change::Change& change : diff::compare(carried.database, sides.after())) {
        if (change::kind(change) == change::Kind::Changed && !onlyFollows(change, renames))
            touch(changedPart(change));
    }
}

/// All names are given up before any is taken: two things may have changed theirs.
void Provenance::move(const QList<std::pair<Part, Part>>& moves, const Renames& renames)
{
    QList<std::pair<Part, Part>> moved;
    for (const auto& [from, to] : moves) {
        if (keyOf(from) == keyOf(to))
            continue;
        moved.append({from, to});
        note(keyOf(from), Event::What::Removed);
    }
    for (const auto& [from, to] : moved) {
        const bool isAlone =
            to.kind == Part::Kind::Type || to.kind == Part::Kind::Sequence || to.kind == Part::Kind::Routine;
        const bool isOwn = isMember(to) ? renames.hasMember(from) && !renames.isFollower(from)
                           : isAlone    ? renames.hasStandalone(from)
                                        : diff::isWholeRelation(from) && renames.hasRelation(from.owner);
        note(keyOf(to), isOwn ? Event::What::Renamed : Event::What::Carried, keyOf(from));
        if (isMember(to) && isOwn)
            touch(relationOf(to));
    }
}

void Provenance::compareParts(const QList<Part>& before, const QList<Part>& after)
{
    QSet<QString> there;
    QSet<QString> then;
    for (const Part& part : before)
        there.insert(keyOf(part));
    for (const Part& part : after)
        then.insert(keyOf(part));
    const auto difference = [&](const QList<Part>& parts, const QSet<QString>& others, Event::What what) {
        for (const Part& part : parts) {
            if (others.contains(keyOf(part)))
                continue;
            note(keyOf(part), what);
            if (isMember(part))
                touch(relationOf(part));
        }
    };
    difference(before, then, Event::What::Removed);
    difference(after, there, Event::What::Added);
}

/// What happens to a member happens to its relation as well.
void Provenance::touch(const Part& part)
{
    const auto mark = [this](const QString& key) {
        const QList<Event> events = m_events.value(key);
        if (!events.isEmpty() && events.constLast().step == m_step
            && (events.constLast().what == Event::What::Changed
                || events.constLast().what == Event::What::Removed))
            return;
        note(key, Event::What::Changed);
    };
    mark(keyOf(part));
    if (isMember(part))
        mark(keyOf(relationOf(part)));
}

Origin Provenance::trace(QString key, int step) const
{
    Origin origin;
    for (bool isFollowed = true; isFollowed;) {
        isFollowed = false;
        const QList<Event> events = m_events.value(key);
        for (auto event = events.crbegin(); event != events.crend() && !isFollowed; ++event) {
            if (event->step > step)
                continue;
            if (event->what == Event::What::Removed)
                return {};
            if (event->what != Event::What::Carried && origin.changed < 0)
                origin.changed = event->step;
            if (event->what == Event::What::Added) {
                origin.added = event->step;
                return origin;
            }
            if (event->what == Event::What::Changed)
                continue;
            key = event->from;
            step = event->step - 1;
            isFollowed = true;
        }
    }
    return {};
}

Origin Provenance::originOf(const Part& part, int step) const
{
    const Origin origin = trace(keyOf(part), step);
    return origin.added < 0 && isMember(part) ? trace(keyOf(relationOf(part)), step) : origin;
}

}  // namespace dewpoint::timeline
