// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_words.h"

#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres.h"

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
namespace pg = ddl::postgres;

QString described(const PostgresObjects& objects, const ObjectId& id)
{
    const QString name = change::called(id.schema, id.name);
    switch (id.kind) {
    case ObjectKind::Relation:
        return (objects.view(id) ? Words::tr("view %1") : Words::tr("table %1")).arg(name);
    case ObjectKind::Column: return Words::tr("column %1 of %2").arg(id.member, name);
    case ObjectKind::Default: return Words::tr("default of %1 of %2").arg(id.member, name);
    case ObjectKind::Constraint: return Words::tr("constraint %1 of %2").arg(id.member, name);
    case ObjectKind::Index: return Words::tr("index %1 of %2").arg(id.member, name);
    case ObjectKind::Trigger: return Words::tr("trigger %1 of %2").arg(id.member, name);
    case ObjectKind::Policy: return Words::tr("policy %1 of %2").arg(id.member, name);
    case ObjectKind::Routine: return Words::tr("routine %1(%2)").arg(name, id.member);
    case ObjectKind::Type: return Words::tr("type %1").arg(name);
    case ObjectKind::Sequence: return Words::tr("sequence %1").arg(name);
    case ObjectKind::Other: return change::words(OtherObject{.kind = id.member, .name = id.name});
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString commentTarget(const change::SetComment& comment, const PostgresObjects& objects)
{
    const QString owner = pg::name(comment.owner.schema, comment.owner.name);
    const QString member = pg::name(comment.member);
    const ObjectId id = relationId(comment.owner.schema, comment.owner.name);
    switch (comment.what) {
    case change::Commented::Table:
        return (objects.table(id) && objects.table(id)->kind == TableKind::Foreign ? u"FOREIGN TABLE "_s
                                                                                   : u"TABLE "_s)
               + owner;
    case change::Commented::Column: return u"COLUMN "_s + owner + u'.' + member;
    case change::Commented::Constraint: return u"CONSTRAINT "_s + member + u" ON "_s + owner;
    case change::Commented::Index: return u"INDEX "_s + pg::name(comment.owner.schema, comment.member);
    case change::Commented::Trigger: return u"TRIGGER "_s + member + u" ON "_s + owner;
    case change::Commented::View:
        return (objects.view(id) && objects.view(id)->materialized ? u"MATERIALIZED VIEW "_s : u"VIEW "_s)
               + owner;
    case change::Commented::Routine: {
        // ROUTINE knows no ordered-set aggregate by its arguments.
        const Routine* routine = objects.routine(commentedId(comment));
        return routine && routine->kind == RoutineKind::Aggregate
                   ? pg::called(*routine)
                   : u"ROUTINE "_s + owner + u'(' + comment.member + u')';
    }
    case change::Commented::Type: {
        ObjectId type = id;
        type.kind = ObjectKind::Type;
        const bool domain = objects.type(type) && objects.type(type)->kind == TypeKind::Domain;
        return (domain ? u"DOMAIN "_s : u"TYPE "_s) + owner;
    }
    case change::Commented::Other: return comment.member + u' ' + comment.owner.name;
    }
    Q_UNREACHABLE_RETURN(QString());
}

ObjectId commentedId(const change::SetComment& comment)
{
    const auto part = [&](ObjectKind kind) {
        return partId(kind, comment.owner.schema, comment.owner.name, comment.member);
    };
    switch (comment.what) {
    case change::Commented::Table:
    case change::Commented::View: return relationId(comment.owner.schema, comment.owner.name);
    case change::Commented::Column: return part(ObjectKind::Column);
    case change::Commented::Constraint: return part(ObjectKind::Constraint);
    case change::Commented::Index: return part(ObjectKind::Index);
    case change::Commented::Trigger: return part(ObjectKind::Trigger);
    case change::Commented::Routine: return part(ObjectKind::Routine);
    case change::Commented::Type: return part(ObjectKind::Type);
    case change::Commented::Other: return part(ObjectKind::Other);
    }
    Q_UNREACHABLE_RETURN({});
}

}  // namespace dewpoint::plan
