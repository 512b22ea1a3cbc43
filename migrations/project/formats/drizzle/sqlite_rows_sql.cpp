// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/rows.h"
#include "sql/dialect.h"

using namespace Qt::StringLiterals;

namespace dewpoint::project::drizzle {

namespace {

QString nameOf(const Json& row)
{
    return sql::quoted(row.value(u"name"_s));
}

QString given(const Json& row)
{
    const QString name = row.value(u"name"_s);
    return isTrue(row, u"nameExplicit"_s) && !name.isEmpty() ? u"CONSTRAINT "_s + sql::quoted(name) + u' '
                                                             : QString();
}

/// 1.0 names foreign keys in its statements, 0.x does not; `drizzle-kit up` keeps the old names as they were.
QString foreignName(const Json& key)
{
    const QString name = key.value(u"name"_s);
    return name.startsWith(u"fk_"_s) && isFalse(key, u"nameExplicit"_s)
               ? u"CONSTRAINT "_s + sql::quoted(name) + u' '
               : given(key);
}

QString columnsOf(const Json& row)
{
    return u'(' + quotedList(textsIn(row.member(u"columns"_s))) + u')';
}

class SqliteWriter final
{
public:
    explicit SqliteWriter(const Rows& rows) : m_rows(rows) {}

    QByteArray made()
    {
        for (const Json* table : m_rows.of(u"tables"_s))
            addTable(*table);
        for (const Json* index : m_rows.of(u"indexes"_s))
            addIndex(*index);
        for (const Json* view : m_rows.of(u"views"_s)) {
            const QString query = view->value(u"definition"_s).trimmed();
            if (!isTrue(*view, u"isExisting"_s))
                add(u"CREATE VIEW "_s + nameOf(*view) + u" AS "_s
                    + (query.endsWith(u';') ? query.chopped(1) : query));
        }
        return m_sql.toUtf8();
    }

private:
    void add(const QString& statement) { m_sql += statement + u"\n;\n"_s; }

    /// The key is said with its column where it is one column: only so can it count up, and stand for the
    /// rowid whatever the table's other constraints are.
    static QString columnOf(const Json& column, const Json* key)
    {
        QString line = nameOf(column) + u' ' + column.value(u"type"_s);
        if (key)
            line += u' ' + given(*key) + u"PRIMARY KEY"_s
                    + (isTrue(column, u"autoincrement"_s) ? u" AUTOINCREMENT"_s : QString());
        if (const QString value = defaultOf(column); !value.isEmpty())
            line += u" DEFAULT "_s + value;
        if (const Json* generated = column.member(u"generated"_s); generated && !generated->names.isEmpty()) {
            const QString expression = generated->value(u"as"_s);
            line += u" GENERATED ALWAYS AS "_s
                    + (isParenthesised(expression, Engine::Sqlite) ? expression : u'(' + expression + u')')
                    + (generated->value(u"type"_s) == u"stored" ? u" STORED"_s : u" VIRTUAL"_s);
        }
        return line + (isTrue(column, u"notNull"_s) ? u" NOT NULL"_s : QString());
    }

    void addTable(const Json& table)
    {
        const QList<const Json*> keys = m_rows.of(u"pks"_s, table);
        const QStringList key =
            keys.size() == 1 ? textsIn(keys.first()->member(u"columns"_s)) : QStringList();
        QStringList lines;
        for (const Json* column : m_rows.of(u"columns"_s, table))
            lines << columnOf(*column, key == QStringList{column->value(u"name"_s)} ? keys.first() : nullptr);
        for (const Json* other : key.size() == 1 ? QList<const Json*>() : keys)
            lines << given(*other) + u"PRIMARY KEY"_s + columnsOf(*other);
        for (const Json* unique : m_rows.of(u"uniques"_s, table))
            lines << given(*unique) + u"UNIQUE"_s + columnsOf(*unique);
        for (const Json* foreign : m_rows.of(u"fks"_s, table))
            lines << foreignName(*foreign) + u"FOREIGN KEY "_s + columnsOf(*foreign) + u" REFERENCES "_s
                         + sql::quoted(foreign->value(u"tableTo"_s)) + u'('
                         + quotedList(textsIn(foreign->member(u"columnsTo"_s))) + u')'
                         + action(*foreign, u"UPDATE"_s, u"onUpdate"_s)
                         + action(*foreign, u"DELETE"_s, u"onDelete"_s);
        for (const Json* check : m_rows.of(u"checks"_s, table))
            lines << u"CONSTRAINT "_s + nameOf(*check) + u" CHECK("_s + check->value(u"value"_s) + u')';
        add(u"CREATE TABLE "_s + nameOf(table) + u" (\n\t"_s + lines.join(u",\n\t"_s) + u"\n)"_s);
    }

    static QString action(const Json& key, const QString& event, const QString& member)
    {
        const QString said = key.value(member);
        return said.isEmpty() ? QString() : u" ON "_s + event + u' ' + said;
    }

    void addIndex(const Json& index)
    {
        QStringList parts;
        for (const Json& part : index.member(u"columns"_s)->items) {
            const QString value = part.value(u"value"_s);
            parts << (isTrue(part, u"isExpression"_s) ? value : sql::quoted(value));
        }
        const QString where = index.value(u"where"_s);
        add((isTrue(index, u"isUnique"_s) ? u"CREATE UNIQUE INDEX "_s : u"CREATE INDEX "_s) + nameOf(index)
            + u" ON "_s + sql::quoted(index.value(u"table"_s)) + u" ("_s + parts.join(u", "_s) + u')'
            + (where.isEmpty() ? QString() : u" WHERE "_s + where));
    }

    const Rows& m_rows;
    QString m_sql;
};

}  // namespace

QByteArray sqliteSql(const Rows& rows)
{
    return SqliteWriter(rows).made();
}

}  // namespace dewpoint::project::drizzle
