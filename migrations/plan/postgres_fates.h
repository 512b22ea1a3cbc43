// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "plan/postgres_objects.h"

#include <QMap>

#include <optional>
#include <set>

namespace dewpoint::plan {

enum class Fate {
    Added,
    Dropped,
    Altered,
    Replaced  ///< dropped and made again: what it needs changes below it, or it cannot be altered
};

struct Destiny {
    Fate fate = Fate::Altered;
    std::optional<change::Change> source;
};

/// What happens to which object: the changes themselves, and everything that PostgreSQL does not let stand
/// meanwhile (a view on a column whose type changes, and what needs that view …).
class PostgresFates final
{
public:
    /// `anew` names enum types that are rebuilt although values are only added.
    PostgresFates(const PostgresObjects& from, const PostgresObjects& to,
                  const QList<change::Change>& changes, const std::set<schema::ObjectId>& anew);

    const QMap<schema::ObjectId, Destiny>& all() const { return m_fates; }
    std::optional<Fate> of(const schema::ObjectId& id) const;
    bool isGone(const schema::ObjectId& id) const;  ///< dropped or replaced
    bool isNew(const schema::ObjectId& id) const;   ///< added or replaced

    /// Columns that get the new form of a type that is made anew, by the type.
    QList<schema::ObjectId> retyped(const schema::ObjectId& type) const { return m_retyped.value(type); }
    bool isRetyped(const schema::ObjectId& column) const;

    /// Keeps what was computed, and so needs the columns no more that it was computed of.
    bool stopsComputing(const schema::ObjectId& id) const;

private:
    enum class How { Gone, Retyped };
    using Kind = schema::ObjectKind;

    void read(const change::AddSchema&) {}
    void read(const change::DropSchema&) {}
    void read(const change::AddExtension&) {}
    void read(const change::DropExtension&) {}
    void read(const change::AlterExtension&) {}
    void read(const change::SetComment&) {}
    void read(const change::SetPrivileges&) {}
    void read(const change::AddType& c) { noteWhole(Kind::Type, c.type, Fate::Added, c); }
    void read(const change::DropType& c) { noteWhole(Kind::Type, c.type, Fate::Dropped, c); }
    void read(const change::AlterType& c);
    void read(const change::AddSequence& c) { noteWhole(Kind::Sequence, c.sequence, Fate::Added, c); }
    void read(const change::DropSequence& c) { noteWhole(Kind::Sequence, c.sequence, Fate::Dropped, c); }
    void read(const change::AlterSequence& c) { noteWhole(Kind::Sequence, c.to, Fate::Altered, c); }
    void read(const change::AddTable& c);
    void read(const change::DropTable& c) { noteWhole(Kind::Relation, c.table, Fate::Dropped, c); }
    void read(const change::AlterTable& c) { noteWhole(Kind::Relation, c.to, Fate::Altered, c); }
    void read(const change::AddColumn& c) { notePart(Kind::Column, c.column, Fate::Added, c); }
    void read(const change::DropColumn& c) { notePart(Kind::Column, c.column, Fate::Dropped, c); }
    void read(const change::AlterColumn& c);
    void read(const change::AddConstraint& c) { notePart(Kind::Constraint, c.constraint, Fate::Added, c); }
    void read(const change::DropConstraint& c) { notePart(Kind::Constraint, c.constraint, Fate::Dropped, c); }
    void read(const change::AlterConstraint& c);
    void read(const change::AddIndex& c) { notePart(Kind::Index, c.index, Fate::Added, c); }
    void read(const change::DropIndex& c) { notePart(Kind::Index, c.index, Fate::Dropped, c); }
    void read(const change::AlterIndex& c) { notePart(Kind::Index, c.to, Fate::Replaced, c); }
    void read(const change::AddTrigger& c) { notePart(Kind::Trigger, c.trigger, Fate::Added, c); }
    void read(const change::DropTrigger& c) { notePart(Kind::Trigger, c.trigger, Fate::Dropped, c); }
    void read(const change::AlterTrigger& c);
    void read(const change::AddPolicy& c) { notePart(Kind::Policy, c.policy, Fate::Added, c); }
    void read(const change::DropPolicy& c) { notePart(Kind::Policy, c.policy, Fate::Dropped, c); }
    void read(const change::AlterPolicy& c);
    void read(const change::AddView& c);
    void read(const change::DropView& c) { noteWhole(Kind::Relation, c.view, Fate::Dropped, c); }
    void read(const change::AlterView& c);
    void read(const change::AddRoutine& c);
    void read(const change::DropRoutine& c);
    void read(const change::AlterRoutine& c);
    void read(const change::AddOther& c) { note(otherId(c.object), Fate::Added, c); }
    void read(const change::DropOther& c) { note(otherId(c.object), Fate::Dropped, c); }
    void read(const change::AlterOther& c);

    template <class C>
    void note(const schema::ObjectId& id, Fate fate, const C& source)
    {
        m_fates.insert(id, {fate, source});
    }
    template <class Object, class C>
    void noteWhole(Kind kind, const Object& object, Fate fate, const C& source)
    {
        const schema::ObjectId id{.kind = kind, .schema = object.schema, .name = object.name, .member = {}};
        const auto other = m_fates.constFind(id);
        if (other == m_fates.constEnd())
            note(id, fate, source);
        else if (fate == Fate::Added)  // a view in place of a table, or the other way round
            note(id, Fate::Replaced, source);
        else
            m_fates[id].fate = Fate::Replaced;
    }
    template <class Part, class C>
    void notePart(Kind kind, const Part& part, Fate fate, const C& source)
    {
        note(partId(kind, source.table.schema, source.table.name, part.name), fate, source);
    }
    void noteAlong(const schema::ObjectId& id, Fate fate) { m_fates.insert(id, {fate, std::nullopt}); }
    void noteDefault(const change::AlterColumn& c, const schema::ObjectId& column);

    bool refuses(const schema::ObjectId& id, const change::AlterType& c) const;
    void replaceComments();
    void propagate();
    void disturb(const schema::ObjectId& id, const schema::ObjectId& by, How how);
    bool minds(const schema::ObjectId& id, How how) const;
    void replace(const schema::ObjectId& id, How how);
    void retype(const schema::ObjectId& column, const schema::ObjectId& type);
    void disturbChildren(const schema::ObjectId& column, How how);

    const PostgresObjects& m_from;
    const PostgresObjects& m_to;
    const std::set<schema::ObjectId>& m_anew;
    QMap<schema::ObjectId, Destiny> m_fates;
    QMap<schema::ObjectId, QList<schema::ObjectId>> m_retyped;
    QList<std::pair<schema::ObjectId, How>> m_work;
    std::set<std::pair<schema::ObjectId, int>> m_seen;
};

}  // namespace dewpoint::plan
