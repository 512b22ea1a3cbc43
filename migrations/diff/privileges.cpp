// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/privileges.h"

#include "diff/pairs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::diff {

using namespace schema;

namespace {

const QList<Column>* columnsOf(const Database& database, const Privileges& object)
{
    if (object.on != GrantedOn::Relation)
        return nullptr;
    if (const Table* table = database.table(object.schema, object.name))
        return &table->columns;
    const View* view = database.view(object.schema, object.name);
    return view ? &view->columns : nullptr;
}

Privileges withoutGoneColumns(Privileges object, const Database& to)
{
    const bool names =
        std::ranges::any_of(object.grants, [](const Grant& grant) { return !grant.column.isEmpty(); });
    const QList<Column>* columns = names ? columnsOf(to, object) : nullptr;
    if (columns)
        object.grants.removeIf([&](const Grant& grant) {
            return !grant.column.isEmpty()
                   && std::ranges::find(*columns, grant.column, &Column::name) == columns->end();
        });
    return object;
}

/// Who owns it on one side may do everything there, whatever is granted to him on the other.
void leaveOwnersOut(change::SetPrivileges& both)
{
    const QString owners[] = {both.from.owner, both.to.owner};
    const auto owns = [&](const Grant& grant) {
        return !grant.role.isEmpty() && (grant.role == owners[0] || grant.role == owners[1]);
    };
    both.from.grants.removeIf(owns);
    both.to.grants.removeIf(owns);
}

}  // namespace

QList<change::SetPrivileges> privilegePairs(const Database& from, const Database& to)
{
    if (!from.privileges || !to.privileges)
        return {};
    const auto object = [](const Privileges& each) {
        return QString::number(static_cast<int>(each.on)) + u'\n' + each.schema + u'\n' + each.name + u'\n'
               + each.member;
    };
    const QList<Privileges> before = from.allPrivileges();
    const QList<Privileges> after = to.allPrivileges();
    QList<change::SetPrivileges> result;
    for (const Pair& pair : pairs(before, after, object)) {
        if (pair.to < 0 && before.at(pair.from).on != GrantedOn::Default)
            continue;  // it goes
        change::SetPrivileges both{.from = pair.from < 0 ? usual(after.at(pair.to))
                                                         : withoutGoneColumns(before.at(pair.from), to),
                                   .to = pair.to < 0 ? usual(before.at(pair.from)) : after.at(pair.to)};
        leaveOwnersOut(both);
        result.append(both);
    }
    return result;
}

}  // namespace dewpoint::diff
