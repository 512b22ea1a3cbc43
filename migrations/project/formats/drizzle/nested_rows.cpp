// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/rows.h"
#include "sql/dialect.h"

using namespace Qt::StringLiterals;

namespace dewpoint::project::drizzle {

namespace {

QList<Json> membersOf(const Json& object, const QString& name)
{
    const Json* member = object.member(name);
    return member && member->kind == Json::Kind::Object ? member->items : QList<Json>();
}

/// What the snapshot says of one thing, as a row of that kind.
Json rowOf(const QString& kind, const Json& said)
{
    Json row = said.kind == Json::Kind::Object ? said : Json::object();
    return row.set(u"entityType"_s, Json::of(kind));
}

QString schemaOf(const Json& said)
{
    const QString schema = said.value(u"schema"_s);
    return schema.isEmpty() ? u"public"_s : schema;
}

/// {"fillfactor": 70, "fastupdate": "off"}
QString optionsText(const Json* options)
{
    QStringList texts;
    for (qsizetype i = 0; options && i < options->names.size(); ++i)
        texts << options->names.at(i) + u'=' + spelled(&options->items.at(i));
    return texts.join(u", "_s);
}

/// What both dialects have.
class Nested final
{
public:
    explicit Nested(const Json& snapshot, bool hasSchemas) : m_snapshot(snapshot), m_hasSchemas(hasSchemas) {}

    QList<Json> made()
    {
        for (const Json& schema : membersOf(m_snapshot, u"schemas"_s))
            m_rows << Json::object().set(u"entityType"_s, Json::of(u"schemas"_s)).set(u"name"_s, schema);
        for (const QString& kind : {u"enums"_s, u"sequences"_s, u"roles"_s, u"views"_s}) {
            for (const Json& said : membersOf(m_snapshot, kind))
                m_rows << (kind == u"roles" ? rowOf(kind, said) : placed(rowOf(kind, said), schemaOf(said)));
        }
        for (const Json& table : membersOf(m_snapshot, u"tables"_s))
            addTable(table);
        for (const Json& policy : membersOf(m_snapshot, u"policies"_s))
            addLinked(policy);
        return m_rows;
    }

private:
    Json placed(Json row, const QString& schema) const
    {
        return m_hasSchemas ? row.set(u"schema"_s, Json::of(schema)) : row;
    }

    Json part(const QString& kind, const Json& said, const Json& table) const
    {
        return placed(rowOf(kind, said), schemaOf(table))
            .set(u"table"_s, Json::of(table.value(u"name"_s)))
            .set(u"nameExplicit"_s, Json::boolean(true));
    }

    void addTable(const Json& table)
    {
        const bool hasPolicies = !membersOf(table, u"policies"_s).isEmpty();
        m_rows << placed(rowOf(u"tables"_s, table), schemaOf(table))
                      .set(u"isRlsEnabled"_s, Json::boolean(hasPolicies || isTrue(table, u"isRLSEnabled"_s)));
        for (const Json& column : membersOf(table, u"columns"_s)) {
            m_rows << part(u"columns"_s, column, table);
            if (isTrue(column, u"primaryKey"_s))
                m_rows << part(u"pks"_s, Json::object(), table)
                              .set(u"columns"_s, Json::of(QStringList{column.value(u"name"_s)}))
                              .set(u"nameExplicit"_s, Json::boolean(false));
        }
        const QHash<QString, QString> kinds{{u"compositePrimaryKeys"_s, u"pks"_s},
                                            {u"uniqueConstraints"_s, u"uniques"_s},
                                            {u"checkConstraints"_s, u"checks"_s}};
        for (const QString& name :
             {u"compositePrimaryKeys"_s, u"uniqueConstraints"_s, u"checkConstraints"_s}) {
            for (const Json& said : membersOf(table, name))
                // SQLite's composite key is written without its name.
                m_rows << part(kinds.value(name), said, table)
                              .set(u"nameExplicit"_s,
                                   Json::boolean(m_hasSchemas || name != u"compositePrimaryKeys"));
        }
        for (const Json& index : membersOf(table, u"indexes"_s))
            addIndex(index, table);
        for (const Json& key : membersOf(table, u"foreignKeys"_s))
            addForeignKey(key, table);
        for (const Json& policy : membersOf(table, u"policies"_s))
            addPolicy(policy, table);
    }

    void addPolicy(const Json& policy, const Json& table)
    {
        const Json* to = policy.member(u"to"_s);
        m_rows << part(u"policies"_s, policy, table).set(u"roles"_s, to ? *to : Json());
    }

    /// A policy by itself, on "schema"."table". One on a table that the snapshot does not have belongs to
    /// somebody else's schema, as a view that "is existing" does.
    void addLinked(const Json& policy)
    {
        for (const Json& table : membersOf(m_snapshot, u"tables"_s)) {
            if (sql::quoted(schemaOf(table), table.value(u"name"_s)) == policy.value(u"on"_s))
                addPolicy(policy, table);
        }
    }

    void addForeignKey(const Json& key, const Json& table)
    {
        const Json* columns = key.member(u"columnsFrom"_s);
        Json row = part(u"fks"_s, key, table)
                       .set(u"columns"_s, columns ? *columns : Json())
                       .set(u"nameExplicit"_s, Json::boolean(m_hasSchemas));
        if (!m_hasSchemas)
            row.set(u"name"_s, Json::of(u"unnamed"_s));  // whatever it is called, SQLite is not told
        if (m_hasSchemas && row.value(u"schemaTo"_s).isEmpty())
            row.set(u"schemaTo"_s, Json::of(u"public"_s));
        m_rows << row;
    }

    void addIndex(const Json& index, const Json& table)
    {
        const Json* columns = index.member(u"columns"_s);
        const bool isList = columns && columns->kind == Json::Kind::List;
        Json parts = isList ? Json::list() : Json();
        for (const Json& column : isList ? columns->items : QList<Json>())
            parts.items << (m_hasSchemas ? ordered(column) : plain(column, index.value(u"name"_s)));
        m_rows << part(u"indexes"_s, index, table)
                      .set(u"columns"_s, parts)
                      .set(u"with"_s, Json::of(optionsText(index.member(u"with"_s))));
    }

    /// PostgreSQL: an object with its order.
    static Json ordered(const Json& column)
    {
        const QString opclass = column.value(u"opclass"_s);
        Json part = Json::object()
                        .set(u"value"_s, Json::of(column.value(u"expression"_s)))
                        .set(u"isExpression"_s, Json::boolean(isTrue(column, u"isExpression"_s)))
                        .set(u"asc"_s, Json::boolean(!isFalse(column, u"asc"_s)))
                        .set(u"nullsFirst"_s, Json::boolean(column.value(u"nulls"_s) == u"first"));
        return opclass.isEmpty() ? part
                                 : part.set(u"opclass"_s, Json::object().set(u"name"_s, Json::of(opclass)));
    }

    /// SQLite: a text; which of them are expressions is said elsewhere.
    Json plain(const Json& column, const QString& index) const
    {
        const Json* said = &m_snapshot;
        for (const QString& step : {u"internal"_s, u"indexes"_s, index, u"columns"_s, column.text})
            said = said ? said->member(step) : nullptr;
        return Json::object()
            .set(u"value"_s, Json::of(column.text))
            .set(u"isExpression"_s, Json::boolean(said && isTrue(*said, u"isExpression"_s)));
    }

    const Json& m_snapshot;
    bool m_hasSchemas;
    QList<Json> m_rows;
};

}  // namespace

QList<Json> rowsOfPostgres7(const Json& snapshot)
{
    return Nested(snapshot, true).made();
}

QList<Json> rowsOfSqlite6(const Json& snapshot)
{
    return Nested(snapshot, false).made();
}

}  // namespace dewpoint::project::drizzle
