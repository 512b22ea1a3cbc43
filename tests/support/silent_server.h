// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::test {

/// Takes connections on 127.0.0.1 and never answers: the kernel accepts for it, and nobody reads.
class SilentServer final
{
public:
    SilentServer();
    ~SilentServer();
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    QString conninfo() const;
    bool wasCalled() const;

private:
    int m_listener = -1;
};

}  // namespace dewpoint::test
