// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <mutex>

namespace dewpoint::migrate {

/// A program's output on its way from a lane to the window, which takes it as fast as it can show it:
/// a flood is thinned here instead of filling the memory.
class LiveOutput final
{
public:
    static constexpr qsizetype mostWaiting = 1000;

    struct Taken {
        QStringList lines;
        qint64 leftOut = 0;  ///< lines before these that nobody will see
    };

    void append(const QStringList& lines);  ///< on any thread
    Taken take();                           ///< on any thread

private:
    std::mutex m_mutex;
    Taken m_waiting;
};

}  // namespace dewpoint::migrate
