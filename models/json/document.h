// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "json/scan.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <optional>
#include <vector>

namespace dewpoint::json {

/// From the root: the place among its siblings at each level.
using Path = QList<int>;

/// A value's place in the text. What is in a container is known once somebody asked for it.
struct Node {
    Node* parent = nullptr;
    int row = 0;
    Kind kind = Kind::Null;
    Item place;
    bool isScanned = false;
    bool hasMore = false;  ///< behind the last child there are others, which were not read yet
    std::vector<std::unique_ptr<Node>> children;

    bool hasKey() const { return place.keyBegin >= 0; }
    qsizetype begin() const { return hasKey() ? place.keyBegin : place.begin; }
    qsizetype end() const { return place.end; }
};

/// One step of editing: a stretch of text that became another, and what that is to the tree.
struct Change {
    enum class Kind {
        Text,      ///< anything; the tree is read anew
        Value,     ///< of the node at `path`
        Key,       ///< of the node at `path`
        Inserted,  ///< a child of the node at `path`
        Removed,
        Swapped,  ///< the child at `row` and the one behind it
    };
    Kind kind = Kind::Text;
    Path path;
    int row = -1;
    qsizetype at = 0;
    QByteArray before;
    QByteArray after;

    Change inverted() const;
};

/// The least stretch that makes one text the other; nothing where they are the same.
std::optional<Change> changeTo(const QByteArray& before, const QByteArray& after);

/// A JSON text that is edited by its values. Every change replaces as little text as it can: what is
/// outside of it stays byte for byte, spaces and spelling of numbers included.
class Document final
{
public:
    Document() = default;
    explicit Document(QByteArray text);
    /// As above, for who read the text already, in a thread of its own.
    struct Read {
        QByteArray text;
        std::optional<Problem> problem;
        Extents extents;
    };
    explicit Document(Read read);
    static Read read(QByteArray text);

    const QByteArray& text() const { return m_text; }
    const std::optional<Problem>& problem() const { return m_problem; }
    const Node* root() const { return m_root.get(); }  ///< null where the text is no JSON

    /// A long text counts as edited as soon as a step was done: it is not compared.
    bool isEdited() const;
    void markStaged();

    const Extents& extents() const { return m_extents; }
    bool hasItems(const Node& node) const { return json::hasItems(m_text, node.place.begin); }
    /// The next ones of the container that were not read yet: as many as take no time, and at least one.
    std::vector<Item> unread(const Node& node) const;
    void add(const Node& node, const std::vector<Item>& items);
    /// Reads the container until it has a child with this number, or as far as unread() goes.
    void scan(const Node& node, int until = -1);
    /// Null where the path leads nowhere; containers on the way are to be scanned.
    const Node* node(const Path& path) const { return find(path); }
    static Path pathOf(const Node& node);
    QByteArrayView valueText(const Node& node) const;
    QByteArrayView keyText(const Node& node) const;  ///< with its quotes

    // What would be done; apply() does it. `value` and `key` are JSON.
    Change valued(const Node& node, const QByteArray& value) const;
    Change renamed(const Node& node, const QByteArray& key) const;
    /// Before the child with this number; behind the last one where there is none. Set as its siblings are.
    Change inserted(const Node& container, int row, const QByteArray& key, const QByteArray& value) const;
    Change removed(const Node& container, int row) const;
    Change swapped(const Node& container, int row) const;
    /// The text as a whole; nothing where it is the same.
    std::optional<Change> typed(const QByteArray& text) const { return changeTo(m_text, text); }

    /// What the whole text becomes with it, read: may take a while for a long text, and needs no thread.
    static Read changed(const QByteArray& text, const Change& change);
    /// As apply(), undo() or redo() of a change to the text as a whole that was read before.
    enum class Step { Apply, Undo, Redo };
    void adopt(const Change& change, Step step, Read read);

    /// Does it; undo() takes it back. Typing in one place, without a pause, is one step.
    void apply(const Change& change, bool joinTyping = false);
    std::optional<Change> nextUndo() const;
    std::optional<Change> nextRedo() const;
    void undo();
    void redo();

private:
    Node* find(const Path& path) const;
    void scanAlong(const Change& change);
    void perform(const Change& change);
    void remember(const Change& change, bool joinTyping);
    void take(Read read);
    void shift(Node& node, const Change& change) const;
    void restructure(const Change& change);
    std::unique_ptr<Node> makeNode(const Item& place, Node* parent, int row) const;
    QByteArray gapFor(const Node& container, int row) const;
    QByteArray colonFor(const Node& container) const;
    bool isAiry() const;
    QByteArray indentOf(qsizetype at) const;

    QByteArray m_text;
    QByteArray m_base;         ///< of a text that is compared
    qsizetype m_baseStep = 0;  ///< after how many steps it was staged; -1: they are forgotten
    Extents m_extents;
    std::optional<Problem> m_problem;
    std::unique_ptr<Node> m_root;
    QList<Change> m_steps;
    qsizetype m_done = 0;  ///< how many of the steps stand
};

}  // namespace dewpoint::json
