// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace dewpoint::project {

/// CRC-32 of ISO HDLC (IEEE 802.3), as several tools use it for locks and checksums.
quint32 crc32(QByteArrayView bytes);

/// SHA-256 in lower-case hex.
QString sha256(const QByteArray& text);

/// True when a hash is of this text or of the same with the other line endings: a checkout on another
/// system is no edit.
bool sha256Fits(const QString& hash, const QByteArray& text);

}  // namespace dewpoint::project
