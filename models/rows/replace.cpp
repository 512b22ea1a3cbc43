// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/replace.h"

#include "base/words.h"
#include "rows/cell_input.h"
#include "rows/input_check.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 rowsPerSlice = 4000;
constexpr qint64 longestCell = 1024 * 1024;

const Value* textLike(const EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    return plain && !isNull(*plain) && !std::holds_alternative<Blob>(*plain) ? plain : nullptr;
}

class Search final
{
public:
    Search(const Relation& relation, const Replacer& replacer, ReplaceScan& scan)
        : m_relation(relation)
        , m_replacer(replacer)
        , m_scan(scan)
        , m_column(relation.columns[relation.indexOf(replacer.column())])
    {}

    void look(FoundCell cell, const EditValue& value)
    {
        ++m_scan.rows;
        const Value* plain = textLike(value);
        const auto text = plain ? m_replacer.replaced(editText(*plain, m_relation.engine)) : std::nullopt;
        if (!text)
            return;
        ++m_scan.matches;
        const auto after = parsedInput(*text, m_column, *plain, m_relation.engine);
        if (!after || !inputProblem(*text, m_column, m_relation.engine).isEmpty()) {
            ++m_scan.refused;
            return;
        }
        if (m_scan.cells.size() >= ReplaceScan::mostCells)
            return;
        cell.after = *after;
        m_scan.cells += std::move(cell);
    }

    void lookAtNew(const StagedEdits& edits)
    {
        for (const int id : edits.newRowIds()) {
            const NewRow& row = *edits.newRow(id);
            const auto value = row.values.find(m_column.name);
            look({.key = {}, .newId = id, .original = {}, .after = Null{}},
                 value == row.values.end() ? EditValue(Default{}) : value->second);
        }
    }

    /// The order terms come first: without a sort they are the key.
    void lookAt(const RowBatch& batch, int row, const QStringList& columns, const StagedEdits& edits)
    {
        const auto keys = static_cast<int>(m_relation.keyColumns.size());
        FoundCell cell;
        for (int i = 0; i < keys; ++i)
            cell.key.values.push_back(batch.at(row, i));
        bool cut = false;
        for (int i = 0; i < columns.size(); ++i) {
            const bool truncated = batch.truncated.contains(qsizetype(row) * batch.columnCount() + keys + i);
            if (!truncated)
                cell.original.emplace(columns[i], batch.at(row, keys + i));
            cut = cut || (truncated && columns[i] == m_column.name);
        }
        const RowEdit* edit = edits.row(cell.key);
        if (edit && edit->deleted)
            return;
        const auto staged = edit ? edit->cells.find(m_column.name) : decltype(edit->cells.end()){};
        if (edit && staged != edit->cells.end())
            return look(std::move(cell), staged->second.after);
        if (cut) {
            ++m_scan.rows;
            ++m_scan.tooLong;
            return;
        }
        const Value value = cell.original.at(m_column.name);
        look(std::move(cell), EditValue(value));
    }

private:
    const Relation& m_relation;
    const Replacer& m_replacer;
    ReplaceScan& m_scan;
    const RelationColumn& m_column;
};

// A row that is known by its place alone is compared as a whole when it is written.
QStringList columnsOf(const Relation& relation, const QString& column)
{
    if (!relation.hasHiddenKey())
        return {column};
    QStringList columns;
    for (const RelationColumn& each : relation.columns)
        columns += each.name;
    return columns;
}

}  // namespace

Result<Replacer> Replacer::of(const Replacement& replacement)
{
    if (replacement.find.isEmpty() && !replacement.wholeCell)
        return fail(ErrorKind::InvalidInput, Words::tr("Nothing to look for."));
    Replacer replacer(replacement);
    QString pattern =
        replacement.expression ? replacement.find : QRegularExpression::escape(replacement.find);
    if (replacement.wholeCell)
        pattern = QRegularExpression::anchoredPattern(pattern);
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    if (!replacement.matchCase)
        options |= QRegularExpression::CaseInsensitiveOption;
    replacer.m_pattern = QRegularExpression(pattern, options);
    if (!replacer.m_pattern.isValid())
        return fail(ErrorKind::InvalidInput,
                    Words::tr("Not a regular expression: %1.").arg(replacer.m_pattern.errorString()));
    replacer.m_pattern.optimize();
    return replacer;
}

std::optional<QString> Replacer::replaced(const QString& text) const
{
    if (!m_pattern.match(text).hasMatch())
        return {};
    return QString(text).replace(m_pattern, m_what.with);
}

Result<> searchOn(drivers::Connection& connection, const Relation& relation, const ViewSpec& spec,
                  const Replacer& replacer, const StagedEdits& edits, ReplaceScan& scan)
{
    Search search(relation, replacer, scan);
    ViewSpec unsorted = spec;
    unsorted.sorts.clear();
    const QStringList columns = columnsOf(relation, replacer.column());
    const Query query =
        QueryBuilder(relation, unsorted).cells(columns, scan.from ? &*scan.from : nullptr, rowsPerSlice);
    const auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = longestCell});
    if (!batch)
        return fail(batch.error());
    const bool first = !scan.from;
    if (first)
        search.lookAtNew(edits);
    const auto keyAt = [&](int row) {
        RowKey key;
        for (int i = 0; i < relation.keyColumns.size(); ++i)
            key.values.push_back(batch->at(row, i));
        return key;
    };
    for (int row = 0; row < batch->rowCount(); ++row) {
        // Where a slice ends the next one begins, unless that row is gone meanwhile.
        if (row > 0 || first || keyAt(row) != *scan.from)
            search.lookAt(*batch, row, columns, edits);
    }
    scan.done = batch->rowCount() < rowsPerSlice;
    if (batch->rowCount() > 0)
        scan.from = keyAt(batch->rowCount() - 1);
    return {};
}

StagedEdits withReplaced(StagedEdits edits, const QString& column, const QList<FoundCell>& cells)
{
    edits.beginGroup();
    for (const FoundCell& cell : cells) {
        if (cell.newId)
            edits.setNewCell(cell.newId, column, cell.after);
        else
            edits.setCell(cell.key, cell.original, column, cell.after);
    }
    edits.endGroup();
    return edits;
}

}  // namespace dewpoint::rows
