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

/// As the schema would be if its columns had their later names already.
schema::Database renamed(schema::Database database, const QList<ColumnRename>& renames)
{
    for (const ColumnRename& rename : renames) {
        const auto table = std::ranges::find_if(database.tables, [&](const schema::Table& one) {
            return RelationName::of(one.schema, one.name) == rename.table;
        });
        if (table == database.tables.end() || rename.from.isEmpty())
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
    return database;
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
    const schema::Database from = renamed(before, renames);
    for (const schema::Table& table : from.tables) {
        if (const schema::Table* next = after.table(table.schema, table.name)) {
            questions += TableQuestions(from, after, table, *next, renames).all();
            continue;
        }
        const QString name = sql::quoted(table.schema, table.name);
        questions.append({.means = Question::Means::Lost,
                          .code = u"drop-table"_s,
                          .schema = table.schema,
                          .table = table.name,
                          .text = Words::tr("Drops the table %1").arg(table.name),
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
