// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/checksum.h"

namespace dewpoint::project {

quint32 crc32(QByteArrayView bytes)
{
    constexpr quint32 polynomial = 0xedb88320U;
    constexpr int bits = 8;
    quint32 value = ~0U;
    for (const char byte : bytes) {
        value ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < bits; ++bit)
            value = (value >> 1U) ^ ((value & 1U) != 0 ? polynomial : 0U);
    }
    return ~value;
}

}  // namespace dewpoint::project
