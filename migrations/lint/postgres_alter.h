// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/postgres.h"

namespace dewpoint::lint::postgres {

/// One sub-command of ALTER TABLE.
struct Part {
    Bench& bench;
    const QString& sql;
    RelationName table;
    QJsonObject node;  ///< AlterTableCmd
    bool alone = true;

    QString name() const { return node[u"name"].toString(); }
    QJsonValue constraint() const { return node[u"def"][u"Constraint"]; }
    QString subject() const { return table.shown() + u'.' + name(); }
    bool isFresh() const { return bench.isFresh(table); }
    KnownTable& known() const { return bench.known.tables[table]; }
    bool isFreshColumn(const QString& column) const
    {
        const KnownColumn* known = bench.known.column(table, column);
        return isFresh() || (known && known->fresh);
    }
    bool isKnown() const { return bench.known.tables.contains(table); }
    QString rule(const QString& fallback) const
    {
        const QString named = constraint()[u"conname"].toString();
        return named.isEmpty() ? fallback : named;
    }
};

void addConstraint(const Part& part);
void dropConstraint(const Part& part);
void validateConstraint(const Part& part);

}  // namespace dewpoint::lint::postgres
