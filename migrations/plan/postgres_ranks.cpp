// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_ranks.h"

namespace dewpoint::plan::rank {

using namespace schema;

namespace {

/// Kinds that tables may need come early, those that watch over tables late. An event trigger fires for the
/// statements of a migration too, and a comment goes before a type that is altered loses what it is on.
int ofOther(const QString& kind, bool drops)
{
    if (kind == u"EVENT TRIGGER")
        return drops ? -1 : 71;
    if (drops && kind.startsWith(u"COMMENT ON"))
        return -1;
    if (kind == u"OPERATOR" || kind == u"CAST")
        return drops ? 32 : 49;
    const bool isNeeded = kind == u"COLLATION" || kind == u"SERVER" || kind == u"FOREIGN DATA WRAPPER"
                          || kind.startsWith(u"TEXT SEARCH");
    return isNeeded ? (drops ? 35 : 39) : (drops ? 10 : 64);
}

}  // namespace

int ofDrop(const PostgresObjects& objects, const ObjectId& id)
{
    switch (id.kind) {
    case ObjectKind::Policy: return 10;
    case ObjectKind::Trigger: return 11;
    case ObjectKind::Constraint: return objects.constraint(id)->kind == ConstraintKind::ForeignKey ? 13 : 15;
    case ObjectKind::Index: return 14;
    case ObjectKind::Default: return 16;
    case ObjectKind::Relation: return objects.view(id) ? 12 : 31;
    case ObjectKind::Column: return 30;
    case ObjectKind::Sequence: return 32;
    case ObjectKind::Routine: return 33;
    case ObjectKind::Type: return 34;
    case ObjectKind::Other: return ofOther(id.member, true);
    }
    Q_UNREACHABLE_RETURN(0);
}

int ofCreate(const PostgresObjects& objects, const ObjectId& id)
{
    switch (id.kind) {
    case ObjectKind::Type: return 40;
    case ObjectKind::Sequence: return 41;
    case ObjectKind::Relation: {
        const View* view = objects.view(id);
        return !view ? 44 : view->materialized ? 61 : 60;
    }
    case ObjectKind::Column: return 46;
    case ObjectKind::Default: return 47;
    case ObjectKind::Routine: return 49;
    case ObjectKind::Constraint: return objects.constraint(id)->kind == ConstraintKind::ForeignKey ? 56 : 50;
    case ObjectKind::Index: return objects.view(id) ? 62 : 51;
    case ObjectKind::Trigger: return 65;
    case ObjectKind::Policy: return 66;
    case ObjectKind::Other: return ofOther(id.member, false);
    }
    Q_UNREACHABLE_RETURN(0);
}

int ofAlter(const PostgresObjects& objects, const ObjectId& id)
{
    switch (id.kind) {
    case ObjectKind::Type: return alterType;
    case ObjectKind::Routine: return ofCreate(objects, id);
    case ObjectKind::Relation: return objects.view(id) ? ofCreate(objects, id) : alter;
    case ObjectKind::Other:
        // A replica identity lets go of columns before they change, and takes others when they have.
        return objects.other(id)->definition.first().contains(u" USING INDEX ") ? ofCreate(objects, id)
                                                                                : alter - 1;
    default: return alter;
    }
}

}  // namespace dewpoint::plan::rank
