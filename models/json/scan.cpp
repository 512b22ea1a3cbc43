// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "json/scan.h"

#include <algorithm>

namespace dewpoint::json {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Kind kindAt(QByteArrayView text, qsizetype at)
{
    switch (at < text.size() ? text[at] : '\0') {
    case '{': return Kind::Object;
    case '[': return Kind::Array;
    case '"': return Kind::String;
    case 't':
    case 'f': return Kind::Boolean;
    case 'n': return Kind::Null;
    default: return Kind::Number;
    }
}

qsizetype spaceEnd(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

qsizetype stringEnd(QByteArrayView text, qsizetype at)
{
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return -1;
}

qsizetype containerEnd(QByteArrayView text, qsizetype at)
{
    qsizetype depth = 0;
    for (qsizetype i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            i = stringEnd(text, i) - 1;
            if (i < 0)
                return -1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

qsizetype valueEnd(QByteArrayView text, qsizetype at)
{
    const Kind kind = kindAt(text, at);
    if (kind == Kind::String)
        return stringEnd(text, at);
    if (isContainer(kind))
        return containerEnd(text, at);
    while (at < text.size() && !isSpace(text[at]) && text[at] != ',' && text[at] != '}' && text[at] != ']')
        ++at;
    return at;
}

bool isNumber(QByteArrayView text)
{
    qsizetype i = text.startsWith('-') ? 1 : 0;
    const auto digits = [&] {
        const qsizetype first = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9')
            ++i;
        return i > first;
    };
    const bool zero = i < text.size() && text[i] == '0';
    const qsizetype whole = i;
    if (!digits() || (zero && i - whole > 1))
        return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (!digits())
            return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (!digits())
            return false;
    }
    return i == text.size();
}

std::optional<qsizetype> Extents::endOf(qsizetype begin) const
{
    const auto found = std::ranges::lower_bound(list, begin, {}, &Extent::begin);
    return found != list.end() && found->begin == begin ? std::optional(found->end) : std::nullopt;
}

void Extents::replaced(qsizetype at, qsizetype before, qsizetype after)
{
    const qsizetype behind = at + before;
    std::erase_if(list, [&](const Extent& each) { return each.begin >= at && each.begin < behind; });
    for (Extent& each : list) {
        each.begin += each.begin >= behind ? after - before : 0;
        each.end += each.end >= behind && each.end > at ? after - before : 0;
    }
}

Extents extentsIn(QByteArrayView valid)
{
    Extents found;
    std::vector<qsizetype> open;
    for (qsizetype i = 0; i < valid.size(); ++i) {
        const char c = valid[i];
        if (c == '"') {
            const qsizetype end = stringEnd(valid, i);
            if (end < 0)
                break;
            if (end - i >= Extents::least)
                found.list.push_back({i, end});
            i = end - 1;
        } else if (c == '{' || c == '[') {
            open.push_back(i);
        } else if ((c == '}' || c == ']') && !open.empty()) {
            if (i + 1 - open.back() >= Extents::least)
                found.list.push_back({open.back(), i + 1});
            open.pop_back();
        }
    }
    std::ranges::sort(found.list, {}, &Extents::Extent::begin);
    return found;
}

Item wholeOf(QByteArrayView valid)
{
    Item item{.begin = spaceEnd(valid, 0), .end = valid.size()};
    while (item.end > item.begin && isSpace(valid[item.end - 1]))
        --item.end;
    return item;
}

Item itemAt(QByteArrayView text, qsizetype at, const Extents& extents)
{
    Item item{.begin = at};
    // A text with a colon behind it is a name.
    if (text[at] == '"') {
        const auto large = extents.endOf(at);
        const qsizetype end = large ? *large : stringEnd(text, at);
        const qsizetype colon = spaceEnd(text, end);
        if (colon < text.size() && text[colon] == ':') {
            item.keyBegin = at;
            item.keyEnd = end;
            item.begin = spaceEnd(text, colon + 1);
        }
    }
    const auto known = extents.endOf(item.begin);
    item.end = known ? *known : valueEnd(text, item.begin);
    return item;
}

std::vector<Item> itemsIn(QByteArrayView text, qsizetype at)
{
    std::vector<Item> items;
    if (!hasItems(text, at))
        return items;
    for (;;) {
        items.push_back(itemAt(text, spaceEnd(text, at + 1)));
        at = spaceEnd(text, items.back().end);
        if (at >= text.size() || text[at] != ',')
            return items;
    }
}

bool hasItems(QByteArrayView text, qsizetype at)
{
    if (!isContainer(kindAt(text, at)))
        return false;
    const qsizetype first = spaceEnd(text, at + 1);
    return first < text.size() && text[first] != '}' && text[first] != ']';
}

}  // namespace dewpoint::json
