// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/clipboard.h"

#include <QClipboard>
#include <QFuture>
#include <QGuiApplication>
#include <QtConcurrentRun>

namespace dewpoint::kit {

namespace {

constexpr qint64 madeAtOnce = 4LL * 1024 * 1024;

}  // namespace

void copyLater(QObject* context, qint64 bytes, const std::function<QString()>& make,
               const std::function<void()>& then)
{
    static int newest = 0;
    const int own = ++newest;
    const auto put = [own, then](const QString& text) {
        if (own != newest)
            return;
        QGuiApplication::clipboard()->setText(text);
        if (then)
            then();
    };
    if (bytes <= madeAtOnce)
        put(make());
    else
        QtConcurrent::run(make).then(context, put);
}

}  // namespace dewpoint::kit
