// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/drizzle.h"

#include "render/drizzle/names.h"
#include "render/references.h"

using namespace Qt::StringLiterals;

namespace dewpoint::render {

using namespace drizzle;

namespace {

struct Relation {
    QString name;
    QString text;
    QString column;  ///< tells two of one name apart
};

/// Names of one table's relations must differ.
QString lines(QList<Relation> relations)
{
    QString text;
    QStringList taken;
    for (Relation& relation : relations) {
        if (taken.contains(relation.name))
            relation.name += u'_' + relation.column;
        taken << relation.name;
        text += u"\t"_s + relation.name + u": "_s + relation.text + u",\n"_s;
    }
    return text;
}

int countBetween(const QList<Reference>& references, const Reference& wanted)
{
    int count = 0;
    for (const Reference& reference : references) {
        const bool same = reference.from == wanted.from && reference.to == wanted.to;
        const bool turned = reference.from == wanted.to && reference.to == wanted.from;
        count += same || turned ? 1 : 0;
    }
    return count;
}

class Relations final
{
public:
    Relations(const Scope& scope, const QList<Reference>& references)
        : m_scope(scope), m_references(references)
    {}

    QString of(const schema::Table& table) const
    {
        QList<Relation> list;
        QStringList used;
        for (const Reference& reference : m_references) {
            if (reference.from == &table)
                add(list, used, one(reference), u"one"_s);
            if (reference.to == &table)
                add(list, used, many(reference), u"many"_s);
        }
        if (list.isEmpty())
            return {};
        used.sort(Qt::CaseSensitive);
        if (used.size() == 2)
            used = {u"one"_s, u"many"_s};
        const QString variable = m_scope.variable(table);
        return u"\nexport const %1Relations = relations(%1, ({%2}) => ({\n"_s.arg(variable,
                                                                                  used.join(u", "_s))
               + lines(list) + u"}));\n"_s;
    }

private:
    static void add(QList<Relation>& list, QStringList& used, const Relation& relation, const QString& word)
    {
        list.append(relation);
        if (!used.contains(word))
            used << word;
    }

    /// Needed as soon as there are several ways between two tables, or a table and itself.
    QString relationName(const Reference& reference) const
    {
        const bool isSelf = reference.from == reference.to;
        if (!isSelf && countBetween(m_references, reference) < 2)
            return {};
        return u"%1_%2_%3_%4"_s.arg(m_scope.variable(*reference.from), camel(reference.key->columns.value(0)),
                                    m_scope.variable(*reference.to), camel(reference.targetColumns.value(0)));
    }

    Relation one(const Reference& reference) const
    {
        const QString from = m_scope.variable(*reference.from);
        const QString to = m_scope.variable(*reference.to);
        QStringList fields;
        QStringList targets;
        for (const QString& column : reference.key->columns)
            fields << member(from, column);
        for (const QString& column : reference.targetColumns)
            targets << member(to, column);
        QString text = u"one(%1, {\n\t\tfields: [%2],\n\t\treferences: [%3]"_s.arg(to, fields.join(u", "_s),
                                                                                   targets.join(u", "_s));
        if (const QString name = relationName(reference); !name.isEmpty())
            text += u",\n\t\trelationName: "_s + drizzle::text(name);
        return {singular(to), text + u"\n\t})"_s, camel(reference.key->columns.value(0))};
    }

    Relation many(const Reference& reference) const
    {
        const QString from = m_scope.variable(*reference.from);
        QString text = u"many(%1"_s.arg(from);
        if (const QString name = relationName(reference); !name.isEmpty())
            text += u", {\n\t\trelationName: %1\n\t}"_s.arg(drizzle::text(name));
        return {plural(from), text + u')', camel(reference.key->columns.value(0))};
    }

    const Scope& m_scope;
    const QList<Reference>& m_references;
};

}  // namespace

QString drizzleSchema(const schema::Database& database, DrizzleRelease release)
{
    return database.engine == Engine::Sqlite ? sqliteSchema(database, release)
                                             : postgresSchema(database, release);
}

QString drizzleRelations(const schema::Database& database)
{
    const Scope scope(database);
    const QList<Reference> references = referencesOf(scope.tables);
    if (references.isEmpty())
        return u"import { relations } from \"drizzle-orm/relations\";\n"_s;
    QStringList imported;
    for (const Reference& reference : references) {
        for (const schema::Table* table : {reference.to, reference.from}) {
            if (!imported.contains(scope.variable(*table)))
                imported << scope.variable(*table);
        }
    }
    const Relations relations(scope, references);
    QString text =
        u"import { relations } from \"drizzle-orm/relations\";\nimport { %1 } from \"./schema\";\n"_s.arg(
            imported.join(u", "_s));
    for (const schema::Table* table : scope.tables)
        text += relations.of(*table);
    return text;
}

}  // namespace dewpoint::render
