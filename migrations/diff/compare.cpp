// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/compare.h"

#include "diff/compare_table.h"
#include "diff/normalise.h"
#include "diff/pairs.h"
#include "diff/privileges.h"
#include "sql/dialect.h"

using namespace Qt::StringLiterals;

namespace dewpoint::diff {

using namespace schema;
using change::Change;
using change::Commented;
using change::SetComment;

namespace {

template <class T>
QString qualifiedKey(const T& object)
{
    return object.schema + u'\n' + object.name;
}

/// Add, drop or alter for objects that have no parts of their own.
template <class Added, class Dropped, class Altered, class T, class Key, class Same>
void compareWhole(const QList<T>& from, const QList<T>& to, QList<Change>& changes, Key key, Same same)
{
    for (const Pair& pair : pairs(from, to, key)) {
        if (pair.to < 0)
            changes.append(Dropped{from.at(pair.from)});
        else if (pair.from < 0)
            changes.append(Added{to.at(pair.to)});
        else if (!same(from.at(pair.from), to.at(pair.to)))
            changes.append(Altered{from.at(pair.from), to.at(pair.to)});
    }
}

template <class T>
bool sameButComment(T from, const T& to)
{
    from.comment = to.comment;
    return from == to;
}

template <class T, class Key, class Member>
void compareComments(const QList<T>& from, const QList<T>& to, Commented what, QList<Change>& changes,
                     Key key, Member member)
{
    for (const Pair& pair : pairs(from, to, key)) {
        if (pair.to < 0)
            continue;
        const T& now = to.at(pair.to);
        const QString before = pair.from < 0 ? QString() : from.at(pair.from).comment;
        if (before != now.comment)
            changes.append(SetComment{.what = what,
                                      .owner = {now.schema, now.name},
                                      .member = member(now),
                                      .from = before,
                                      .to = now.comment});
    }
}

void compareSchemas(const Database& from, const Database& to, QList<Change>& changes)
{
    for (const Pair& pair : pairs(from.schemas, to.schemas, [](const QString& name) { return name; })) {
        if (pair.to < 0)
            changes.append(change::DropSchema{from.schemas.at(pair.from)});
        else if (pair.from < 0)
            changes.append(change::AddSchema{to.schemas.at(pair.to)});
    }
}

void compareStandalone(const Database& from, const Database& to, QList<Change>& changes)
{
    compareSchemas(from, to, changes);
    compareWhole<change::AddExtension, change::DropExtension, change::AlterExtension>(
        from.extensions, to.extensions, changes, [](const Extension& e) { return e.name; },
        std::equal_to<>());
    compareWhole<change::AddType, change::DropType, change::AlterType>(
        from.types, to.types, changes, qualifiedKey<Type>, sameButComment<Type>);
    compareComments(from.types, to.types, Commented::Type, changes, qualifiedKey<Type>,
                    [](const Type&) { return QString(); });
    compareWhole<change::AddSequence, change::DropSequence, change::AlterSequence>(
        from.sequences, to.sequences, changes, qualifiedKey<Sequence>, std::equal_to<>());
}

void compareRoutines(const Database& from, const Database& to, QList<Change>& changes)
{
    const auto signature = [](const Routine& r) { return qualifiedKey(r) + u'\n' + r.arguments; };
    compareWhole<change::AddRoutine, change::DropRoutine, change::AlterRoutine>(
        from.routines, to.routines, changes, signature, sameButComment<Routine>);
    compareComments(from.routines, to.routines, Commented::Routine, changes, signature,
                    [](const Routine& r) { return r.arguments; });
}

void compareOthers(const Database& from, const Database& to, QList<Change>& changes)
{
    const auto named = [](const OtherObject& o) { return o.kind + u'\n' + o.name; };
    compareWhole<change::AddOther, change::DropOther, change::AlterOther>(from.others, to.others, changes,
                                                                          named, sameButComment<OtherObject>);
    compareComments(from.others, to.others, Commented::Other, changes, named,
                    [](const OtherObject& o) { return o.kind; });
}

/// What a child table has from its parents changes with them.
class Inheritance final
{
public:
    explicit Inheritance(const Database& from, const Database& to) : m_from(from), m_to(to) {}

    bool tells(const Change& change) const
    {
        if (const auto* added = std::get_if<change::AddColumn>(&change))
            return parentHas(m_to, added->table,
                             [&](const Table& t) { return t.column(added->column.name); });
        if (const auto* dropped = std::get_if<change::DropColumn>(&change))
            return parentHas(m_from, dropped->table,
                             [&](const Table& t) { return t.column(dropped->column.name); });
        if (const auto* altered = std::get_if<change::AlterColumn>(&change)) {
            return parentHas(m_to, altered->table, [&](const Table& t) {
                const Column* column = t.column(altered->to.name);
                return column && column->type == altered->to.type && column->notNull == altered->to.notNull
                       && column->defaultSql == altered->to.defaultSql;
            });
        }
        return false;
    }

private:
    template <class Test>
    static bool parentHas(const Database& database, const change::Name& child, Test test)
    {
        const Table* table = database.table(child.schema, child.name);
        if (!table)
            return false;
        for (const Table& parent : database.tables) {
            if (table->inherits.contains(sql::quotedIfNeeded(parent.schema, Engine::Postgres) + u'.'
                                         + sql::quotedIfNeeded(parent.name, Engine::Postgres))
                && test(parent))
                return true;
        }
        return false;
    }

    const Database& m_from;
    const Database& m_to;
};

void commentNewTable(const Table& table, QList<Change>& changes)
{
    const change::Name name{table.schema, table.name};
    const auto add = [&](Commented what, const QString& member, const QString& comment) {
        if (!comment.isEmpty())
            changes.append(
                SetComment{.what = what, .owner = name, .member = member, .from = {}, .to = comment});
    };
    add(Commented::Table, {}, table.comment);
    for (const Column& column : table.columns)
        add(Commented::Column, column.name, column.comment);
}

/// Most tables are as they were, and what is the same in every letter need not be read as SQL.
bool isUntouched(const Table& from, const Table& to, Engine engine)
{
    return from == to && !meansMoreThanItSays(to, engine);
}

void compareTables(const Database& from, const Database& to, QList<Change>& changes)
{
    const auto byName = [engine = to.engine](const Table& table) {
        return key(table.schema, engine) + u'\n' + key(table.name, engine);
    };
    const Inheritance inheritance(from, to);
    for (const Pair& pair : pairs(from.tables, to.tables, byName)) {
        if (pair.to < 0) {
            changes.append(change::DropTable{from.tables.at(pair.from)});
        } else if (pair.from < 0) {
            changes.append(change::AddTable{to.tables.at(pair.to)});
            commentNewTable(to.tables.at(pair.to), changes);
        } else if (const Table& before = from.tables.at(pair.from), &now = to.tables.at(pair.to);
                   !isUntouched(before, now, to.engine)) {
            const Table plainBefore = normalised(before, from);
            const Table plainNow = normalised(now, to);
            QList<Change> inside;
            compareTable({before, now, plainBefore, plainNow}, to.engine, inside);
            if (!now.inherits.isEmpty())
                inside.removeIf([&](const Change& change) { return inheritance.tells(change); });
            changes.append(std::move(inside));
        }
    }
}

void compareViews(const Database& from, const Database& to, QList<Change>& changes)
{
    const auto byName = [engine = to.engine](const View& view) {
        return key(view.schema, engine) + u'\n' + key(view.name, engine);
    };
    for (const Pair& pair : pairs(from.views, to.views, byName)) {
        if (pair.to < 0) {
            changes.append(change::DropView{from.views.at(pair.from)});
        } else if (pair.from < 0) {
            const View& view = to.views.at(pair.to);
            changes.append(change::AddView{view});
            if (!view.comment.isEmpty())
                changes.append(SetComment{.what = Commented::View,
                                          .owner = {view.schema, view.name},
                                          .member = {},
                                          .from = {},
                                          .to = view.comment});
        } else if (const View& before = from.views.at(pair.from), &now = to.views.at(pair.to);
                   before != now) {
            const View plainBefore = normalised(before, from.engine);
            const View plainNow = normalised(now, to.engine);
            compareView({before, now, plainBefore, plainNow}, to.engine, changes);
        }
    }
}

}  // namespace

QList<Change> compare(const Database& from, const Database& to)
{
    QList<Change> changes;
    compareStandalone(from, to, changes);
    compareTables(from, to, changes);
    compareViews(from, to, changes);
    compareRoutines(from, to, changes);
    compareOthers(from, to, changes);
    for (const change::SetPrivileges& pair : privilegePairs(from, to)) {
        if (pair.from != pair.to)
            changes.append(pair);
    }
    return changes;
}

}  // namespace dewpoint::diff
