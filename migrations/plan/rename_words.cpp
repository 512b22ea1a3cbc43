// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What a rename does, and what it is called.
#include "base/words.h"
#include "change/words.h"
#include "plan/rename.h"
#include "sql/dialect.h"

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using sql::quoted;

namespace {

QString literal(const QString& text)
{
    return sql::literal(textValue(text), Engine::Postgres);
}

/// Where the parts of "schema.table.column" may be left out from the front.
QStringList spellings(const QStringList& parts, qsizetype least)
{
    QStringList result;
    for (qsizetype first = 0; first + least <= parts.size(); ++first)
        result << parts.sliced(first).join(u'.');
    return result;
}

/// Whether it stands in its schema by itself, in no table or type.
bool isWhole(const Rename& rename)
{
    return rename.what == Renamed::Table || rename.what == Renamed::Sequence || rename.what == Renamed::Type
           || rename.what == Renamed::Extension;
}

QStringList pathOf(const Rename& rename, const QString& schema, const QString& name)
{
    return isWhole(rename) ? QStringList{schema, name} : QStringList{schema, rename.owner, name};
}

/// "ALTER TABLE "app"."notes"", and what that is in a sentence.
std::pair<QString, QString> movedObject(const Rename& rename)
{
    const QString name = quoted(rename.schema, rename.from);
    const QString called = change::called(rename.schema, rename.from);
    switch (rename.what) {
    case Renamed::Sequence: return {u"ALTER SEQUENCE "_s + name, Words::tr("sequence %1").arg(called)};
    case Renamed::Type: return {u"ALTER TYPE "_s + name, Words::tr("type %1").arg(called)};
    case Renamed::Extension:
        return {u"ALTER EXTENSION "_s + quoted(rename.from), Words::tr("extension %1").arg(rename.from)};
    default: return {u"ALTER TABLE "_s + name, Words::tr("table %1").arg(called)};
    }
}

Step moveStep(const Rename& rename)
{
    const auto [alter, object] = movedObject(rename);
    QStringList sql{alter + u" SET SCHEMA "_s + quoted(rename.movedTo)};
    if (rename.makesSchema)
        sql.prepend(u"CREATE SCHEMA "_s + quoted(rename.movedTo));
    if (rename.dropsSchema)
        sql.append(u"DROP SCHEMA "_s + quoted(rename.schema));
    const QString text = rename.makesSchema ? Words::tr("Move %1 to the new schema %2")
                         : rename.dropsSchema
                             ? Words::tr("Move %1 to schema %2, and drop the schema that it had")
                             : Words::tr("Move %1 to schema %2");
    return {.sql = sql, .sentence = text.arg(object, rename.movedTo)};
}

}  // namespace

Rename Rename::turned() const
{
    Rename back{what, schemaAfter(), owner, to, from};
    if (!movedTo.isEmpty())
        back.movedTo = schema;
    back.makesSchema = dropsSchema;
    back.dropsSchema = makesSchema;
    return back;
}

Step renameStep(const Rename& rename, Engine engine)
{
    if (!rename.movedTo.isEmpty())
        return moveStep(rename);
    // SQLite's catalog calls its only schema main; a script may run where it has another name.
    const QString schema = engine == Engine::Sqlite ? QString() : rename.schema;
    switch (rename.what) {
    case Renamed::Table:
        return {.sql = {u"ALTER TABLE %1 RENAME TO %2"_s.arg(quoted(schema, rename.from), quoted(rename.to))},
                .sentence = Words::tr("Rename table %1 to %2")
                                .arg(change::called(rename.schema, rename.from), rename.to)};
    case Renamed::Column:
        return {.sql = {u"ALTER TABLE %1 RENAME COLUMN %2 TO %3"_s.arg(
                    quoted(schema, rename.owner), quoted(rename.from), quoted(rename.to))},
                .sentence = Words::tr("Rename column %1 of %2 to %3")
                                .arg(rename.from, change::called(rename.schema, rename.owner), rename.to)};
    case Renamed::Label:
        return {.sql = {u"ALTER TYPE %1 RENAME VALUE %2 TO %3"_s.arg(
                    quoted(schema, rename.owner), literal(rename.from), literal(rename.to))},
                .sentence = Words::tr("Rename value %1 of type %2 to %3")
                                .arg(rename.from, change::called(rename.schema, rename.owner), rename.to)};
    case Renamed::Constraint:
        return {.sql = {u"ALTER TABLE %1 RENAME CONSTRAINT %2 TO %3"_s.arg(
                    quoted(schema, rename.owner), quoted(rename.from), quoted(rename.to))},
                .sentence = Words::tr("Rename constraint %1 to %2").arg(rename.from, rename.to)};
    case Renamed::Index:
        return {.sql = {u"ALTER INDEX %1 RENAME TO %2"_s.arg(quoted(schema, rename.from), quoted(rename.to))},
                .sentence = Words::tr("Rename index %1 to %2").arg(rename.from, rename.to)};
    case Renamed::Sequence:
        return {
            .sql = {u"ALTER SEQUENCE %1 RENAME TO %2"_s.arg(quoted(schema, rename.from), quoted(rename.to))},
            .sentence = Words::tr("Rename sequence %1 to %2").arg(rename.from, rename.to)};
    case Renamed::Type:
        return {
            .sql = {u"ALTER TYPE %1 RENAME TO %2"_s.arg(quoted(schema, rename.from), quoted(rename.to))},
            .sentence =
                Words::tr("Rename type %1 to %2").arg(change::called(rename.schema, rename.from), rename.to)};
    case Renamed::Attribute:
        return {.sql = {u"ALTER TYPE %1 RENAME ATTRIBUTE %2 TO %3"_s.arg(
                    quoted(schema, rename.owner), quoted(rename.from), quoted(rename.to))},
                .sentence = Words::tr("Rename attribute %1 of type %2 to %3")
                                .arg(rename.from, change::called(rename.schema, rename.owner), rename.to)};
    case Renamed::Extension: break;  // only moves
    }
    Q_UNREACHABLE_RETURN(Step());
}

QString argument(const Rename& rename)
{
    const auto path = [&](const QString& schema, const QString& name) {
        const QString owner = change::called(schema, isWhole(rename) ? name : rename.owner);
        return isWhole(rename) ? owner : owner + u'.' + name;
    };
    return path(rename.schema, rename.from) + u'=' + path(rename.schemaAfter(), rename.to);
}

QString sentence(const Question& question)
{
    const QString text = argument(question.rename);
    if (!question.rename.movedTo.isEmpty())
        return Words::tr("Did %1 move to %2? (%3 % alike)")
            .arg(text.section(u'=', 0, 0), text.section(u'=', 1),
                 QString::number(qRound(question.likeness * 100)));
    return Words::tr("Was %1 renamed to %2? (%3 % alike)")
        .arg(text.section(u'=', 0, 0), text.section(u'=', 1),
             QString::number(qRound(question.likeness * 100)));
}

QString after(const QString& argument, const Rename& rename)
{
    if (rename.what != Renamed::Table)
        return argument;
    for (const QString& owner : {rename.schema + u'.' + rename.from, rename.from}) {
        const QString prefix = owner + u'.';
        if (argument.startsWith(prefix, Qt::CaseInsensitive))
            return rename.to + u'.' + argument.sliced(prefix.size());
    }
    return argument;
}

bool means(const QString& argument, const Rename& rename)
{
    const QString from = argument.section(u'=', 0, 0).trimmed();
    const QString to = argument.section(u'=', 1).trimmed();
    const qsizetype least = isWhole(rename) ? 1 : 2;
    const bool moves = !rename.movedTo.isEmpty();
    return spellings(pathOf(rename, rename.schema, rename.from), least).contains(from, Qt::CaseInsensitive)
           && spellings(pathOf(rename, rename.schemaAfter(), rename.to), moves ? 2 : 1)
                  .contains(to, Qt::CaseInsensitive);
}

}  // namespace dewpoint::plan
