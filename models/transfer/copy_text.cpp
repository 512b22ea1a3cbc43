// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/copy_text.h"

namespace dewpoint::transfer {

namespace {

void appendText(QByteArray& out, QByteArrayView text)
{
    for (const char c : text) {
        switch (c) {
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: out += c;
        }
    }
}

}  // namespace

void appendCopyCell(QByteArray& out, const Value& value)
{
    if (isNull(value))
        out += "\\N";
    else if (const auto* text = std::get_if<Text>(&value))
        appendText(out, text->utf8);
    else if (const auto* blob = std::get_if<Blob>(&value))
        out += "\\\\x" + blob->bytes.toHex();
    else
        out += displayText(value).toLatin1();
}

}  // namespace dewpoint::transfer
