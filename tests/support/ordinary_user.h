// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtLogging>

#include <unistd.h>

namespace dewpoint::test {

/// Root may read and write whatever the permissions say, so a test of them steps down for a while.
class OrdinaryUser final
{
public:
    OrdinaryUser() : m_root(geteuid() == 0)
    {
        if (m_root && setresuid(nobody, nobody, 0) != 0)
            qFatal("cannot step down");
    }
    ~OrdinaryUser()
    {
        if (m_root && setresuid(0, 0, 0) != 0)
            qFatal("cannot step up");
    }
    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;

private:
    static constexpr uid_t nobody = 65534;

    bool m_root;
};

}  // namespace dewpoint::test
