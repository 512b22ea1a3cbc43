// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/edit_value.h"
#include "rows/query_builder.h"
#include "rows/relation.h"

#include <functional>
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
    /// Where a statement takes a value from.
    struct Gap {
        enum class Source { Key, Old, New };
        Source source = Source::Key;
        QString column;   ///< of Old and New
        size_t part = 0;  ///< of Key
    };
    /// A statement without its values: the same for all rows that change the same columns.
    struct Form {
        QStringList text{QString()};  ///< before, between and behind the gaps
        QList<Gap> gaps;
        QString sql;  ///< with the engine's parameter marks
        void add(const QString& words) { text.last() += words; }
        void add(const Gap& gap);
    };

    const Form& formOf(const RowEdit& edit);
    void finish(Form& form) const;
    void addNew(Form& form, const RelationColumn& column, const EditValue& value) const;
    void addKey(Form& form, const RowKey& key) const;
    void addOldValues(Form& form, const RowEdit& edit) const;
    Query filled(const Form& form, const std::function<const Value&(const Gap&)>& valueOf) const;

    const Relation& m_relation;
    Values m_values;
    RowEdit m_formed;  ///< whose form is m_form
    Form m_form;
};

/// Everything that a commit of these edits would run, in order, as readable SQL; not more than the first of it.
class StagedEdits;
QStringList preview(const Relation& relation, const StagedEdits& edits,
                    qsizetype most = std::numeric_limits<qsizetype>::max());

}  // namespace dewpoint::rows
