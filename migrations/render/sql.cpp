// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/sql.h"

#include "ddl/dependencies.h"
#include "ddl/postgres.h"
#include "ddl/postgres_privileges.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

/// Statements one below the other, those of one kind separated from the next by an empty line.
class Script final
{
public:
    void statement(const QString& text)
    {
        if (!text.isEmpty())
            m_text += text + u";\n"_s;
    }
    void statements(const QStringList& list)
    {
        for (const QString& text : list)
            statement(text);
    }
    void gap()
    {
        if (!m_text.isEmpty() && !m_text.endsWith(u"\n\n"))
            m_text += u'\n';
    }
    QString text() { return m_text.endsWith(u"\n\n") ? m_text.chopped(1) : m_text; }

private:
    QString m_text;
};

QString sqliteSql(const Database& database)
{
    Script script;
    for (const Table& table : database.tables)
        script.statement(table.definition);
    script.gap();
    for (const Table& table : database.tables) {
        for (const Index& index : table.indexes)
            script.statement(index.definition);
    }
    script.gap();
    for (const View& view : database.views)
        script.statement(view.definition);
    script.gap();
    const auto triggers = [&](const auto& owners) {
        for (const auto& owner : owners) {
            for (const Trigger& trigger : owner.triggers)
                script.statement(trigger.definition);
        }
    };
    triggers(database.tables);
    triggers(database.views);
    return script.text();
}

bool isOfRoutines(const OtherObject& object)
{
    return object.kind == u"OPERATOR" || object.kind == u"CAST";
}

/// It would fire for what comes behind it.
bool isEventTrigger(const OtherObject& object)
{
    return object.kind == u"EVENT TRIGGER";
}

/// Needs dictionaries.
bool isConfiguration(const OtherObject& object)
{
    return object.kind == u"TEXT SEARCH CONFIGURATION";
}

/// What tables may need: the rest watches over them, or needs them.
bool comesEarly(const OtherObject& object)
{
    return !isOfRoutines(object) && !object.isSetting() && !isEventTrigger(object) && object.kind != u"RULE"
           && object.kind != u"STATISTICS";
}

/// A foreign key to a partitioned table has one beside it for each of its partitions, made by the server.
bool isMadeByServer(const Database& database, const Table& table, const Constraint& key)
{
    const Table* target = database.table(key.targetSchema, key.targetTable);
    return target && !target->partitionBound.isEmpty()
           && std::ranges::any_of(table.constraints, [&](const Constraint& other) {
                  if (other.kind != ConstraintKind::ForeignKey || other.columns != key.columns)
                      return false;
                  return target->inherits.contains(pg::name(other.targetSchema, other.targetTable));
              });
}

/// A partition has those of the table above it as soon as that one has them.
bool isInherited(const Database& database, const Table& table, const Constraint& key)
{
    if (table.partitionBound.isEmpty())
        return false;
    return std::ranges::any_of(database.tables, [&](const Table& above) {
        return table.inherits.contains(pg::name(above.schema, above.name))
               && std::ranges::any_of(above.constraints, [&](const Constraint& other) {
                      return other.kind == ConstraintKind::ForeignKey && other.name == key.name
                             && other.columns == key.columns && other.targetTable == key.targetTable;
                  });
    });
}

class PostgresScript final
{
public:
    explicit PostgresScript(const Database& database) : m_database(database) {}

    QString text()
    {
        // Routine bodies may name what comes later (manual, check_function_bodies).
        m_script.statement(u"SET check_function_bodies = false"_s);
        m_script.gap();
        namespaces();
        m_script.gap();
        typesToViews();
        for (const Table& table : m_database.tables)
            partsOf(table);
        m_script.gap();
        attachPartitions();
        foreignKeys();
        m_script.gap();
        triggersAndPolicies();
        m_script.gap();
        comments();
        m_script.gap();
        privileges();
        m_script.gap();
        for (const OtherObject& object : m_database.others) {
            if (isEventTrigger(object))
                m_script.statements(pg::createOther(object) + pg::commentsOf(object));
        }
        return m_script.text();
    }

private:
    void namespaces()
    {
        for (const QString& schema : m_database.schemas) {
            if (schema != u"public")
                m_script.statement(pg::createSchema(schema));
        }
        for (const Extension& extension : m_database.extensions) {
            if (extension.name != u"plpgsql")
                m_script.statement(pg::createExtension(extension));
        }
        others([](const OtherObject& object) { return comesEarly(object) && !isConfiguration(object); });
        others(&isConfiguration);
        for (const Sequence& sequence : m_database.sequences)
            m_script.statement(pg::createSequence(sequence));
    }

    template <class Test>
    void others(Test test)
    {
        for (const OtherObject& object : m_database.others) {
            if (test(object))
                m_script.statements(pg::createOther(object));
        }
    }

    /// Types, routines, tables and views may each need any other.
    void typesToViews()
    {
        QList<ddl::Node> nodes;
        for (const Type& type : m_database.types)
            nodes.append({type.schema, type.name, pg::createType(type)});
        for (const Routine& routine : m_database.routines)
            nodes.append({routine.schema, routine.name, routine.definition.trimmed()});
        for (const OtherObject& object : m_database.others) {
            if (isOfRoutines(object))
                nodes.append({object.schema, {}, pg::createOther(object).join(u";\n"_s)});
        }
        for (const Table& table : m_database.tables)
            nodes.append({table.schema, table.name, pg::createTable(table)});
        for (const View& view : m_database.views)
            nodes.append({view.schema, view.name, pg::createView(view)});
        const QList<qsizetype> order = ddl::inDependencyOrder(nodes);
        for (const qsizetype place : order) {
            m_script.statement(nodes.at(place).text);
            m_script.gap();
        }
    }

    void partsOf(const Table& table)
    {
        for (const Constraint& constraint : table.constraints) {
            if (constraint.kind != ConstraintKind::ForeignKey && !pg::isInTable(constraint))
                m_script.statement(pg::addConstraint(table, constraint));
        }
        for (const Index& index : table.indexes)
            m_script.statement(pg::createIndex(index));
        for (const Sequence& sequence : m_database.sequences) {
            for (const Column& column : table.columns) {
                if (sequence.schema == table.schema && sequence.ownedBy == table.name + u'.' + column.name)
                    m_script.statement(pg::ownSequence(sequence, table, column));
            }
        }
    }

    /// From the leaves up would do as well; by now both sides have their indexes, which become one tree.
    void attachPartitions()
    {
        for (const View& view : m_database.views) {
            for (const Index& index : view.indexes)
                m_script.statement(pg::createIndex(index));
        }
        for (const Table& table : m_database.tables) {
            if (!table.partitionBound.isEmpty())
                m_script.statement(pg::attachPartition(table));
        }
    }

    void foreignKeys()
    {
        // A partition's own come first: where its parent has the like, that one takes them over.
        for (const bool partitions : {true, false}) {
            for (const Table& table : m_database.tables) {
                for (const Constraint& key : table.constraints) {
                    if (table.partitionBound.isEmpty() != partitions && key.kind == ConstraintKind::ForeignKey
                        && !isMadeByServer(m_database, table, key) && !isInherited(m_database, table, key))
                        m_script.statement(pg::addConstraint(table, key));
                }
            }
        }
    }

    void triggersAndPolicies()
    {
        for (const View& view : m_database.views) {
            for (const Trigger& trigger : view.triggers)
                m_script.statements(pg::createTrigger(pg::name(view.schema, view.name), trigger));
        }
        for (const Table& table : m_database.tables) {
            for (const Trigger& trigger : table.triggers)
                m_script.statements(pg::createTrigger(pg::name(table.schema, table.name), trigger));
            m_script.statements(pg::rowSecurity(table));
            for (const Policy& policy : table.policies)
                m_script.statement(pg::createPolicy(table, policy));
        }
        others([](const OtherObject& object) {
            return !comesEarly(object) && !isOfRoutines(object) && !isEventTrigger(object);
        });
    }

    void comments()
    {
        for (const Type& type : m_database.types)
            m_script.statements(pg::commentsOf(type));
        for (const Routine& routine : m_database.routines)
            m_script.statements(pg::commentsOf(routine));
        for (const OtherObject& object : m_database.others) {
            if (!isEventTrigger(object))
                m_script.statements(pg::commentsOf(object));
        }
        for (const Table& table : m_database.tables)
            m_script.statements(pg::commentsOf(table));
        for (const View& view : m_database.views)
            m_script.statements(pg::commentsOf(view));
    }

    /// A new database's schema public may be used by everybody.
    void privileges()
    {
        for (const Privileges& object : m_database.allPrivileges()) {
            Privileges before = usual(object);
            if (object.on == GrantedOn::Schema && object.name == u"public")
                before.grants = {{.role = {}, .column = {}, .privilege = u"USAGE"_s}};
            m_script.statements(pg::setPrivileges(before, object));
        }
    }

    const Database& m_database;
    Script m_script;
};

}  // namespace

QString sql(const Database& database)
{
    return database.engine == Engine::Sqlite ? sqliteSql(database) : PostgresScript(database).text();
}

}  // namespace dewpoint::render
