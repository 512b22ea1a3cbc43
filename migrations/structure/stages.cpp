// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/propose.h"

namespace dewpoint::structure {

using namespace schema;

namespace {

/// Puts the edits of all tables together again, one after the other, in an order in which each can stand.
class Stager final
{
public:
    Stager(const Database& catalog, const Edits& edits) : m_drafts(draftsOf(catalog, edits)) {}

    QList<Stage> made()
    {
        for (const Draft& draft : std::as_const(m_drafts)) {
            drops<Trigger>(draft, Kind::Trigger);
            drops<Index>(draft, Kind::Index);
            drops<Constraint>(draft, Kind::Constraint);
        }
        for (const Draft& draft : std::as_const(m_drafts))
            head(draft);
        for (const Draft& draft : std::as_const(m_drafts))
            columns(draft);
        for (const bool foreign : {false, true}) {
            for (const Draft& draft : std::as_const(m_drafts))
                constraints(draft, foreign);
        }
        for (const Draft& draft : std::as_const(m_drafts)) {
            rest<Index>(draft, Kind::Index, Field::Columns);
            rest<Trigger>(draft, Kind::Trigger, Field::Text);
        }
        return m_stages;
    }

private:
    void stage(const Draft& draft, Kind kind, qsizetype row, Field field)
    {
        m_stages.append(
            {.place = {.table = draft.id, .kind = kind, .row = row, .field = field}, .edits = m_so});
    }

    template <class T>
    void drops(const Draft& draft, Kind kind)
    {
        const QList<Edit<T>>& list = partsOf<T>(draft);
        for (qsizetype row = 0; row < list.size(); ++row) {
            if (!list.at(row).isDropped() || list.at(row).gone || draft.head.isDropped())
                continue;
            put(m_so, draft.id, list.at(row), std::nullopt);
            stage(draft, kind, row, Field::Whole);
        }
    }

    /// A new table comes with its first column.
    void head(const Draft& draft)
    {
        if (!draft.head.isChanged())
            return;
        put(m_so, draft.id, draft.head, draft.head.after);
        if (!draft.head.isNew())
            stage(draft, Kind::Table, 0, draft.head.isDropped() ? Field::Whole : Field::Name);
    }

    void columns(const Draft& draft)
    {
        for (const bool dropped : {false, true}) {
            for (qsizetype row = 0; row < draft.columns.size() && !draft.head.isDropped(); ++row) {
                const Edit<Column>& edit = draft.columns.at(row);
                if (!edit.isChanged() || edit.gone || edit.isDropped() != dropped)
                    continue;
                if (!dropped) {
                    column(draft, row);
                    continue;
                }
                put(m_so, draft.id, edit, std::nullopt);
                stage(draft, Kind::Column, row, Field::Whole);
            }
        }
    }

    /// Field by field, so that the one that does not do is found.
    void column(const Draft& draft, qsizetype row)
    {
        const Edit<Column>& edit = draft.columns.at(row);
        const Column& goal = edit.willBe();
        Edit<Column> so{.before = edit.before, .after = edit.before};
        Column now = edit.before.value_or(Column{});
        const auto next = [&](Field field) {
            if (so.after == now)
                return;
            put(m_so, draft.id, so, now);
            so.after = now;
            stage(draft, Kind::Column, row, field);
        };
        now.name = goal.name;
        if (edit.before)
            next(Field::Name);
        if (now.type != goal.type && now.defaultSql != goal.defaultSql)
            now.defaultSql.reset();
        now.type = goal.type;
        next(Field::Type);
        now.collation = goal.collation;
        next(Field::Collation);
        now.generated = Generated::None;
        now.generatedSql.clear();
        now.identity = goal.identity;
        now.identityOptions = goal.identityOptions;
        now.defaultSql = goal.defaultSql;
        next(Field::Default);
        now.generated = goal.generated;
        now.generatedSql = goal.generatedSql;
        next(Field::Expression);
        now = goal;
        next(Field::Whole);
    }

    void constraints(const Draft& draft, bool foreign)
    {
        for (qsizetype row = 0; row < draft.constraints.size() && !draft.head.isDropped(); ++row) {
            const Edit<Constraint>& edit = draft.constraints.at(row);
            if (!edit.after || edit.gone || !edit.isChanged()
                || (edit.willBe().kind == ConstraintKind::ForeignKey) != foreign)
                continue;
            put(m_so, draft.id, {.before = edit.before, .after = {}}, edit.after);
            stage(draft, Kind::Constraint, row,
                  edit.willBe().kind == ConstraintKind::Check ? Field::Expression
                  : foreign                                   ? Field::Target
                                                              : Field::Columns);
        }
    }

    template <class T>
    void rest(const Draft& draft, Kind kind, Field field)
    {
        const QList<Edit<T>>& list = partsOf<T>(draft);
        for (qsizetype row = 0; row < list.size() && !draft.head.isDropped(); ++row) {
            const Edit<T>& edit = list.at(row);
            if (!edit.after || edit.gone || !edit.isChanged())
                continue;
            put(m_so, draft.id, {.before = edit.before, .after = {}}, edit.after);
            stage(draft, kind, row, field);
        }
    }

    QList<Draft> m_drafts;
    Edits m_so;
    QList<Stage> m_stages;
};

}  // namespace

QList<Stage> stagesOf(const Database& catalog, const Edits& edits)
{
    return Stager(catalog, edits).made();
}

}  // namespace dewpoint::structure
