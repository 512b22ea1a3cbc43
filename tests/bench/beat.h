// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace dewpoint::bench {

/// How long the thread's events had to wait, at the longest, in milliseconds.
class Beat final
{
public:
    Beat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_longest = std::max(m_longest, static_cast<double>(m_clock.nsecsElapsed()) / 1e6 - 1);
            m_clock.start();
        });
        m_clock.start();
        m_timer.start(1);
    }
    double longest() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_longest = 0;
};

/// Handles events until it is so; fatal after ten minutes, as there would be no figure.
inline void until(const std::function<bool()>& isSo)
{
    QEventLoop loop;
    QElapsedTimer clock;
    clock.start();
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (isSo())
            loop.quit();
        else if (clock.elapsed() > 600'000)
            qFatal("it did not come to an end");
    });
    timer.start(1);
    loop.exec();
}

}  // namespace dewpoint::bench
