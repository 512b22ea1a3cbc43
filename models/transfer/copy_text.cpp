// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/copy_text.h"

namespace dewpoint::transfer {

namespace {

const char* escapeOf(char c)
{
    switch (c) {
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return nullptr;
    }
}

void appendText(QByteArray& out, QByteArrayView text)
{
    qsizetype from = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char* escape = escapeOf(text[at]);
        if (!escape)
            continue;
        out += text.sliced(from, at - from);
        out += escape;
        from = at + 1;
    }
    out += text.sliced(from);
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
