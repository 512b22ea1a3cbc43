// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QList>
#include <QString>

#include <variant>

/// What differs between two schemas, as data. A rename will be one more alternative, once a person has
/// answered that it is one; until then it is a drop and an add.
namespace dewpoint::change {

/// A relation by name (schema is "main" on SQLite).
struct Name {
    QString schema;
    QString name;
    bool operator==(const Name&) const = default;
};

struct AddSchema {
    QString name;
};
struct DropSchema {
    QString name;
};
struct AddExtension {
    schema::Extension extension;
};
struct DropExtension {
    schema::Extension extension;
};
struct AlterExtension {
    schema::Extension from, to;
};
struct AddType {
    schema::Type type;
};
struct DropType {
    schema::Type type;
};
struct AlterType {
    schema::Type from, to;
};
struct AddSequence {
    schema::Sequence sequence;
};
struct DropSequence {
    schema::Sequence sequence;
};
struct AlterSequence {
    schema::Sequence from, to;
};

struct AddTable {
    schema::Table table;
};  ///< with its constraints, indexes, triggers and policies
struct DropTable {
    schema::Table table;
};
struct AlterTable {
    schema::Table from, to;
};  ///< options of the table itself: kind, STRICT, unlogged, row security …
struct AddColumn {
    Name table;
    schema::Column column;
};
struct DropColumn {
    Name table;
    schema::Column column;
};
struct AlterColumn {
    Name table;
    schema::Column from, to;
};
struct AddConstraint {
    Name table;
    schema::Constraint constraint;
};
struct DropConstraint {
    Name table;
    schema::Constraint constraint;
};
struct AlterConstraint {
    Name table;
    schema::Constraint from, to;
};
struct AddIndex {
    Name table;
    schema::Index index;
};  ///< table may be a materialised view, here and below
struct DropIndex {
    Name table;
    schema::Index index;
};
struct AlterIndex {
    Name table;
    schema::Index from, to;
};
struct AddTrigger {
    Name table;
    schema::Trigger trigger;
};  ///< table may be a view
struct DropTrigger {
    Name table;
    schema::Trigger trigger;
};
struct AlterTrigger {
    Name table;
    schema::Trigger from, to;
};
struct AddPolicy {
    Name table;
    schema::Policy policy;
};
struct DropPolicy {
    Name table;
    schema::Policy policy;
};
struct AlterPolicy {
    Name table;
    schema::Policy from, to;
};

struct AddView {
    schema::View view;
};
struct DropView {
    schema::View view;
};
struct AlterView {
    schema::View from, to;
};
struct AddRoutine {
    schema::Routine routine;
};
struct DropRoutine {
    schema::Routine routine;
};
struct AlterRoutine {
    schema::Routine from, to;
};

struct AddOther {
    schema::OtherObject object;
};
struct DropOther {
    schema::OtherObject object;
};
struct AlterOther {
    schema::OtherObject from, to;
};

enum class Commented { Table, Column, Constraint, Index, Trigger, View, Routine, Type, Other };

/// COMMENT ON. `owner` is the table, view, routine, type or other object; `member` what inside it, a routine's
/// arguments, or the other object's kind.
struct SetComment {
    Commented what = Commented::Table;
    Name owner;
    QString member;
    QString from;
    QString to;
};

/// GRANT and REVOKE on one object, whose `to` is there afterwards.
struct SetPrivileges {
    schema::Privileges from, to;
};

using Change =
    std::variant<AddSchema, DropSchema, AddExtension, DropExtension, AlterExtension, AddType, DropType,
                 AlterType, AddSequence, DropSequence, AlterSequence, AddTable, DropTable, AlterTable,
                 AddColumn, DropColumn, AlterColumn, AddConstraint, DropConstraint, AlterConstraint, AddIndex,
                 DropIndex, AlterIndex, AddTrigger, DropTrigger, AlterTrigger, AddPolicy, DropPolicy,
                 AlterPolicy, AddView, DropView, AlterView, AddRoutine, DropRoutine, AlterRoutine, AddOther,
                 DropOther, AlterOther, SetComment, SetPrivileges>;

enum class Kind { Added, Removed, Changed };

Kind kind(const Change& change);

/// One line for a person, in plain words: "Add column phone varchar(32) to users".
QString sentence(const Change& change);

/// The table or view that it happens to; empty for what stands by itself: schemas, types, routines …
Name relation(const Change& change);

}  // namespace dewpoint::change
