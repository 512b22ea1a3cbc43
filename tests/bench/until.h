// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <functional>

namespace dewpoint::bench {

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
