// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/kept_sql.h"

#include "base/words.h"
#include "rows/view_spec_json.h"
#include "sql/statements.h"
#include "store/connections.h"
#include "store/json_file.h"
#include "store/recent_sql.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::store {

namespace {

void add(QList<KeptSql>& list, KeptSql kept)
{
    if (isAboutRows(kept.sql) && !std::ranges::contains(list, kept.sql, &KeptSql::sql))
        list.append(std::move(kept));
}

void addTab(QList<KeptSql>& list, const QJsonObject& state, Engine engine)
{
    const QString text = state[u"text"_s].toString();
    for (const sql::Statement& statement : sql::split(text, engine))
        add(list, {.kind = KeptSql::Kind::Tab,
                   .title = Words::tr("%1, line %2").arg(state[u"title"_s].toString()).arg(statement.line),
                   .sql = text.mid(statement.start, statement.length)});
}

/// What the view needs of its table: the columns that it filters and sorts by, and its condition.
QString sqlOf(const rows::ViewSpec& spec, const QString& schemaName, const QString& name)
{
    QStringList columns;
    for (const rows::Filter& filter : spec.filters)
        columns << sql::quoted(filter.column);
    for (const rows::SortKey& sort : spec.sorts)
        columns << sql::quoted(sort.column);
    columns.removeDuplicates();
    // On lines of its own, as a page has it: a comment at its end does not swallow the rest.
    QStringList where;
    for (const rows::Condition& condition : spec.conditions) {
        if (!condition.sql.trimmed().isEmpty())
            where += u"(\n"_s + condition.sql.trimmed() + u"\n)"_s;
    }
    return u"SELECT %1 FROM %2"_s.arg(columns.isEmpty() ? u"1"_s : columns.join(u", "_s),
                                      sql::quoted(schemaName, name))
           + (where.isEmpty() ? QString() : u" WHERE "_s + where.join(u" AND "_s));
}

void addViews(QList<KeptSql>& list, const QString& place, const QJsonObject& views)
{
    const QString schemaName = place.section(u'.', 0, 0);
    const QString name = place.section(u'.', 1);
    for (auto view = views.begin(); view != views.end(); ++view) {
        const rows::ViewSpec spec = rows::viewSpecFrom(view->toObject()[u"view"_s].toObject());
        add(list, {.kind = KeptSql::Kind::View,
                   .title = Words::tr("%1 of %2").arg(view.key(), name),
                   .sql = sqlOf(spec, schemaName, name)});
    }
}

}  // namespace

QString kindName(KeptSql::Kind kind)
{
    switch (kind) {
    case KeptSql::Kind::Tab: return u"tab"_s;
    case KeptSql::Kind::View: return u"view"_s;
    case KeptSql::Kind::Recent: break;
    }
    return u"recent"_s;
}

QList<KeptSql> keptSql(const drivers::Target& target)
{
    QList<KeptSql> list;
    const QJsonObject workspace = readJson(workspaceFile(target)).value_or(QJsonObject());
    const QJsonArray pages = workspace[u"pages"_s].toArray();
    for (const auto page : pages) {
        if (page[u"kind"_s].toString() == "query"_L1)
            addTab(list, page[u"state"_s].toObject(), target.engine);
    }
    const QJsonObject views = workspace[u"views"_s].toObject();
    for (auto table = views.begin(); table != views.end(); ++table)
        addViews(list, table.key(), table->toObject());
    for (const RecentSql& recent : recentSql(target))
        add(list, {.kind = KeptSql::Kind::Recent, .title = {}, .sql = recent.sql});
    return list;
}

}  // namespace dewpoint::store
