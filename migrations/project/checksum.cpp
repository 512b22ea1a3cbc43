// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/checksum.h"

#include <QCryptographicHash>

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

QString sha256(const QByteArray& text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

bool sha256Fits(const QString& hash, const QByteArray& text)
{
    const QByteArray lines = QByteArray(text).replace("\r\n", "\n");
    return hash == sha256(text) || hash == sha256(lines)
           || hash == sha256(QByteArray(lines).replace("\n", "\r\n"));
}

}  // namespace dewpoint::project
