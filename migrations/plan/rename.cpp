// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/rename.h"

#include "base/words.h"
#include "change/words.h"
#include "diff/compare.h"
#include "sql/dialect.h"

#include <QSet>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;

namespace {

constexpr double alikeEnough = 0.3;  ///< below, two tables are hardly the same one

/// 1 for equal names, 0 for nothing in common: by the letters that must be changed (Levenshtein).
double nameLikeness(const QString& left, const QString& right)
{
    const QString a = left.toLower();
    const QString b = right.toLower();
    QList<qsizetype> row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = row.at(0);
        row[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const qsizetype replaced = diagonal + (a.at(i - 1) == b.at(j - 1) ? 0 : 1);
            diagonal = row.at(j);
            row[j] = std::min({replaced, row.at(j) + 1, row.at(j - 1) + 1});
        }
    }
    const qsizetype longest = std::max(a.size(), b.size());
    return longest == 0 ? 1 : 1 - static_cast<double>(row.constLast()) / static_cast<double>(longest);
}

double columnLikeness(const Column& from, const Column& to)
{
    const bool sameType = from.type.compare(to.type, Qt::CaseInsensitive) == 0;
    return 0.5 * nameLikeness(from.name, to.name) + (sameType ? 0.5 : 0);
}

/// By name and options; whose owner there is goes by that.
double sequenceLikeness(const Sequence& from, Sequence to)
{
    const double names = nameLikeness(from.name, to.name);
    to.name = from.name;
    to.schema = from.schema;
    return 0.5 * names + (from == to ? 0.5 : 0);
}

double tableLikeness(const Table& from, const Table& to)
{
    const auto described = [](const Table& table) {
        QSet<QString> columns;
        for (const Column& column : table.columns)
            columns.insert((column.name + u' ' + column.type).toLower());
        return columns;
    };
    const QSet<QString> before = described(from);
    const QSet<QString> after = described(to);
    const auto shared = static_cast<double>((before & after).size());
    const auto all = static_cast<double>((before | after).size());
    return 0.7 * (all == 0 ? 0 : shared / all) + 0.3 * nameLikeness(from.name, to.name);
}

struct Gathered {
    QList<Table> droppedTables;
    QList<Table> addedTables;
    QList<change::DropColumn> droppedColumns;
    QList<change::AddColumn> addedColumns;
    QList<change::AlterType> types;
    QList<Sequence> droppedSequences;
    QList<Sequence> addedSequences;
};

Gathered gathered(const QList<change::Change>& changes)
{
    Gathered result;
    for (const change::Change& change : changes) {
        if (const auto* dropped = std::get_if<change::DropTable>(&change))
            result.droppedTables.append(dropped->table);
        else if (const auto* added = std::get_if<change::AddTable>(&change))
            result.addedTables.append(added->table);
        else if (const auto* out = std::get_if<change::DropColumn>(&change))
            result.droppedColumns.append(*out);
        else if (const auto* in = std::get_if<change::AddColumn>(&change))
            result.addedColumns.append(*in);
        else if (const auto* type = std::get_if<change::AlterType>(&change))
            result.types.append(*type);
        else if (const auto* gone = std::get_if<change::DropSequence>(&change))
            result.droppedSequences.append(gone->sequence);
        else if (const auto* come = std::get_if<change::AddSequence>(&change))
            result.addedSequences.append(come->sequence);
    }
    return result;
}

void askTables(const Gathered& all, QList<Question>& questions)
{
    for (const Table& from : all.droppedTables) {
        for (const Table& to : all.addedTables) {
            const double likeness = tableLikeness(from, to);
            const bool moves = from.schema != to.schema;
            if (from.kind == to.kind && (!moves || from.name == to.name))
                questions.append(
                    {{Renamed::Table, from.schema, {}, from.name, to.name, moves ? to.schema : QString()},
                     likeness});
        }
    }
}

void askColumns(const Gathered& all, QList<Question>& questions)
{
    for (const change::DropColumn& from : all.droppedColumns) {
        for (const change::AddColumn& to : all.addedColumns) {
            // What is computed on one side only is not the same thing.
            if (from.table == to.table
                && (from.column.generated == Generated::None) == (to.column.generated == Generated::None))
                questions.append(
                    {{Renamed::Column, to.table.schema, to.table.name, from.column.name, to.column.name},
                     columnLikeness(from.column, to.column)});
        }
    }
}

void askLabels(const Gathered& all, QList<Question>& questions)
{
    for (const change::AlterType& type : all.types) {
        for (const QString& from : type.from.labels) {
            if (type.to.labels.contains(from))
                continue;
            for (const QString& to : type.to.labels) {
                if (!type.from.labels.contains(to))
                    questions.append(
                        {{Renamed::Label, type.to.schema, type.to.name, from, to}, nameLikeness(from, to)});
            }
        }
    }
}

void askAttributes(const Gathered& all, QList<Question>& questions)
{
    const auto has = [](const Type& type, const QString& name) {
        return std::ranges::contains(type.attributes, name, &Column::name);
    };
    for (const change::AlterType& type : all.types) {
        for (const Column& from : type.from.attributes) {
            for (const Column& to : type.to.attributes) {
                if (!has(type.to, from.name) && !has(type.from, to.name))
                    questions.append({{Renamed::Attribute, type.to.schema, type.to.name, from.name, to.name},
                                      columnLikeness(from, to)});
            }
        }
    }
}

/// Those that count for nobody in particular; one of a column is the column's affair.
void askSequences(const Gathered& all, QList<Question>& questions)
{
    for (const Sequence& from : all.droppedSequences) {
        for (const Sequence& to : all.addedSequences) {
            const bool moves = from.schema != to.schema;
            if ((!moves || from.name == to.name) && from.ownedBy.isEmpty() && to.ownedBy.isEmpty())
                questions.append(
                    {{Renamed::Sequence, from.schema, {}, from.name, to.name, moves ? to.schema : QString()},
                     sequenceLikeness(from, to)});
        }
    }
}

/// Pairs what went with what came, where `same` says that it is one thing.
template <class Dropped, class Added, class Same, class Make>
void pairUp(const QList<change::Change>& changes, QList<Rename>& renames, Same same, Make make)
{
    QList<Added> added;
    for (const change::Change& change : changes) {
        if (const auto* one = std::get_if<Added>(&change))
            added.append(*one);
    }
    for (const change::Change& change : changes) {
        const auto* dropped = std::get_if<Dropped>(&change);
        if (!dropped)
            continue;
        const auto found = std::ranges::find_if(added, [&](const Added& one) { return same(*dropped, one); });
        if (found == added.end())
            continue;
        renames.append(make(*dropped, *found));
        added.erase(found);
    }
}

/// The definition without the index's own name.
QString nameless(const Index& index)
{
    QString text = index.definition;
    const QString name = sql::quotedIfNeeded(index.name, Engine::Postgres);
    const qsizetype place = text.indexOf(name);
    return place < 0 ? text : text.remove(place, name.size());
}

/// The same type by another name or in another schema. A range has a second one along, whose name is its own.
bool isSame(Type from, const Type& to)
{
    const bool oneDiffers = (from.schema == to.schema) != (from.name == to.name);
    from.schema = to.schema;
    from.name = to.name;
    from.comment = to.comment;
    return oneDiffers && from == to && to.kind != TypeKind::Range;
}

/// What a child table has from its parent is renamed there.
bool isInherited(const Database& database, ObjectKind kind, const change::Name& table, const QString& name)
{
    return std::ranges::any_of(database.dependencies, [&](const Dependency& dependency) {
        return dependency.inherited && dependency.object.kind == kind
               && dependency.object.schema == table.schema && dependency.object.name == table.name
               && dependency.object.member == name;
    });
}

}  // namespace

QList<Question> candidates(const Database& from, const Database& to)
{
    const Gathered all = gathered(diff::compare(from, to));
    QList<Question> questions;
    askTables(all, questions);
    askColumns(all, questions);
    askLabels(all, questions);
    askAttributes(all, questions);
    askSequences(all, questions);
    std::ranges::stable_sort(questions, std::greater<>(), &Question::likeness);
    return questions;
}

QList<Question> questions(const Database& from, const Database& to)
{
    QList<Question> asked = candidates(from, to);
    asked.removeIf([](const Question& question) {
        return question.rename.what == Renamed::Table && question.likeness < alikeEnough;
    });
    return asked;
}

QList<Rename> evidentRenames(const Database& from, const Database& to)
{
    QList<Rename> renames;
    if (to.engine != Engine::Postgres)
        return renames;
    const QList<change::Change> changes = diff::compare(from, to);
    for (const change::Change& change : changes) {
        const auto* moved = std::get_if<change::AlterExtension>(&change);
        if (moved && moved->from.schema != moved->to.schema)
            renames.append({Renamed::Extension,
                            moved->from.schema,
                            {},
                            moved->to.name,
                            moved->to.name,
                            moved->to.schema});
    }
    pairUp<change::DropType, change::AddType>(
        changes, renames, [](const auto& old, const auto& now) { return isSame(old.type, now.type); },
        [](const auto& old, const auto& now) {
            Rename rename{Renamed::Type, old.type.schema, {}, old.type.name, now.type.name};
            if (old.type.schema != now.type.schema)
                rename.movedTo = now.type.schema;
            return rename;
        });
    pairUp<change::DropSequence, change::AddSequence>(
        changes, renames,
        [](const auto& old, const auto& now) {
            return old.sequence.schema == now.sequence.schema && !old.sequence.ownedBy.isEmpty()
                   && old.sequence.ownedBy == now.sequence.ownedBy;
        },
        [](const auto& old, const auto& now) {
            return Rename{Renamed::Sequence, now.sequence.schema, {}, old.sequence.name, now.sequence.name};
        });
    pairUp<change::DropConstraint, change::AddConstraint>(
        changes, renames,
        [&](const auto& old, const auto& now) {
            return old.table == now.table && old.constraint.kind == now.constraint.kind
                   && old.constraint.definition == now.constraint.definition
                   && !isInherited(from, ObjectKind::Constraint, old.table, old.constraint.name);
        },
        [](const auto& old, const auto& now) {
            return Rename{Renamed::Constraint, now.table.schema, now.table.name, old.constraint.name,
                          now.constraint.name};
        });
    pairUp<change::DropIndex, change::AddIndex>(
        changes, renames,
        [](const auto& old, const auto& now) {
            return old.table == now.table && nameless(old.index) == nameless(now.index);
        },
        [](const auto& old, const auto& now) {
            return Rename{Renamed::Index, now.table.schema, now.table.name, old.index.name, now.index.name};
        });
    return renames;
}

}  // namespace dewpoint::plan
