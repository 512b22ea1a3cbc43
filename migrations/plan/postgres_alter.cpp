// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_alter.h"

#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres.h"
#include "plan/postgres_counting.h"

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

/// Whether the server converts the values by itself, and refuses those that do not fit; a cast would cut a
/// text short without a word (https://www.postgresql.org/docs/current/sql-createcast.html, assignment).
bool convertsAlone(const QString& from, const QString& to)
{
    if (from.endsWith(u"[]") && to.endsWith(u"[]"))
        return convertsAlone(from.chopped(2), to.chopped(2));
    if (isText(to) || (from == to && !from.startsWith(u"bit")))
        return true;
    return (isNumber(from) && isNumber(to)) || (isTime(from) && isTime(to))
           || (isOneOf(from, {u"json", u"jsonb"}) && isOneOf(to, {u"json", u"jsonb"}));
}

/// "::text::mood", "::mood", or nothing where the server converts by itself.
QString cast(const QString& from, const QString& to, const QString& list)
{
    if (convertsAlone(baseType(from), baseType(to)))
        return {};
    return (castsDirectly(baseType(from), baseType(to)) ? QString() : u"::text"_s + list) + u"::"_s + to
           + list;
}

/// A list of one where there was one, and the other way round; a list of several then does not fit.
QString convertedList(const QString& name, const QString& from, const QString& to)
{
    const QString list = u"[]"_s;
    if (to.endsWith(list))
        return u"CASE WHEN %1 IS NOT NULL THEN ARRAY[%1]%2 END"_s.arg(name, cast(from, to.chopped(2), list));
    if (isOneOf(to, {u"json", u"jsonb"}))
        return u"to_%1(%2)"_s.arg(to, name);
    const QString one =
        name + u"[1]"_s + (isText(baseType(to)) ? u"::text"_s : cast(from.chopped(2), to, {}));
    return u"CASE WHEN cardinality(%1) <= 1 THEN %2 ELSE %1::text%3 END"_s.arg(name, one,
                                                                               cast(u"text"_s, to, {}));
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
                   const Column& to, const QString& kept, bool remembers)
{
    if (from.identity == to.identity && from.identityOptions == to.identityOptions)
        return;
    if (to.identity == Identity::None) {
        if (remembers)
            sql << rememberIdentity(id, from);
        sql << alter + u" DROP IDENTITY"_s;
    } else if (from.identity == Identity::None) {
        const QString options =
            to.identityOptions.isEmpty() ? QString() : u" ("_s + to.identityOptions + u')';
        sql << alter + u" ADD GENERATED "_s + identityWord(to) + u" AS IDENTITY"_s + options;
        const QString sequence = u"pg_catalog.pg_get_serial_sequence(%1, %2)"_s.arg(
            pg::literal(pg::name(id.schema, id.name)), pg::literal(to.name));
        sql << countOn(sequence, id, Counting::of(to), kept);
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

}  // namespace

QString conversion(const QString& column, const QString& from, const QString& to)
{
    const QString name = pg::name(column);
    if (from.endsWith(u"[]") != to.endsWith(u"[]"))
        return convertedList(name, from, to);
    const QString values = cast(from, to, {});
    return values.isEmpty() ? values : name + values;
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

QStringList alterColumn(const ObjectId& id, const Column& from, const Column& to, const QString& kept,
                        bool remembers)
{
    const QString alter =
        u"ALTER TABLE "_s + pg::name(id.schema, id.name) + u" ALTER COLUMN "_s + pg::name(to.name);
    QStringList sql;
    if (from.generated != to.generated)
        sql << alter + u" DROP EXPRESSION"_s;
    // Without identity first, with it last: it is an integer that is not null.
    if (to.identity == Identity::None)
        alterIdentity(sql, alter, id, from, to, kept, remembers);
    if (changesType(from, to)) {
        QString text = alter + u" TYPE "_s + to.type;
        if (!to.collation.isEmpty())
            text += u" COLLATE "_s + to.collation;
        const QString values = conversion(to.name, from.type, to.type);
        if (to.generated == Generated::None && !values.isEmpty())
            text += u" USING "_s + values;
        sql << text;
    }
    if (from.notNull != to.notNull)
        sql << alter + (to.notNull ? u" SET NOT NULL"_s : u" DROP NOT NULL"_s);
    if (to.identity != Identity::None)
        alterIdentity(sql, alter, id, from, to, kept, remembers);
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
    const bool retyped = from.type != to.type;  // which may move its bounds
    QString text;
    const auto set = [&](bool changed, const QString& words) {
        if (changed)
            text += u' ' + words;
    };
    set(retyped, u"AS "_s + to.type);
    set(from.increment != to.increment, u"INCREMENT BY "_s + to.increment);
    set(retyped || from.minimum != to.minimum, u"MINVALUE "_s + to.minimum);
    set(retyped || from.maximum != to.maximum, u"MAXVALUE "_s + to.maximum);
    set(from.start != to.start, u"START WITH "_s + to.start);
    set(from.cache != to.cache, u"CACHE "_s + to.cache);
    set(from.cycles != to.cycles, to.cycles ? u"CYCLE"_s : u"NO CYCLE"_s);
    if (text.isEmpty())
        return {};
    return {u"ALTER SEQUENCE "_s + pg::name(to.schema, to.name) + text};
}

std::optional<QString> alterConstraint(const QString& table, const Constraint& from, const Constraint& to)
{
    const QString alter = u"ALTER TABLE "_s + table;
    if (!from.validated && to.validated && from.definition == to.definition + u" NOT VALID"_s)
        return alter + u" VALIDATE CONSTRAINT "_s + pg::name(to.name);
    static const QRegularExpression deferral(u" DEFERRABLE( INITIALLY DEFERRED)?(?=$| NOT VALID$)"_s);
    Constraint deferred = from;
    deferred.deferrable = to.deferrable;
    deferred.initiallyDeferred = to.initiallyDeferred;
    deferred.comment = to.comment;
    deferred.definition = to.definition;
    if (to.kind != ConstraintKind::ForeignKey || deferred != to
        || QString(from.definition).remove(deferral) != QString(to.definition).remove(deferral))
        return std::nullopt;
    return alter + u" ALTER CONSTRAINT "_s + pg::name(to.name)
           + (to.initiallyDeferred ? u" DEFERRABLE INITIALLY DEFERRED"_s
              : to.deferrable      ? u" DEFERRABLE INITIALLY IMMEDIATE"_s
                                   : u" NOT DEFERRABLE"_s);
}

std::optional<QString> alterPolicy(const QString& table, const Policy& from, const Policy& to)
{
    const bool loses = (to.usingSql.isEmpty() && !from.usingSql.isEmpty())
                       || (to.checkSql.isEmpty() && !from.checkSql.isEmpty());
    if (from.command != to.command || from.permissive != to.permissive || loses)
        return std::nullopt;
    QString text = u"ALTER POLICY %1 ON %2"_s.arg(pg::name(to.name), table);
    if (from.roles != to.roles)
        text += u" TO "_s + pg::policyRoles(to);
    if (from.usingSql != to.usingSql)
        text += u" USING ("_s + to.usingSql + u')';
    return from.checkSql == to.checkSql ? text : text + u" WITH CHECK ("_s + to.checkSql + u')';
}

}  // namespace dewpoint::plan::postgres
