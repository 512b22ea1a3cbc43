// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

#include <QString>

#include <memory>

namespace dewpoint::test {

/// A fresh database on the server that ctest starts for the run; dropped when this dies. A test that is run by
/// hand, without that server, ends at once and says so.
class ScratchPostgres final
{
public:
    ScratchPostgres();
    ~ScratchPostgres();
    ScratchPostgres(const ScratchPostgres&) = delete;
    ScratchPostgres& operator=(const ScratchPostgres&) = delete;

    drivers::Target target() const;
    QString conninfo() const;  ///< libpq key=value text (unix socket)
    QString url() const;       ///< the same as postgres:// URL

private:
    QString m_name;
};

}  // namespace dewpoint::test
