// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/privileges.h"

#include <QStringList>

/// GRANT and REVOKE, from what is granted on an object to what shall be (PostgreSQL manual, GRANT, REVOKE).
namespace dewpoint::ddl::postgres {

/// As the object's owner has to say it. What is taken away comes first.
QStringList setPrivileges(const schema::Privileges& from, const schema::Privileges& to);

/// The same on a new object, where defaults that are not known may have granted something to these as well.
QStringList setPrivileges(const schema::Privileges& to, const QStringList& roles);

/// "SELECT, UPDATE (price, stock)"
QString privilegeList(const QList<schema::Grant>& grants);
QString roleName(const QString& role);  ///< "PUBLIC" for nobody in particular

/// What to do with one role: never empty.
struct RoleGrants {
    QString role;
    QList<schema::Grant> grants;
};
QList<RoleGrants> byRole(const QList<schema::Grant>& grants);

}  // namespace dewpoint::ddl::postgres
