// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/check_rows.h"

#include "base/words.h"
#include "transfer/column_reader.h"
#include "transfer/record_reader.h"

namespace dewpoint::transfer {

namespace {

/// A strict table keeps nothing as what it is not.
bool judge(ColumnVerdict& verdict, const ColumnReader& column, bool strict, const Record& record,
           const Field& field)
{
    Value value;
    QString problem = column.read(field, value);
    ++(isNull(value) && problem.isEmpty() ? verdict.nulls : verdict.values);
    const bool isOdd = problem.isEmpty() && !column.oddity(value).isEmpty();
    if (isOdd && strict)
        problem = Words::tr("It is no %1.").arg(column.column().declared());
    const bool odd = isOdd && !strict;
    verdict.bad += problem.isEmpty() ? 0 : 1;
    verdict.odd += odd ? 1 : 0;
    const bool first =
        (!problem.isEmpty() && verdict.bad == 1) || (odd && verdict.odd == 1 && verdict.bad == 0);
    if (first) {
        constexpr qsizetype longest = 40;
        const QString text = QString::fromUtf8(field.text.first(std::min(field.text.size(), 4 * longest)));
        verdict.problem = problem.isEmpty() ? text.left(longest) : problem;
        verdict.line = record.line;
    }
    return problem.isEmpty();
}

}  // namespace

qint64 Checked::oddValues() const
{
    qint64 sum = 0;
    for (const ColumnVerdict& column : columns)
        sum += column.odd;
    return sum;
}

Result<Checked> checkRows(const ImportPlan& plan, Progress& progress, const std::function<bool()>& stopAsked)
{
    const auto reader = RecordReader::open(plan.path, plan.options);
    if (!reader)
        return fail(reader.error());
    const auto from = plan.options.isText() ? ColumnReader::From::Text : ColumnReader::From::Json;
    const QList<MappedColumn> mapped = mappedColumns(plan);
    std::vector<ColumnReader> columns;
    for (const MappedColumn& each : mapped)
        columns.emplace_back(plan.relation.columns[each.column], plan.relation.engine, from);
    Checked checked{.columns = QList<ColumnVerdict>(plan.mapping.size())};
    progress.totalBytes = (*reader)->size();
    Record record;
    while (!stopAsked || !stopAsked()) {
        const auto some = (*reader)->next(record);
        if (!some)
            return fail(some.error());
        progress.bytes = (*reader)->bytesRead();
        if (!*some)
            break;
        progress.rows = ++checked.rows;
        if (!record.problem.isEmpty()) {
            if (checked.badRows++ == 0 || checked.rowProblem.isEmpty()) {
                checked.rowProblem = record.problem;
                checked.rowLine = record.line;
            }
            continue;
        }
        bool well = true;
        for (qsizetype i = 0; i < mapped.size(); ++i) {
            const auto field = static_cast<size_t>(mapped[i].field);
            well =
                judge(checked.columns[mapped[i].field], columns[static_cast<size_t>(i)], plan.relation.strict,
                      record, field < record.fields.size() ? record.fields[field] : Field{})
                && well;
        }
        checked.badRows += well ? 0 : 1;
    }
    return checked;
}

}  // namespace dewpoint::transfer
