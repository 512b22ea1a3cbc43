// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "testdata/fill_plan.h"

#include "base/words.h"
#include "rows/input_check.h"
#include "rows/reference.h"
#include "testdata/check_hints.h"
#include "testdata/named_rules.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::testdata {

namespace {

const QString usualDays = u"2024-01-01..2025-12-31"_s;

bool hasPart(const QStringList& parts, std::initializer_list<QLatin1StringView> wanted)
{
    return std::ranges::any_of(wanted, [&](QLatin1StringView word) { return parts.contains(word); });
}

class Proposal final
{
public:
    Proposal(const schema::Table& table, const rows::Relation& relation, const rows::RelationColumn& column)
        : m_table(table)
        , m_relation(relation)
        , m_column(column)
        , m_parts(partsOf(column.name))
        , m_hint(checkHint(table, column.name))
        , m_rule{.column = column.name}
    {}

    ColumnRule make()
    {
        choose();
        limit();
        const bool mayBeNull = m_column.nullable && !m_table.primaryKey().contains(m_column.name);
        if (mayBeNull && m_rule.kind != RuleKind::Omit && m_rule.kind != RuleKind::Null)
            m_rule.nullShare = nullShare();
        return m_rule;
    }

private:
    void set(RuleKind kind, const QString& detail = {})
    {
        m_rule.kind = kind;
        m_rule.detail = detail;
    }
    void set(const NamedRule& rule) { set(rule.kind, rule.detail); }

    bool isNumbered() const
    {
        return !takesRule(m_column) || m_column.automatic || m_column.defaultSql.startsWith(u"nextval("_s)
               || (m_column.hasDefault && m_column.defaultSql.isEmpty());
    }
    bool isKey() const { return m_relation.keyColumns.contains(m_column.name); }
    bool refers() const
    {
        return std::ranges::any_of(m_relation.foreignKeys, [&](const rows::RelationForeignKey& key) {
            return key.columns.contains(m_column.name);
        });
    }
    bool isTemporal() const
    {
        using enum rows::ColumnFamily;
        const bool named =
            hasPart(m_parts, {"at"_L1, "date"_L1, "day"_L1, "time"_L1, "on"_L1, "birth"_L1, "until"_L1})
            || m_column.type.contains(u"date"_s, Qt::CaseInsensitive)
            || m_column.type.contains(u"timestamp"_s, Qt::CaseInsensitive);
        return m_column.family == Temporal
               || (m_relation.engine == Engine::Sqlite && named && m_column.family != Real);
    }

    void choose()
    {
        if (isNumbered())
            return set(RuleKind::Omit);
        if (refers())
            return set(RuleKind::Reference);
        if (!m_column.choices.isEmpty())
            return set(RuleKind::Choice, m_column.choices.join(u'|'));
        if (!m_hint.choices.isEmpty())
            return set(RuleKind::Choice, m_hint.choices.join(u'|'));
        if (rows::isUuid(m_column))
            return set(RuleKind::Uuid);
        if (m_column.type.startsWith(u"json"_s, Qt::CaseInsensitive))
            return set(RuleKind::Json);
        if (m_column.family == rows::ColumnFamily::Boolean
            || m_column.type.startsWith(u"bool"_s, Qt::CaseInsensitive) || m_parts.value(0) == u"is"
            || m_parts.value(0) == u"has")
            return set(RuleKind::Boolean);
        if (isTemporal())
            return chooseMoment();
        chooseByFamily();
    }

    void chooseMoment()
    {
        const bool born = hasPart(m_parts, {"birth"_L1, "birthday"_L1, "born"_L1, "dob"_L1});
        const QString days = born ? u"1950-01-01..2005-12-31"_s : usualDays;
        const QString type = m_column.type.toLower();
        if (type.startsWith(u"interval"_s))
            return set(RuleKind::Constant, u"1 day"_s);
        if (type.startsWith(u"time") && !type.startsWith(u"timestamp"))
            return set(RuleKind::Time);
        const bool day =
            type == u"date" || born
            || (m_relation.engine == Engine::Sqlite && hasPart(m_parts, {"date"_L1, "day"_L1, "on"_L1})
                && !type.contains(u"time"_s));
        set(day ? RuleKind::Date : RuleKind::Timestamp, days);
    }

    void chooseByFamily()
    {
        using enum rows::ColumnFamily;
        switch (m_column.family) {
        case Text: return chooseText();
        case Integer:
        case Real:
        case Numeric: return chooseNumber();
        case Binary: return set(RuleKind::Bytes);
        case Json:
        case Boolean:
        case Temporal:
        case Other: break;
        }
        if (m_relation.engine == Engine::Sqlite)
            return chooseText();
        if (m_column.hasDefault)
            return set(RuleKind::Omit);
        if (m_column.nullable)
            return set(RuleKind::Null);
        set(RuleKind::Constant, m_column.type.endsWith(u"[]"_s) ? u"{}"_s : QString());
    }

    void chooseText()
    {
        if (const NamedRule* rule = namedText(m_parts))
            return set(*rule);
        const auto length = lengthOf();
        if (m_parts.contains(u"name"_s)) {
            const QStringList people{u"user"_s,     u"users"_s,     u"person"_s,   u"people"_s,
                                     u"customer"_s, u"customers"_s, u"employee"_s, u"employees"_s,
                                     u"member"_s,   u"members"_s,   u"contacts"_s};
            const QStringList table = partsOf(m_table.name);
            return set(std::ranges::any_of(people, [&](const QString& word) { return table.contains(word); })
                           ? RuleKind::FullName
                           : RuleKind::Product);
        }
        if (m_column.hasDefault)
            return set(RuleKind::Omit);
        if (isKey())
            return set(RuleKind::Pattern, QString(std::min(length, 8), u'@'));
        set(length < 30 ? RuleKind::Word : RuleKind::Sentence);
    }

    void chooseNumber()
    {
        const NamedRule* rule = namedNumber(m_parts);
        const bool whole = m_column.family == rows::ColumnFamily::Integer;
        if (isKey() && whole)
            return set(RuleKind::Numbers);
        if (!rule && m_column.hasDefault)
            return set(RuleKind::Omit);
        if (rule && (!whole || rule->kind == RuleKind::Integer))
            return set(*rule);
        set(whole ? RuleKind::Integer : RuleKind::Decimal, whole ? u"1..1000"_s : u"1.00..1000.00"_s);
    }

    /// Of a text; many where the type does not say.
    int lengthOf() const
    {
        constexpr int many = 10'000;
        const int limit = textLimit(m_column);
        return limit > 0 ? limit : many;
    }

    /// What the type and the checks allow.
    void limit()
    {
        if (m_rule.kind == RuleKind::Country && lengthOf() < 12)
            m_rule.kind = RuleKind::CountryCode;
        if (m_rule.kind == RuleKind::Country && hasPart(m_parts, {"code"_L1}))
            m_rule.kind = RuleKind::CountryCode;
        if (m_rule.kind != RuleKind::Integer && m_rule.kind != RuleKind::Decimal)
            return;
        const auto span = spanOf(m_rule.detail);
        if (!span)
            return;
        // Limits for made-up values: the database checks them exactly.
        const double room = span->to.toDouble() - span->from.toDouble();
        double least = span->from.toDouble();
        double most = span->to.toDouble();
        if (m_hint.least && *m_hint.least > least) {
            least = *m_hint.least;
            most = std::max(most, least + room);
        }
        if (m_hint.most && *m_hint.most < most) {
            most = *m_hint.most;
            if (least > most)
                least = m_hint.least.value_or(most - room);
        }
        most = std::min(most, greatest());
        const int digits = m_rule.kind == RuleKind::Integer ? 0 : scale(*span);
        m_rule.detail = QString::number(least, 'f', digits) + u".."_s + QString::number(most, 'f', digits);
    }

    int scale(const Span& span) const
    {
        static const QRegularExpression precision(uR"(\(\d+,\s*(\d+)\))"_s);
        const auto match = precision.match(m_column.type);
        if (match.hasMatch())
            return std::min(match.captured(1).toInt(), 6);
        const qsizetype point = span.from.indexOf(u'.');
        return point < 0 ? 2 : static_cast<int>(span.from.size() - point - 1);
    }

    double greatest() const
    {
        static const QRegularExpression precision(uR"(\((\d+)(?:,\s*(\d+))?\))"_s);
        const auto match = precision.match(m_column.type);
        if (m_column.family == rows::ColumnFamily::Numeric && match.hasMatch()) {
            const int decimals = match.captured(2).toInt();
            return std::pow(10.0, match.captured(1).toInt() - decimals) - std::pow(10.0, -decimals);
        }
        return m_column.type == u"smallint" ? 32767 : 2147483647;
    }

    int nullShare() const
    {
        if (hasPart(m_parts, {"deleted"_L1, "cancelled"_L1, "canceled"_L1, "refunded"_L1, "archived"_L1}))
            return 90;
        const bool self =
            std::ranges::any_of(m_relation.foreignKeys, [&](const rows::RelationForeignKey& key) {
                return key.columns.contains(m_column.name) && key.targetTable == m_relation.name;
            });
        return self ? 30 : 10;
    }

    const schema::Table& m_table;
    const rows::Relation& m_relation;
    const rows::RelationColumn& m_column;
    QStringList m_parts;
    CheckHint m_hint;
    ColumnRule m_rule;
};

QList<QStringList> uniqueColumns(const schema::Table& table)
{
    QList<QStringList> unique;
    const auto add = [&](const QStringList& columns) {
        if (!columns.isEmpty() && !unique.contains(columns))
            unique += columns;
    };
    add(table.primaryKey());
    for (const schema::Constraint& constraint : table.constraints) {
        if (constraint.kind == schema::ConstraintKind::Unique)
            add(constraint.columns);
    }
    for (const schema::Index& index : table.indexes) {
        QStringList columns;
        for (const schema::IndexPart& part : index.parts)
            columns += part.column;
        if (index.unique && index.predicate.isEmpty() && !columns.contains(QString()))
            add(columns);
    }
    return unique;
}

}  // namespace

bool takesRule(const rows::RelationColumn& column)
{
    return !column.readOnly;
}

int textLimit(const rows::RelationColumn& column)
{
    static const QRegularExpression brackets(uR"(\((\d+)\))"_s);
    const auto match = brackets.match(column.type);
    return column.family == rows::ColumnFamily::Text && match.hasMatch() ? match.captured(1).toInt() : 0;
}

FillPlan proposedPlan(const schema::Database& database, const schema::Table& table)
{
    FillPlan plan{.relation = rows::relationIn(database, table), .rules = {}, .unique = uniqueColumns(table)};
    for (const rows::RelationColumn& column : std::as_const(plan.relation.columns))
        plan.rules += Proposal(table, plan.relation, column).make();
    return plan;
}

QString problemOf(const FillPlan& plan)
{
    bool some = false;
    for (const ColumnRule& rule : plan.rules) {
        const int at = plan.relation.indexOf(rule.column);
        if (at < 0)
            return Words::tr("%1 has no column %2.").arg(plan.relation.name, rule.column);
        const rows::RelationColumn& column = plan.relation.columns[at];
        if (rule.kind != RuleKind::Omit && !takesRule(column))
            return Words::tr("The database sets %1 itself.").arg(rule.column);
        if (rule.kind == RuleKind::Omit && !rows::mayBeLeftOut(column))
            return Words::tr("%1 has no default and takes no NULL: it needs a rule.").arg(rule.column);
        if ((rule.kind == RuleKind::Null || rule.nullShare > 0) && !column.nullable)
            return Words::tr("%1 takes no NULL.").arg(rule.column);
        if (const QString problem = problemOf(rule); !problem.isEmpty())
            return problem;
        some = some || rule.kind != RuleKind::Omit;
    }
    if (!some)
        return Words::tr("At least one column needs a rule.");
    return plan.rows < 1 ? Words::tr("How many rows?") : QString();
}

}  // namespace dewpoint::testdata
