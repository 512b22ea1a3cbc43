// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/edits.h"

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;

namespace {

QString keyOf(const Column& column)
{
    return column.name;
}
QString keyOf(const Index& index)
{
    return index.name;
}
QString keyOf(const Trigger& trigger)
{
    return trigger.name;
}
/// Most of SQLite's have no name, and are what they say.
QString keyOf(const Constraint& constraint)
{
    if (!constraint.name.isEmpty())
        return constraint.name;
    return QStringList{QString::number(static_cast<int>(constraint.kind)), constraint.columns.join(u','),
                       constraint.definition, constraint.targetTable, constraint.targetColumns.join(u',')}
        .join(u'\n');
}

/// Only what the edit changed, on top of what the catalog has now.
Column rebased(const Column& before, const Column& after, const Column& now)
{
    Column result = now;
    const auto take = [&](auto Column::* field) {
        if (before.*field != after.*field)
            result.*field = after.*field;
    };
    take(&Column::name);
    take(&Column::type);
    take(&Column::notNull);
    take(&Column::defaultSql);
    take(&Column::generated);
    take(&Column::generatedSql);
    take(&Column::identity);
    take(&Column::identityOptions);
    take(&Column::collation);
    take(&Column::comment);
    return result;
}

template <class T>
T rebased(const T&, const T& after, const T&)
{
    return after;
}

template <class T>
Edit<T> onto(const T& now, const Edit<T>* edit)
{
    if (!edit)
        return {.before = now, .after = now};
    if (!edit->after)
        return {.before = now, .after = std::nullopt};
    return {.before = now,
            .after = edit->before == now ? edit->after : rebased(edit->was(), edit->willBe(), now)};
}

template <class T>
QList<Edit<T>> merged(const QList<T>& catalog, const QList<Edit<T>>& edits)
{
    QList<Edit<T>> result;
    QList<bool> found(edits.size(), false);
    for (const T& now : catalog) {
        const Edit<T>* edit = nullptr;
        for (qsizetype i = 0; i < edits.size() && !edit; ++i) {
            const Edit<T>& candidate = edits.at(i);
            if (found.at(i) || !candidate.before || keyOf(candidate.was()) != keyOf(now))
                continue;
            found[i] = true;
            edit = &candidate;
        }
        result.append(onto(now, edit));
    }
    for (qsizetype i = 0; i < edits.size(); ++i) {
        if (!found.at(i) && edits.at(i).before && edits.at(i).isChanged())
            result.append({.before = edits.at(i).before, .after = edits.at(i).after, .gone = true});
    }
    for (const Edit<T>& edit : edits) {
        if (edit.isNew())
            result.append(edit);
    }
    return result;
}

template <class T>
bool samePart(const Edit<T>& edit, const Edit<T>& part)
{
    if (edit.before && part.before)
        return keyOf(edit.was()) == keyOf(part.was());
    return !edit.before && !part.before && edit.after == part.after;
}

TableEdits& editsOf(Edits& edits, const TableId& id)
{
    const auto found = std::ranges::find(edits.tables, id, &TableEdits::id);
    if (found != edits.tables.end())
        return *found;
    edits.tables.append(TableEdits{.id = id});
    return edits.tables.last();
}

void tidy(Edits& edits)
{
    edits.tables.removeIf([](const TableEdits& table) { return table.isEmpty(); });
}

/// What the catalog has gained meanwhile stands behind.
QList<Edit<Column>> inOrder(QList<Edit<Column>> columns, const QList<Edit<Column>>& order)
{
    QList<Edit<Column>> result;
    for (const Edit<Column>& wanted : order) {
        const auto found = std::ranges::find_if(
            columns, [&](const Edit<Column>& column) { return samePart(column, wanted); });
        if (found == columns.end())
            continue;
        result.append(*found);
        columns.erase(found);
    }
    return result + columns;
}

template <class T>
void putPart(Edits& edits, const TableId& id, const Edit<T>& part, const std::optional<T>& after)
{
    TableEdits& table = editsOf(edits, id);
    QList<Edit<T>>& list = partsOf<T>(table);
    const auto found = std::ranges::find_if(list, [&](const Edit<T>& edit) { return samePart(edit, part); });
    const bool nothing = part.before == after;
    const bool keepsItsPlace = std::is_same_v<T, Column> && table.ordered && part.before;
    const Edit<T> now{.before = part.before, .after = after};
    if (found != list.end() && nothing && !keepsItsPlace)
        list.erase(found);
    else if (found != list.end())
        *found = now;
    else if (!nothing)
        list.append(now);
    tidy(edits);
}

const Table* tableOf(const Database& catalog, const TableId& id)
{
    return id.fresh ? nullptr : catalog.table(id.schema, id.name);
}

}  // namespace

Head headOf(const Table& table)
{
    return {.schema = table.schema,
            .name = table.name,
            .comment = table.comment,
            .strict = table.strict,
            .withoutRowid = table.withoutRowid};
}

bool TableEdits::isEmpty() const
{
    return count() == 0;
}

qsizetype TableEdits::count() const
{
    return (head.isChanged() ? 1 : 0) + (ordered ? 1 : 0)
           + std::ranges::count_if(columns, &Edit<Column>::isChanged) + constraints.size() + indexes.size()
           + triggers.size();
}

qsizetype Edits::count() const
{
    qsizetype sum = 0;
    for (const TableEdits& table : tables)
        sum += table.count();
    return sum;
}

const TableEdits* Edits::of(const TableId& id) const
{
    const auto found = std::ranges::find(tables, id, &TableEdits::id);
    return found == tables.end() ? nullptr : &*found;
}

QStringList Draft::columnNames() const
{
    QStringList names;
    for (const Edit<Column>& column : columns) {
        if (column.after)
            names << column.willBe().name;
    }
    return names;
}

QStringList Draft::primaryKey() const
{
    for (const Edit<Constraint>& constraint : constraints) {
        if (constraint.after && constraint.willBe().kind == ConstraintKind::PrimaryKey)
            return constraint.willBe().columns;
    }
    return {};
}

Draft draftOf(const Database& catalog, const Edits& edits, const TableId& id)
{
    const TableEdits* staged = edits.of(id);
    const TableEdits none;
    const TableEdits& own = staged ? *staged : none;
    Table table;
    Draft draft{.id = id, .head = own.head};
    if (const Table* known = tableOf(catalog, id)) {
        table = *known;
        const Head now = headOf(table);
        draft.head = {.before = now, .after = own.head.before ? own.head.after : std::optional(now)};
    } else if (!id.fresh) {
        draft.head.gone = true;
        if (!draft.head.before)
            draft.head = {.before = Head{.schema = id.schema, .name = id.name}, .after = {}, .gone = true};
    }
    table.columns.removeIf([](const Column& column) { return column.hidden; });
    table.constraints.removeIf(
        [](const Constraint& constraint) { return constraint.kind == ConstraintKind::NotNull; });
    table.indexes.removeIf([](const Index& index) { return index.implicit; });
    draft.columns = merged(table.columns, own.columns);
    draft.ordered = own.ordered;
    if (own.ordered)
        draft.columns = inOrder(draft.columns, own.columns);
    draft.constraints = merged(table.constraints, own.constraints);
    draft.indexes = merged(table.indexes, own.indexes);
    draft.triggers = merged(table.triggers, own.triggers);
    return draft;
}

QList<Draft> draftsOf(const Database& catalog, const Edits& edits)
{
    QList<Draft> drafts;
    for (const TableEdits& table : edits.tables)
        drafts.append(draftOf(catalog, edits, table.id));
    return drafts;
}

TableId addTable(Edits& edits, const Database& catalog, const QString& schemaName)
{
    int number = 1;
    const auto taken = [&](const QString& name) {
        return catalog.table(schemaName, name) || catalog.view(schemaName, name)
               || std::ranges::any_of(edits.tables, [&](const TableEdits& table) {
                      return table.head.after && table.head.willBe().name == name;
                  });
    };
    QString name = u"new_table"_s;
    while (taken(name))
        name = u"new_table_%1"_s.arg(++number);
    int id = 1;
    while (edits.of({.schema = schemaName, .name = QString::number(id), .fresh = true}))
        ++id;
    const bool sqlite = catalog.engine == Engine::Sqlite;
    const TableId made{.schema = schemaName, .name = QString::number(id), .fresh = true};
    const Column key{.name = u"id"_s,
                     .type = sqlite ? u"INTEGER"_s : u"bigint"_s,
                     .notNull = true,
                     .identity = sqlite ? Identity::None : Identity::Always};
    edits.tables.append(TableEdits{
        .id = made,
        .head = {.before = {}, .after = Head{.schema = schemaName, .name = name}},
        .columns = {{.before = {}, .after = key}},
        .constraints = {
            {.before = {}, .after = Constraint{.kind = ConstraintKind::PrimaryKey, .columns = {u"id"_s}}}}});
    return made;
}

void put(Edits& edits, const TableId& id, const Edit<Head>& part, const std::optional<Head>& after)
{
    if (id.fresh && !after)
        return discard(edits, id);
    TableEdits& table = editsOf(edits, id);
    table.head = part.before == after ? Edit<Head>{} : Edit<Head>{.before = part.before, .after = after};
    tidy(edits);
}

void put(Edits& edits, const TableId& id, const Edit<Column>& part, const std::optional<Column>& after)
{
    putPart(edits, id, part, after);
}

void put(Edits& edits, const TableId& id, const Edit<Constraint>& part,
         const std::optional<Constraint>& after)
{
    putPart(edits, id, part, after);
}

void put(Edits& edits, const TableId& id, const Edit<Index>& part, const std::optional<Index>& after)
{
    putPart(edits, id, part, after);
}

void put(Edits& edits, const TableId& id, const Edit<Trigger>& part, const std::optional<Trigger>& after)
{
    putPart(edits, id, part, after);
}

void discard(Edits& edits, const TableId& id)
{
    edits.tables.removeIf([&](const TableEdits& table) { return table.id == id; });
}

}  // namespace dewpoint::structure
