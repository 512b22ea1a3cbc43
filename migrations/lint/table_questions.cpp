// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/table_questions.h"

#include "base/words.h"
#include "lint/pg_type.h"
#include "lint/tree.h"
#include "sql/lexer.h"

#include <QRegularExpression>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

/// The value that a type begins with, to offer; empty where none is natural.
QString beginningOf(const schema::Column& column, Engine engine)
{
    if (column.defaultSql)
        return *column.defaultSql;
    const QString type = engine == Engine::Postgres ? typeOfText(column.type).name : column.type.toLower();
    static const QRegularExpression text(u"char|text|clob"_s);
    static const QRegularExpression number(u"int|num|dec|real|float|doub"_s);
    if (type.contains("interval"_L1))
        return {};
    if (type == "bool"_L1 || type == "boolean"_L1)
        return engine == Engine::Postgres ? u"false"_s : u"0"_s;
    return text.match(type).hasMatch() ? u"''"_s : number.match(type).hasMatch() ? u"0"_s : QString();
}

/// Whether what is in the column gives way to something computed.
bool loses(const schema::Column& before, const schema::Column& after)
{
    return before.generated == schema::Generated::None && after.generated != schema::Generated::None;
}

/// The condition of a CHECK as the catalog has it.
QString conditionOf(const schema::Constraint& constraint, Engine engine)
{
    if (engine == Engine::Sqlite)
        return constraint.definition;
    static const QRegularExpression pattern(u"^CHECK \\((.*)\\)(?: NO INHERIT)?(?: NOT VALID)?$"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    return pattern.match(constraint.definition).captured(1);
}

/// As nextToken() finds it, in the case in which the engine compares it.
QString nameOf(const sql::Token& token, const QString& text, Engine engine)
{
    const bool isQuoted = token.kind == sql::TokenKind::QuotedName;
    const QString name = isQuoted ? text.sliced(1).chopped(1) : text;
    return isQuoted && engine == Engine::Postgres ? name : name.toLower();
}

/// The text with other names in it; what is called is no column.
QString withNames(const QString& sql, const QHash<QString, QString>& names, Engine engine)
{
    QString written;
    for (sql::Token token = sql::nextToken(sql, 0, engine); token.kind != sql::TokenKind::End;
         token = sql::nextToken(sql, token.start + token.length, engine)) {
        const QString text = token.text(sql).toString();
        const bool isCalled = QStringView(sql).sliced(token.start + token.length).trimmed().startsWith(u'(');
        const bool isName =
            token.kind == sql::TokenKind::QuotedName || (token.kind == sql::TokenKind::Word && !isCalled);
        written += isName ? names.value(nameOf(token, text, engine), text) : text;
    }
    return written;
}

QStringList expressionsOf(const schema::Index& index)
{
    QStringList list;
    for (const schema::IndexPart& part : index.parts)
        list.append(part.column.isEmpty() ? part.expression : part.column);
    return list;
}

}  // namespace

Question& TableQuestions::add(Question::Means means, const QString& code, const QString& text)
{
    m_questions.append(
        {.means = means, .code = code, .schema = m_before.schema, .table = m_before.name, .text = text});
    return m_questions.last();
}

Question& TableQuestions::addRows(const QString& code, const QString& text, const QString& condition,
                                  const QString& countText)
{
    Question& question = add(Question::Means::Blocks, code, text);
    question.rows = condition;
    question.countSql = u"SELECT count(*) FROM %1 WHERE %2"_s.arg(tableName(), condition);
    question.countText = countText;
    return question;
}

QString TableQuestions::live(const QString& column) const
{
    QString name = column;
    for (const ColumnRename& rename : m_renames | std::views::reverse) {
        if (rename.table == RelationName::of(m_before.schema, m_before.name) && rename.to == name)
            name = rename.from;
    }
    return sql::quoted(name);
}

QString TableQuestions::liveInTable(const QString& column) const
{
    return sql::quoted(m_before.name) + u'.' + live(column);
}

QString TableQuestions::liveText(const QString& sql, Named named) const
{
    QHash<QString, QString> names;
    for (const schema::Column& column : m_after.columns) {
        const QString then = live(column.name);
        if (then == sql::quoted(column.name))
            continue;
        const QString key = named == Named::Afterwards ? column.name : then.sliced(1).chopped(1);
        names.insert(m_from.engine == Engine::Sqlite ? key.toLower() : key, then);
    }
    return names.isEmpty() ? sql : withNames(sql, names, m_from.engine);
}

bool TableQuestions::wasThere(const QStringList& names) const
{
    return std::ranges::all_of(names, [&](const QString& name) { return m_before.column(name); });
}

bool TableQuestions::hadConstraint(const schema::Constraint& constraint) const
{
    return std::ranges::any_of(m_before.constraints, [&](const schema::Constraint& old) {
        const bool same = constraint.kind == schema::ConstraintKind::ForeignKey
                              ? old.columns == constraint.columns && old.targetTable == constraint.targetTable
                              : liveText(conditionOf(old, m_from.engine), Named::Now)
                                        == liveText(conditionOf(constraint, m_from.engine), Named::Afterwards)
                                    && old.columns == constraint.columns;
        return old.kind == constraint.kind && same && (old.validated || !constraint.validated);
    });
}

QList<Question> TableQuestions::all()
{
    columns();
    keys();
    constraints();
    return m_questions;
}

void TableQuestions::columns()
{
    for (const schema::Column& column : m_before.columns) {
        const QString name = shown(column.name);
        const schema::Column* next = m_after.column(column.name);
        if (!next || loses(column, *next)) {
            lose(column);
            continue;
        }
        if (next->type != column.type)
            type(column, *next);
        else if (m_from.engine == Engine::Postgres)
            labels(column);
        if (!next->notNull || column.notNull || next->generated != schema::Generated::None)
            continue;
        Question& blocked =
            addRows(u"set-not-null"_s, Words::tr("Makes %1 NOT NULL").arg(name),
                    live(column.name) + u" IS NULL"_s, Words::tr("%1 rows hold NULL now and block it"));
        if (const QString value = beginningOf(*next, m_from.engine); !value.isEmpty())
            blocked.backfill =
                u"UPDATE %1 SET %2 = %3 WHERE %2 IS NULL;"_s.arg(tableName(), live(column.name), value);
    }
    for (const schema::Column& column : m_after.columns) {
        if (!m_before.column(column.name))
            newColumn(column);
    }
}

/// What is in it goes, whether or not there is a column of that name afterwards.
void TableQuestions::lose(const schema::Column& column)
{
    const QString name = QString(column.name).remove(QChar(QChar::Null));  // as before lint::goneName()
    const schema::Column* other = m_after.column(name);
    const bool wasComputed = column.generated != schema::Generated::None;
    if (other && wasComputed)
        return;  // nobody's values
    const QString text = !other ? Words::tr("Drops the column %1")
                         : other->generated != schema::Generated::None
                             ? Words::tr("Computes the column %1 from now on")
                             : Words::tr("Drops the column %1 and adds another of that name");
    Question& lost = add(Question::Means::Lost, u"drop-column"_s, text.arg(shown(name)));
    lost.column = name;
    lost.comesAgain = other != nullptr;
    lost.countSql = u"SELECT count(%1) FROM %2"_s.arg(live(column.name), tableName());
    lost.countText = Words::tr("drops data: %1 non-null values");
}

void TableQuestions::newColumn(const schema::Column& column)
{
    const bool given = column.defaultSql || column.generated != schema::Generated::None
                       || column.identity != schema::Identity::None || !column.notNull;
    if (given)
        return;
    Question& blocked = add(Question::Means::Blocks, u"add-not-null-without-default"_s,
                            Words::tr("Adds %1 NOT NULL without a default").arg(shown(column.name)));
    blocked.countSql = u"SELECT count(*) FROM "_s + tableName();
    blocked.countText = Words::tr("%1 rows have no value for it and block it");
}

void TableQuestions::keys()
{
    const auto wasUnique = [&](const QStringList& columns, const QString& predicate) {
        return std::ranges::any_of(m_before.indexes,
                                   [&](const schema::Index& index) {
                                       return index.unique && expressionsOf(index) == columns
                                              && liveText(index.predicate, Named::Now)
                                                     == liveText(predicate, Named::Afterwards);
                                   })
               || m_before.primaryKey() == columns;
    };
    QList<QStringList> asked;
    for (const schema::Index& index : m_after.indexes) {
        const QStringList list = expressionsOf(index);
        if (!index.unique || wasUnique(list, index.predicate))
            continue;
        asked.append(list);
        unique(list, index.predicate, index.name);
    }
    const QStringList key = m_after.primaryKey();
    if (!key.isEmpty() && !asked.contains(key) && !wasUnique(key, {}))
        unique(key, {}, {});
}

void TableQuestions::unique(const QStringList& expressions, const QString& predicate, const QString& name)
{
    QStringList written;
    for (const QString& expression : expressions) {
        const bool isColumn = m_after.column(expression) != nullptr;
        if (isColumn && !m_before.column(expression))
            return;  // a new column: there is nothing that could be doubled yet
        written.append(isColumn ? live(expression) : u'(' + expression + u')');
    }
    const QString list = written.join(u", "_s);
    const QString only = liveText(predicate, Named::Afterwards);
    const QString where = only.isEmpty() ? QString() : u" WHERE "_s + only;
    QString condition =
        u"(%1) IN (SELECT %1 FROM %2%3 GROUP BY %1 HAVING count(*) > 1)"_s.arg(list, tableName(), where);
    if (!only.isEmpty())
        condition += u" AND ("_s + only + u')';
    Q_UNUSED(name)
    addRows(u"add-unique"_s, Words::tr("Makes %1 unique").arg(shown(expressions.join(u", "_s))), condition,
            Words::tr("%1 rows share their value with another"));
}

void TableQuestions::constraints()
{
    for (const schema::Constraint& constraint : m_after.constraints) {
        if (!constraint.validated || hadConstraint(constraint) || !wasThere(constraint.columns))
            continue;
        if (constraint.kind == schema::ConstraintKind::ForeignKey)
            foreignKey(constraint);
        else if (constraint.kind == schema::ConstraintKind::Check)
            check(constraint);
        else if (constraint.kind == schema::ConstraintKind::Exclusion)
            exclusion(constraint);
    }
}

void TableQuestions::foreignKey(const schema::Constraint& constraint)
{
    const QString targetSchema =
        constraint.targetSchema.isEmpty() ? m_before.schema : constraint.targetSchema;
    const schema::Table* target = m_to.table(targetSchema, constraint.targetTable);
    const bool isThere = m_from.table(targetSchema, constraint.targetTable) != nullptr;
    const QStringList keys = !constraint.targetColumns.isEmpty() ? constraint.targetColumns
                             : target                            ? target->primaryKey()
                                                                 : QStringList();
    if (keys.size() != constraint.columns.size() || keys.isEmpty())
        return;
    QStringList given;
    QStringList equal;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const QString column = liveInTable(constraint.columns[i]);
        given.append(column + u" IS NOT NULL"_s);
        equal.append(u"dewpoint_target.%1 = %2"_s.arg(sql::quoted(keys[i]), column));
    }
    QString condition = given.join(u" AND "_s);
    if (isThere)
        condition += u" AND NOT EXISTS (SELECT 1 FROM %1 AS dewpoint_target WHERE %2)"_s.arg(
            sql::quoted(targetSchema, constraint.targetTable), equal.join(u" AND "_s));
    const QString name = shown(constraint.columns.join(u", "_s));
    Question& blocked =
        addRows(u"add-foreign-key"_s, Words::tr("Makes %1 refer to %2").arg(name, constraint.targetTable),
                condition, Words::tr("%1 rows refer to no row there"));
    blocked.mended = !isThere;  // a table that is filled by the migration itself
}

void TableQuestions::check(const schema::Constraint& constraint)
{
    const QString condition = conditionOf(constraint, m_from.engine);
    if (condition.isEmpty())
        return;
    addRows(u"add-check"_s, Words::tr("Demands of %1: %2").arg(m_before.name, condition),
            u"NOT (%1)"_s.arg(liveText(condition, Named::Afterwards)),
            Words::tr("%1 rows do not satisfy it"));
}

void TableQuestions::exclusion(const schema::Constraint& constraint)
{
    const auto parsed = parseTree(u"ALTER TABLE t ADD "_s + constraint.definition);
    if (!parsed || parsed->isEmpty() || m_from.engine != Engine::Postgres)
        return;
    const QJsonArray commands = parsed->first().node[u"cmds"].toArray();
    const QJsonArray parts = commands[0][u"AlterTableCmd"][u"def"][u"Constraint"][u"exclusions"].toArray();
    QStringList collide{u"dewpoint_other.ctid <> %1.ctid"_s.arg(sql::quoted(m_before.name))};
    for (const auto& part : parts) {
        const QJsonArray pair = part[u"List"][u"items"].toArray();
        const QString column = pair[0][u"IndexElem"][u"name"].toString();
        if (column.isEmpty())
            return;
        collide.append(u"dewpoint_other.%1 %2 %3"_s.arg(
            live(column), strings(pair[1][u"List"][u"items"]).value(0), liveInTable(column)));
    }
    addRows(
        u"add-exclusion"_s, Words::tr("Forbids colliding rows of %1").arg(m_before.name),
        u"EXISTS (SELECT 1 FROM %1 AS dewpoint_other WHERE %2)"_s.arg(tableName(), collide.join(u" AND "_s)),
        Words::tr("%1 rows collide with another"));
}

}  // namespace dewpoint::lint
