// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/defaults.h"
#include "render/drizzle/names.h"
#include "render/drizzle/sqlite_facts.h"

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

class Writer final
{
public:
    Writer(const Database& database, DrizzleRelease release)
        : m_database(database)
        , m_release(release)
        , m_scope(database)
        , m_imports({u"sqliteTable"_s, u"AnySQLiteColumn"_s})
    {}

    QString write()
    {
        QStringList blocks;
        for (const Table* table : std::as_const(m_scope.tables))
            blocks << tableText(*table);
        for (const View& view : m_database.views)
            blocks << viewText(view);
        return u"import { %1 } from \"drizzle-orm/sqlite-core\"\nimport { sql } from \"drizzle-orm\"\n\n"_s
                   .arg(m_imports.names())
               + blocks.join(u'\n');
    }

private:
    QString columnCall(const Column& column)
    {
        const QString kind = m_imports.use(sqliteAffinity(column.type));
        QStringList arguments;
        if (key(column.name) != column.name)
            arguments << text(column.name);
        if (kind == u"text" && !sqliteLength(column.type).isEmpty())
            arguments << u"{ length: %1 }"_s.arg(sqliteLength(column.type));
        return kind + u'(' + arguments.join(u", "_s) + u')';
    }

    QString columnLine(const Table& table, const Column& column)
    {
        QString line = columnCall(column);
        if (const auto value = sqliteDefault(column))
            line += defaultCall(m_release == DrizzleRelease::One ? withoutBool(*value) : *value);
        if (table.primaryKey() == QStringList{column.name}) {
            line += countsUp(table) ? u".primaryKey({ autoIncrement: true })"_s : u".primaryKey()"_s;
        }
        if (column.notNull)
            line += u".notNull()"_s;
        if (column.generated != Generated::None)
            line += u".generatedAlwaysAs(%1, { mode: \"%2\" })"_s.arg(
                sqlText(column.generatedSql),
                column.generated == Generated::Stored ? u"stored"_s : u"virtual"_s);
        return u"\t%1: %2%3,\n"_s.arg(key(column.name), line, reference(table, column));
    }

    /// Keys of one column stand with it; longer ones and those of the table itself below.
    QString reference(const Table& table, const Column& column)
    {
        for (const Constraint& constraint : table.constraints) {
            if (constraint.kind != ConstraintKind::ForeignKey
                || constraint.columns != QStringList{column.name})
                continue;
            const QString target = m_scope.variableOf(table.schema, constraint.targetTable);
            if (target.isEmpty())
                continue;
            const QString type = target == m_scope.variable(table) ? u": AnySQLiteColumn"_s : QString();
            return u".references(()%1 => %2%3)"_s.arg(
                type, member(target, keyTargets(m_database, table, constraint).value(0)),
                actions(constraint));
        }
        return {};
    }

    static QString actions(const Constraint& key)
    {
        QStringList list;
        const auto add = [&](const QString& word, const QString& action) {
            if (!action.isEmpty() && action.toUpper() != u"NO ACTION")
                list << word + u": "_s + text(action.toLower());
        };
        add(u"onDelete"_s, key.onDelete);
        add(u"onUpdate"_s, key.onUpdate);
        return list.isEmpty() ? QString() : u", { %1 } "_s.arg(list.join(u", "_s));
    }

    static QString members(const QString& object, const QStringList& columns)
    {
        QStringList list;
        for (const QString& column : columns)
            list << member(object, column);
        return list.join(u", "_s);
    }

    QStringList extras(const Table& table)
    {
        QStringList list;
        for (const Index& index : table.indexes) {
            if (!index.implicit || index.unique)
                list << indexLine(table, index);
        }
        list.removeAll(QString());
        for (const Constraint& constraint : table.constraints) {
            const QString target = m_scope.variableOf(table.schema, constraint.targetTable);
            if (constraint.kind == ConstraintKind::ForeignKey && constraint.columns.size() > 1
                && !target.isEmpty()) {
                list << m_imports.use(u"foreignKey"_s)
                            + u"({\n\t\tcolumns: [%1],\n\t\tforeignColumns: [%2]%3\n\t})%4"_s.arg(
                                members(u"table"_s, constraint.columns),
                                members(target, keyTargets(m_database, table, constraint)),
                                constraint.name.isEmpty() ? QString()
                                                          : u",\n\t\tname: "_s + text(constraint.name),
                                chained(constraint));
            }
        }
        if (const QStringList parts = table.primaryKey(); parts.size() > 1)
            list << m_imports.use(u"primaryKey"_s)
                        + u"({ columns: [%1]%2 })"_s.arg(members(u"table"_s, parts), keyName(table, parts));
        for (const NamedCheck& named : namedChecks(table))
            list << m_imports.use(u"check"_s)
                        + u"(%1, %2)"_s.arg(text(named.name), sqlText(named.expression));
        return list;
    }

    /// 0.x pulls the name that it would give; to 1.0 a given name is another one.
    QString keyName(const Table& table, const QStringList& columns) const
    {
        return m_release == DrizzleRelease::One
                   ? QString()
                   : u", name: "_s + text(table.name + u'_' + columns.join(u'_') + u"_pk"_s);
    }

    static QString chained(const Constraint& key)
    {
        QString text;
        if (key.onUpdate.toUpper() != u"NO ACTION" && !key.onUpdate.isEmpty())
            text += u".onUpdate(%1)"_s.arg(drizzle::text(key.onUpdate.toLower()));
        if (key.onDelete.toUpper() != u"NO ACTION" && !key.onDelete.isEmpty())
            text += u".onDelete(%1)"_s.arg(drizzle::text(key.onDelete.toLower()));
        return text;
    }

    QString indexLine(const Table& table, const Index& index)
    {
        const QString name = sqliteIndexName(table, index);
        if (name.isEmpty())
            return {};
        QStringList parts;
        for (const IndexPart& part : index.parts)
            parts << (part.column.isEmpty() ? sqlText(part.expression) : member(u"table"_s, part.column));
        // 0.x knows no difference between the two.
        const QString unique =
            index.implicit && m_release == DrizzleRelease::One ? u"unique"_s : u"uniqueIndex"_s;
        const QString line = m_imports.use(index.unique ? unique : u"index"_s)
                             + u"(%1).on(%2)"_s.arg(text(name), parts.join(u", "_s));
        return index.predicate.isEmpty() ? line : line + u".where(%1)"_s.arg(sqlText(index.predicate));
    }

    QString tableText(const Table& table)
    {
        QString block =
            u"export const %1 = sqliteTable(%2, {\n"_s.arg(m_scope.variable(table), text(table.name));
        for (const Column& column : table.columns)
            block += columnLine(table, column);
        const QStringList more = extras(table);
        if (more.isEmpty())
            return block + u"});\n"_s;
        return block + u"},\n(table) => [\n\t"_s + more.join(u",\n\t"_s) + u",\n]);\n"_s;
    }

    QString viewText(const View& view)
    {
        QString block = u"export const %1 = %2(%3, {\n"_s.arg(
            m_scope.newVariable(view.schema, view.name), m_imports.use(u"sqliteView"_s), text(view.name));
        for (const Column& column : view.columns)
            block += u"\t%1: %2,\n"_s.arg(key(column.name), columnCall(column));
        return block + u"}).as(%1);\n"_s.arg(sqlText(sqliteQuery(view)));
    }

    const Database& m_database;
    DrizzleRelease m_release;
    Scope m_scope;
    Imports m_imports;
};

}  // namespace

QString sqliteSchema(const Database& database, DrizzleRelease release)
{
    return Writer(database, release).write();
}

}  // namespace dewpoint::render::drizzle
