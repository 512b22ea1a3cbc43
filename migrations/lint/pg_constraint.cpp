// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/pg_constraint.h"

#include "lint/tree.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

/// The server's functions that defaults are made of and that are stable or immutable (pg_proc).
bool isSteady(const QStringList& name)
{
    static const QStringList steady{u"now"_s,
                                    u"transaction_timestamp"_s,
                                    u"statement_timestamp"_s,
                                    u"lower"_s,
                                    u"upper"_s,
                                    u"md5"_s,
                                    u"concat"_s,
                                    u"concat_ws"_s,
                                    u"format"_s,
                                    u"btrim"_s,
                                    u"ltrim"_s,
                                    u"rtrim"_s,
                                    u"replace"_s,
                                    u"left"_s,
                                    u"right"_s,
                                    u"substring"_s,
                                    u"substr"_s,
                                    u"length"_s,
                                    u"char_length"_s,
                                    u"repeat"_s,
                                    u"lpad"_s,
                                    u"rpad"_s,
                                    u"abs"_s,
                                    u"round"_s,
                                    u"floor"_s,
                                    u"ceil"_s,
                                    u"ceiling"_s,
                                    u"trunc"_s,
                                    u"mod"_s,
                                    u"power"_s,
                                    u"to_char"_s,
                                    u"to_date"_s,
                                    u"to_timestamp"_s,
                                    u"to_number"_s,
                                    u"date_trunc"_s,
                                    u"date_part"_s,
                                    u"extract"_s,
                                    u"timezone"_s,
                                    u"make_date"_s,
                                    u"make_time"_s,
                                    u"make_timestamp"_s,
                                    u"make_timestamptz"_s,
                                    u"make_interval"_s,
                                    u"age"_s,
                                    u"array_fill"_s,
                                    u"array_append"_s,
                                    u"jsonb_build_object"_s,
                                    u"jsonb_build_array"_s,
                                    u"json_build_object"_s,
                                    u"json_build_array"_s,
                                    u"to_jsonb"_s,
                                    u"to_json"_s,
                                    u"current_setting"_s,
                                    u"current_database"_s,
                                    u"current_schema"_s,
                                    u"encode"_s,
                                    u"decode"_s,
                                    u"sha256"_s,
                                    u"to_tsvector"_s,
                                    u"to_tsquery"_s,
                                    u"int4range"_s,
                                    u"int8range"_s,
                                    u"numrange"_s,
                                    u"daterange"_s,
                                    u"tsrange"_s,
                                    u"tstzrange"_s,
                                    u"point"_s,
                                    u"box"_s};
    return (name.size() == 1 || name.first() == "pg_catalog"_L1) && steady.contains(name.last());
}

void collectProven(const QJsonValue& expression, QStringList& columns)
{
    const QJsonValue test = expression[u"NullTest"];
    if (test[u"nulltesttype"].toString() == "IS_NOT_NULL"_L1)
        columns += strings(test[u"arg"][u"ColumnRef"][u"fields"]).mid(0, 1);
    const QJsonValue both = expression[u"BoolExpr"];
    if (both[u"boolop"].toString() != "AND_EXPR"_L1)
        return;
    const QJsonArray parts = both[u"args"].toArray();
    for (const auto& part : parts)
        collectProven(part, columns);
}

}  // namespace

QStringList provenNotNull(const QJsonValue& expression)
{
    QStringList columns;
    collectProven(expression, columns);
    return columns;
}

QStringList provenNotNull(const QString& definition)
{
    const auto parsed = parseTree(u"ALTER TABLE t ADD "_s + definition);
    if (!parsed || parsed->isEmpty())
        return {};
    const QJsonArray commands = parsed->first().node[u"cmds"].toArray();
    return provenNotNull(commands[0][u"AlterTableCmd"][u"def"][u"Constraint"][u"raw_expr"]);
}

bool mayVary(const QJsonValue& expression)
{
    bool varies = false;
    eachNode(QJsonArray{expression}, [&](const QString& kind, const QJsonValue& node) {
        if (kind == "FuncCall"_L1)
            varies = varies || !isSteady(strings(node[u"funcname"]));
    });
    return varies;
}

}  // namespace dewpoint::lint
