// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/edit_value.h"
#include "rows/query_builder.h"
#include "rows/relation.h"

#include <limits>

namespace dewpoint::rows {

/// Writes one staged change as one statement, with parameters (to run) or literals (to read).
/// The WHERE holds the key and the old values, compared so that NULL equals NULL; a type without a
/// whole-value equality is compared by its text.
class StatementWriter final
{
public:
    enum class Values { Bound, Literal };

    StatementWriter(const Relation& relation, Values values) : m_relation(relation), m_values(values) {}

    Query change(const RowEdit& edit);  ///< UPDATE or DELETE
    Query insert(const NewRow& row);
    Query insertReturningKey(const NewRow& row);  ///< the key it gets is what taking it back needs
    Query current(const RowKey& key);             ///< SELECT of all columns of one row

private:
    QString put(const Value& value);
    QString put(const EditValue& value, const RelationColumn& column);
    QString matchesKey(const RowKey& key);
    QString matchesOld(const RelationColumn& column, const Value& old);
    QString oldValues(const RowEdit& edit);
    Query finished(QString sql);

    const Relation& m_relation;
    Values m_values;
    QList<Value> m_parameters;
};

/// Everything that a commit of these edits would run, in order, as readable SQL; not more than the first of it.
class StagedEdits;
QStringList preview(const Relation& relation, const StagedEdits& edits,
                    qsizetype most = std::numeric_limits<qsizetype>::max());

}  // namespace dewpoint::rows
