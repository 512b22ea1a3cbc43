// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_alter.h"

#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan::postgres {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

QString baseType(const QString& type)
{
    static const QRegularExpression modifier(u"\\([^)]*\\)"_s);
    return QString(type).remove(modifier).simplified();
}

bool isOneOf(const QString& type, std::initializer_list<QStringView> types)
{
    return std::ranges::find(types, QStringView(type)) != types.end();
}

bool isText(const QString& type)
{
    return isOneOf(type, {u"text", u"character varying", u"character"});
}

bool isNumber(const QString& type)
{
    return isOneOf(type, {u"smallint", u"integer", u"bigint", u"numeric", u"real", u"double precision"});
}

bool isTime(const QString& type)
{
    return isOneOf(type, {u"date", u"timestamp without time zone", u"timestamp with time zone"});
}

bool castsDirectly(const QString& from, const QString& to)
{
    if (from == to || isText(from) || isText(to))
        return true;
    if ((isNumber(from) && isNumber(to)) || (isTime(from) && isTime(to)))
        return true;
    return (from == u"integer" && to == u"boolean") || (from == u"boolean" && to == u"integer")
           || (isOneOf(from, {u"json", u"jsonb"}) && isOneOf(to, {u"json", u"jsonb"}));
}

QString identityWord(const Column& column)
{
    return column.identity == Identity::Always ? u"ALWAYS"_s : u"BY DEFAULT"_s;
}

/// "START WITH 5 CYCLE" by option.
QMap<QString, QString> identityOptions(const QString& text)
{
    static const QRegularExpression option(
        u"(START WITH|INCREMENT BY|MINVALUE|MAXVALUE|CACHE|CYCLE)(?: (-?\\d+))?"_s);
    QMap<QString, QString> options{{u"START WITH"_s, u"1"_s}, {u"INCREMENT BY"_s, u"1"_s},
                                   {u"MINVALUE"_s, {}},       {u"MAXVALUE"_s, {}},
                                   {u"CACHE"_s, u"1"_s},      {u"CYCLE"_s, {}}};
    for (auto matches = option.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        options[match.captured(1)] = match.captured(1) == u"CYCLE" ? u"yes"_s : match.captured(2);
    }
    return options;
}

/// What SET wants for one option of an identity column's sequence.
QString optionText(const QString& option, const QString& value)
{
    if (option == u"CYCLE")
        return value.isEmpty() ? u"NO CYCLE"_s : u"CYCLE"_s;
    if (value.isEmpty())
        return u"NO "_s + option;
    return option + u' ' + value;
}

QString changedOptions(const Column& from, const Column& to)
{
    const auto before = identityOptions(from.identityOptions);
    const auto after = identityOptions(to.identityOptions);
    QString text;
    for (const auto& [option, value] : after.asKeyValueRange()) {
        if (before.value(option) != value)
            text += u" SET "_s + optionText(option, value);
    }
    return text;
}

void alterIdentity(QStringList& sql, const QString& alter, const ObjectId& id, const Column& from,
                   const Column& to)
{
    if (from.identity == to.identity && from.identityOptions == to.identityOptions)
        return;
    if (to.identity == Identity::None) {
        sql << alter + u" DROP IDENTITY"_s;
    } else if (from.identity == Identity::None) {
        const QString options =
            to.identityOptions.isEmpty() ? QString() : u" ("_s + to.identityOptions + u')';
        sql << alter + u" ADD GENERATED "_s + identityWord(to) + u" AS IDENTITY"_s + options;
        // It counts on from the values that are there.
        const QString table = pg::name(id.schema, id.name);
        sql << u"SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(%1, %2), max(%3)) FROM %4 HAVING "
               "max(%3) > 0"_s.arg(pg::literal(table), pg::literal(to.name), pg::name(to.name), table);
    } else {
        QString text = from.identity == to.identity ? QString() : u" SET GENERATED "_s + identityWord(to);
        sql << alter + text + changedOptions(from, to);
    }
}

QMap<QString, QString> storageOptions(const QString& text)
{
    QMap<QString, QString> options;
    const QStringList pairs = text.split(u", "_s, Qt::SkipEmptyParts);
    for (const QString& pair : pairs)
        options.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    return options;
}

void alterStorage(QStringList& sql, const QString& alter, const Table& from, const Table& to)
{
    const auto before = storageOptions(from.storageOptions);
    const auto after = storageOptions(to.storageOptions);
    QStringList gone;
    QStringList set;
    for (const auto& [option, value] : before.asKeyValueRange()) {
        if (!after.contains(option))
            gone << option;
    }
    for (const auto& [option, value] : after.asKeyValueRange()) {
        if (!before.contains(option) || before.value(option) != value)
            set << option + u'=' + pg::literal(value);
    }
    if (!gone.isEmpty())
        sql << alter + u" RESET ("_s + gone.join(u", "_s) + u')';
    if (!set.isEmpty())
        sql << alter + u" SET ("_s + set.join(u", "_s) + u')';
}

void alterParents(QStringList& sql, const QString& alter, const Table& from, const Table& to)
{
    const QString name = pg::name(to.schema, to.name);
    const bool moves = from.partitionBound != to.partitionBound || from.inherits != to.inherits;
    if (!moves)
        return;
    if (!from.partitionBound.isEmpty()) {
        sql << u"ALTER TABLE "_s + from.inherits.value(0) + u" DETACH PARTITION "_s + name;
    } else {
        for (const QString& parent : from.inherits) {
            if (!to.inherits.contains(parent) || !to.partitionBound.isEmpty())
                sql << alter + u" NO INHERIT "_s + parent;
        }
    }
    if (!to.partitionBound.isEmpty()) {
        sql << pg::attachPartition(to);
    } else {
        for (const QString& parent : to.inherits) {
            if (!from.inherits.contains(parent) || !from.partitionBound.isEmpty())
                sql << alter + u" INHERIT "_s + parent;
        }
    }
}

QString sequenceOptions(const Sequence& sequence)
{
    return u" AS "_s + sequence.type + u" INCREMENT BY "_s + sequence.increment + u" MINVALUE "_s
           + sequence.minimum + u" MAXVALUE "_s + sequence.maximum + u" START WITH "_s + sequence.start
           + u" CACHE "_s + sequence.cache + (sequence.cycles ? u" CYCLE"_s : u" NO CYCLE"_s);
}

QStringList addLabels(const Type& from, const Type& to)
{
    QStringList sql;
    QStringList there = from.labels;
    const QString alter = u"ALTER TYPE "_s + pg::name(to.schema, to.name) + u" ADD VALUE "_s;
    for (qsizetype i = 0; i < to.labels.size(); ++i) {
        const QString& label = to.labels.at(i);
        if (there.contains(label))
            continue;
        QString place;
        if (i > 0)
            place = u" AFTER "_s + pg::literal(to.labels.at(i - 1));
        else if (!there.isEmpty())
            place = u" BEFORE "_s + pg::literal(there.constFirst());
        sql << alter + pg::literal(label) + place;
        there << label;
    }
    return sql;
}

/// Attributes dropped anywhere and added at the end; nothing when one changes or comes in between.
std::optional<QStringList> alterAttributes(const Type& from, const Type& to)
{
    const QString alter = u"ALTER TYPE "_s + pg::name(to.schema, to.name);
    QStringList sql;
    QList<Column> kept;
    for (const Column& attribute : from.attributes) {
        const bool stays = std::ranges::any_of(
            to.attributes, [&](const Column& other) { return other.name == attribute.name; });
        if (stays)
            kept.append(attribute);
        else
            sql << alter + u" DROP ATTRIBUTE "_s + pg::name(attribute.name);
    }
    if (to.attributes.size() < kept.size() || to.attributes.first(kept.size()) != kept)
        return std::nullopt;
    for (const Column& attribute : to.attributes.sliced(kept.size()))
        sql << alter + u" ADD ATTRIBUTE "_s + pg::columnText(attribute);
    return sql;
}

/// Everything of a routine's definition before its language: name, arguments, what it returns.
QString head(const Routine& routine)
{
    return routine.definition.left(routine.definition.indexOf(u"\n LANGUAGE"));
}

}  // namespace

QString converted(const QString& column, const QString& from, const QString& to)
{
    const QString name = pg::name(column);
    return castsDirectly(baseType(from), baseType(to)) ? name + u"::"_s + to : name + u"::text::"_s + to;
}

bool changesType(const Column& from, const Column& to)
{
    return from.type != to.type || from.collation != to.collation;
}

bool canAlter(const Column& from, const Column& to)
{
    if (from.generated == to.generated)
        return from.generatedSql == to.generatedSql;
    return from.generated == Generated::Stored && to.generated == Generated::None;
}

QStringList alterColumn(const ObjectId& id, const Column& from, const Column& to)
{
    const QString alter =
        u"ALTER TABLE "_s + pg::name(id.schema, id.name) + u" ALTER COLUMN "_s + pg::name(to.name);
    QStringList sql;
    if (from.generated != to.generated)
        sql << alter + u" DROP EXPRESSION"_s;
    // Without identity first, with it last: it is an integer that is not null.
    if (to.identity == Identity::None)
        alterIdentity(sql, alter, id, from, to);
    if (changesType(from, to)) {
        QString text = alter + u" TYPE "_s + to.type;
        if (!to.collation.isEmpty())
            text += u" COLLATE "_s + to.collation;
        if (to.generated == Generated::None)
            text += u" USING "_s + converted(to.name, from.type, to.type);
        sql << text;
    }
    if (from.notNull != to.notNull)
        sql << alter + (to.notNull ? u" SET NOT NULL"_s : u" DROP NOT NULL"_s);
    if (to.identity != Identity::None)
        alterIdentity(sql, alter, id, from, to);
    return sql;
}

Result<QStringList> alterTable(const Table& from, const Table& to)
{
    if (from.kind != to.kind || from.partitionKey != to.partitionKey || from.foreignServer != to.foreignServer
        || (to.kind == TableKind::Foreign && from.storageOptions != to.storageOptions))
        return fail(ErrorKind::Unsupported,
                    Words::tr("This change of table %1 cannot be planned: %2.")
                        .arg(change::called(to.schema, to.name), change::difference(from, to)),
                    Words::tr("Write this migration by hand."));
    const QString alter = u"ALTER TABLE "_s + pg::name(to.schema, to.name);
    QStringList sql;
    if (from.unlogged != to.unlogged)
        sql << alter + (to.unlogged ? u" SET UNLOGGED"_s : u" SET LOGGED"_s);
    if (from.rowSecurity != to.rowSecurity)
        sql << alter + (to.rowSecurity ? u" ENABLE"_s : u" DISABLE"_s) + u" ROW LEVEL SECURITY"_s;
    if (from.forceRowSecurity != to.forceRowSecurity)
        sql << alter + (to.forceRowSecurity ? u" FORCE"_s : u" NO FORCE"_s) + u" ROW LEVEL SECURITY"_s;
    alterStorage(sql, alter, from, to);
    alterParents(sql, alter, from, to);
    return sql;
}

QStringList alterSequence(const Sequence& from, const Sequence& to)
{
    Sequence owned = from;
    owned.ownedBy = to.ownedBy;
    if (owned == to)
        return {};
    return {u"ALTER SEQUENCE "_s + pg::name(to.schema, to.name) + sequenceOptions(to)};
}

bool addsLabels(const Type& from, const Type& to)
{
    QStringList kept = to.labels;
    kept.removeIf([&](const QString& label) { return !from.labels.contains(label); });
    return from.kind == TypeKind::Enum && to.kind == TypeKind::Enum && kept == from.labels;
}

std::optional<QStringList> alterType(const Type& from, const Type& to)
{
    if (addsLabels(from, to))
        return addLabels(from, to);
    if (from.kind == TypeKind::Composite && to.kind == TypeKind::Composite)
        return alterAttributes(from, to);
    return std::nullopt;
}

bool canReplace(const View& from, const View& to)
{
    if (from.materialized || to.materialized || from.columns.size() > to.columns.size())
        return false;
    for (qsizetype i = 0; i < from.columns.size(); ++i) {
        const Column& before = from.columns.at(i);
        const Column& after = to.columns.at(i);
        if (before.name != after.name || before.type != after.type || before.collation != after.collation)
            return false;
    }
    return true;
}

bool canReplace(const Routine& from, const Routine& to)
{
    return from.kind == to.kind && !to.definition.isEmpty() && head(from) == head(to);
}

}  // namespace dewpoint::plan::postgres
