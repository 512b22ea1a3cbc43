// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "transfer/read_options.h"

#include <QFile>
#include <QStringDecoder>

namespace dewpoint::transfer {

/// A file as UTF-8, piece by piece, without its byte order mark.
class TextSource final
{
public:
    TextSource(const QString& path, Encoding encoding);

    Result<> open();
    /// Appends the next piece, of at least `least` bytes of the file where it has so many. False at its end.
    Result<bool> more(QByteArray& buffer, qsizetype least);
    qint64 bytesRead() const { return m_read; }
    qint64 size() const { return m_file.size(); }

private:
    QFile m_file;
    Encoding m_encoding;
    QStringDecoder m_decoder;
    qint64 m_read = 0;
};

}  // namespace dewpoint::transfer
