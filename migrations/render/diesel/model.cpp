// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/diesel/model.h"

#include "base/words.h"
#include "render/diesel/types.h"
#include "render/rust_names.h"

#include <QMap>
#include <QSet>

#include <algorithm>
#include <ranges>
#include <tuple>

using namespace Qt::StringLiterals;

namespace dewpoint::render::diesel_schema {

namespace {

bool isUnmappable(QChar c)
{
    return c.unicode() >= 128 || (!c.isLetterOrNumber() && c != u'_');
}

/// What is no letter, digit or underscore becomes one underscore for each run; a digit cannot be first.
QString mapped(const QString& name)
{
    QString result =
        !name.isEmpty() && name.front().unicode() < 128 && name.front().isDigit() ? u"_"_s : QString();
    bool last = !result.isEmpty();
    if (result.isEmpty() && std::ranges::none_of(name, isUnmappable))
        return name;
    bool squeezing = last;  // only behind the first odd character
    for (const QChar c : name) {
        const bool odd = isUnmappable(c);
        squeezing = squeezing || odd;
        if (!odd)
            result += c;
        else if (!last)
            result += u'_';
        last = odd;
    }
    return result;
}

bool isReserved(const QString& name)
{
    return name.isEmpty() || name == u"_" || rust::isKeyword(name) || name == u"table" || name == u"columns"
           || name == u"is_nullable" || (name.startsWith(u"__") && !name.endsWith(u'_'));
}

/// A single column that refers to another table.
struct Reference {
    QString child;
    QString parent;
    QStringList columns;
    QString target;  ///< the first target column

    auto key() const { return std::tuple(child.toUtf8(), parent.toUtf8(), columns.join(u'\0').toUtf8()); }
    std::pair<QString, QString> tables() const { return std::minmax(child, parent); }
};

class Reader final
{
public:
    Reader(const schema::Database& database, const DieselOptions& options)
        : m_database(database)
        , m_options(options)
        , m_isPostgres(database.engine == Engine::Postgres)
        , m_schema(m_isPostgres ? options.schema.value_or(u"public"_s) : u"main"_s)
    {}

    Result<Model> read()
    {
        Model model;
        m_references = references();
        const QList<const schema::Table*> tables = printed();
        for (const schema::Table* table : tables) {
            auto data = tableFrom(*table);
            if (!data)
                return fail(data.error());
            model.tables.append(*std::move(data));
        }
        model.joins = joins(tables);
        return model;
    }

private:
    bool isCandidate(const schema::Table& table) const
    {
        if (table.schema != m_schema || table.kind == schema::TableKind::Foreign
            || table.name.startsWith(u"__"))
            return false;
        return m_isPostgres || !table.name.startsWith(u"sqlite", Qt::CaseInsensitive);
    }

    bool isWanted(const QString& name) const
    {
        const auto matches = [&](const QRegularExpression& pattern) {
            return pattern.match(name).hasMatch();
        };
        if (m_options.onlyTables)
            return std::ranges::any_of(*m_options.onlyTables, matches);
        return std::ranges::none_of(m_options.exceptTables, matches);
    }

    QList<const schema::Table*> printed() const
    {
        QList<const schema::Table*> tables;
        for (const schema::Table& table : m_database.tables) {
            if (isCandidate(table) && isWanted(table.name))
                tables.append(&table);
        }
        std::ranges::sort(tables, bytesLess, &schema::Table::name);
        return tables;
    }

    /// Column names; on SQLite in table order, and the rowid where there is no key.
    QStringList keyOf(const schema::Table& table) const
    {
        if (m_isPostgres)
            return table.primaryKey();
        QStringList key;
        for (const schema::Column& column : table.columns) {
            if (column.keyPosition > 0)
                key << column.name;
        }
        for (const QString& alias : {u"rowid"_s, u"oid"_s, u"_rowid_"_s}) {
            if (key.isEmpty() && !table.column(alias))
                key << alias;
        }
        return key;
    }

    QStringList keyOf(const QString& tableName) const
    {
        const schema::Table* table = m_database.table(m_schema, tableName);
        return table ? keyOf(*table) : QStringList{u"rowid"_s};
    }

    /// SQLite gives a row for each column, PostgreSQL's query one for each pair of tables, so that several
    /// keys between the same two melt together.
    QList<Reference> references() const
    {
        QList<Reference> list;
        for (const schema::Table& table : m_database.tables) {
            if (m_isPostgres ? table.schema != m_schema : !isCandidate(table))
                continue;
            for (const schema::Constraint& key : table.constraints) {
                if (key.kind != schema::ConstraintKind::ForeignKey
                    || (m_isPostgres && key.targetSchema != m_schema))
                    continue;
                if (m_isPostgres)
                    addPair(list, table.name, key);
                else
                    addColumns(list, table.name, key);
            }
        }
        std::ranges::stable_sort(list, {}, &Reference::key);
        return list;
    }

    static void addPair(QList<Reference>& list, const QString& child, const schema::Constraint& key)
    {
        const auto there = std::ranges::find_if(list, [&](const Reference& reference) {
            return reference.child == child && reference.parent == key.targetTable;
        });
        if (there != list.end())
            there->columns += key.columns;
        else
            list.append({child, key.targetTable, key.columns, key.targetColumns.value(0)});
    }

    void addColumns(QList<Reference>& list, const QString& child, const schema::Constraint& key) const
    {
        for (qsizetype i = 0; i < key.columns.size(); ++i) {
            const QString target =
                key.targetColumns.isEmpty() ? keyOf(key.targetTable).value(0) : key.targetColumns.value(i);
            list.append({child, key.targetTable, {key.columns.at(i)}, target});
        }
    }

    /// Those that say without doubt which column joins two tables.
    QList<Join> joins(const QList<const schema::Table*>& tables) const
    {
        QMap<std::pair<QString, QString>, int> count;
        for (const Reference& reference : m_references)
            ++count[reference.tables()];
        const auto isPrinted = [&](const QString& name) {
            return std::ranges::any_of(tables,
                                       [&](const schema::Table* table) { return table->name == name; });
        };
        QList<Join> list;
        for (const Reference& reference : m_references) {
            if (reference.parent == reference.child || !isPrinted(reference.parent)
                || !isPrinted(reference.child) || reference.columns.size() != 1
                || count.value(reference.tables()) != 1
                || keyOf(reference.parent) != QStringList{reference.target})
                continue;
            const QString child = rustName(reference.child);
            list.append({child, rustName(reference.parent), rustName(reference.columns.constFirst(), child)});
        }
        return list;
    }

    Result<Table> tableFrom(const schema::Table& table) const
    {
        const QStringList key = keyOf(table);
        if (key.isEmpty()) {
            return fail(
                ErrorKind::Unsupported,
                Words::tr("Diesel only supports tables with primary keys, and %1 has none.").arg(table.name),
                Words::tr("Leave it out by a filter in diesel.toml."));
        }
        Table result{.sqlName = table.name,
                     .rustName = rustName(table.name),
                     .schema = m_isPostgres && m_schema != u"public" ? m_schema : QString(),
                     .comment = table.comment};
        for (const QString& column : key)
            result.primaryKey << rustName(column, result.rustName);
        const QList<schema::Column> columns = columnsOf(table, key);
        for (const schema::Column& column : columns) {
            auto type = typeOf(table, key, column);
            if (!type)
                return fail(ErrorKind::Unsupported,
                            u"%1.%2: %3"_s.arg(table.name, column.name, type.error().message));
            result.columns.append({.sqlName = column.name,
                                   .rustName = rustName(column.name, result.rustName),
                                   .comment = column.comment,
                                   .type = *type,
                                   .isCustom = isCustom(type->rustName)});
        }
        return result;
    }

    QList<schema::Column> columnsOf(const schema::Table& table, const QStringList& key) const
    {
        QList<schema::Column> columns = table.columns;
        if (!m_isPostgres && key.size() == 1 && !table.column(key.constFirst()))
            columns.prepend({.name = key.constFirst(), .type = u"Integer"_s, .notNull = true});
        if (m_options.sortsColumnsByName)
            std::ranges::stable_sort(columns, bytesLess, &schema::Column::name);
        return columns;
    }

    Result<ColumnType> typeOf(const schema::Table& table, const QStringList& key,
                              const schema::Column& column) const
    {
        if (m_isPostgres)
            return postgresType(m_database, column, m_options);
        const bool isRowid =
            m_options.integerKeyIsBigint
            && (isRowidAlias(table, key, column.name, column.type) || refersToRowid(table, column.name));
        return sqliteType(column.type, !column.notNull, isRowid);
    }

    static bool isRowidAlias(const schema::Table& table, const QStringList& key, const QString& column,
                             const QString& type)
    {
        return type.toLower() == u"integer" && key == QStringList{column} && !table.withoutRowid;
    }

    bool refersToRowid(const schema::Table& table, const QString& column) const
    {
        for (const Reference& reference : m_references | std::views::reverse) {
            if (reference.child != table.name || reference.columns != QStringList{column})
                continue;
            const schema::Table* parent = m_database.table(m_schema, reference.parent);
            const QStringList key = parent ? keyOf(*parent) : QStringList();
            return key.size() == 1 && isRowidAlias(*parent, key, key.constFirst(), u"integer"_s);
        }
        return false;
    }

    bool isCustom(const QString& type) const
    {
        return m_options.definesMissingTypes && !isProvided(type, m_database.engine)
               && std::ranges::none_of(m_options.exceptTypes, [&](const QRegularExpression& pattern) {
                      return pattern.match(type).hasMatch();
                  });
    }

    const schema::Database& m_database;
    const DieselOptions& m_options;
    bool m_isPostgres;
    QString m_schema;
    QList<Reference> m_references;
};

}  // namespace

QString ColumnType::text() const
{
    const QString inner = isArray ? u"Array<Nullable<"_s + rustName + u">>"_s : rustName;
    return isNullable ? u"Nullable<"_s + inner + u'>' : inner;
}

Result<Model> read(const schema::Database& database, const DieselOptions& options)
{
    if (database.engine == Engine::Sqlite && options.schema) {
        return fail(ErrorKind::InvalidInput, Words::tr("diesel.toml names a schema, and SQLite has none."));
    }
    return Reader(database, options).read();
}

QString rustName(const QString& sqlName, const QString& table)
{
    const QString name = mapped(sqlName);
    return isReserved(name) || (!table.isEmpty() && name == table) ? name + u'_' : name;
}

bool bytesLess(const QString& left, const QString& right)
{
    return left.toUtf8() < right.toUtf8();
}

QList<QStringList> relatedTables(const Model& model)
{
    QList<QStringList> groups;
    QSet<QString> seen;
    for (const Table& table : model.tables) {
        if (seen.contains(table.rustName))
            continue;
        QStringList group{table.rustName};
        seen.insert(table.rustName);
        for (qsizetype i = 0; i < group.size(); ++i) {
            for (const Join& join : model.joins) {
                const QString other = join.parent == group.at(i)  ? join.child
                                      : join.child == group.at(i) ? join.parent
                                                                  : QString();
                if (!other.isEmpty() && !seen.contains(other)) {
                    seen.insert(other);
                    group << other;
                }
            }
        }
        std::ranges::sort(group, bytesLess);
        groups << group;
    }
    return groups;
}

}  // namespace dewpoint::render::diesel_schema
