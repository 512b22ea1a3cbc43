// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/text_source.h"

#include "base/words.h"

#include <array>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

// WHATWG encoding standard, index-windows-1252: where it differs from Latin-1.
constexpr std::array<char16_t, 32> high{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                        0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

QByteArray fromWindows(const QByteArray& bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar& c : text) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xA0)
            c = QChar(high[c.unicode() - 0x80]);
    }
    return text.toUtf8();
}

QStringConverter::Encoding converterOf(Encoding encoding)
{
    return encoding == Encoding::Utf16Be ? QStringConverter::Utf16BE : QStringConverter::Utf16LE;
}

}  // namespace

QString nameOf(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8: return u"UTF-8"_s;
    case Encoding::Utf16Le: return u"UTF-16 LE"_s;
    case Encoding::Utf16Be: return u"UTF-16 BE"_s;
    case Encoding::Windows1252: return u"Windows-1252"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

TextSource::TextSource(const QString& path, Encoding encoding)
    : m_file(path), m_encoding(encoding), m_decoder(converterOf(encoding))
{}

Result<> TextSource::open()
{
    if (m_file.open(QIODevice::ReadOnly))
        return {};
    return fail(ErrorKind::File,
                Words::tr("%1 could not be read: %2").arg(m_file.fileName(), m_file.errorString()));
}

Result<bool> TextSource::more(QByteArray& buffer, qsizetype least)
{
    const QByteArray piece = m_file.read(least);
    if (piece.isEmpty() && m_file.error() != QFileDevice::NoError)
        return fail(ErrorKind::File,
                    Words::tr("%1 could not be read: %2").arg(m_file.fileName(), m_file.errorString()));
    if (piece.isEmpty())
        return false;
    const bool first = m_read == 0;
    m_read += piece.size();
    if (m_encoding == Encoding::Utf16Le || m_encoding == Encoding::Utf16Be)
        buffer += QString(m_decoder.decode(piece)).toUtf8();
    else if (m_encoding == Encoding::Windows1252)
        buffer += fromWindows(piece);
    else
        buffer += first && piece.startsWith("\xEF\xBB\xBF") ? piece.sliced(3) : piece;
    return true;
}

}  // namespace dewpoint::transfer
