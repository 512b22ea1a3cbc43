// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/plan.h"

#include <QList>

namespace dewpoint::plan {

enum class Renamed { Table, Column, Label, Constraint, Index, Sequence, Type, Attribute, Extension };

/// Something that may have a new name. `owner` is the table of a column or constraint and the type of a label
/// or attribute, by the name that it has on both sides.
struct Rename {
    Renamed what = Renamed::Table;
    QString schema;
    QString owner;
    QString from;
    QString to;
    QString movedTo = {};      ///< PostgreSQL: the schema of what comes into another one, with its name
    bool makesSchema = false;  ///< where that is new …
    bool dropsSchema = false;  ///< … and on the way back

    QString schemaAfter() const { return movedTo.isEmpty() ? schema : movedTo; }
    Rename turned() const;
    bool operator==(const Rename&) const = default;
};

/// "Was users.mail renamed to users.email?" Likeness is 0 to 1: names and types compared.
struct Question {
    Rename rename;
    double likeness = 0;
    bool operator==(const Question&) const = default;
};

/// What goes and what comes in the same place could be one thing renamed. The likeliest first; each thing
/// may be in several.
QList<Question> candidates(const schema::Database& from, const schema::Database& to);

/// Those of them that must be answered: not the tables whose names and columns are hardly alike.
QList<Question> questions(const schema::Database& from, const schema::Database& to);

/// What is the same but for its name, so that nobody need be asked: constraints, indexes, types, extensions in
/// another schema, and the sequences of serial columns, which would count from one again. PostgreSQL; after
/// a table was renamed, mostly.
QList<Rename> evidentRenames(const schema::Database& from, const schema::Database& to);

/// One statement: both engines rename inside everything that names the thing.
Step renameStep(const Rename& rename, Engine engine);

/// As --rename takes it: "users.mail=users.email", "public" left out.
QString argument(const Rename& rename);
QString sentence(const Question& question);

/// The same "a=b" once this rename has been made: its left side names the table as it is called then.
QString after(const QString& argument, const Rename& rename);

/// True when a person's "a=b" means this one. Names may be written with or without schema, and the new
/// name of a column or label with or without its owner.
bool means(const QString& argument, const Rename& rename);

}  // namespace dewpoint::plan
