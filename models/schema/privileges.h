// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <tuple>

namespace dewpoint::schema {

/// One right of one role.
struct Grant {
    QString role;            ///< empty: PUBLIC, which is everybody
    QString column;          ///< of a relation, where the right is for this column alone
    QString privilege;       ///< "SELECT", "USAGE" …
    bool grantable = false;  ///< WITH GRANT OPTION

    bool operator==(const Grant&) const = default;
    bool operator<(const Grant& other) const
    {
        return std::tie(role, column, privilege, grantable)
               < std::tie(other.role, other.column, other.privilege, other.grantable);
    }
};

/// A relation is a table or view of any kind, with its columns; Default is ALTER DEFAULT PRIVILEGES.
enum class GrantedOn { Schema, Relation, Sequence, Routine, Type, Default };

/// Who may do what with one object, besides its owner (PostgreSQL manual, Privileges). What an owner has
/// taken away from himself is not told: he can give it back.
struct Privileges {
    GrantedOn on = GrantedOn::Relation;
    QString schema;         ///< of a default: where it holds, empty for everywhere; empty for a schema
    QString name;           ///< of a default: "TABLES", "FUNCTIONS" …
    QString member;         ///< a routine's arguments; of a default, the role whose new objects get it
    QList<Grant> grants;    ///< sorted
    QString owner;          ///< who may do everything. Not part of equality, nor is what follows.
    bool handedOn = false;  ///< some of it was granted by another than the owner

    bool operator==(const Privileges& other) const { return isOfSame(other) && grants == other.grants; }
    bool isOfSame(const Privileges& other) const
    {
        return std::tie(on, schema, name, member)
               == std::tie(other.on, other.schema, other.name, other.member);
    }
};

/// The object with what the server lets everybody do with it until somebody says otherwise (acldefault()):
/// call routines and use types.
Privileges usual(Privileges object);

}  // namespace dewpoint::schema
