// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "values/value.h"

#include <QList>

#include <span>
#include <vector>

struct pg_result;

namespace dewpoint::drivers {

/// What PQsendQueryParams wants: texts and null pointers; blobs as the \x form that any bytea reads.
class PostgresParameters final
{
public:
    explicit PostgresParameters(std::span<const Value> values);
    int count() const { return static_cast<int>(m_pointers.size()); }
    qsizetype bytes() const;  ///< of all of them
    const char* const* pointers() const { return m_pointers.data(); }
    Result<> checkWhole() const;  ///< a text with U+0000 would be cut there

private:
    QList<QByteArray> m_texts;
    std::vector<const char*> m_pointers;
};

/// A cell of the result's first row. fullSize is set to the whole size when the value was cut to the
/// limit (bytes; -1: none), and left alone otherwise.
Value postgresCell(const pg_result* result, int column, qint64 limit, qint64* fullSize);

}  // namespace dewpoint::drivers
