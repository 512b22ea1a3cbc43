// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <expected>
#include <optional>
#include <vector>

namespace dewpoint {

/// Nothing is NULL, which is not the text "NULL".
using ArrayElement = std::optional<QByteArray>;

/// Why a text is no array, and where.
struct ArrayProblem {
    qsizetype offset = 0;     ///< in bytes
    qsizetype character = 1;  ///< the same in characters, from 1
    QString text;
};

/// "Character 5: …"
QString sentence(const ArrayProblem& problem);

/// A PostgreSQL array by its elements (PostgreSQL manual, "Array Input and Output Syntax"). Reading takes what
/// array_in() takes; write() gives what array_out() gives for the same elements, byte for byte.
struct ArrayText {
    static constexpr int mostDimensions = 6;  // MAXDIM

    char delimiter = ',';
    QList<int> lowers = {};       ///< where each dimension's numbers begin; empty: at 1, as usual
    QList<qsizetype> inner = {};  ///< how long each dimension below the first one is
    /// Of several dimensions each is the literal of an array with one dimension less.
    std::vector<ArrayElement> elements = {};

    static std::expected<ArrayText, ArrayProblem> parse(QByteArrayView text, char delimiter = ',');
    QByteArray write() const;

    bool hasParts() const { return !inner.isEmpty(); }
    int lower() const { return lowers.value(0, 1); }
    /// What is put in as a new element: NULL, or a part of the others' shape that holds nothing but NULLs.
    ArrayElement blank() const;
    QList<qsizetype> shape() const;  ///< how long each dimension is
    /// What is typed over a part. It has the others' shape; the only one may have any.
    std::expected<ArrayText, ArrayProblem> partFor(size_t row, QByteArrayView typed) const;
    void setPart(size_t row, const ArrayText& part);
    bool operator==(const ArrayText&) const = default;

    static void append(QByteArray& out, const ArrayElement& element, char delimiter);
    static bool isSpace(char c);  ///< as array_isspace() has it, whatever the locale
    static bool isNullWord(QByteArrayView text);
};

/// Between elements of the type: a comma, except for box and PostGIS (pg_type.typdelim).
char arrayDelimiter(const QString& elementType);

}  // namespace dewpoint
