// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/budget.h"

#include <optional>

struct pg_result;

namespace dewpoint::drivers {

/// Takes the results of one statement apart: columns, rows up to the limits or into a sink, and how
/// many rows were changed.
class PostgresReader final
{
public:
    enum class Wish { More, Enough };

    explicit PostgresReader(Limits limits) : m_limits(limits), m_kept(limits) {}
    explicit PostgresReader(const RowSink& sink) : m_kept(Limits{}), m_sink(&sink) {}

    /// A result that is no error. Enough: the caller may cancel the rest.
    Wish take(const pg_result* result);

    /// Rows changed, or rows read.
    qint64 count() const { return m_batch.affected >= 0 ? m_batch.affected : m_kept.rows(); }
    RowBatch& batch() { return m_batch; }
    const Limits& limits() const { return m_limits; }
    const QList<int>& modifiers() const { return m_modifiers; }  ///< typmod of each column

private:
    void describe(const pg_result* result);
    void countChanges(const pg_result* result);
    Wish keepRow(const pg_result* result);
    Wish passRow(const pg_result* result);

    Limits m_limits;
    Budget m_kept;
    const RowSink* m_sink = nullptr;
    RowBatch m_batch;
    QList<int> m_modifiers;
    std::vector<Value> m_row;
    bool m_stopped = false;
};

}  // namespace dewpoint::drivers
