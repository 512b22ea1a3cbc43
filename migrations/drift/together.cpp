// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Which items cannot be taken without which others.
#include "diff/mixed.h"
#include "drift/way.h"
#include "plan/sqlite_text.h"

#include <algorithm>

namespace dewpoint::drift {

namespace {

/// An item with what it is about, seen in the direction in which it is taken.
struct Candidate {
    QList<diff::Part> parts;
    QStringList before;       ///< SQLite: texts that name other things, as they are
    QStringList after;        ///< and as they shall be
    QStringList columnsCome;  ///< SQLite: of a table that stays
    QStringList columnsGo;
    bool comes = false;
    bool goes = false;

    bool covers(const schema::ObjectId& object) const
    {
        return std::ranges::any_of(parts, [&](const diff::Part& part) { return diff::covers(part, object); });
    }
    bool isSchema() const { return parts.constFirst().kind == diff::Part::Kind::Schema; }
    const change::Name& name() const { return parts.constFirst().owner; }
};

/// The texts of views, triggers and indexes on both sides of a change, as the migrations and as the database have them.
struct Texts {
    QStringList made;
    QStringList there;
    QStringList newColumns;
    QStringList oldColumns;

    void operator()(const change::AddView& c) { there << c.view.definition; }
    void operator()(const change::DropView& c) { made << c.view.definition; }
    void operator()(const change::AlterView& c)
    {
        made << c.from.definition;
        there << c.to.definition;
    }
    void operator()(const change::AddIndex& c) { there << c.index.definition; }
    void operator()(const change::DropIndex& c) { made << c.index.definition; }
    void operator()(const change::AlterIndex& c)
    {
        made << c.from.definition;
        there << c.to.definition;
    }
    void operator()(const change::AddColumn& c) { newColumns << c.column.name; }
    void operator()(const change::DropColumn& c) { oldColumns << c.column.name; }
    void operator()(const change::AddTrigger& c) { there << c.trigger.definition; }
    void operator()(const change::DropTrigger& c) { made << c.trigger.definition; }
    void operator()(const change::AlterTrigger& c)
    {
        made << c.from.definition;
        there << c.to.definition;
    }
    template <class T>
    void operator()(const T&)
    {}
};

Candidate candidateOf(const Item& item, Way way, Engine engine)
{
    const bool adopts = way == Way::Adopt;
    Candidate candidate{.comes = item.kind == (adopts ? Kind::Extra : Kind::Missing),
                        .goes = item.kind == (adopts ? Kind::Missing : Kind::Extra)};
    Texts texts;
    for (const change::Change& change : item.changes) {
        candidate.parts.append(diff::partOf(change, engine));
        if (engine == Engine::Sqlite)
            std::visit(texts, change);
    }
    candidate.before = adopts ? texts.made : texts.there;
    candidate.after = adopts ? texts.there : texts.made;
    candidate.columnsCome = adopts ? texts.newColumns : texts.oldColumns;
    candidate.columnsGo = adopts ? texts.oldColumns : texts.newColumns;
    return candidate;
}

bool mention(const QStringList& texts, const Candidate& named)
{
    return diff::isWholeRelation(named.parts.constFirst())
           && std::ranges::any_of(
               texts, [&](const QString& text) { return plan::mentions(text, named.name().name); });
}

/// Whether a text names the table and one of these columns of it.
bool mention(const QStringList& texts, const Candidate& table, const QStringList& columns)
{
    return std::ranges::any_of(texts, [&](const QString& text) {
        return plan::mentions(text, table.name().name)
               && std::ranges::any_of(columns,
                                      [&](const QString& column) { return plan::mentions(text, column); });
    });
}

class Ties final
{
public:
    Ties(const schema::Database& base, const schema::Database& goal) : m_base(base), m_goal(goal) {}

    /// Whether taking `one` means taking `other`.
    bool tie(const Candidate& one, const Candidate& other) const
    {
        return (!one.goes && needs(one, other)) || isNeededBy(one, other);
    }

private:
    bool needs(const Candidate& one, const Candidate& other) const
    {
        if (mention(one.after, other, other.columnsCome))
            return true;
        if (!other.comes)
            return false;
        if (other.isSchema())
            return one.name().schema == other.name().name;
        return mention(one.after, other)
               || std::ranges::any_of(m_goal.dependencies, [&](const schema::Dependency& dependency) {
                      return other.covers(dependency.on) && one.covers(dependency.object);
                  });
    }

    bool isNeededBy(const Candidate& one, const Candidate& other) const
    {
        if (other.comes)
            return false;
        if (mention(other.before, one, one.columnsGo))
            return true;
        if (!one.goes)
            return false;
        if (one.isSchema())
            return other.goes && other.name().schema == one.name().name;
        return mention(other.before, one)
               || std::ranges::any_of(m_base.dependencies, [&](const schema::Dependency& dependency) {
                      return one.covers(dependency.on) && other.covers(dependency.object);
                  });
    }

    const schema::Database& m_base;
    const schema::Database& m_goal;
};

}  // namespace

QList<Item> together(const Report& report, const QList<Item>& chosen, Way way)
{
    const bool adopts = way == Way::Adopt;
    const Ties ties(adopts ? report.made->state : report.there, adopts ? report.there : report.made->state);
    QList<Candidate> candidates;
    QList<bool> taken;
    QList<qsizetype> work;
    for (const Item& item : report.items) {
        candidates.append(candidateOf(item, way, report.there.engine));
        taken.append(chosen.contains(item));
        if (taken.constLast())
            work.append(taken.size() - 1);
    }
    while (!work.isEmpty()) {
        const Candidate& one = candidates.at(work.takeLast());
        for (qsizetype i = 0; i < candidates.size(); ++i) {
            if (taken.at(i) || !ties.tie(one, candidates.at(i)))
                continue;
            taken[i] = true;
            work.append(i);
        }
    }
    QList<Item> all;
    for (qsizetype i = 0; i < taken.size(); ++i) {
        if (taken.at(i))
            all.append(report.items.at(i));
    }
    return all;
}

}  // namespace dewpoint::drift
