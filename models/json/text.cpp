// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "json/text.h"

#include "json/scan.h"

namespace dewpoint::json {

namespace {

constexpr qsizetype indentation = 2;

char32_t hexUnit(QByteArrayView text, qsizetype at, bool& well)
{
    const QByteArrayView digits = at + 4 <= text.size() ? text.sliced(at, 4) : QByteArrayView();
    const uint unit = digits.toUInt(&well, 16);
    return unit;
}

/// \uXXXX, or two of them for what lies beyond the first plane. Leaves `at` on its last digit.
bool appendEscaped(QByteArrayView text, qsizetype& at, QByteArray& out)
{
    bool well = false;
    char32_t code = hexUnit(text, at + 1, well);
    if (!well)
        return false;
    at += 4;
    if (QChar::isHighSurrogate(code) && text.sliced(at + 1).startsWith("\\u")) {
        const char32_t low = hexUnit(text, at + 3, well);
        if (!well || !QChar::isLowSurrogate(low))
            return false;
        code = QChar::surrogateToUcs4(static_cast<char16_t>(code), static_cast<char16_t>(low));
        at += 6;
    }
    if (QChar::isSurrogate(code))
        return false;
    out += QString::fromUcs4(&code, 1).toUtf8();
    return true;
}

void breakLine(QByteArray& out, qsizetype depth)
{
    out += '\n';
    out.append(depth * indentation, ' ');
}

}  // namespace

bool decode(QByteArrayView between, QByteArray& out)
{
    out.resize(0);
    if (!between.contains('\\')) {
        out.append(between);
        return true;
    }
    for (qsizetype i = 0; i < between.size(); ++i) {
        if (between[i] != '\\') {
            out += between[i];
            continue;
        }
        const char c = ++i < between.size() ? between[i] : '\0';
        switch (c) {
        case '"':
        case '\\':
        case '/': out += c; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u':
            if (!appendEscaped(between, i, out))
                return false;
            break;
        default: return false;
        }
    }
    return true;
}

QByteArray quoted(const QString& text)
{
    QByteArray out;
    out += '"';
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out += "\\u00" + QByteArray(1, c).toHex();
            else
                out += c;
        }
    }
    out += '"';
    return out;
}

QString readable(QByteArrayView quotedText)
{
    const QByteArrayView between = quotedText.sliced(1).chopped(1);
    QByteArray decoded;
    return decode(between, decoded) ? QString::fromUtf8(decoded) : QString::fromUtf8(between);
}

bool isDecodable(QByteArrayView quotedText)
{
    QByteArray decoded;
    return decode(quotedText.sliced(1).chopped(1), decoded) && decoded.isValidUtf8();
}

QByteArray formatted(QByteArrayView valid)
{
    QByteArray out;
    out.reserve(valid.size() + valid.size() / 2);
    qsizetype depth = 0;
    for (qsizetype at = spaceEnd(valid, 0); at < valid.size(); at = spaceEnd(valid, at)) {
        const char c = valid[at];
        switch (c) {
        case '{':
        case '[':
            out += c;
            ++at;
            if (const qsizetype next = spaceEnd(valid, at); next < valid.size() && valid[next] == c + 2) {
                out += valid[next];  // nothing in it; in ASCII a bracket closes two places behind its opening
                at = next + 1;
            } else {
                breakLine(out, ++depth);
            }
            break;
        case '}':
        case ']':
            breakLine(out, --depth);
            out += c;
            ++at;
            break;
        case ',':
            out += c;
            breakLine(out, depth);
            ++at;
            break;
        case ':':
            out += ": ";
            ++at;
            break;
        default: {
            const qsizetype end = c == '"' ? stringEnd(valid, at) : valueEnd(valid, at);
            out += valid.sliced(at, end - at);
            at = end;
        }
        }
    }
    return out;
}

QByteArray minified(QByteArrayView valid)
{
    QByteArray out;
    out.reserve(valid.size());
    for (qsizetype at = spaceEnd(valid, 0); at < valid.size(); at = spaceEnd(valid, at)) {
        const bool mark = QByteArrayView("{}[],:").contains(valid[at]);
        const qsizetype end = mark ? at + 1 : valueEnd(valid, at);
        out += valid.sliced(at, end - at);
        at = end;
    }
    return out;
}

}  // namespace dewpoint::json
