// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace dewpoint::project {

/// CRC-32 of ISO HDLC (IEEE 802.3), as several tools use it for locks and checksums.
quint32 crc32(QByteArrayView bytes);

}  // namespace dewpoint::project
