// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/edits_json.h"

#include <QJsonArray>

#include <type_traits>

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;

namespace {

/// Goes over the members of a value, once to write them and once to read them.
class Writer final
{
public:
    QJsonObject object;

    void member(const QString& key, const QString& value)
    {
        if (!value.isEmpty())
            object.insert(key, value);
    }
    void member(const QString& key, bool value)
    {
        if (value)
            object.insert(key, true);
    }
    void member(const QString& key, const QStringList& value)
    {
        if (!value.isEmpty())
            object.insert(key, QJsonArray::fromStringList(value));
    }
    void member(const QString& key, const std::optional<QString>& value)
    {
        if (value)
            object.insert(key, *value);
    }
    template <class E>
        requires std::is_enum_v<E>
    void member(const QString& key, E value)
    {
        if (value != E{})
            object.insert(key, static_cast<int>(value));
    }
    template <class T>
        requires std::is_class_v<T>
    void member(const QString& key, const QList<T>& values)
    {
        QJsonArray array;
        for (const T& value : values) {
            Writer one;
            T copy = value;
            visit(one, copy);
            array.append(one.object);
        }
        if (!array.isEmpty())
            object.insert(key, array);
    }
};

class Reader final
{
public:
    QJsonObject object;

    void member(const QString& key, QString& value) const { value = object[key].toString(); }
    void member(const QString& key, bool& value) const { value = object[key].toBool(); }
    void member(const QString& key, QStringList& value) const
    {
        const QJsonArray array = object[key].toArray();
        for (const auto& each : array)
            value << each.toString();
    }
    void member(const QString& key, std::optional<QString>& value) const
    {
        if (object.contains(key))
            value = object[key].toString();
    }
    template <class E>
        requires std::is_enum_v<E>
    void member(const QString& key, E& value) const
    {
        value = static_cast<E>(object[key].toInt());
    }
    template <class T>
        requires std::is_class_v<T>
    void member(const QString& key, QList<T>& values) const
    {
        const QJsonArray array = object[key].toArray();
        for (const auto& each : array) {
            T value;
            Reader one{each.toObject()};
            visit(one, value);
            values.append(value);
        }
    }
};

template <class Visitor>
void visit(Visitor& v, Head& head)
{
    v.member(u"schema"_s, head.schema);
    v.member(u"name"_s, head.name);
    v.member(u"comment"_s, head.comment);
    v.member(u"strict"_s, head.strict);
    v.member(u"withoutRowid"_s, head.withoutRowid);
}

template <class Visitor>
void visit(Visitor& v, Column& column)
{
    v.member(u"name"_s, column.name);
    v.member(u"type"_s, column.type);
    v.member(u"notNull"_s, column.notNull);
    v.member(u"default"_s, column.defaultSql);
    v.member(u"generated"_s, column.generated);
    v.member(u"expression"_s, column.generatedSql);
    v.member(u"identity"_s, column.identity);
    v.member(u"identityOptions"_s, column.identityOptions);
    v.member(u"collation"_s, column.collation);
    v.member(u"comment"_s, column.comment);
}

template <class Visitor>
void visit(Visitor& v, Constraint& constraint)
{
    v.member(u"kind"_s, constraint.kind);
    v.member(u"name"_s, constraint.name);
    v.member(u"columns"_s, constraint.columns);
    v.member(u"definition"_s, constraint.definition);
    v.member(u"targetSchema"_s, constraint.targetSchema);
    v.member(u"targetTable"_s, constraint.targetTable);
    v.member(u"targetColumns"_s, constraint.targetColumns);
    v.member(u"onUpdate"_s, constraint.onUpdate);
    v.member(u"onDelete"_s, constraint.onDelete);
    v.member(u"match"_s, constraint.match);
    v.member(u"deferrable"_s, constraint.deferrable);
    v.member(u"initiallyDeferred"_s, constraint.initiallyDeferred);
    bool notValid = !constraint.validated;
    v.member(u"notValid"_s, notValid);
    constraint.validated = !notValid;
    v.member(u"autoIncrement"_s, constraint.autoIncrement);
    v.member(u"comment"_s, constraint.comment);
}

template <class Visitor>
void visit(Visitor& v, IndexPart& part)
{
    v.member(u"column"_s, part.column);
    v.member(u"expression"_s, part.expression);
    v.member(u"descending"_s, part.descending);
    v.member(u"nullsFirst"_s, part.nullsFirst);
    v.member(u"collation"_s, part.collation);
    v.member(u"opclass"_s, part.opclass);
}

template <class Visitor>
void visit(Visitor& v, Index& index)
{
    v.member(u"name"_s, index.name);
    v.member(u"unique"_s, index.unique);
    bool invalid = !index.valid;
    v.member(u"invalid"_s, invalid);
    index.valid = !invalid;
    v.member(u"method"_s, index.method);
    v.member(u"parts"_s, index.parts);
    v.member(u"included"_s, index.included);
    v.member(u"predicate"_s, index.predicate);
    v.member(u"definition"_s, index.definition);
    v.member(u"comment"_s, index.comment);
}

template <class Visitor>
void visit(Visitor& v, Trigger& trigger)
{
    v.member(u"name"_s, trigger.name);
    v.member(u"table"_s, trigger.table);
    v.member(u"definition"_s, trigger.definition);
    v.member(u"enabled"_s, trigger.enabled);
    v.member(u"comment"_s, trigger.comment);
}

template <class T>
QJsonObject json(const T& value)
{
    Writer writer;
    T copy = value;
    visit(writer, copy);
    return writer.object;
}

template <class T>
T valueOf(const QJsonValue& json)
{
    Reader reader{json.toObject()};
    T value;
    visit(reader, value);
    return value;
}

template <class T>
QJsonObject editJson(const Edit<T>& edit)
{
    QJsonObject object;
    if (edit.before)
        object.insert(u"before"_s, json(edit.was()));
    if (edit.after)
        object.insert(u"after"_s, json(edit.willBe()));
    return object;
}

template <class T>
Edit<T> editOf(const QJsonObject& object)
{
    Edit<T> edit;
    if (object.contains(u"before"_s))
        edit.before = valueOf<T>(object[u"before"_s]);
    if (object.contains(u"after"_s))
        edit.after = valueOf<T>(object[u"after"_s]);
    return edit;
}

template <class T>
QJsonArray listJson(const QList<Edit<T>>& edits)
{
    QJsonArray array;
    for (const Edit<T>& edit : edits)
        array.append(editJson(edit));
    return array;
}

template <class T>
QList<Edit<T>> listOf(const QJsonValue& json)
{
    QList<Edit<T>> edits;
    const QJsonArray array = json.toArray();
    for (const auto& each : array) {
        const Edit<T> edit = editOf<T>(each.toObject());
        if (edit.before || edit.after)
            edits.append(edit);
    }
    return edits;
}

}  // namespace

QJsonObject toJson(const Edits& edits)
{
    QJsonArray tables;
    for (const TableEdits& table : edits.tables)
        tables.append(QJsonObject{{u"schema"_s, table.id.schema},
                                  {u"name"_s, table.id.name},
                                  {u"fresh"_s, table.id.fresh},
                                  {u"table"_s, editJson(table.head)},
                                  {u"ordered"_s, table.ordered},
                                  {u"columns"_s, listJson(table.columns)},
                                  {u"constraints"_s, listJson(table.constraints)},
                                  {u"indexes"_s, listJson(table.indexes)},
                                  {u"triggers"_s, listJson(table.triggers)}});
    return tables.isEmpty() ? QJsonObject() : QJsonObject{{u"tables"_s, tables}};
}

Edits editsFromJson(const QJsonObject& json)
{
    Edits edits;
    const QJsonArray tables = json[u"tables"_s].toArray();
    for (const auto& each : tables) {
        const QJsonObject table = each.toObject();
        const TableEdits read{.id = {.schema = table[u"schema"_s].toString(),
                                     .name = table[u"name"_s].toString(),
                                     .fresh = table[u"fresh"_s].toBool()},
                              .head = editOf<Head>(table[u"table"_s].toObject()),
                              .ordered = table[u"ordered"_s].toBool(),
                              .columns = listOf<Column>(table[u"columns"_s]),
                              .constraints = listOf<Constraint>(table[u"constraints"_s]),
                              .indexes = listOf<Index>(table[u"indexes"_s]),
                              .triggers = listOf<Trigger>(table[u"triggers"_s])};
        if (!read.isEmpty())
            edits.tables.append(read);
    }
    return edits;
}

}  // namespace dewpoint::structure
