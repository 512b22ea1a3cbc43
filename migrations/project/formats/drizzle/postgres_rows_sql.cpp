// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/rows.h"
#include "sql/dialect.h"
#include "sql/lexer.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::project::drizzle {

namespace {

QString nameOf(const Json& row)
{
    return row.value(u"name"_s);
}

/// "public"."users"
QString placeOf(const Json& row)
{
    const QString schema = row.value(u"schema"_s);
    return sql::quoted(schema.isEmpty() ? u"public"_s : schema, nameOf(row));
}

QString tableOf(const Json& part)
{
    return sql::quoted(part.value(u"schema"_s), part.value(u"table"_s));
}

/// " MINVALUE 1" where the row has that member.
QString clause(const Json& row, const QString& words, const QString& member)
{
    const QString value = spelled(row.member(member));
    return value.isEmpty() ? QString() : u' ' + words + u' ' + value;
}

/// What sequences and identities have; 1.0 calls some of it otherwise.
QString sequenceOptions(const Json& said)
{
    return clause(said, u"INCREMENT BY"_s, u"increment"_s) + clause(said, u"INCREMENT BY"_s, u"incrementBy"_s)
           + clause(said, u"MINVALUE"_s, u"minValue"_s) + clause(said, u"MAXVALUE"_s, u"maxValue"_s)
           + clause(said, u"START WITH"_s, u"startWith"_s) + clause(said, u"CACHE"_s, u"cache"_s)
           + clause(said, u"CACHE"_s, u"cacheSize"_s) + (isTrue(said, u"cycle"_s) ? u" CYCLE"_s : QString());
}

/// securityBarrier → security_barrier
QString snake(const QString& camel)
{
    QString result;
    for (const QChar c : camel)
        result += c.isUpper() ? u"_"_s + c.toLower() : QString(c);
    return result;
}

/// The names that a query speaks of, as they are in the catalog.
QSet<QString> wordsOf(const QString& query)
{
    QSet<QString> words;
    for (qsizetype at = 0; at < query.size();) {
        const sql::Token token = sql::nextToken(query, at, Engine::Postgres);
        if (token.kind == sql::TokenKind::End)
            break;
        const QString text = token.text(query).toString();
        if (token.kind == sql::TokenKind::Word)
            words << text.toLower();
        else if (token.kind == sql::TokenKind::QuotedName)
            words << text.sliced(1).chopped(1).replace(u"\"\""_s, u"\""_s);
        at = token.start + token.length;
    }
    return words;
}

/// Those that another one speaks of before it. Names of the same spelling are taken for each other, which
/// only moves a view further to the front than it need be.
QList<const Json*> inOrder(const QList<const Json*>& views)
{
    QHash<QString, QList<qsizetype>> byName;
    for (qsizetype i = 0; i < views.size(); ++i)
        byName[nameOf(*views.at(i))] << i;
    QList<const Json*> ordered;
    QSet<qsizetype> begun;
    QSet<qsizetype> done;
    QList<qsizetype> open;
    for (qsizetype i = views.size() - 1; i >= 0; --i)
        open << i;
    while (!open.isEmpty()) {
        const qsizetype view = open.constLast();
        if (done.contains(view) || begun.contains(view)) {
            open.removeLast();
            if (!done.contains(view))
                ordered << views.at(view);
            done << view;
            continue;
        }
        begun << view;
        for (const QString& word : wordsOf(views.at(view)->value(u"definition"_s))) {
            for (const qsizetype other : byName.value(word)) {
                if (!begun.contains(other))
                    open << other;
            }
        }
    }
    return ordered;
}

class PostgresWriter final
{
public:
    explicit PostgresWriter(const Rows& rows) : m_rows(rows)
    {
        for (const Json* type : rows.of(u"enums"_s))
            m_enums.insert(nameOf(*type), placeOf(*type));
    }

    QByteArray made()
    {
        for (const Json* schema : m_rows.of(u"schemas"_s)) {
            if (nameOf(*schema) != u"public")
                add(u"CREATE SCHEMA "_s + sql::quoted(nameOf(*schema)));
        }
        for (const Json* role : m_rows.of(u"roles"_s))
            addRole(*role);
        for (const Json* type : m_rows.of(u"enums"_s))
            addEnum(*type);
        for (const Json* sequence : m_rows.of(u"sequences"_s))
            add(u"CREATE SEQUENCE "_s + placeOf(*sequence) + sequenceOptions(*sequence));
        for (const Json* table : m_rows.of(u"tables"_s))
            addTable(*table);
        // The tool has foreign keys first, which then do not find the unique index that they refer to.
        for (const Json* index : m_rows.of(u"indexes"_s))
            addIndex(*index);
        for (const Json* key : m_rows.of(u"fks"_s))
            addForeignKey(*key);
        for (const Json* view : inOrder(m_rows.of(u"views"_s)))
            addView(*view);
        for (const Json* policy : m_rows.of(u"policies"_s))
            addPolicy(*policy);
        return m_sql.toUtf8();
    }

private:
    void add(const QString& statement) { m_sql += statement + u";\n"_s; }

    void addRole(const Json& role)
    {
        QStringList options;
        if (isTrue(role, u"createDb"_s))
            options << u"CREATEDB"_s;
        if (isTrue(role, u"createRole"_s))
            options << u"CREATEROLE"_s;
        if (isFalse(role, u"inherit"_s))
            options << u"NOINHERIT"_s;
        const QString with = options.isEmpty() ? QString() : u" WITH "_s + options.join(u' ');
        add(u"CREATE ROLE "_s + sql::quoted(nameOf(role)) + with);
    }

    void addEnum(const Json& type)
    {
        QStringList labels;
        for (const QString& label : textsIn(type.member(u"values"_s)))
            labels << text(label);
        add(u"CREATE TYPE "_s + placeOf(type) + u" AS ENUM("_s + labels.join(u", "_s) + u')');
    }

    static QString text(QString value) { return u'\'' + value.replace(u'\'', u"''"_s) + u'\''; }

    /// A type of the schema's own is quoted; all others are SQL already, with their arguments.
    QString typeOf(const Json& column) const
    {
        const QString type = column.value(u"type"_s);
        const qsizetype brackets = type.indexOf(u'[');
        const QString name = brackets < 0 ? type : type.first(brackets);
        QString array = brackets < 0 ? QString() : type.sliced(brackets);
        const int dimensions = spelled(column.member(u"dimensions"_s)).toInt();
        if (array.isEmpty())
            array = u"[]"_s.repeated(std::clamp(dimensions, 0, 6));  // PostgreSQL's own limit
        const QString schema = column.value(u"typeSchema"_s);
        if (!schema.isEmpty())
            return sql::quoted(schema, name) + array;
        return m_enums.value(name, name) + array;
    }

    static QString identityOf(const Json& column)
    {
        const Json* identity = column.member(u"identity"_s);
        if (!identity || identity->kind != Json::Kind::Object)
            return {};
        const QString name = identity->value(u"name"_s);
        const QString options = (name.isEmpty() ? QString() : u"SEQUENCE NAME "_s + sql::quoted(name))
                                + sequenceOptions(*identity);
        const bool always = identity->value(u"type"_s) == u"always";
        return u" GENERATED %1 AS IDENTITY"_s.arg(always ? u"ALWAYS"_s : u"BY DEFAULT"_s)
               + (options.isEmpty() ? QString() : u" ("_s + options.trimmed() + u')');
    }

    QString columnOf(const Json& column) const
    {
        QString line = sql::quoted(nameOf(column)) + u' ' + typeOf(column);
        if (const QString value = defaultOf(column); !value.isEmpty())
            line += u" DEFAULT "_s + value;
        if (const Json* generated = column.member(u"generated"_s); generated && !generated->names.isEmpty())
            line += u" GENERATED ALWAYS AS ("_s + generated->value(u"as"_s)
                    + (generated->value(u"type"_s) == u"virtual" ? u") VIRTUAL"_s : u") STORED"_s);
        const QString identity = identityOf(column);
        return line + (isTrue(column, u"notNull"_s) && identity.isEmpty() ? u" NOT NULL"_s : QString())
               + identity;
    }

    /// One that the server names by itself has no name in the tool's statements either.
    static QString keyName(const Json& key, const QString& automatic)
    {
        const QString name = nameOf(key);
        const bool isAutomatic = name.isEmpty() || (name == automatic && !isTrue(key, u"nameExplicit"_s));
        return isAutomatic ? QString() : u"CONSTRAINT "_s + sql::quoted(name) + u' ';
    }

    void addTable(const Json& table)
    {
        QStringList lines;
        for (const Json* column : m_rows.of(u"columns"_s, table))
            lines << columnOf(*column);
        for (const Json* key : m_rows.of(u"pks"_s, table))
            lines << keyName(*key, nameOf(table) + u"_pkey"_s) + u"PRIMARY KEY("_s
                         + quotedList(textsIn(key->member(u"columns"_s))) + u')';
        for (const Json* unique : m_rows.of(u"uniques"_s, table)) {
            const QStringList columns = textsIn(unique->member(u"columns"_s));
            lines << keyName(*unique, nameOf(table) + u'_' + columns.join(u'_') + u"_key"_s) + u"UNIQUE"_s
                         + (isTrue(*unique, u"nullsNotDistinct"_s) ? u" NULLS NOT DISTINCT("_s : u"("_s)
                         + quotedList(columns) + u')';
        }
        for (const Json* check : m_rows.of(u"checks"_s, table))
            lines << u"CONSTRAINT "_s + sql::quoted(nameOf(*check)) + u" CHECK ("_s + check->value(u"value"_s)
                         + u')';
        add(u"CREATE TABLE "_s + placeOf(table) + u" (\n\t"_s + lines.join(u",\n\t"_s) + u"\n)"_s);
        if (isTrue(table, u"isRlsEnabled"_s))
            add(u"ALTER TABLE "_s + placeOf(table) + u" ENABLE ROW LEVEL SECURITY"_s);
    }

    /// The tool leaves the order out where there is an operator class, and the snapshot says both.
    static QString partOf(const Json& part)
    {
        const QString value = part.value(u"value"_s);
        const bool up = !isFalse(part, u"asc"_s);
        const bool nullsFirst = isTrue(part, u"nullsFirst"_s);
        const Json* opclass = part.member(u"opclass"_s);
        QString line = isTrue(part, u"isExpression"_s) ? value : sql::quoted(value);
        if (opclass && !opclass->value(u"name"_s).isEmpty())
            line += u' ' + opclass->value(u"name"_s);
        line += up ? QString() : u" DESC"_s;
        if (nullsFirst == up)
            line += nullsFirst ? u" NULLS FIRST"_s : u" NULLS LAST"_s;
        return line;
    }

    void addIndex(const Json& index)
    {
        QStringList parts;
        for (const Json& part : index.member(u"columns"_s)->items)
            parts << partOf(part);
        const QString method = index.value(u"method"_s);
        const QString with = index.value(u"with"_s);
        const QString where = index.value(u"where"_s);
        add((isTrue(index, u"isUnique"_s) ? u"CREATE UNIQUE INDEX "_s : u"CREATE INDEX "_s)
            + sql::quoted(nameOf(index)) + u" ON "_s + tableOf(index)
            + (method.isEmpty() ? QString() : u" USING "_s + method) + u" ("_s + parts.join(u", "_s) + u')'
            + (with.isEmpty() ? QString() : u" WITH ("_s + with + u')')
            + (where.isEmpty() ? QString() : u" WHERE "_s + where));
    }

    void addForeignKey(const Json& key)
    {
        add(u"ALTER TABLE "_s + tableOf(key) + u" ADD CONSTRAINT "_s + sql::quoted(nameOf(key))
            + u" FOREIGN KEY ("_s + quotedList(textsIn(key.member(u"columns"_s))) + u") REFERENCES "_s
            + sql::quoted(key.value(u"schemaTo"_s), key.value(u"tableTo"_s)) + u'('
            + quotedList(textsIn(key.member(u"columnsTo"_s))) + u')'
            + clause(key, u"ON DELETE"_s, u"onDelete"_s) + clause(key, u"ON UPDATE"_s, u"onUpdate"_s));
    }

    static QString optionsOf(const Json& view)
    {
        const Json* with = view.member(u"with"_s);
        QStringList options;
        for (qsizetype i = 0; with && i < with->names.size(); ++i)
            options << snake(with->names.at(i)) + u" = "_s + spelled(&with->items.at(i));
        return options.isEmpty() ? QString() : u" WITH ("_s + options.join(u", "_s) + u')';
    }

    void addView(const Json& view)
    {
        if (isTrue(view, u"isExisting"_s))
            return;
        const bool materialized = isTrue(view, u"materialized"_s);
        const QString query = view.value(u"definition"_s).trimmed();
        add((materialized ? u"CREATE MATERIALIZED VIEW "_s : u"CREATE VIEW "_s) + placeOf(view)
            + clause(view, u"USING"_s, u"using"_s) + optionsOf(view)
            + clause(view, u"TABLESPACE"_s, u"tablespace"_s) + u" AS (\n"_s
            + (query.endsWith(u';') ? query.chopped(1) : query) + u"\n)"_s
            + (isTrue(view, u"withNoData"_s) ? u" WITH NO DATA"_s : QString()));
    }

    void addPolicy(const Json& policy)
    {
        static const QStringList words{u"public"_s, u"current_user"_s, u"current_role"_s, u"session_user"_s};
        QStringList roles;
        for (const QString& role : textsIn(policy.member(u"roles"_s)))
            roles << (words.contains(role) ? role : sql::quoted(role));
        const QString usingSql = policy.value(u"using"_s);
        const QString checkSql = policy.value(u"withCheck"_s);
        add(u"CREATE POLICY "_s + sql::quoted(nameOf(policy)) + u" ON "_s + tableOf(policy)
            + clause(policy, u"AS"_s, u"as"_s) + clause(policy, u"FOR"_s, u"for"_s)
            + (roles.isEmpty() ? QString() : u" TO "_s + roles.join(u", "_s))
            + (usingSql.isEmpty() ? QString() : u" USING ("_s + usingSql + u')')
            + (checkSql.isEmpty() ? QString() : u" WITH CHECK ("_s + checkSql + u')'));
    }

    const Rows& m_rows;
    QHash<QString, QString> m_enums;
    QString m_sql;
};

}  // namespace

QByteArray postgresSql(const Rows& rows)
{
    return PostgresWriter(rows).made();
}

}  // namespace dewpoint::project::drizzle
