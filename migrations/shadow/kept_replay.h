// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "shadow/replay.h"

#include <QByteArrayList>

#include <memory>

namespace dewpoint::shadow {

struct Range;

/// Previews one after another, each as preview() makes it, on a scratch database that is kept between them:
/// migrations before the range run again only where one of their files is another now, and a range behind the
/// last one goes on from there. SQLite alone: a scratch database of PostgreSQL is on somebody's server, and
/// none is left there. It belongs to the thread that calls it first.
class KeptReplay final
{
public:
    KeptReplay();
    ~KeptReplay();
    KeptReplay(const KeptReplay&) = delete;
    KeptReplay& operator=(const KeptReplay&) = delete;

    Result<Preview> preview(drivers::Connection& live, const project::Project& project,
                            const QString& fromVersion, const QString& toVersion,
                            const drivers::StopAsked& stopRequested = {});

private:
    struct Kept;

    Result<std::unique_ptr<Kept>> before(const Range& range, const QByteArrayList& chain,
                                         const drivers::Target& server, const project::Project& project,
                                         const drivers::StopAsked& stop);

    std::unique_ptr<Kept> m_kept;
};

}  // namespace dewpoint::shadow
