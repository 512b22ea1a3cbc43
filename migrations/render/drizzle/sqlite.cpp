// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/names.h"
#include "render/references.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

/// The tool's affinities: by how the declared type begins; what it does not know is numeric.
QString affinity(const QString& declared)
{
    const QString type = declared.toLower();
    const auto begins = [&](std::initializer_list<QString> words) {
        return std::ranges::any_of(words, [&](const QString& word) { return type.startsWith(word); });
    };
    if (begins({u"int"_s, u"tinyint"_s, u"smallint"_s, u"mediumint"_s, u"bigint"_s, u"unsigned big int"_s}))
        return u"integer"_s;
    if (begins({u"character"_s, u"varchar"_s, u"varying character"_s, u"national varying character"_s,
                u"nchar"_s, u"native character"_s, u"nvarchar"_s, u"text"_s, u"clob"_s}))
        return u"text"_s;
    if (begins({u"blob"_s}))
        return u"blob"_s;
    return begins({u"real"_s, u"double"_s, u"float"_s}) ? u"real"_s : u"numeric"_s;
}

QString lengthOf(const QString& declared)
{
    static const QRegularExpression length(u"\\((\\d+)\\)"_s);
    const auto match = length.match(declared);
    return match.hasMatch() ? match.captured(1) : QString();
}

QString defaultOf(const Column& column)
{
    static const QRegularExpression number(u"^[-+]?\\d+(\\.\\d+)?$"_s);
    const QString sql = column.defaultSql.value_or(QString());
    if (sql.compare(u"null"_s, Qt::CaseInsensitive) == 0)
        return {};
    const QString kind = affinity(column.type);
    if (const auto value = literalText(sql))
        return u".default("_s + text(*value) + u')';
    if (number.match(sql).hasMatch() && kind != u"text" && kind != u"blob")
        return kind == u"numeric" ? u".default("_s + sqlText(sql) + u')' : u".default("_s + sql + u')';
    if (sql == u"true" || sql == u"false")
        return u".default("_s + sql + u')';
    return u".default("_s + sqlText(sql.startsWith(u'(') ? sql : u'(' + sql + u')') + u')';
}

class Writer final
{
public:
    explicit Writer(const Database& database)
        : m_database(database), m_scope(database), m_imports({u"sqliteTable"_s, u"AnySQLiteColumn"_s})
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
        const QString kind = m_imports.use(affinity(column.type));
        QStringList arguments;
        if (key(column.name) != column.name)
            arguments << text(column.name);
        if (kind == u"text" && !lengthOf(column.type).isEmpty())
            arguments << u"{ length: %1 }"_s.arg(lengthOf(column.type));
        return kind + u'(' + arguments.join(u", "_s) + u')';
    }

    QString columnLine(const Table& table, const Column& column)
    {
        QString line = columnCall(column);
        if (column.defaultSql)
            line += defaultOf(column);
        if (table.primaryKey() == QStringList{column.name}) {
            const bool counts = std::ranges::any_of(table.constraints, &Constraint::autoIncrement);
            line += counts ? u".primaryKey({ autoIncrement: true })"_s : u".primaryKey()"_s;
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
                type, member(target, targetsOf(table, constraint).value(0)), actions(constraint));
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

    QStringList targetsOf(const Table& table, const Constraint& key) const
    {
        if (!key.targetColumns.isEmpty())
            return key.targetColumns;
        const Table* target = m_database.table(table.schema, key.targetTable);
        return target ? target->primaryKey() : QStringList();
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
                                members(target, targetsOf(table, constraint)),
                                constraint.name.isEmpty() ? QString()
                                                          : u",\n\t\tname: "_s + text(constraint.name),
                                chained(constraint));
            }
        }
        if (const QStringList parts = table.primaryKey(); parts.size() > 1)
            list << m_imports.use(u"primaryKey"_s)
                        + u"({ columns: [%1], name: %2 })"_s.arg(
                            members(u"table"_s, parts),
                            text(table.name + u'_' + parts.join(u'_') + u"_pk"_s));
        int unnamed = 0;
        for (const Constraint& constraint : table.constraints) {
            if (constraint.kind != ConstraintKind::Check)
                continue;
            // drizzle-orm has no CHECK without a name.
            const QString name = constraint.name.isEmpty()
                                     ? u"%1_check_%2"_s.arg(table.name, QString::number(++unnamed))
                                     : constraint.name;
            list << m_imports.use(u"check"_s) + u"(%1, %2)"_s.arg(text(name), sqlText(constraint.definition));
        }
        return list;
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
        QStringList parts;
        QStringList columns;
        for (const IndexPart& part : index.parts) {
            parts << (part.column.isEmpty() ? sqlText(part.expression) : member(u"table"_s, part.column));
            columns << part.column;
        }
        if (index.implicit && columns == table.primaryKey())
            return {};
        // An automatic index has no name that could be written; the tool gives it one of its own.
        const QString name =
            index.implicit ? table.name + u'_' + columns.join(u'_') + u"_unique"_s : index.name;
        QString line = m_imports.use(index.unique ? u"uniqueIndex"_s : u"index"_s)
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
        static const QRegularExpression head(u"^\\s*CREATE\\s+(?:TEMP\\w*\\s+)?VIEW\\b.*?\\bAS\\s+"_s,
                                             QRegularExpression::CaseInsensitiveOption
                                                 | QRegularExpression::DotMatchesEverythingOption);
        QString block = u"export const %1 = %2(%3, {\n"_s.arg(
            m_scope.newVariable(view.schema, view.name), m_imports.use(u"sqliteView"_s), text(view.name));
        for (const Column& column : view.columns)
            block += u"\t%1: %2,\n"_s.arg(key(column.name), columnCall(column));
        QString query = view.definition;
        query.remove(head);
        return block + u"}).as(%1);\n"_s.arg(sqlText(query));
    }

    const Database& m_database;
    Scope m_scope;
    Imports m_imports;
};

}  // namespace

QString sqliteSchema(const Database& database)
{
    return Writer(database).write();
}

}  // namespace dewpoint::render::drizzle
