// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "json/document.h"

#include <algorithm>
#include <utility>

namespace dewpoint::json {

namespace {

constexpr qsizetype mostSteps = 500;
constexpr qsizetype mostCompared = 1024 * 1024;  ///< bytes; comparing more is felt
constexpr size_t mostAtOnce = 5000;              ///< children that are read at a time
constexpr qsizetype mostPassed = 2 * 1024 * 1024;
constexpr qsizetype mostKept = 64LL * 1024 * 1024;  ///< bytes of texts in steps that can be taken back

void renumber(Node& parent, int from)
{
    for (auto i = static_cast<size_t>(from); i < parent.children.size(); ++i)
        parent.children[i]->row = static_cast<int>(i);
}

void move(Node& node, qsizetype by)
{
    for (qsizetype* place : {&node.place.begin, &node.place.end})
        *place += by;
    if (node.hasKey()) {
        node.place.keyBegin += by;
        node.place.keyEnd += by;
    }
    for (const auto& child : node.children)
        move(*child, by);
}

/// Typing goes on where it stopped, or deleting does; a new line begins a new step.
bool continues(const Change& last, const Change& next)
{
    const bool typing = last.before.isEmpty() && next.before.isEmpty() && !last.after.endsWith('\n')
                        && next.at == last.at + last.after.size();
    const bool deleting = last.after.isEmpty() && next.after.isEmpty()
                          && (next.at == last.at || next.at + next.before.size() == last.at);
    return last.kind == Change::Kind::Text && (typing || deleting);
}

void join(Change& last, const Change& next)
{
    if (last.before.isEmpty() && next.before.isEmpty()) {
        last.after += next.after;
    } else if (next.at == last.at) {
        last.before += next.before;
    } else {
        last.before.prepend(next.before);
        last.at = next.at;
    }
}

/// What is behind moves once, and not at all where as many bytes come as go.
void splice(QByteArray& text, qsizetype at, qsizetype size, QByteArrayView after)
{
    const qsizetype common = std::min(size, after.size());
    std::ranges::copy(after.first(common), text.data() + at);
    if (after.size() > size)
        text.insert(at + common, after.sliced(common));
    else
        text.remove(at + common, size - common);
}

}  // namespace

Change Change::inverted() const
{
    Change back = *this;
    std::swap(back.before, back.after);
    if (kind == Kind::Inserted)
        back.kind = Kind::Removed;
    else if (kind == Kind::Removed)
        back.kind = Kind::Inserted;
    return back;
}

Document::Document(QByteArray text) : Document(read(std::move(text))) {}

Document::Document(Read read)
{
    take(std::move(read));
    markStaged();
}

Document::Read Document::read(QByteArray text)
{
    Read read{.text = std::move(text), .problem = {}, .extents = {}};
    read.problem = problemOf(read.text);
    if (!read.problem && read.text.size() >= Extents::least)
        read.extents = extentsIn(read.text);
    return read;
}

void Document::take(Read read)
{
    m_root.reset();
    m_text = std::move(read.text);
    m_problem = std::move(read.problem);
    m_extents = std::move(read.extents);
    if (!m_problem)
        m_root = makeNode(wholeOf(m_text), nullptr, 0);
}

bool Document::isEdited() const
{
    if (m_done == m_baseStep)
        return false;
    return m_text.size() > mostCompared || m_text != m_base;
}

void Document::markStaged()
{
    m_base = m_text.size() > mostCompared ? QByteArray() : m_text;
    m_baseStep = m_done;
}

Document::Read Document::changed(const QByteArray& text, const Change& change)
{
    QByteArray after;
    after.reserve(text.size() + change.after.size() - change.before.size());
    after += QByteArrayView(text).first(change.at);
    after += change.after;
    after += QByteArrayView(text).sliced(change.at + change.before.size());
    return read(std::move(after));
}

void Document::adopt(const Change& change, Step step, Read read)
{
    take(std::move(read));
    if (step == Step::Apply)
        remember(change, false);
    else
        m_done += step == Step::Undo ? -1 : 1;
}

std::unique_ptr<Node> Document::makeNode(const Item& place, Node* parent, int row) const
{
    auto node = std::make_unique<Node>();
    node->parent = parent;
    node->row = row;
    node->kind = kindAt(m_text, place.begin);
    node->place = place;
    return node;
}

std::vector<Item> Document::unread(const Node& node) const
{
    std::vector<Item> items;
    if ((node.isScanned && !node.hasMore) || !hasItems(node))
        return items;
    const QByteArrayView text(m_text);
    qsizetype at = node.children.empty() ? node.place.begin : spaceEnd(text, node.children.back()->end());
    for (qsizetype passed = 0; items.size() < mostAtOnce && passed < mostPassed;) {
        items.push_back(itemAt(text, spaceEnd(text, at + 1), m_extents));
        const Item& last = items.back();
        passed += m_extents.endOf(last.begin) ? 1 : last.end - last.begin;
        at = spaceEnd(text, last.end);
        if (at >= text.size() || text[at] != ',')
            break;
    }
    return items;
}

void Document::add(const Node& node, const std::vector<Item>& items)
{
    Node* own = find(pathOf(node));
    if (!own)
        return;
    own->isScanned = true;
    own->children.reserve(own->children.size() + items.size());
    for (const Item& item : items)
        own->children.push_back(makeNode(item, own, static_cast<int>(own->children.size())));
    const qsizetype behind = items.empty() ? m_text.size() : spaceEnd(m_text, items.back().end);
    own->hasMore = behind < m_text.size() && m_text[behind] == ',';
}

void Document::scan(const Node& node, int until)
{
    while (!node.isScanned || (node.hasMore && std::cmp_less_equal(node.children.size(), until)))
        add(node, unread(node));
}

Node* Document::find(const Path& path) const
{
    Node* node = m_root.get();
    for (const int row : path) {
        if (!node || row < 0 || static_cast<size_t>(row) >= node->children.size())
            return nullptr;
        node = node->children[static_cast<size_t>(row)].get();
    }
    return node;
}

Path Document::pathOf(const Node& node)
{
    Path path;
    for (const Node* each = &node; each->parent; each = each->parent)
        path.prepend(each->row);
    return path;
}

QByteArrayView Document::valueText(const Node& node) const
{
    return QByteArrayView(m_text).sliced(node.place.begin, node.place.end - node.place.begin);
}

QByteArrayView Document::keyText(const Node& node) const
{
    return node.hasKey()
               ? QByteArrayView(m_text).sliced(node.place.keyBegin, node.place.keyEnd - node.place.keyBegin)
               : QByteArrayView();
}

void Document::apply(const Change& change, bool joinTyping)
{
    perform(change);
    remember(change, joinTyping);
}

void Document::remember(const Change& change, bool joinTyping)
{
    m_steps.resize(m_done);
    if (m_baseStep > m_done)
        m_baseStep = -1;
    if (joinTyping && !m_steps.isEmpty() && continues(m_steps.last(), change)) {
        m_baseStep = m_baseStep == m_done ? -1 : m_baseStep;
        join(m_steps.last(), change);
        return;
    }
    m_steps += change;
    qsizetype kept = 0;
    for (const Change& step : std::as_const(m_steps))
        kept += step.before.size() + step.after.size();
    while (m_steps.size() > 1 && (m_steps.size() > mostSteps || kept > mostKept)) {
        kept -= m_steps.first().before.size() + m_steps.first().after.size();
        m_steps.removeFirst();
        m_baseStep = std::max<qsizetype>(-1, m_baseStep - 1);
    }
    m_done = m_steps.size();
}

std::optional<Change> Document::nextUndo() const
{
    return m_done > 0 ? std::optional(m_steps[m_done - 1].inverted()) : std::nullopt;
}

std::optional<Change> Document::nextRedo() const
{
    return m_done < m_steps.size() ? std::optional(m_steps[m_done]) : std::nullopt;
}

void Document::undo()
{
    if (const auto change = nextUndo()) {
        perform(*change);
        --m_done;
    }
}

void Document::redo()
{
    if (const auto change = nextRedo()) {
        perform(*change);
        ++m_done;
    }
}

/// Before the text changes: what has a place in the tree moves with it.
void Document::scanAlong(const Change& change)
{
    const Node* node = m_root.get();
    for (const int row : change.path) {
        scan(*node, row);
        node = node->children[static_cast<size_t>(row)].get();
    }
    if (change.row >= 0)
        scan(*node, change.row + (change.kind == Change::Kind::Swapped ? 1 : 0));
}

void Document::perform(const Change& change)
{
    if (m_root && change.kind != Change::Kind::Text)
        scanAlong(change);
    if (!m_root || change.kind == Change::Kind::Text)
        return take(changed(m_text, change));
    splice(m_text, change.at, change.before.size(), change.after);
    m_extents.replaced(change.at, change.before.size(), change.after.size());
    if (change.after.size() != change.before.size())
        shift(*m_root, change);
    restructure(change);
}

/// Places behind the change go along; what begins where nothing was replaced goes as well.
void Document::shift(Node& node, const Change& change) const
{
    const qsizetype behind = change.at + change.before.size();
    const qsizetype by = change.after.size() - change.before.size();
    if (node.end() <= change.at)
        return;
    if (node.begin() >= behind)
        return move(node, by);
    const auto moveEnd = [&](qsizetype& place) { place += place >= behind && place > change.at ? by : 0; };
    if (node.hasKey())
        moveEnd(node.place.keyEnd);
    node.place.begin += node.place.begin >= behind ? by : 0;
    moveEnd(node.place.end);
    // Most of a long list stands before or behind the change as a whole.
    for (const auto& child : node.children)
        shift(*child, change);
}

void Document::restructure(const Change& change)
{
    Node* target = find(change.path);
    if (!target)
        return take(read(m_text));
    const auto row = static_cast<size_t>(std::max(0, change.row));
    auto& children = target->children;
    const auto at = children.begin() + static_cast<std::ptrdiff_t>(row);
    switch (change.kind) {
    case Change::Kind::Value:
        target->kind = kindAt(m_text, target->place.begin);
        target->children.clear();
        target->isScanned = false;
        target->hasMore = false;
        break;
    case Change::Kind::Inserted: {
        // Behind its elder sibling's comma, or the bracket.
        const qsizetype from =
            row == 0 ? target->place.begin + 1 : spaceEnd(m_text, children[row - 1]->end()) + 1;
        children.insert(at, makeNode(itemAt(m_text, spaceEnd(m_text, from)), target, change.row));
        renumber(*target, change.row);
        break;
    }
    case Change::Kind::Removed:
        children.erase(at);
        renumber(*target, change.row);
        break;
    case Change::Kind::Swapped: {
        Node& first = *children[row];
        Node& second = *children[row + 1];
        const qsizetype up = first.begin() - second.begin();
        const qsizetype down = second.end() - first.end();
        move(second, up);
        move(first, down);
        std::swap(children[row], children[row + 1]);
        renumber(*target, change.row);
        break;
    }
    case Change::Kind::Key:
    case Change::Kind::Text: break;
    }
}

}  // namespace dewpoint::json
