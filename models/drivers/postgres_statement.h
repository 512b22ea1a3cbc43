// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/postgres_canceller.h"

namespace dewpoint::drivers {

/// What one call on the server may assume: no late cancel hits it, and an early one is not lost.
class PostgresStatement final
{
public:
    PostgresStatement(PostgresCanceller& canceller, bool cancellable) : m_canceller(canceller)
    {
        m_canceller.statementBegins(cancellable);
    }
    ~PostgresStatement() { m_canceller.statementEnds(); }
    PostgresStatement(const PostgresStatement&) = delete;
    PostgresStatement& operator=(const PostgresStatement&) = delete;

private:
    PostgresCanceller& m_canceller;
};

}  // namespace dewpoint::drivers
