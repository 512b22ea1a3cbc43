// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "json/document.h"

#include <algorithm>
#include <utility>

namespace dewpoint::json {

namespace {

constexpr qsizetype mostSteps = 500;
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

Document::Document(QByteArray text) : m_text(std::move(text)), m_base(m_text)
{
    readAnew();
}

Document::Document(QByteArray text, std::optional<Problem> problem)
    : m_text(std::move(text)), m_base(m_text), m_problem(std::move(problem))
{
    if (!m_problem)
        m_root = makeNode(itemAt(m_text, spaceEnd(m_text, 0)), nullptr, 0);
}

void Document::readAnew()
{
    m_root.reset();
    m_problem = problemOf(m_text);
    if (!m_problem)
        m_root = makeNode(itemAt(m_text, spaceEnd(m_text, 0)), nullptr, 0);
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

void Document::scan(const Node& node)
{
    Node* own = find(pathOf(node));
    if (!own || own->isScanned)
        return;
    own->isScanned = true;
    const std::vector<Item> items = itemsIn(m_text, own->place.begin);
    own->children.reserve(items.size());
    for (const Item& item : items)
        own->children.push_back(makeNode(item, own, static_cast<int>(own->children.size())));
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
    if (joinTyping && !m_steps.isEmpty() && continues(m_steps.last(), change)) {
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
        scan(*node);
        node = node->children[static_cast<size_t>(row)].get();
    }
    if (change.row >= 0)
        scan(*node);
}

void Document::perform(const Change& change)
{
    if (m_root && change.kind != Change::Kind::Text)
        scanAlong(change);
    m_text.replace(change.at, change.before.size(), change.after);
    if (!m_root || change.kind == Change::Kind::Text)
        return readAnew();
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
        return readAnew();
    const auto row = static_cast<size_t>(std::max(0, change.row));
    auto& children = target->children;
    const auto at = children.begin() + static_cast<std::ptrdiff_t>(row);
    switch (change.kind) {
    case Change::Kind::Value:
        target->kind = kindAt(m_text, target->place.begin);
        target->children.clear();
        target->isScanned = false;
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
