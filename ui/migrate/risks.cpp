// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/risks.h"

#include "base/words.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

void addColumnRisks(QList<Risk>& risks, const schema::Table& before, const schema::Table& after)
{
    const QString table = sql::quoted(before.schema, before.name);
    for (const schema::Column& column : before.columns) {
        const QString name = sql::quoted(column.name);
        const QString shown = before.name + u'.' + column.name;
        const schema::Column* next = after.column(column.name);
        if (!next) {
            risks.append({Words::tr("Drops the column %1").arg(shown),
                          u"SELECT count(%1) FROM %2"_s.arg(name, table),
                          Words::tr("drops data: %1 non-null values")});
            continue;
        }
        if (next->type != column.type)
            risks.append(
                {Words::tr("Changes the type of %1 from %2 to %3").arg(shown, column.type, next->type),
                 u"SELECT count(%1) FROM %2"_s.arg(name, table), Words::tr("%1 values are converted")});
        if (next->notNull && !column.notNull)
            risks.append({Words::tr("Makes %1 NOT NULL").arg(shown),
                          u"SELECT count(*) FROM %2 WHERE %1 IS NULL"_s.arg(name, table),
                          Words::tr("%1 rows hold NULL now and may block it")});
    }
    for (const schema::Column& column : after.columns)
        if (!before.column(column.name) && column.notNull && !column.defaultSql
            && column.generated == schema::Generated::None && column.identity == schema::Identity::None)
            risks.append(
                {Words::tr("Adds %1 NOT NULL without a default").arg(before.name + u'.' + column.name),
                 u"SELECT count(*) FROM "_s + table,
                 Words::tr("%1 rows have no value for it and may block it")});
}

}  // namespace

QString Risk::sentence() const
{
    if (isHarmless())
        return text + Words::tr(" (nothing there is affected)");
    return count < 0 ? text : text + u": "_s + countText.arg(QLocale().toString(count));
}

QList<Risk> risksOf(const schema::Database& before, const schema::Database& after)
{
    QList<Risk> risks;
    for (const schema::Table& table : before.tables) {
        if (const schema::Table* next = after.table(table.schema, table.name))
            addColumnRisks(risks, table, *next);
        else
            risks.append({Words::tr("Drops the table %1").arg(table.name),
                          u"SELECT count(*) FROM "_s + sql::quoted(table.schema, table.name),
                          Words::tr("drops data: %1 rows")});
    }
    for (const schema::View& view : before.views)
        if (view.materialized && !after.view(view.schema, view.name))
            risks.append({.text = Words::tr("Drops the materialised view %1").arg(view.name)});
    return risks;
}

void countRisks(drivers::Connection& live, QList<Risk>& risks)
{
    for (Risk& risk : risks) {
        if (risk.countSql.isEmpty())
            continue;
        const Result<Value> counted = live.scalar(risk.countSql);
        if (!counted)
            continue;
        bool isNumber = false;
        const qint64 count = displayText(*counted).toLongLong(&isNumber);
        risk.count = isNumber ? count : -1;
    }
}

}  // namespace dewpoint::migrate
