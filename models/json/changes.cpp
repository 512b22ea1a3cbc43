// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "json/document.h"

#include <algorithm>

// Which stretch of text a change replaces, and how what is new is set among what is there.
namespace dewpoint::json {

namespace {

constexpr qsizetype looked = 4096;  ///< as far as one looks for how a text is set

bool breaksLines(QByteArrayView space)
{
    return space.contains('\n');
}

}  // namespace

Change Document::valued(const Node& node, const QByteArray& value) const
{
    return {.kind = Change::Kind::Value,
            .path = pathOf(node),
            .at = node.place.begin,
            .before = valueText(node).toByteArray(),
            .after = value};
}

Change Document::renamed(const Node& node, const QByteArray& key) const
{
    return {.kind = Change::Kind::Key,
            .path = pathOf(node),
            .at = node.place.keyBegin,
            .before = keyText(node).toByteArray(),
            .after = key};
}

/// Spaces behind commas and colons, where nothing nearer shows what is wanted.
bool Document::isAiry() const
{
    const QByteArrayView head = QByteArrayView(m_text).first(std::min(looked, m_text.size()));
    return head.contains("\": ") || head.contains(", ");
}

/// The spaces that the line with this place begins with.
QByteArray Document::indentOf(qsizetype at) const
{
    const qsizetype begin = m_text.lastIndexOf('\n', at > 0 ? at - 1 : 0) + 1;
    qsizetype end = begin;
    while (end < at && (m_text[end] == ' ' || m_text[end] == '\t'))
        ++end;
    return m_text.sliced(begin, end - begin);
}

QByteArray Document::colonFor(const Node& container) const
{
    if (!container.children.empty()) {
        const Item& place = container.children.front()->place;
        return m_text.sliced(place.keyEnd, place.begin - place.keyEnd);
    }
    return isAiry() || breaksLines(m_text) ? ": " : ":";
}

/// What stands between a comma and the child behind it.
QByteArray Document::gapFor(const Node& container, int row) const
{
    const auto& children = container.children;
    const auto before = [&](size_t child) {
        const qsizetype comma =
            child == 0 ? container.place.begin : spaceEnd(m_text, children[child - 1]->end());
        return m_text.sliced(comma + 1, children[child]->begin() - comma - 1);
    };
    if (children.size() > 1)
        return before(std::clamp<size_t>(static_cast<size_t>(row), 1, children.size() - 1));
    const QByteArray first = before(0);
    return breaksLines(first) ? first : isAiry() ? QByteArray(" ") : QByteArray();
}

Change Document::inserted(const Node& container, int row, const QByteArray& key,
                          const QByteArray& value) const
{
    const auto& children = container.children;
    const QByteArray member = container.kind == Kind::Object ? key + colonFor(container) + value : value;
    Change change;
    change.kind = Change::Kind::Inserted;
    change.path = pathOf(container);
    change.row = row;
    if (children.empty()) {
        change.at = container.place.begin + 1;
        change.before = m_text.sliced(change.at, container.end() - 1 - change.at);
        const bool lines =
            container.parent
                ? breaksLines(valueText(*container.parent))
                      && breaksLines(QByteArrayView(m_text).sliced(
                          container.parent->place.begin, container.begin() - container.parent->place.begin))
                : breaksLines(m_text.trimmed());
        const QByteArray indent = indentOf(container.begin());
        const QByteArray step = indent.startsWith('\t') ? "\t" : "  ";
        change.after = lines ? '\n' + indent + step + member + '\n' + indent : member;
        return change;
    }
    const QByteArray gap = gapFor(container, row);
    if (static_cast<size_t>(row) < children.size()) {
        change.at = children[static_cast<size_t>(row)]->begin();
        change.after = member + ',' + gap;
    } else {
        change.at = children.back()->end();
        change.after = ',' + gap + member;
    }
    return change;
}

Change Document::removed(const Node& container, int row) const
{
    const auto& children = container.children;
    const auto at = static_cast<size_t>(row);
    qsizetype from = container.place.begin + 1;
    qsizetype to = container.end() - 1;
    if (at + 1 < children.size()) {
        from = children[at]->begin();
        to = children[at + 1]->begin();
    } else if (container.hasMore) {
        from = children[at]->begin();
        to = spaceEnd(m_text, spaceEnd(m_text, children[at]->end()) + 1);
    } else if (at > 0) {
        from = children[at - 1]->end();
        to = children[at]->end();
    }
    return {.kind = Change::Kind::Removed,
            .path = pathOf(container),
            .row = row,
            .at = from,
            .before = m_text.sliced(from, to - from),
            .after = {}};
}

Change Document::swapped(const Node& container, int row) const
{
    const Node& first = *container.children[static_cast<size_t>(row)];
    const Node& second = *container.children[static_cast<size_t>(row) + 1];
    const auto text = [this](qsizetype from, qsizetype to) { return m_text.sliced(from, to - from); };
    return {.kind = Change::Kind::Swapped,
            .path = pathOf(container),
            .row = row,
            .at = first.begin(),
            .before = text(first.begin(), second.end()),
            .after = text(second.begin(), second.end()) + text(first.end(), second.begin())
                     + text(first.begin(), first.end())};
}

std::optional<Change> changeTo(const QByteArray& before, const QByteArray& after)
{
    const qsizetype shorter = std::min(after.size(), before.size());
    const qsizetype same = std::ranges::mismatch(after, before).in1 - after.cbegin();
    if (same == after.size() && same == before.size())
        return {};
    qsizetype tail = 0;
    while (tail < shorter - same && after[after.size() - 1 - tail] == before[before.size() - 1 - tail])
        ++tail;
    return Change{.kind = Change::Kind::Text,
                  .path = {},
                  .at = same,
                  .before = before.sliced(same, before.size() - tail - same),
                  .after = after.sliced(same, after.size() - tail - same)};
}

}  // namespace dewpoint::json
