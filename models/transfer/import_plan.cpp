// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/import_plan.h"

#include "base/words.h"
#include "transfer/cell_text.h"
#include "transfer/column_name.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

/// The first column that is free and that fits.
template <class Fits>
int freeColumn(const rows::Relation& relation, const QList<int>& taken, Fits fits)
{
    for (int i = 0; i < relation.columns.size(); ++i) {
        if (isImportable(relation.columns[i]) && !taken.contains(i) && fits(relation.columns[i]))
            return i;
    }
    return -1;
}

}  // namespace

bool isImportable(const rows::RelationColumn& column)
{
    return !isGenerated(column);
}

QList<int> proposedMapping(const QStringList& fileColumns, const rows::Relation& relation, bool named)
{
    QList<int> mapping(fileColumns.size(), -1);
    if (!named) {
        for (int& place : mapping)
            place = freeColumn(relation, mapping, [](const auto&) { return true; });
        return mapping;
    }
    for (qsizetype i = 0; i < fileColumns.size(); ++i)
        mapping[i] = freeColumn(relation, mapping, [&](const rows::RelationColumn& column) {
            return column.name == fileColumns[i];
        });
    for (qsizetype i = 0; i < fileColumns.size(); ++i) {
        const QString letters = plainName(fileColumns[i]);
        if (mapping[i] < 0 && !letters.isEmpty())
            mapping[i] = freeColumn(relation, mapping, [&](const rows::RelationColumn& column) {
                return plainName(column.name) == letters;
            });
    }
    return mapping;
}

QList<MappedColumn> mappedColumns(const ImportPlan& plan)
{
    QList<MappedColumn> columns;
    for (int i = 0; i < plan.mapping.size(); ++i) {
        if (plan.mapping[i] >= 0)
            columns += {.field = i, .column = plan.mapping[i]};
    }
    return columns;
}

QStringList upsertKey(const ImportPlan& plan)
{
    if (!plan.key.isEmpty())
        return plan.key;
    return plan.relation.hasHiddenKey() ? QStringList() : plan.relation.keyColumns;
}

QString planProblem(const ImportPlan& plan)
{
    const auto columns = mappedColumns(plan);
    if (columns.isEmpty())
        return Words::tr("No column of the file goes into a column of %1.").arg(plan.relation.name);
    QSet<int> seen;
    for (const MappedColumn& mapped : columns) {
        const rows::RelationColumn& column = plan.relation.columns[mapped.column];
        if (!isImportable(column))
            return Words::tr("%1 is computed by the database and takes no value.").arg(column.name);
        if (seen.contains(mapped.column))
            return Words::tr("Two columns of the file go into %1.").arg(column.name);
        seen.insert(mapped.column);
    }
    if (plan.mode != ImportMode::Upsert) {
        for (int i = 0; i < plan.relation.columns.size(); ++i) {
            if (!seen.contains(i) && !rows::mayBeLeftOut(plan.relation.columns[i]))
                return Words::tr("%1 must have a value, and no column of the file goes into it.")
                    .arg(plan.relation.columns[i].name);
        }
        return {};
    }
    const QStringList key = upsertKey(plan);
    if (key.isEmpty())
        return Words::tr("%1 has no key by which rows could be updated.").arg(plan.relation.name);
    for (const QString& name : key) {
        const int place = plan.relation.indexOf(name);
        if (place < 0)
            return Words::tr("%1 has no column %2.").arg(plan.relation.name, name);
        if (!seen.contains(place))
            return Words::tr("%1 is part of the key, and no column of the file goes into it.").arg(name);
    }
    return {};
}

}  // namespace dewpoint::transfer
