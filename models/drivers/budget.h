// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::drivers {

/// What of a result is in memory, against the limits for it.
class Budget final
{
public:
    explicit Budget(const Limits& limits) : m_limits(limits) {}

    bool isSpent() const
    {
        return (m_limits.maxRows >= 0 && m_rows >= m_limits.maxRows)
               || (m_limits.maxBytes >= 0 && m_bytes >= m_limits.maxBytes);
    }
    qint64 rows() const { return m_rows; }
    void addRow() { ++m_rows; }
    void addCell(const Value& value)
    {
        m_bytes += qint64{sizeof(Value)};
        if (const auto* text = std::get_if<Text>(&value))
            m_bytes += text->utf8.size();
        else if (const auto* blob = std::get_if<Blob>(&value))
            m_bytes += blob->bytes.size();
    }

private:
    Limits m_limits;
    qint64 m_rows = 0;
    qint64 m_bytes = 0;
};

}  // namespace dewpoint::drivers
