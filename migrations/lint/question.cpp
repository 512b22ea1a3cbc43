// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/question.h"

#include "base/words.h"
#include "lint/table_questions.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

/// The renames as if each of them began at the names of before; `later`: what those tables are called then.
QList<ColumnRename> fromBefore(const QList<ColumnRename>& renames, QMap<RelationName, RelationName>& later)
{
    QMap<RelationName, RelationName> now;  // by today's name, where it is another one
    QList<ColumnRename> columns;
    for (const ColumnRename& rename : renames) {
        if (rename.from.isEmpty() && isGone(rename.to))
            continue;
        const RelationName was = now.value(rename.table, rename.table);
        if (!rename.from.isEmpty()) {
            columns.append({.table = was, .from = rename.from, .to = rename.to});
            continue;
        }
        now.remove(rename.table);
        now.insert({.schema = rename.schema, .name = rename.to}, was);
    }
    for (const auto& [name, was] : now.asKeyValueRange())
        later.insert(was, name);
    return columns;
}

/// As the schema would be if its columns, and the tables that are referred to, had their later names already.
schema::Database renamed(schema::Database database, const QList<ColumnRename>& renames,
                         const QMap<RelationName, RelationName>& later)
{
    for (const ColumnRename& rename : renames) {
        const auto table = std::ranges::find_if(database.tables, [&](const schema::Table& one) {
            return RelationName::of(one.schema, one.name) == rename.table;
        });
        if (table == database.tables.end())
            continue;
        for (schema::Column& column : table->columns)
            column.name = column.name == rename.from ? rename.to : column.name;
        for (schema::Constraint& constraint : table->constraints)
            constraint.columns.replaceInStrings(
                QRegularExpression(u"^%1$"_s.arg(QRegularExpression::escape(rename.from))), rename.to);
        for (schema::Index& index : table->indexes)
            for (schema::IndexPart& part : index.parts)
                part.column = part.column == rename.from ? rename.to : part.column;
    }
    for (schema::Table& table : database.tables) {
        for (schema::Constraint& constraint : table.constraints) {
            const auto target =
                later.constFind(RelationName::of(constraint.targetSchema, constraint.targetTable));
            if (target != later.constEnd() && !isGone(target->name))
                constraint.targetTable = target->name;
        }
    }
    return database;
}

/// What RowFlow tells of is in small letters on SQLite.
const schema::Table* tableOf(const schema::Database& database, const RelationName& name)
{
    const auto sensitivity = database.engine == Engine::Sqlite ? Qt::CaseInsensitive : Qt::CaseSensitive;
    const auto found = std::ranges::find_if(database.tables, [&](const schema::Table& one) {
        return RelationName::of(one.schema, one.name).shown().compare(name.shown(), sensitivity) == 0;
    });
    return found == database.tables.end() ? nullptr : &*found;
}

/// The same table afterwards. One that is called otherwise has not taken the name of another one's.
const schema::Table* next(const schema::Table& table, const schema::Database& after,
                          const QMap<RelationName, RelationName>& later)
{
    const RelationName name = RelationName::of(table.schema, table.name);
    if (later.contains(name))
        return tableOf(after, later.value(name));
    return later.values().contains(name) ? nullptr : tableOf(after, name);
}

}  // namespace

QString Question::sentence() const
{
    if (isHarmless())
        return text + Words::tr(" (nothing there is affected)");
    const QString counted = count < 0 ? text : text + u": "_s + countText.arg(QLocale().toString(count));
    return mended && count > 0 ? counted + Words::tr(", unless the migration itself puts them right")
                               : counted;
}

QList<Question> questionsOf(const schema::Database& before, const schema::Database& after,
                            const QList<ColumnRename>& renames)
{
    QList<Question> questions;
    QMap<RelationName, RelationName> later;
    const QList<ColumnRename> columns = fromBefore(renames, later);
    // What the scripts made themselves has no rows to ask, and what was moved aside is made anew.
    later.removeIf(
        [&](const auto& entry) { return !tableOf(before, entry.key()) || !tableOf(after, entry.value()); });
    for (const ColumnRename& rename : renames) {
        const bool gone = rename.from.isEmpty() && isGone(rename.to);
        if (const schema::Table* table = gone ? tableOf(before, rename.table) : nullptr)
            later.insert(RelationName::of(table->schema, table->name),
                         {.schema = rename.schema, .name = rename.to});
    }
    const schema::Database from = renamed(before, columns, later);
    for (const schema::Table& table : from.tables) {
        if (const schema::Table* now = next(table, after, later)) {
            questions += TableQuestions(from, after, table, *now, columns).all();
            continue;
        }
        const QString name = sql::quoted(table.schema, table.name);
        const RelationName own = RelationName::of(table.schema, table.name);
        const bool again = tableOf(after, own) && !later.values().contains(own);  // one that was renamed
        const QString text = again ? Words::tr("Drops the table %1 and makes another of that name")
                                   : Words::tr("Drops the table %1");
        questions.append({.means = Question::Means::Lost,
                          .code = u"drop-table"_s,
                          .schema = table.schema,
                          .table = table.name,
                          .comesAgain = again,
                          .text = text.arg(table.name),
                          .countSql = u"SELECT count(*) FROM "_s + name,
                          .countText = Words::tr("drops data: %1 rows")});
    }
    for (const schema::View& view : before.views) {
        if (view.materialized && !after.view(view.schema, view.name))
            questions.append({.means = Question::Means::Lost,
                              .code = u"drop-table"_s,
                              .schema = view.schema,
                              .table = view.name,
                              .text = Words::tr("Drops the materialised view %1").arg(view.name)});
    }
    return questions;
}

}  // namespace dewpoint::lint
