// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/prisma.h"

#include "render/prisma_types.h"
#include "render/references.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

using namespace schema;
using namespace prisma_schema;

namespace {

struct Field {
    QString name;
    QString type;
    QString attributes;
};

/// prisma-fmt's columns: names, types and attributes each begin below each other.
QString aligned(const QList<Field>& fields)
{
    qsizetype names = 0;
    qsizetype types = 0;
    for (const Field& field : fields) {
        names = std::max(names, field.name.size());
        types = std::max(types, field.type.size());
    }
    QString text;
    for (const Field& field : fields) {
        QString line = u"  "_s + field.name.leftJustified(names) + u' ' + field.type.leftJustified(types);
        if (!field.attributes.isEmpty())
            line += u' ' + field.attributes;
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    }
    return text;
}

QString fieldList(const QStringList& columns)
{
    QStringList list;
    for (const QString& column : columns)
        list << identifier(column);
    return u'[' + list.join(u", "_s) + u']';
}

QString actionWord(const QString& action)
{
    return action == u"CASCADE"       ? u"Cascade"_s
           : action == u"RESTRICT"    ? u"Restrict"_s
           : action == u"SET NULL"    ? u"SetNull"_s
           : action == u"SET DEFAULT" ? u"SetDefault"_s
                                      : u"NoAction"_s;
}

class Writer final
{
public:
    explicit Writer(const Database& database)
        : m_database(database)
        , m_isPostgres(database.engine == Engine::Postgres)
        , m_tables(tablesOf(database))
        , m_references(referencesOf(m_tables))
    {
        for (const Table* table : std::as_const(m_tables)) {
            if (!m_schemas.contains(table->schema))
                m_schemas << table->schema;
        }
    }

    QString write() const
    {
        QStringList blocks{u"generator client {\n  provider = \"prisma-client-js\"\n}\n"_s, source()};
        for (const Table* table : m_tables)
            blocks << model(*table);
        for (const Type& type : m_database.types) {
            if (type.kind == TypeKind::Enum && m_schemas.contains(type.schema))
                blocks << enumText(type);
        }
        return blocks.join(u'\n');
    }

private:
    static QList<const Table*> tablesOf(const Database& database)
    {
        QList<const Table*> tables = ownTables(database);
        const bool hasPublic =
            std::ranges::any_of(tables, [](const Table* table) { return table->schema == u"public"; });
        tables.removeIf([&](const Table* table) {
            return table->kind == TableKind::Virtual || table->kind == TableKind::Foreign
                   || (hasPublic && table->schema != u"public");
        });
        return tables;
    }

    bool namesSchemas() const { return m_isPostgres && m_schemas.size() > 1; }

    QString source() const
    {
        QString text = u"datasource db {\n"_s;
        text += m_isPostgres ? u"  provider = \"postgresql\"\n"_s : u"  provider = \"sqlite\"\n"_s;
        text += u"  url      = env(\"DATABASE_URL\")\n"_s;
        if (namesSchemas())
            text += u"  schemas  = [\"%1\"]\n"_s.arg(m_schemas.join(u"\", \""_s));
        return text + u"}\n"_s;
    }

    QString schemaLine(const QString& schema) const
    {
        return namesSchemas() ? u"  @@schema(%1)\n"_s.arg(text(schema)) : QString();
    }

    QString enumText(const Type& type) const
    {
        QString block = u"enum %1 {\n"_s.arg(identifier(type.name));
        for (const QString& label : type.labels) {
            const QString name = identifier(label);
            block += u"  "_s + name + (name == label ? QString() : u" @map(%1)"_s.arg(text(label))) + u'\n';
        }
        const QString tail =
            (identifier(type.name) == type.name ? QString() : u"  @@map(%1)\n"_s.arg(text(type.name)))
            + schemaLine(type.schema);
        return block + (tail.isEmpty() ? QString() : u'\n' + tail) + u"}\n"_s;
    }

    QString model(const Table& table) const
    {
        QList<Field> fields;
        for (const Column& column : table.columns) {
            if (!column.hidden)
                fields.append(scalar(table, column));
        }
        fields += relations(table);
        const QString tail = blockAttributes(table);
        return commentLines(table.comment) + u"model %1 {\n"_s.arg(identifier(table.name)) + aligned(fields)
               + (tail.isEmpty() ? QString() : u'\n' + tail) + u"}\n"_s;
    }

    static QString commentLines(const QString& comment)
    {
        QString result;
        for (const QString& line : comment.split(u'\n', Qt::SkipEmptyParts))
            result += u"/// "_s + line + u'\n';
        return result;
    }

    const Constraint* constraintOn(const Table& table, ConstraintKind kind, const QStringList& columns) const
    {
        const auto found = std::ranges::find_if(table.constraints, [&](const Constraint& constraint) {
            return constraint.kind == kind && constraint.columns == columns;
        });
        return found == table.constraints.end() ? nullptr : &*found;
    }

    /// map: where the name is not the one that Prisma would give.
    QString map(const QString& name, const QString& usual) const
    {
        return name.isEmpty() || name == usual ? QString() : u"map: "_s + text(name);
    }

    QString bracketed(const QString& inside) const
    {
        return inside.isEmpty() ? QString() : u'(' + inside + u')';
    }

    Field scalar(const Table& table, const Column& column) const
    {
        const ScalarType type = scalarType(m_database, column);
        const QStringList alone{column.name};
        QStringList attributes;
        if (table.primaryKey() == alone) {
            const Constraint* key = constraintOn(table, ConstraintKind::PrimaryKey, alone);
            const QString name = m_isPostgres && key ? map(key->name, table.name + u"_pkey"_s) : QString();
            attributes << u"@id"_s + bracketed(name);
        } else if (isUnique(table, alone)) {
            attributes << u"@unique"_s
                              + bracketed(
                                  map(uniqueName(table, alone), table.name + u'_' + column.name + u"_key"_s));
        }
        if (const QString value = defaultValue(m_database, table, column); !value.isEmpty())
            attributes << u"@default(%1)"_s.arg(value);
        if (identifier(column.name) != column.name)
            attributes << u"@map(%1)"_s.arg(text(column.name));
        if (!type.native.isEmpty())
            attributes << type.native;
        const bool required = column.notNull || column.keyPosition > 0;
        const QString suffix = type.isList ? u"[]"_s : required ? QString() : u"?"_s;
        return {identifier(column.name), type.name + suffix, attributes.join(u' ')};
    }

    QString uniqueName(const Table& table, const QStringList& columns) const
    {
        if (const Constraint* constraint = constraintOn(table, ConstraintKind::Unique, columns))
            return m_isPostgres ? constraint->name : QString();
        for (const Index& index : table.indexes) {
            QStringList parts;
            for (const IndexPart& part : index.parts)
                parts << part.column;
            if (index.unique && !index.implicit && parts == columns)
                return index.name;
        }
        return {};
    }

    int countBetween(const Reference& wanted) const
    {
        return static_cast<int>(std::ranges::count_if(m_references, [&](const Reference& reference) {
            return (reference.from == wanted.from && reference.to == wanted.to)
                   || (reference.from == wanted.to && reference.to == wanted.from);
        }));
    }

    /// "orders_buyer_idTousers": told apart by name where there are several ways, or one to itself.
    QString relationName(const Reference& reference) const
    {
        if (reference.from != reference.to && countBetween(reference) < 2)
            return {};
        return u"%1_%2To%3"_s.arg(identifier(reference.from->name),
                                  identifier(reference.key->columns.join(u'_')),
                                  identifier(reference.to->name));
    }

    QList<Field> relations(const Table& table) const
    {
        QList<Field> fields;
        for (const Reference& reference : m_references) {
            if (reference.from == &table)
                fields.append(forward(reference));
        }
        for (const Reference& reference : m_references) {
            if (reference.to == &table)
                fields.append(backward(reference));
        }
        return fields;
    }

    static QString fieldName(const Reference& reference, const Table& other, const QString& relation,
                             bool isBack)
    {
        const QString name =
            relation.isEmpty() ? identifier(other.name) : identifier(other.name) + u'_' + relation;
        return isBack && reference.from == reference.to ? u"other_"_s + name : name;
    }

    Field forward(const Reference& reference) const
    {
        const QString relation = relationName(reference);
        QStringList inside;
        if (!relation.isEmpty())
            inside << text(relation);
        inside << u"fields: "_s + fieldList(reference.key->columns)
               << u"references: "_s + fieldList(reference.targetColumns);
        const QString onDelete = actionWord(reference.key->onDelete);
        const QString onUpdate = actionWord(reference.key->onUpdate);
        if (onDelete != (reference.isRequired ? u"Restrict"_s : u"SetNull"_s))
            inside << u"onDelete: "_s + onDelete;
        if (onUpdate != u"Cascade")
            inside << u"onUpdate: "_s + onUpdate;
        const QString usual = reference.from->name + u'_' + reference.key->columns.join(u'_') + u"_fkey"_s;
        if (const QString name = m_isPostgres ? map(reference.key->name, usual) : QString(); !name.isEmpty())
            inside << name;
        return {fieldName(reference, *reference.to, relation, false),
                identifier(reference.to->name) + (reference.isRequired ? QString() : u"?"_s),
                u"@relation(%1)"_s.arg(inside.join(u", "_s))};
    }

    Field backward(const Reference& reference) const
    {
        const QString relation = relationName(reference);
        return {fieldName(reference, *reference.from, relation, true),
                identifier(reference.from->name) + (reference.isUnique ? u"?"_s : u"[]"_s),
                relation.isEmpty() ? QString() : u"@relation(%1)"_s.arg(text(relation))};
    }

    QString blockAttributes(const Table& table) const
    {
        QString block;
        if (const QStringList key = table.primaryKey(); key.size() > 1) {
            const Constraint* constraint = constraintOn(table, ConstraintKind::PrimaryKey, key);
            const QString name =
                m_isPostgres && constraint ? map(constraint->name, table.name + u"_pkey"_s) : QString();
            block += u"  @@id(%1%2)\n"_s.arg(fieldList(key), name.isEmpty() ? QString() : u", "_s + name);
        }
        for (const Index& index : table.indexes)
            block += indexLine(table, index);
        if (identifier(table.name) != table.name)
            block += u"  @@map(%1)\n"_s.arg(text(table.name));
        if (!isIdentifiable(table))
            block += u"  @@ignore\n"_s;
        return block + schemaLine(table.schema);
    }

    /// Partial indexes and those on expressions cannot be said there; the tool leaves them out as well.
    QString indexLine(const Table& table, const Index& index) const
    {
        QStringList columns;
        QStringList parts;
        for (const IndexPart& part : index.parts) {
            if (part.column.isEmpty())
                return {};
            columns << part.column;
            parts << identifier(part.column) + (part.descending ? u"(sort: Desc)"_s : QString());
        }
        const bool isKey = columns == table.primaryKey();
        if (isKey || !index.predicate.isEmpty() || (index.unique && columns.size() == 1))
            return {};
        const QString usual = table.name + u'_' + columns.join(u'_') + (index.unique ? u"_key"_s : u"_idx"_s);
        const QString name = index.implicit && !m_isPostgres ? QString() : map(index.name, usual);
        QString inside = u'[' + parts.join(u", "_s) + u']';
        if (!name.isEmpty())
            inside += u", "_s + name;
        if (m_isPostgres && index.method != u"btree")
            inside += u", type: "_s + index.method.at(0).toUpper() + index.method.sliced(1);
        return (index.unique ? u"  @@unique(%1)\n"_s : u"  @@index(%1)\n"_s).arg(inside);
    }

    static bool isIdentifiable(const Table& table)
    {
        return !table.primaryKey().isEmpty() || std::ranges::any_of(table.indexes, [&](const Index& index) {
            return index.unique && index.predicate.isEmpty()
                   && std::ranges::all_of(index.parts, [&](const IndexPart& part) {
                          const Column* column = table.column(part.column);
                          return column && column->notNull;
                      });
        });
    }

    const Database& m_database;
    bool m_isPostgres;
    QList<const Table*> m_tables;
    QList<Reference> m_references;
    QStringList m_schemas;
};

}  // namespace

QString prisma(const Database& database)
{
    return Writer(database).write();
}

}  // namespace dewpoint::render
