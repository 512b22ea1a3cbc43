// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/question.h"

namespace dewpoint::lint {

/// What one table's change asks of its rows.
class TableQuestions final
{
public:
    TableQuestions(const schema::Database& from, const schema::Database& to, const schema::Table& before,
                   const schema::Table& after, const QList<ColumnRename>& renames)
        : m_from(from), m_to(to), m_before(before), m_after(after), m_renames(renames)
    {}

    QList<Question> all();

private:
    void columns();
    void lose(const schema::Column& column);
    void newColumn(const schema::Column& column);
    void type(const schema::Column& before, const schema::Column& after);
    void sqliteType(const schema::Column& after);
    void labels(const schema::Column& column);
    void keys();
    void unique(const QStringList& expressions, const QString& predicate, const QString& name);
    void constraints();
    void foreignKey(const schema::Constraint& constraint);
    void check(const schema::Constraint& constraint);
    void exclusion(const schema::Constraint& constraint);

    Question& add(Question::Means means, const QString& code, const QString& text);
    /// The rows for which the condition holds.
    Question& addRows(const QString& code, const QString& text, const QString& condition,
                      const QString& countText);
    bool wasThere(const QStringList& names) const;
    bool hadConstraint(const schema::Constraint& constraint) const;
    QString live(const QString& column) const;                ///< as it is called now, quoted
    enum class Named { Now, Afterwards };                     ///< how an SQL text calls the columns
    QString liveText(const QString& sql, Named named) const;  ///< the same, as they are called now
    QString liveInTable(const QString& column) const;
    QString tableName() const { return sql::quoted(m_before.schema, m_before.name); }
    QString shown(const QString& column) const { return m_before.name + u'.' + column; }

    const schema::Database& m_from;
    const schema::Database& m_to;
    const schema::Table& m_before;
    const schema::Table& m_after;
    const QList<ColumnRename>& m_renames;
    QList<Question> m_questions;
};

}  // namespace dewpoint::lint
