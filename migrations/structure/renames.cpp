// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/renames.h"

#include "catalog/sqlite_tokens.h"
#include "sql/dialect.h"

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;
using plan::Rename;
using plan::Renamed;

namespace {

bool isRenamed(const Draft& draft)
{
    return draft.head.before && draft.head.after && draft.head.was().name != draft.head.willBe().name;
}

/// Renames of one list of names, so that none takes a name that is still in use.
class Chain final
{
public:
    void add(const Rename& rename) { m_waiting.append(rename); }

    QList<Rename> inOrder()
    {
        while (!m_waiting.isEmpty()) {
            const auto free = std::ranges::find_if(m_waiting, [this](const Rename& rename) {
                return std::ranges::none_of(m_waiting, [&](const Rename& other) {
                    return &other != &rename && same(other, rename) && other.from == rename.to;
                });
            });
            if (free != m_waiting.end()) {
                m_done.append(*free);
                m_waiting.erase(free);
                continue;
            }
            // A circle: the first steps aside.
            Rename aside = m_waiting.constFirst();
            aside.to = u"dewpoint_aside_"_s + aside.from;
            m_done.append(aside);
            m_waiting.first().from = aside.to;
        }
        return m_done;
    }

private:
    static bool same(const Rename& a, const Rename& b)
    {
        return a.what == b.what && a.schema == b.schema && (a.owner == b.owner || a.what == Renamed::Index);
    }

    QList<Rename> m_waiting;
    QList<Rename> m_done;
};

}  // namespace

bool onlyRenamed(const Edit<Constraint>& edit)
{
    if (!edit.before || !edit.after || edit.was().name == edit.willBe().name)
        return false;
    Constraint plain = edit.willBe();
    plain.name = edit.was().name;
    plain.comment = edit.was().comment;
    return plain == edit.was();
}

bool onlyRenamed(const Edit<Index>& edit)
{
    if (!edit.before || !edit.after || edit.was().name == edit.willBe().name)
        return false;
    IndexText before = readIndex(edit.was().definition);
    IndexText after = readIndex(edit.willBe().definition);
    before.name.clear();
    after.name.clear();
    return before == after;
}

QList<Rename> renamesOf(const Database& catalog, const Edits& edits)
{
    const QList<Draft> drafts = draftsOf(catalog, edits);
    const bool postgres = catalog.engine == Engine::Postgres;
    Chain tables;
    Chain parts;
    for (const Draft& draft : drafts) {
        if (!draft.head.after || draft.head.gone || draft.head.isNew())
            continue;
        const Head& head = draft.head.willBe();
        if (isRenamed(draft))
            tables.add({Renamed::Table, head.schema, {}, draft.head.was().name, head.name});
        for (const Edit<Column>& column : draft.columns) {
            if (column.before && column.after && !column.gone && column.was().name != column.willBe().name)
                parts.add({Renamed::Column, head.schema, head.name, column.was().name, column.willBe().name});
        }
        for (const Edit<Constraint>& constraint : draft.constraints) {
            if (postgres && !constraint.gone && onlyRenamed(constraint))
                parts.add({Renamed::Constraint, head.schema, head.name, constraint.was().name,
                           constraint.willBe().name});
        }
        for (const Edit<Index>& index : draft.indexes) {
            if (postgres && !index.gone && onlyRenamed(index))
                parts.add({Renamed::Index, head.schema, head.name, index.was().name, index.willBe().name});
        }
    }
    return tables.inOrder() + parts.inOrder();
}

QStringList renamedIn(const Draft& draft, const QStringList& columns)
{
    QStringList result = columns;
    for (QString& name : result) {
        const auto found = std::ranges::find_if(draft.columns, [&](const Edit<Column>& column) {
            return column.before && column.after && column.was().name == name;
        });
        if (found != draft.columns.end())
            name = found->willBe().name;
    }
    return result;
}

QString renamedInText(const Draft& draft, const QString& text)
{
    QString result = text;
    const QList<catalog::Token> tokens = catalog::tokenize(text);
    for (const catalog::Token& token : std::views::reverse(tokens)) {
        if (token.kind != catalog::TokenKind::Word && token.kind != catalog::TokenKind::QuotedName)
            continue;
        const QString now = renamedIn(draft, {token.text}).constFirst();
        if (now != token.text)
            result.replace(token.start, token.length, sql::quoted(now));
    }
    return result;
}

ExclusionText renamedWhereUntouched(const Draft& draft, const ExclusionText& before, ExclusionText after)
{
    if (after.elements == before.elements)
        after.elements = renamedInText(draft, after.elements);
    if (after.predicate == before.predicate)
        after.predicate = renamedInText(draft, after.predicate);
    return after;
}

}  // namespace dewpoint::structure
