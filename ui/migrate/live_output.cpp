// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/live_output.h"

#include <utility>

namespace dewpoint::migrate {

void LiveOutput::append(const QStringList& lines)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting.lines += lines;
    if (const qsizetype extra = m_waiting.lines.size() - mostWaiting; extra > 0) {
        m_waiting.lines.remove(0, extra);
        m_waiting.leftOut += extra;
    }
}

LiveOutput::Taken LiveOutput::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_waiting, {});
}

}  // namespace dewpoint::migrate
