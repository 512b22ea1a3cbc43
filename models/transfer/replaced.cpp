// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/replaced.h"

#include "catalog/inspect.h"

namespace dewpoint::transfer {

namespace {

using Path = QList<const rows::Dependant*>;

class Counting final
{
public:
    Counting(drivers::Connection& connection, const rows::Relation& relation)
        : m_connection(connection), m_relation(relation)
    {}

    Result<> count(const QList<rows::Dependant>& dependants)
    {
        for (const rows::Dependant& dependant : dependants) {
            // Its own rows go anyway.
            if (dependant.relation.quotedName() == m_relation.quotedName())
                continue;
            m_path += &dependant;
            if (auto done = countLast(); !done)
                return done;
            m_path.removeLast();
        }
        return {};
    }

    QList<rows::DependantCount> counts;

private:
    Result<> countLast()
    {
        const rows::Dependant& dependant = *m_path.last();
        const rows::Query query = rows::dependantCount(m_relation, m_path, {});
        const auto count = m_connection.scalar(query.sql, query.parameters);
        // The rights to a table's rows are not needed to delete them by a foreign key.
        if (!count && count.error().kind != ErrorKind::Permission)
            return fail(count.error());
        const qint64 rows = count ? displayText(*count).toLongLong() : -1;
        if (rows == 0)
            return {};
        counts += {.table = dependant.relation.name,
                   .columns = dependant.key.columns,
                   .action = dependant.key.onDelete,
                   .rows = rows};
        return this->count(dependant.next);
    }

    drivers::Connection& m_connection;
    const rows::Relation& m_relation;
    Path m_path;
};

}  // namespace

Result<QList<rows::DependantCount>> countReplaced(drivers::Connection& connection,
                                                  const rows::Relation& relation)
{
    const auto database = catalog::inspect(connection);
    if (!database)
        return fail(database.error());
    const schema::Table* table = database->table(relation.schema, relation.name);
    if (!table)
        return QList<rows::DependantCount>();
    const QList<rows::Dependant> dependants = rows::dependantsOf(*database, *table);
    Counting counting(connection, relation);
    if (auto done = counting.count(dependants); !done)
        return fail(done.error());
    return counting.counts;
}

}  // namespace dewpoint::transfer
