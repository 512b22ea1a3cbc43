// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/content.h"

#include "diff/part.h"

#include <QCryptographicHash>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::diff {

using namespace schema;

namespace {

QString joined(const QStringList& facts)
{
    QString text;
    for (const QString& fact : facts)
        text += QString::number(fact.size()) + u':' + fact;
    return text;
}

template <class T>
QString number(T value)
{
    return QString::number(static_cast<int>(value));
}

QString text(const Extension& extension)
{
    return joined({extension.name, extension.version, extension.schema});
}

QString text(const Sequence& sequence)
{
    return joined({sequence.schema, sequence.name, sequence.type, sequence.start, sequence.increment,
                   sequence.minimum, sequence.maximum, sequence.cache, number(sequence.cycles),
                   sequence.ownedBy});
}

QString text(const Column& column)
{
    return joined({column.name, column.type, number(column.notNull), number(column.defaultSql.has_value()),
                   column.defaultSql.value_or(QString()), number(column.generated), column.generatedSql,
                   number(column.identity), column.identityOptions, column.collation});
}

QString text(const Type& type)
{
    QStringList facts{type.schema, type.name, number(type.kind), joined(type.labels), type.definition};
    for (const Column& column : type.attributes)
        facts << text(column);
    return joined(facts);
}

QString text(const Constraint& constraint)
{
    return joined({constraint.name, number(constraint.kind), joined(constraint.columns),
                   constraint.definition, constraint.targetSchema, constraint.targetTable,
                   joined(constraint.targetColumns), constraint.onUpdate, constraint.onDelete,
                   constraint.match, number(constraint.deferrable), number(constraint.initiallyDeferred),
                   number(constraint.validated), number(constraint.autoIncrement)});
}

QString text(const Index& index)
{
    return joined({index.name, index.definition, number(index.valid), number(index.implicit)});
}

QString text(const Trigger& trigger)
{
    return joined({trigger.name, trigger.definition, trigger.enabled});
}

QString text(const Policy& policy)
{
    return joined({policy.name, policy.command, number(policy.permissive), joined(policy.roles),
                   policy.usingSql, policy.checkSql});
}

/// The table alone: what is in it has changes of its own.
QString text(const Table& table)
{
    return joined({table.schema, table.name, number(table.kind),
                   table.kind == TableKind::Virtual ? table.definition : QString(), number(table.strict),
                   number(table.withoutRowid), table.module, number(table.unlogged),
                   number(table.rowSecurity), number(table.forceRowSecurity), table.partitionKey,
                   table.partitionBound, joined(table.inherits), table.foreignServer, table.storageOptions});
}

QString text(const View& view)
{
    return joined({view.schema, view.name, view.definition, view.options, number(view.materialized)});
}

QString text(const Routine& routine)
{
    return joined(
        {routine.schema, routine.name, routine.arguments, number(routine.kind), routine.definition});
}

QString text(const OtherObject& other)
{
    return joined({other.kind, other.name, joined(other.definition)});
}

QString text(const Privileges& privileges)
{
    QStringList facts{number(privileges.on), privileges.schema, privileges.name, privileges.member};
    for (const Grant& grant : privileges.grants)
        facts << joined({grant.role, grant.column, grant.privilege, number(grant.grantable)});
    return joined(facts);
}

struct Content {
    template <class T>
        requires requires(const T& change) { text(change.from); }
    QString operator()(const T& change) const
    {
        return joined({text(change.from), text(change.to)});
    }
    QString operator()(const change::SetComment& change) const { return joined({change.from, change.to}); }
    template <class T>
    QString operator()(const T&) const
    {
        return {};
    }
};

/// The parts of one database, each in a line, in any order.
class Lines final
{
public:
    template <class T>
    void add(const QString& owner, const QList<T>& parts)
    {
        for (const T& part : parts)
            m_lines << joined({owner, QString::number(m_kind), text(part), comment(part)});
        ++m_kind;
    }

    QByteArray hash()
    {
        std::ranges::sort(m_lines);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const QString& line : std::as_const(m_lines))
            hash.addData(line.toUtf8() + '\n');
        return hash.result().toHex();
    }

    void begin() { m_kind = 0; }

private:
    template <class T>
    static QString comment(const T& part)
    {
        if constexpr (requires { part.comment; })
            return part.comment;
        else
            return {};
    }

    QStringList m_lines;
    int m_kind = 0;
};

}  // namespace

QByteArray contentOf(const change::Change& change, Engine engine)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(joined({number(change::kind(change)), keyOf(partOf(change, engine), engine),
                         std::visit(Content{}, change)})
                     .toUtf8());
    return hash.result().toHex();
}

QByteArray fingerprint(const Database& database)
{
    Lines lines;
    lines.add({}, database.extensions);
    lines.add({}, database.types);
    lines.add({}, database.sequences);
    lines.add({}, database.tables);
    lines.add({}, database.views);
    lines.add({}, database.routines);
    lines.add({}, database.others);
    lines.add({}, database.privileges.value_or(QList<Privileges>()));
    const auto relation = [&](const auto& owner, const auto&... parts) {
        lines.begin();
        (lines.add(joined({owner.schema, owner.name}), parts), ...);
    };
    for (const Table& table : database.tables)
        relation(table, table.columns, table.constraints, table.indexes, table.triggers, table.policies);
    for (const View& view : database.views)
        relation(view, view.indexes, view.triggers);
    QStringList schemas = database.schemas;
    schemas.sort();
    return QCryptographicHash::hash(lines.hash() + joined(schemas).toUtf8()
                                        + QByteArray::number(static_cast<int>(database.engine)),
                                    QCryptographicHash::Sha256)
        .toHex();
}

}  // namespace dewpoint::diff
