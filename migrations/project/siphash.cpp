// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/siphash.h"

#include <array>
#include <bit>

namespace dewpoint::project {

namespace {

constexpr qsizetype wordBytes = 8;
constexpr int byteBits = 8;

/// The four words of the state; the constants are the reference's ("somepseudorandomlygeneratedbytes").
class State final
{
public:
    void mix(quint64 word)
    {
        m_v[3] ^= word;
        round();
        m_v[0] ^= word;
    }
    quint64 end()
    {
        m_v[2] ^= 0xffU;
        round();
        round();
        round();
        return m_v[0] ^ m_v[1] ^ m_v[2] ^ m_v[3];
    }

private:
    void round()
    {
        auto& [a, b, c, d] = m_v;
        a += b;
        b = std::rotl(b, 13) ^ a;
        a = std::rotl(a, 32);
        c += d;
        d = std::rotl(d, 16) ^ c;
        a += d;
        d = std::rotl(d, 21) ^ a;
        c += b;
        b = std::rotl(b, 17) ^ c;
        c = std::rotl(c, 32);
    }

    std::array<quint64, 4> m_v{0x736f6d6570736575U, 0x646f72616e646f6dU, 0x6c7967656e657261U,
                               0x7465646279746573U};
};

/// Little-endian.
quint64 wordOf(QByteArrayView bytes)
{
    quint64 word = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        word |= quint64(static_cast<quint8>(bytes[i])) << (byteBits * i);
    return word;
}

}  // namespace

quint64 sipHash13(QByteArrayView bytes)
{
    State state;
    qsizetype at = 0;
    for (; at + wordBytes <= bytes.size(); at += wordBytes)
        state.mix(wordOf(bytes.sliced(at, wordBytes)));
    constexpr int lastByte = 56;
    state.mix(wordOf(bytes.sliced(at)) | quint64(bytes.size()) << lastByte);
    return state.end();
}

}  // namespace dewpoint::project
