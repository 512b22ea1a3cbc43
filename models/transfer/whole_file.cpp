// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/whole_file.h"

#include "base/words.h"

#include <QSaveFile>

namespace dewpoint::transfer {

namespace {

/// A disk that fills up takes a part at first; why no more, only the next attempt tells.
bool writeAll(QIODevice& file, const QByteArray& bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const qint64 taken = file.write(bytes.constData() + at, bytes.size() - at);
        if (taken <= 0)
            return false;
        at += taken;
    }
    return true;
}

}  // namespace

Error fileError(const QString& path, const QString& why)
{
    return {.kind = ErrorKind::File,
            .message = Words::tr("%1 could not be written: %2").arg(path, why),
            .hint = Words::tr("Choose another place, or make room there.")};
}

Result<> writeWholeFile(const QString& path, const std::function<Result<>(const ByteSink& sink)>& write)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(fileError(path, file.errorString()));
    const auto done = write([&](const QByteArray& bytes) { return writeAll(file, bytes); });
    if (file.error() != QFileDevice::NoError)
        return fail(fileError(path, file.errorString()));
    if (!done)
        return done;
    if (!file.commit())
        return fail(fileError(path, file.errorString()));
    return {};
}

}  // namespace dewpoint::transfer
