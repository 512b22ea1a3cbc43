// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <optional>

/// Structure edits that are staged: values that outlive the window, and what they make of a catalog.
namespace dewpoint::structure {

/// A table of the catalog by its name there, or one that is not there yet by a number.
struct TableId {
    QString schema;
    QString name;
    bool fresh = false;
    bool operator==(const TableId&) const = default;
};

/// What a table has of its own, besides its parts.
struct Head {
    QString schema;
    QString name;
    QString comment;
    bool strict = false;
    bool withoutRowid = false;
    bool operator==(const Head&) const = default;
};

Head headOf(const schema::Table& table);

/// One thing as the catalog has it and as it shall be. Without `before` it is new, without `after` it
/// goes; where both have a name and it differs, it is renamed.
template <class T>
struct Edit {
    std::optional<T> before;
    std::optional<T> after;
    bool gone = false;  ///< in a draft: the catalog has it no more, so that nothing can be done to it

    bool isNew() const { return !before; }
    bool isDropped() const { return !after; }
    bool isChanged() const { return before != after; }
    /// As the catalog has it; only for what is not new.
    const T& was() const { return there(before); }
    /// As it shall be; only for what does not go.
    const T& willBe() const { return there(after); }
    const T& shown() const { return after ? *after : was(); }
    bool operator==(const Edit&) const = default;

private:
    static const T& there(const std::optional<T>& side)
    {
        if (!side)
            qFatal("An edit was asked for the side that it has not.");
        return *side;
    }
};

/// The edits of one table: only what is different.
struct TableEdits {
    TableId id;
    Edit<Head> head;       ///< neither side: the table itself stays as it is
    bool ordered = false;  ///< `columns` are all that there are, in the order that they shall have
    QList<Edit<schema::Column>> columns;
    QList<Edit<schema::Constraint>> constraints;
    QList<Edit<schema::Index>> indexes;
    QList<Edit<schema::Trigger>> triggers;

    bool isEmpty() const;
    qsizetype count() const;
    bool operator==(const TableEdits&) const = default;
};

/// All that is staged, of all tables. Undo keeps the values that this had before.
struct Edits {
    QList<TableEdits> tables;

    bool isEmpty() const { return tables.isEmpty(); }
    qsizetype count() const;
    const TableEdits* of(const TableId& id) const;
    bool operator==(const Edits&) const = default;
};

/// A whole table with its edits: everything that the catalog has, in its order, and behind it what is new;
/// columns in the order that somebody chose, where somebody did.
struct Draft {
    TableId id;
    Edit<Head> head;
    bool ordered = false;
    QList<Edit<schema::Column>> columns;
    QList<Edit<schema::Constraint>> constraints;  ///< without those that only say NOT NULL
    QList<Edit<schema::Index>> indexes;           ///< without those that a constraint makes
    QList<Edit<schema::Trigger>> triggers;

    QStringList columnNames() const;  ///< of those that shall be there
    QStringList primaryKey() const;
};

/// The parts of one kind, of edits and of a draft alike.
template <class T, class Owner>
auto& partsOf(Owner& owner)
{
    if constexpr (std::is_same_v<T, schema::Column>)
        return owner.columns;
    else if constexpr (std::is_same_v<T, schema::Constraint>)
        return owner.constraints;
    else if constexpr (std::is_same_v<T, schema::Index>)
        return owner.indexes;
    else
        return owner.triggers;
}

/// Where an edit was made on a catalog that has changed since, only what it changed is changed.
Draft draftOf(const schema::Database& catalog, const Edits& edits, const TableId& id);
QList<Draft> draftsOf(const schema::Database& catalog, const Edits& edits);  ///< of all with edits

/// A table that is not there yet, with one column so that there is something to begin with.
TableId addTable(Edits& edits, const schema::Database& catalog, const QString& schemaName);

/// Stages what `part` of a draft shall be, nothing to drop it. What is then as it was is no edit.
void put(Edits& edits, const TableId& id, const Edit<Head>& part, const std::optional<Head>& after);
void put(Edits& edits, const TableId& id, const Edit<schema::Column>& part,
         const std::optional<schema::Column>& after);
void put(Edits& edits, const TableId& id, const Edit<schema::Constraint>& part,
         const std::optional<schema::Constraint>& after);
void put(Edits& edits, const TableId& id, const Edit<schema::Index>& part,
         const std::optional<schema::Index>& after);
void put(Edits& edits, const TableId& id, const Edit<schema::Trigger>& part,
         const std::optional<schema::Trigger>& after);

/// Why the column at this place of a draft cannot change places with the one before (-1) or behind it (1),
/// or what it would cost; empty where it can.
QString whyNotMoved(const schema::Database& catalog, const Draft& draft, qsizetype row, int by);
void moveColumn(Edits& edits, const schema::Database& catalog, const TableId& id, qsizetype row, int by);

/// An order that is the usual one again is no edit.
void settleOrders(Edits& edits, const schema::Database& catalog);

/// Takes back all that is staged of one table.
void discard(Edits& edits, const TableId& id);

enum class Kind { Table, Column, Constraint, Index, Trigger };
enum class Field {
    Whole,
    Name,
    Type,
    Default,
    Expression,
    Collation,
    Columns,
    Target,
    TargetColumns,
    Condition,
    Text
};

/// A part of a draft, by its place in the list of its kind, and what of it.
struct Place {
    TableId table;
    Kind kind = Kind::Table;
    qsizetype row = 0;
    Field field = Field::Whole;
    bool operator==(const Place&) const = default;
};

/// What stands in the way of a plan, in plain words.
struct Problem {
    Place place;
    QString text;
    bool operator==(const Problem&) const = default;
};

}  // namespace dewpoint::structure
