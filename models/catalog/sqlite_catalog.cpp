// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/sqlite_catalog.h"

#include "catalog/cells.h"
#include "catalog/sqlite_table_text.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::catalog {

using namespace schema;

namespace {

class SqliteReader final
{
public:
    explicit SqliteReader(drivers::Connection& connection) : m_connection(connection) {}

    Result<Database> read()
    {
        m_database.engine = Engine::Sqlite;
        m_database.serverVersion = m_connection.serverVersion();
        m_database.schemas = {u"main"_s};
        using Step = Result<> (SqliteReader::*)();
        for (const Step step :
             {&SqliteReader::readKinds, &SqliteReader::readObjects, &SqliteReader::readColumns,
              &SqliteReader::readFragileColumns, &SqliteReader::readIndexes, &SqliteReader::readEstimates}) {
            if (const Result<> done = (this->*step)(); !done)
                return fail(done.error());
        }
        finish();
        return std::move(m_database);
    }

private:
    struct Kind {
        QString type;
        bool withoutRowid = false;
        bool strict = false;
    };
    struct Slot {
        Table table;
        TableText text;
    };

    Result<> readKinds()
    {
        const Result<RowBatch> rows = runCatalogQuery(m_connection, u"sqlite_tables"_s);
        if (!rows)
            return fail(rows.error());
        for (int row = 0; row < rows->rowCount(); ++row) {
            const Cells cells(*rows, row);
            m_kinds.insert(cells.text(0), {cells.text(1), cells.flag(2), cells.flag(3)});
        }
        return {};
    }

    Result<> readObjects()
    {
        const Result<RowBatch> rows = runCatalogQuery(m_connection, u"sqlite_objects"_s);
        if (!rows)
            return fail(rows.error());
        QList<Trigger> triggers;
        for (int row = 0; row < rows->rowCount(); ++row) {
            const Cells cells(*rows, row);
            const QString type = cells.text(0);
            const QString name = cells.text(1);
            m_hasStatistics = m_hasStatistics || name == u"sqlite_stat1";
            if (type == u"index")
                m_indexTexts.insert(name, cells.text(3));
            else if (type == u"trigger")
                triggers.append({.name = name, .table = cells.text(2), .definition = cells.text(3)});
            else if (type == u"view")
                m_views.insert(name.toLower(),
                               {.schema = u"main"_s, .name = name, .definition = cells.text(3)});
            else if (type == u"table" && !name.startsWith(u"sqlite_", Qt::CaseInsensitive))
                addTable(name, cells.text(3));
        }
        // tbl_name keeps the spelling of CREATE TRIGGER … ON, which may differ from the table's own.
        for (const Trigger& trigger : std::as_const(triggers)) {
            if (const auto table = m_tables.find(trigger.table.toLower()); table != m_tables.end())
                table->table.triggers.append(trigger);
            else if (const auto view = m_views.find(trigger.table.toLower()); view != m_views.end())
                view->triggers.append(trigger);
        }
        return {};
    }

    void addTable(const QString& name, const QString& sql)
    {
        const Kind kind = m_kinds.value(name);
        if (kind.type == u"shadow")
            return;
        Slot slot{.table = {.schema = u"main"_s,
                            .name = name,
                            .definition = sql,
                            .strict = kind.strict,
                            .withoutRowid = kind.withoutRowid}};
        slot.table.module = readModule(sql);
        if (!slot.table.module.isEmpty()) {
            slot.table.kind = TableKind::Virtual;
        } else {
            slot.text = readCreateTable(sql);
            slot.table.constraints = slot.text.constraints;
        }
        m_tables.emplace(name.toLower(), std::move(slot));
    }

    Result<> readColumns()
    {
        const Result<RowBatch> rows = runCatalogQuery(m_connection, u"sqlite_columns"_s);
        if (!rows)
            return fail(rows.error());
        addColumns(*rows);
        return {};
    }

    /// A view on a table that is gone, or a module that is not loaded, must not hide everything else.
    Result<> readFragileColumns()
    {
        const Result<RowBatch> rows = runCatalogQuery(m_connection, u"sqlite_fragile_columns"_s);
        if (rows) {
            addColumns(*rows);
            return {};
        }
        if (rows.error().kind == ErrorKind::Cancelled)
            return fail(rows.error());
        QStringList names;
        for (const View& view : std::as_const(m_views))
            names.append(view.name);
        for (const Slot& slot : std::as_const(m_tables)) {
            if (slot.table.kind == TableKind::Virtual)
                names.append(slot.table.name);
        }
        for (const QString& name : std::as_const(names)) {
            const Result<RowBatch> one =
                runCatalogQuery(m_connection, u"sqlite_columns_of"_s, {textValue(name)});
            if (one)
                addColumns(*one);
            else if (one.error().kind == ErrorKind::Cancelled)
                return fail(one.error());
        }
        return {};
    }

    void addColumns(const RowBatch& rows)
    {
        QString name;  // its columns come one behind the other
        auto table = m_tables.end();
        auto view = m_views.end();
        for (int row = 0; row < rows.rowCount(); ++row) {
            const Cells cells(rows, row);
            if (const QString owner = cells.text(0); row == 0 || owner != name) {
                name = owner;
                table = m_tables.find(name.toLower());
                view = m_views.find(name.toLower());
            }
            if (table != m_tables.end())
                table->table.columns.append(column(cells, table->text, table->table.columns.size()));
            else if (view != m_views.end())
                view->columns.append(column(cells, {}, 0));
        }
    }

    static Column column(const Cells& cells, const TableText& text, qsizetype place)
    {
        Column result{.name = cells.text(1), .type = cells.text(2), .notNull = cells.flag(3)};
        if (!cells.isNull(4))
            result.defaultSql = cells.text(4);
        result.keyPosition = static_cast<int>(cells.number(5));
        const qint64 hidden =
            cells.number(6);  // 1 of a virtual table, 2 generated virtual, 3 generated stored
        result.hidden = hidden == 1;
        result.generated = hidden == 2   ? Generated::Virtual
                           : hidden == 3 ? Generated::Stored
                                         : Generated::None;
        if (place >= text.columns.size())
            return result;
        const ColumnText& written = text.columns.at(place);
        if (written.collation.compare(u"binary", Qt::CaseInsensitive) != 0)
            result.collation = written.collation;
        result.generatedSql = written.generatedSql;
        if (written.defaultWord)
            result.defaultSql = sql::literal(textValue(*written.defaultWord), Engine::Sqlite);
        return result;
    }

    Result<> readIndexes()
    {
        const Result<RowBatch> rows = runCatalogQuery(m_connection, u"sqlite_indexes"_s);
        if (!rows)
            return fail(rows.error());
        IndexText text;
        QString name;
        auto slot = m_tables.end();
        for (int row = 0; row < rows->rowCount(); ++row) {
            const Cells cells(*rows, row);
            if (const QString owner = cells.text(0); row == 0 || owner != name) {
                name = owner;
                slot = m_tables.find(name.toLower());
            }
            if (slot == m_tables.end())
                continue;
            QList<Index>& indexes = slot->table.indexes;
            if (indexes.isEmpty() || indexes.constLast().name != cells.text(1)) {
                indexes.append(index(cells, text));
            }
            indexes.last().parts.append(part(cells, slot->table, text, indexes.constLast().parts.size()));
        }
        return {};
    }

    Index index(const Cells& cells, IndexText& text) const
    {
        Index result{.name = cells.text(1), .unique = cells.flag(2)};
        result.implicit = cells.text(3) != u"c";
        result.definition = m_indexTexts.value(result.name);
        text = readCreateIndex(result.definition);
        result.predicate = text.predicate;
        return result;
    }

    static IndexPart part(const Cells& cells, const Table& table, const IndexText& text, qsizetype place)
    {
        IndexPart result{.column = cells.text(5), .descending = cells.flag(6)};
        const QString collation = cells.text(7);
        const IndexPartText written = text.parts.value(place);
        if (result.column.isEmpty()) {
            result.expression = written.expression;
            result.collation = written.collation;
        } else if (const Column* owner = table.column(result.column)) {
            const QString own = owner->collation.isEmpty() ? u"BINARY"_s : owner->collation;
            if (collation.compare(own, Qt::CaseInsensitive) != 0)
                result.collation = collation;
        }
        return result;
    }

    Result<> readEstimates()
    {
        if (!m_hasStatistics)
            return {};
        const Result<RowBatch> rows = runCatalogQuery(m_connection, u"sqlite_estimates"_s);
        if (!rows)
            return fail(rows.error());
        for (int row = 0; row < rows->rowCount(); ++row) {
            const Cells cells(*rows, row);
            if (const auto slot = m_tables.find(cells.text(0).toLower()); slot != m_tables.end())
                slot->table.estimatedRows = cells.number(1);
        }
        return {};
    }

    void finish()
    {
        for (Slot& slot : m_tables) {
            std::ranges::stable_sort(slot.table.indexes, {}, &Index::name);
            // Key first, then by name; those without a name stay in the order they are written.
            std::ranges::stable_sort(slot.table.constraints, [](const Constraint& a, const Constraint& b) {
                const bool aKey = a.kind == ConstraintKind::PrimaryKey;
                const bool bKey = b.kind == ConstraintKind::PrimaryKey;
                return aKey != bKey ? aKey : a.name < b.name;
            });
            nameOwners(slot.table);
            m_database.tables.append(std::move(slot.table));
        }
        for (View& view : m_views)
            m_database.views.append(std::move(view));
        std::ranges::sort(m_database.tables, {}, &Table::name);
        std::ranges::sort(m_database.views, {}, &View::name);
    }

    static void nameOwners(Table& table)
    {
        for (Index& index : table.indexes) {
            if (!index.implicit)
                continue;
            QStringList columns;
            for (const IndexPart& part : std::as_const(index.parts))
                columns.append(part.column);
            for (const Constraint& constraint : std::as_const(table.constraints)) {
                const bool keyed = constraint.kind == ConstraintKind::PrimaryKey
                                   || constraint.kind == ConstraintKind::Unique;
                if (keyed
                    && constraint.columns.join(u'\n').compare(columns.join(u'\n'), Qt::CaseInsensitive) == 0)
                    index.constraint = constraint.name;
            }
        }
    }

    drivers::Connection& m_connection;
    Database m_database;
    QHash<QString, Kind> m_kinds;
    QHash<QString, QString> m_indexTexts;
    QHash<QString, Slot> m_tables;  ///< by lower-case name, as SQLite compares names
    QHash<QString, View> m_views;
    bool m_hasStatistics = false;
};

}  // namespace

Result<Database> inspectSqlite(drivers::Connection& connection)
{
    return SqliteReader(connection).read();
}

}  // namespace dewpoint::catalog
