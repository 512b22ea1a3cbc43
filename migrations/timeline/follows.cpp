// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/follows.h"

#include "catalog/sqlite_tokens.h"
#include "diff/compare_table.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::timeline {

namespace {

class Follows final
{
public:
    explicit Follows(const Renames& renames) : m_renames(renames) {}

    template <class T>
    bool operator()(const T&) const
    {
        return false;
    }
    bool operator()(const change::AlterView& c) const
    {
        return reads(c.from.definition, c.to.definition) && c.from.options == c.to.options
               && c.from.materialized == c.to.materialized;
    }
    bool operator()(const change::AlterRoutine& c) const { return reads(c.from.definition, c.to.definition); }
    bool operator()(const change::AlterOther& c) const
    {
        return reads(c.from.definition.join(u';'), c.to.definition.join(u';'));
    }
    bool operator()(const change::AlterType& c) const
    {
        schema::Type from = c.from;
        follow(from.definition, c.to.definition);
        return from == c.to;
    }
    bool operator()(const change::AlterTrigger& c) const
    {
        return reads(c.from.definition, c.to.definition) && c.from.enabled == c.to.enabled;
    }
    bool operator()(const change::AlterIndex& c) const
    {
        return reads(c.from.definition, c.to.definition) && c.from.valid == c.to.valid;
    }
    bool operator()(const change::AlterConstraint& c) const
    {
        schema::Constraint from = c.from;
        from.comment = c.to.comment;
        follow(from.definition, c.to.definition);
        return from == c.to;
    }
    bool operator()(const change::AlterPolicy& c) const
    {
        schema::Policy from = c.from;
        follow(from.usingSql, c.to.usingSql);
        follow(from.checkSql, c.to.checkSql);
        return from == c.to;
    }
    bool operator()(const change::AlterColumn& c) const
    {
        schema::Column from = c.from;
        from.keyPosition = c.to.keyPosition;
        from.comment = c.to.comment;
        from.hidden = c.to.hidden;
        follow(from.type, c.to.type);
        follow(from.generatedSql, c.to.generatedSql);
        if (from.defaultSql && c.to.defaultSql
            && reads(withoutLiteral(*from.defaultSql), withoutLiteral(*c.to.defaultSql)))
            from.defaultSql = c.to.defaultSql;
        return from == c.to;
    }
    bool operator()(const change::AlterTable& c) const
    {
        schema::Table from = diff::bare(c.from);
        const schema::Table to = diff::bare(c.to);
        follow(from.definition, to.definition);
        follow(from.partitionKey, to.partitionKey);
        for (qsizetype i = 0; i < from.inherits.size() && i < to.inherits.size(); ++i)
            follow(from.inherits[i], to.inherits.at(i));
        return from == to;
    }

private:
    /// nextval() has the sequence's name in a text.
    static QString withoutLiteral(QString sql)
    {
        static const QRegularExpression pattern(u"nextval\\('((?:[^']|'')+)'::regclass\\)"_s);
        return sql.replace(pattern, u"nextval(\\1)"_s);
    }

    bool reads(const QString& from, const QString& to) const
    {
        const QString now = m_renames.applied(from);
        return m_renames.engine() == Engine::Sqlite ? catalog::normalised(now) == catalog::normalised(to)
                                                    : now == m_renames.withoutAliases(to);
    }

    void follow(QString& from, const QString& to) const
    {
        if (reads(from, to))
            from = to;
    }

    const Renames& m_renames;
};

}  // namespace

bool onlyFollows(const change::Change& change, const Renames& renames)
{
    return !renames.isEmpty() && std::visit(Follows(renames), change);
}

}  // namespace dewpoint::timeline
