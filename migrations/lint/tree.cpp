// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/tree.h"

#include <QJsonDocument>

#include <pg_query.h>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

/// A statement that EXECUTE runs, where it is one literal.
QString literalOf(const QString& expression)
{
    const auto select = parseTree(u"SELECT "_s + expression);
    if (!select || select->size() != 1)
        return {};
    const QJsonArray targets = select->first().node[u"targetList"].toArray();
    return targets.size() != 1 ? QString()
                               : targets[0][u"ResTarget"][u"val"][u"A_Const"][u"sval"][u"sval"].toString();
}

QString queryOf(const QJsonValue& expression)
{
    return expression[u"PLpgSQL_expr"][u"query"].toString();
}

}  // namespace

Result<QList<Tree>> parseTree(const QString& sql)
{
    const PgQueryParseResult parsed = pg_query_parse(sql.toUtf8().constData());
    const QByteArray json(parsed.parse_tree);
    const QString problem = parsed.error ? QString::fromUtf8(parsed.error->message) : QString();
    pg_query_free_parse_result(parsed);
    if (!problem.isEmpty())
        return fail(ErrorKind::InvalidInput, problem);
    QList<Tree> trees;
    const QJsonArray statements = QJsonDocument::fromJson(json)[u"stmts"].toArray();
    for (const auto& statement : statements) {
        const QJsonObject node = statement[u"stmt"].toObject();
        if (!node.isEmpty())
            trees.append({.kind = node.begin().key(), .node = node.begin().value().toObject()});
    }
    return trees;
}

QStringList bodyStatements(const QString& statement)
{
    const PgQueryPlpgsqlParseResult parsed = pg_query_parse_plpgsql(statement.toUtf8().constData());
    const QByteArray json(parsed.error ? "" : parsed.plpgsql_funcs);
    pg_query_free_plpgsql_parse_result(parsed);
    QStringList found;
    const auto collect = [&](const QString& kind, const QJsonValue& node) {
        if (kind == "PLpgSQL_stmt_execsql"_L1)
            found.append(queryOf(node[u"sqlstmt"]));
        else if (kind == "PLpgSQL_stmt_dynexecute"_L1)
            found.append(literalOf(queryOf(node[u"query"])));
    };
    eachNode(QJsonDocument::fromJson(json).array(), collect);
    found.removeAll(QString());
    return found;
}

QStringList strings(const QJsonValue& list)
{
    QStringList texts;
    const QJsonArray items = list.toArray();
    for (const auto& item : items)
        texts.append(item[u"String"][u"sval"].toString());
    return texts;
}

QStringList columnsIn(const QJsonValue& expression)
{
    QStringList columns;
    eachNode(expression, [&](const QString& kind, const QJsonValue& node) {
        if (kind == "ColumnRef"_L1)
            columns.append(strings(node[u"fields"]).value(0));
    });
    columns.removeDuplicates();
    return columns;
}

}  // namespace dewpoint::lint
