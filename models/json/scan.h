// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace dewpoint::json {

// JSON (RFC 8259) by its bytes: numbers keep their digits, members their order, texts their spelling.

enum class Kind { Object, Array, String, Number, Boolean, Null };

/// By its first byte.
Kind kindAt(QByteArrayView text, qsizetype at);
inline bool isContainer(Kind kind)
{
    return kind == Kind::Object || kind == Kind::Array;
}

qsizetype spaceEnd(QByteArrayView text, qsizetype at);
/// Behind the closing quote of the text that begins at `at`; -1 without one.
qsizetype stringEnd(QByteArrayView text, qsizetype at);
/// Behind the bracket that closes the one at `at`; -1 without one.
qsizetype containerEnd(QByteArrayView text, qsizetype at);
/// Where the value ends in a text that is valid.
qsizetype valueEnd(QByteArrayView text, qsizetype at);
bool isNumber(QByteArrayView text);

/// A member of an object or an element of an array, in bytes from the start of the text.
struct Item {
    qsizetype keyBegin = -1;  ///< with its quotes; -1 in an array
    qsizetype keyEnd = -1;
    qsizetype begin = 0;  ///< of the value
    qsizetype end = 0;
    bool operator==(const Item&) const = default;
};

/// Where large containers and texts end, so that nobody has to read through them to get behind them. In the order of
/// their beginnings.
struct Extents {
    static constexpr qsizetype least = 64LL * 1024;  ///< bytes of one that is worth it
    struct Extent {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    std::vector<Extent> list;

    std::optional<qsizetype> endOf(qsizetype begin) const;
    /// Some bytes became others: what begins among them is forgotten, what is behind or around goes along.
    void replaced(qsizetype at, qsizetype before, qsizetype after);
};
Extents extentsIn(QByteArrayView valid);

/// Those of the container that begins at `at` in a valid text: what is deeper is passed over.
std::vector<Item> itemsIn(QByteArrayView text, qsizetype at);
/// The one item that begins at `at`.
Item itemAt(QByteArrayView text, qsizetype at, const Extents& extents = {});
/// The value that a valid text is, without reading what is in it.
Item wholeOf(QByteArrayView valid);
bool hasItems(QByteArrayView text, qsizetype at);

/// Why a text is no JSON, and where.
struct Problem {
    qsizetype offset = 0;  ///< in bytes
    int line = 1;
    int column = 1;  ///< in characters, from 1
    QString text;
    bool operator==(const Problem&) const = default;
};

std::optional<Problem> problemOf(QByteArrayView text);

/// "Line 3, column 5: …"
QString sentence(const Problem& problem);

}  // namespace dewpoint::json
