// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/content.h"

#include "json/scan.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype longestText = 256 * 1024;
constexpr qsizetype longestLine = 16 * 1024;  ///< laying one out takes time by its square
constexpr qsizetype longestDump = 64 * 1024;
constexpr qsizetype largestPicture = 16 * 1024 * 1024;
constexpr qint64 mostPixels = 40'000'000;
constexpr int previewSide = 1024;
constexpr qsizetype dumpWidth = 8;  ///< what fits into the panel

/// By the first bytes: a blob has no name whose ending would tell.
QString pictureFormat(const QByteArray& bytes)
{
    if (bytes.startsWith("\x89PNG\r\n"))
        return u"PNG"_s;
    if (bytes.startsWith("\xff\xd8\xff"))
        return u"JPEG"_s;
    if (bytes.startsWith("GIF8"))
        return u"GIF"_s;
    if (bytes.startsWith("RIFF") && bytes.sliced(0, qMin<qsizetype>(12, bytes.size())).endsWith("WEBP"))
        return u"WebP"_s;
    const QByteArray head = bytes.first(qMin<qsizetype>(1024, bytes.size())).trimmed();
    return head.startsWith('<') && head.contains("<svg") ? u"SVG"_s : QString();
}

/// Pictures come from whoever filled the table: a small file may claim a huge size, so that is asked
/// before anything is decoded.
Content pictureOr(const QByteArray& bytes, const QString& format, Content otherwise)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer, format.toLatin1().toLower());
    const QSize size = reader.size();
    if (bytes.size() > largestPicture || !size.isValid() || qint64(size.width()) * size.height() > mostPixels)
        return otherwise;
    if (std::max(size.width(), size.height()) > previewSide)
        reader.setScaledSize(
            size.scaled(previewSide, previewSide, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    const QImage image = reader.read();
    if (image.isNull())
        return otherwise;
    return ImageContent{.image = image, .format = format, .size = size};
}

Content blobContent(const QByteArray& bytes)
{
    const QString format = pictureFormat(bytes);
    BinaryContent binary{.dump = hexDump(bytes.first(qMin(longestDump, bytes.size()))), .format = format};
    return format.isEmpty() ? Content(binary) : pictureOr(bytes, format, binary);
}

/// A large text is taken for what it looks like: judging it takes a while.
bool isContainer(const QByteArray& utf8)
{
    constexpr qsizetype judgedHere = 256 * 1024;
    const QByteArrayView trimmed = QByteArrayView(utf8).trimmed();
    const bool looksSo = (trimmed.startsWith('{') && trimmed.endsWith('}'))
                         || (trimmed.startsWith('[') && trimmed.endsWith(']'));
    return looksSo && (utf8.size() > judgedHere || !json::problemOf(utf8));
}

/// How much of the text can be laid out without holding the window.
qsizetype shownLength(const QString& text)
{
    const qsizetype most = std::min(text.size(), longestText);
    for (qsizetype line = 0; line < most;) {
        const qsizetype found = text.indexOf(u'\n', line);
        const qsizetype end = found < 0 ? most : std::min(found, most);
        if (end - line > longestLine)
            return line + longestLine;
        line = end + 1;
    }
    return most;
}

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

}  // namespace

TextContent plainContent(const Value& value)
{
    // Four bytes hold any character, so no more than these can be shown.
    const auto* whole = std::get_if<Text>(&value);
    const QString text = whole && whole->utf8.size() > longestText * 4
                             ? QString::fromUtf8(whole->utf8.first(longestText * 4))
                             : displayText(value);
    const qsizetype length = shownLength(text);
    return {.text = text.first(length), .isCut = text.size() > length};
}

QString hexDump(const QByteArray& bytes)
{
    QString dump;
    for (qsizetype at = 0; at < bytes.size(); at += dumpWidth) {
        const QByteArray line = bytes.sliced(at, qMin(dumpWidth, bytes.size() - at));
        QString characters;
        for (const char c : line)
            characters.append(c >= 0x20 && c < 0x7f ? QChar::fromLatin1(c) : u'·');
        const QString hex = QString::fromLatin1(line.toHex(' ')).leftJustified(dumpWidth * 3 - 1);
        dump +=
            QString::number(at, 16).rightJustified(4, u'0') + u"  "_s + hex + u"  "_s + characters + u'\n';
    }
    dump.chop(1);
    return dump;
}

Content contentOf(const Value& value, bool jsonColumn)
{
    return std::visit(Overloaded{
                          [](const Null&) -> Content { return NullContent{}; },
                          [&](qint64) -> Content { return plainContent(value); },
                          [&](double) -> Content { return plainContent(value); },
                          [&](const Text& text) -> Content {
                              return jsonColumn || isContainer(text.utf8) ? Content(JsonContent{text.utf8})
                                                                          : Content(plainContent(value));
                          },
                          [](const Blob& blob) { return blobContent(blob.bytes); },
                      },
                      value);
}

}  // namespace dewpoint::inspect
