// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "store/past.h"

#include "base/words.h"

#include <algorithm>
#include <utility>

namespace dewpoint::store {

namespace {

std::optional<Value> valueIn(const std::optional<rows::RowImage>& image, const QString& column)
{
    if (!image)
        return {};
    const auto value = image->find(column);
    return value == image->end() ? std::nullopt : std::optional(value->second);
}

qint64 sizeOf(const std::optional<Value>& value)
{
    return value ? rows::memoryOf({*value}) : 0;
}

PastStep::Kind kindOf(const rows::RowChange& change)
{
    return !change.before ? PastStep::Kind::Made
           : change.after ? PastStep::Kind::Changed
                          : PastStep::Kind::Deleted;
}

}  // namespace

Past::Past(History history, const rows::Relation& relation, rows::RowKey key, QString column)
    : m_history(std::move(history))
    , m_schema(relation.schema)
    , m_table(relation.name)
    , m_column(std::move(column))
    , m_trail(relation, std::move(key))
{}

void Past::addSteps(const KeptCommit& commit, const rows::TableChanges& table, QList<PastStep>& steps)
{
    const QList<rows::RowChange> changes = m_trail.stepsIn(table);
    for (const rows::RowChange& change : changes) {
        PastStep step{.kind = kindOf(change),
                      .commit = commit.id,
                      .at = commit.at,
                      .byDatabase = change.byDatabase,
                      .takesBack = !table.takesBack.isEmpty(),
                      .cells = {}};
        for (const QString& column : table.columns) {
            if (!m_column.isEmpty() && column != m_column)
                continue;
            PastCell cell{column, valueIn(change.before, column), valueIn(change.after, column)};
            // What is in neither image was too large both times: nothing tells whether it changed.
            if (step.kind != PastStep::Kind::Changed || cell.before != cell.after)
                step.cells += std::move(cell);
        }
        if (!step.cells.isEmpty())
            steps += std::move(step);
    }
}

Result<QList<PastStep>> Past::read(const std::function<bool()>& stopped, const PastLimits& limits)
{
    if (!std::exchange(m_listed, true))
        m_left = m_history.ids();
    QList<PastStep> steps;
    qint64 bytes = 0;
    qint64 filesRead = 0;
    while (!isAtEnd() && steps.size() < limits.steps && bytes < limits.bytes
           && filesRead < limits.filesRead) {
        if (stopped && stopped())
            return fail(ErrorKind::Cancelled, Words::tr("Stopped."));
        const QString id = m_left.takeFirst();
        const auto commit = m_history.commit(id);
        const bool touched = commit && std::ranges::any_of(commit->tables, [this](const KeptTable& table) {
                                 return table.schema == m_schema && table.name == m_table;
                             });
        // Most commits of a table are of other rows, and reading a file is a fraction of parsing it.
        if (!touched || !m_history.mentions(id, m_trail.key(), filesRead))
            continue;
        const auto changes = m_history.changesOf(id);
        if (!changes && changes.error().kind == ErrorKind::NotFound)
            continue;  // the oldest go while one looks at them
        if (!changes)
            return fail(changes.error());
        const qsizetype known = steps.size();
        for (const rows::TableChanges& table : *changes) {
            if (table.schema == m_schema && table.name == m_table)
                addSteps(*commit, table, steps);
        }
        for (qsizetype i = known; i < steps.size(); ++i) {
            for (const PastCell& cell : std::as_const(steps[i].cells))
                bytes += sizeOf(cell.before) + sizeOf(cell.after);
        }
    }
    return steps;
}

}  // namespace dewpoint::store
