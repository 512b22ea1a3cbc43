// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "design/staging.h"

#include "structure/edits_json.h"
#include "structure/target.h"

namespace dewpoint::design {

void Staging::setCatalog(const schema::Database& catalog)
{
    Q_EMIT catalogComing();
    m_catalog = catalog;
    Q_EMIT changed();
}

structure::Draft Staging::draft(const structure::TableId& id) const
{
    return structure::draftOf(m_catalog, m_edits, id);
}

void Staging::change(const std::function<void(structure::Edits&)>& how)
{
    structure::Edits edits = m_edits;
    how(edits);
    structure::settleOrders(edits, m_catalog);
    if (edits == m_edits)
        return;
    m_before.append(m_edits);
    m_undone.clear();
    become(edits);
}

void Staging::undo()
{
    if (!canUndo())
        return;
    m_undone.append(m_edits);
    become(m_before.takeLast());
}

void Staging::redo()
{
    if (!canRedo())
        return;
    m_before.append(m_edits);
    become(m_undone.takeLast());
}

void Staging::become(const structure::Edits& edits)
{
    m_edits = edits;
    m_refusal.reset();
    Q_EMIT changed();
}

QList<structure::Problem> Staging::problems() const
{
    QList<structure::Problem> all = structure::problemsOf(m_catalog, m_edits);
    if (m_refusal)
        all.append(*m_refusal);
    return all;
}

void Staging::setRefusal(const structure::Problem& problem)
{
    m_refusal = problem;
    Q_EMIT changed();
}

QJsonObject Staging::saveState() const
{
    return structure::toJson(m_edits);
}

void Staging::restoreState(const QJsonObject& state)
{
    m_before.clear();
    m_undone.clear();
    become(structure::editsFromJson(state));
}

}  // namespace dewpoint::design
