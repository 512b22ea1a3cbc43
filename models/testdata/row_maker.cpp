// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "testdata/row_maker.h"

#include "rows/row_key.h"
#include "testdata/invented.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::testdata {

namespace {

constexpr int mostTries = 25;
constexpr qint64 dayLength = 24 * 60 * 60;

/// What comes when in the life of a row.
int stageOf(const QString& column)
{
    static const QList<QStringList> stages{
        {u"birth"_s, u"born"_s, u"dob"_s},
        {u"creat"_s, u"regist"_s, u"order"_s, u"placed"_s, u"start"_s, u"begin"_s, u"from"_s, u"opened"_s,
         u"hired"_s, u"joined"_s},
        {u"confirm"_s, u"approv"_s, u"paid"_s},
        {u"pack"_s, u"ship"_s, u"sent"_s},
        {u"deliver"_s, u"receiv"_s, u"arriv"_s},
        {u"updat"_s, u"modif"_s, u"chang"_s, u"edited"_s},
        {u"end"_s, u"finish"_s, u"complet"_s, u"clos"_s, u"cancel"_s, u"refund"_s, u"expir"_s, u"until"_s,
         u"valid_to"_s, u"due"_s, u"left"_s},
        {u"delet"_s, u"archiv"_s},
    };
    const QString name = column.toLower();
    for (qsizetype i = stages.size() - 1; i >= 0; --i) {
        if (std::ranges::any_of(stages[i], [&](const QString& word) { return name.contains(word); }))
            return static_cast<int>(i);
    }
    return 1;
}

bool isMoment(RuleKind kind)
{
    return kind == RuleKind::Date || kind == RuleKind::Timestamp;
}

Value numberValue(const QString& text, const rows::RelationColumn& column, Engine engine, bool whole)
{
    if (engine == Engine::Postgres || column.family == rows::ColumnFamily::Text)
        return textValue(text);
    // A made-up number, which SQLite stores as a double: no digit of anybody's value is lost here.
    const double number = text.toDouble();
    // Numeric affinity keeps 57.0 as 57 (SQLite manual, "Type Affinity"), so that is what a preview shows.
    constexpr double largest = 9e15;
    const bool exact = column.family == rows::ColumnFamily::Numeric && number == std::floor(number)
                       && std::abs(number) < largest;
    if (whole)
        return text.toLongLong();
    return exact ? Value(static_cast<qint64>(number)) : Value(number);
}

Value momentValue(qint64 seconds, RuleKind kind, const rows::RelationColumn& column, Engine engine)
{
    if (engine == Engine::Sqlite && column.family == rows::ColumnFamily::Integer)
        return seconds;
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC);
    if (kind == RuleKind::Date)
        return textValue(moment.date().toString(Qt::ISODate));
    const QString zone = column.type.endsWith(u"with time zone"_s) ? u"+00"_s : QString();
    return textValue(moment.toString(u"yyyy-MM-dd HH:mm:ss"_s) + zone);
}

}  // namespace

RowMaker::RowMaker(const FillPlan& plan, FillContext context)
    : m_plan(plan), m_context(std::move(context)), m_seen(static_cast<size_t>(plan.unique.size()))
{
    for (int i = 0; i < plan.rules.size(); ++i) {
        if (plan.rules[i].kind != RuleKind::Omit)
            m_columns += i;
        if (isMoment(plan.rules[i].kind))
            m_moments += i;
        m_lengths.insert(i, textLimit(plan.relation.columns[i]));
    }
    std::ranges::stable_sort(m_moments, {}, [&](int column) { return stageOf(plan.rules[column].column); });
    for (const rows::RelationForeignKey& key : plan.relation.foreignKeys)
        m_oneToOne += plan.unique.contains(key.columns);
}

void RowMaker::setTargets(int foreignKey, std::vector<std::vector<Value>> rows)
{
    m_context.targets[static_cast<size_t>(foreignKey)] = std::move(rows);
}

void RowMaker::make(qint64 row, int attempt, std::vector<Value>& values)
{
    Cells cells;
    for (int i = 0; i < mostTries; ++i) {
        cells.assign(static_cast<size_t>(m_plan.rules.size()), std::nullopt);
        fill(row, attempt * mostTries + i, cells);
        if (isNew(cells))
            break;
    }
    remember(cells);
    values.clear();
    for (const int column : m_columns)
        values.push_back(cells[static_cast<size_t>(column)].value_or(Null{}));
}

void RowMaker::fill(qint64 row, int attempt, Cells& cells)
{
    for (int i = 0; i < m_plan.rules.size(); ++i) {
        const ColumnRule& rule = m_plan.rules[i];
        if (rule.kind == RuleKind::Omit || rule.kind == RuleKind::Reference)
            continue;
        Dice dice(m_plan.seed, (u"null:"_s + rule.column).toUtf8(), row, attempt);
        if (rule.kind == RuleKind::Null || dice.happens(rule.nullShare))
            cells[static_cast<size_t>(i)] = Null{};
        else if (!isMoment(rule.kind))
            cells[static_cast<size_t>(i)] = made(i, row, attempt);
    }
    tellMoments(row, attempt, cells);
    for (int i = 0; i < m_plan.relation.foreignKeys.size(); ++i)
        refer(i, row, attempt, cells);
}

void RowMaker::refer(int foreignKey, qint64 row, int attempt, Cells& cells)
{
    const rows::RelationForeignKey& key = m_plan.relation.foreignKeys[foreignKey];
    QList<int> open;
    int nullShare = 0;
    bool nullable = false;
    for (const QString& name : key.columns) {
        const int at = m_plan.relation.indexOf(name);
        if (at < 0 || m_plan.rules[at].kind != RuleKind::Reference || cells[static_cast<size_t>(at)])
            continue;
        open += at;
        nullShare = std::max(nullShare, m_plan.rules[at].nullShare);
        nullable = nullable || m_plan.relation.columns[at].nullable;
    }
    if (open.isEmpty())
        return;
    Dice dice(m_plan.seed, (u"null:"_s + key.columns.join(u',')).toUtf8(), row, attempt);
    const std::vector<Value>* target =
        nullable && dice.happens(nullShare) ? nullptr : chosenTarget(foreignKey, row, attempt, cells);
    const bool itself = !target && !nullable && key.targetTable == m_plan.relation.name;
    for (qsizetype i = 0; i < key.columns.size(); ++i) {
        const int at = m_plan.relation.indexOf(key.columns[i]);
        if (!open.contains(at))
            continue;
        if (target)
            cells[static_cast<size_t>(at)] = (*target)[static_cast<size_t>(i)];
        else if (const int own = m_plan.relation.indexOf(key.targetColumns.value(i)); itself && own >= 0)
            cells[static_cast<size_t>(at)] = cells[static_cast<size_t>(own)];
        else if (m_plan.relation.columns[at].nullable)
            cells[static_cast<size_t>(at)] = Null{};
    }
}

/// One whose values agree with those that another key or rule has set already.
const std::vector<Value>* RowMaker::chosenTarget(int foreignKey, qint64 row, int attempt,
                                                 const Cells& cells) const
{
    const auto& targets = m_context.targets[static_cast<size_t>(foreignKey)];
    const rows::RelationForeignKey& key = m_plan.relation.foreignKeys[foreignKey];
    if (targets.empty())
        return nullptr;
    const bool once = m_oneToOne[foreignKey];
    Dice dice(m_plan.seed, key.columns.join(u',').toUtf8(), once ? 0 : row, once ? 0 : attempt);
    const size_t first =
        dice.next() % targets.size() + (once ? static_cast<size_t>(row + attempt * m_plan.rows) : size_t{0});
    for (size_t step = 0; step < targets.size(); ++step) {
        const std::vector<Value>& target = targets[(first + step) % targets.size()];
        bool agrees = true;
        for (qsizetype i = 0; i < key.columns.size() && agrees; ++i) {
            const auto& cell = cells[static_cast<size_t>(m_plan.relation.indexOf(key.columns[i]))];
            agrees = !cell || displayText(*cell) == displayText(target[static_cast<size_t>(i)]);
        }
        if (agrees)
            return &target;
    }
    return nullptr;
}

/// Nothing is shipped before it was ordered.
void RowMaker::tellMoments(qint64 row, int attempt, Cells& cells) const
{
    constexpr qint64 longest = 30 * dayLength;
    std::optional<qint64> before;
    for (const int column : m_moments) {
        auto& cell = cells[static_cast<size_t>(column)];
        const ColumnRule& rule = m_plan.rules[column];
        const auto span = spanOf(rule.detail);
        if (cell || !span)
            continue;
        const qint64 least = momentOf(span->from).value_or(0);
        const qint64 most = std::max(least, momentOf(span->to).value_or(0) + dayLength - 1);
        Dice dice(m_plan.seed, rule.column.toUtf8(), row, attempt);
        qint64 moment = dice.between(least, most);
        const bool later = stageOf(rule.column) > 0;  // a birthday says nothing of what follows
        if (later && before && *before <= most && *before >= least)
            moment = dice.between(*before, std::min(most, *before + longest));
        if (later)
            before = moment;
        cell = momentValue(moment, rule.kind, m_plan.relation.columns[column], m_plan.relation.engine);
        // The day alone: what follows on it must not lie before its midnight.
        if (later && rule.kind == RuleKind::Date)
            before = moment - moment % dayLength + dayLength;
    }
}

Value RowMaker::made(int column, qint64 row, int attempt) const
{
    const ColumnRule& rule = m_plan.rules[column];
    const rows::RelationColumn& known = m_plan.relation.columns[column];
    const Engine engine = m_plan.relation.engine;
    Dice dice(m_plan.seed, rule.column.toUtf8(), row, attempt);
    switch (rule.kind) {
    case RuleKind::Numbers: {
        const qint64 first =
            rule.detail.isEmpty() ? m_context.firstNumbers.value(column, 1) : rule.detail.toLongLong();
        return numberValue(QString::number(first + row + attempt * m_plan.rows), known, engine, true);
    }
    case RuleKind::Integer: {
        const Span span = spanOf(rule.detail).value_or(Span{});
        const qint64 number = dice.between(span.from.toLongLong(), span.to.toLongLong());
        return numberValue(QString::number(number), known, engine, true);
    }
    case RuleKind::Decimal: {
        const Span span = spanOf(rule.detail).value_or(Span{});
        const qsizetype point = span.from.indexOf(u'.');
        const int digits = point < 0 ? 0 : static_cast<int>(span.from.size() - point - 1);
        constexpr quint64 steps = 1'000'000'000;
        const double share = static_cast<double>(dice.below(steps + 1)) / static_cast<double>(steps);
        // Where in the span does not matter to the last digit.
        const double least = span.from.toDouble();
        return numberValue(QString::number(least + share * (span.to.toDouble() - least), 'f', digits), known,
                           engine, false);
    }
    case RuleKind::Boolean:
        if (engine == Engine::Sqlite)
            return static_cast<qint64>(dice.below(2));
        return textValue(dice.below(2) == 1 ? u"true"_s : u"false"_s);
    case RuleKind::Bytes: {
        QByteArray bytes;
        for (int i = 0; i < 16; ++i)
            bytes += static_cast<char>(dice.below(256));
        return Blob{bytes};
    }
    case RuleKind::Choice:
    case RuleKind::Constant: {
        const QString chosen =
            rule.kind == RuleKind::Constant ? rule.detail : dice.of(rule.detail.split(u'|'));
        bool number = false;
        const qint64 whole = chosen.toLongLong(&number);
        return number && engine == Engine::Sqlite && rows::readsAsNumber(known) ? Value(whole)
                                                                                : textValue(chosen);
    }
    default: break;
    }
    QString out = text(rule, row, attempt, dice);
    if (const int length = m_lengths.value(column); length > 0)
        out.truncate(length);
    return textValue(out);
}

QString RowMaker::text(const ColumnRule& rule, qint64 row, int attempt, Dice& dice) const
{
    // One person a row, whichever columns tell of them.
    Dice who(m_plan.seed, "person", row, attempt);
    const Person someone = person(who);
    const qint64 number = attempt == 0 ? -1 : row + 1 + attempt * m_plan.rows;
    switch (rule.kind) {
    case RuleKind::FirstName: return someone.first;
    case RuleKind::LastName: return someone.last;
    case RuleKind::FullName: return someone.first + u' ' + someone.last;
    case RuleKind::Email: return email(someone, number, dice);
    case RuleKind::UserName: return userName(someone, number);
    case RuleKind::Phone: return patterned(u"+1 555 ### ####"_s, dice);
    case RuleKind::Company: return company(dice);
    case RuleKind::Product: return product(dice);
    case RuleKind::Street: return street(dice);
    case RuleKind::City: return city(dice);
    case RuleKind::PostalCode: return patterned(u"#####"_s, dice);
    case RuleKind::Country:
    case RuleKind::CountryCode: {
        // The country and its code in one row are of the same place.
        Dice where(m_plan.seed, "country", row, attempt);
        return country(where, rule.kind == RuleKind::CountryCode);
    }
    case RuleKind::Url: return u"https://example.org/"_s + word(dice) + patterned(u"-####"_s, dice);
    case RuleKind::Word: return attempt == 0 ? word(dice) : word(dice) + QString::number(number);
    case RuleKind::Sentence: return sentence(dice);
    case RuleKind::Paragraph: return paragraph(dice);
    case RuleKind::Pattern: return patterned(rule.detail, dice);
    case RuleKind::Uuid: return uuid(dice);
    case RuleKind::Json: {
        const qint64 rank = dice.between(1, 100);
        return uR"({"label": "%1", "rank": %2})"_s.arg(word(dice), QString::number(rank));
    }
    case RuleKind::Time:
        return QTime::fromMSecsSinceStartOfDay(static_cast<int>(dice.below(86400)) * 1000)
            .toString(u"HH:mm:ss"_s);
    default: return {};
    }
}

QByteArray RowMaker::keyOf(const QStringList& columns, const Cells& cells) const
{
    rows::RowKey key;
    for (const QString& name : columns) {
        const int at = m_plan.relation.indexOf(name);
        const std::optional<Value> cell = at < 0 ? std::nullopt : cells[static_cast<size_t>(at)];
        if (!cell || isNull(*cell))
            return {};
        key.values.push_back(*cell);
    }
    return encoded(key);
}

bool RowMaker::isNew(const Cells& cells) const
{
    for (size_t i = 0; i < m_seen.size(); ++i) {
        const QByteArray key = keyOf(m_plan.unique[static_cast<qsizetype>(i)], cells);
        if (!key.isEmpty() && m_seen[i].contains(key))
            return false;
    }
    return true;
}

void RowMaker::remember(const Cells& cells)
{
    for (size_t i = 0; i < m_seen.size(); ++i) {
        if (const QByteArray key = keyOf(m_plan.unique[static_cast<qsizetype>(i)], cells); !key.isEmpty())
            m_seen[i].insert(key);
    }
}

}  // namespace dewpoint::testdata
