// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace dewpoint::transfer {

/// A value as a file has it, before a column says what it means.
struct Field {
    enum class Kind : quint8 {
        Null,     ///< JSON's null, an absent member, or the text that stands for NULL
        Empty,    ///< nothing between two delimiters: NULL or an empty text, as the column says
        Text,     ///< also what stands in quotes
        Number,   ///< JSON's, with its digits as they are written
        Boolean,  ///< "true" or "false"
        Nested,   ///< a JSON object or array as it is written
    };
    Kind kind = Kind::Null;
    QByteArray text;  ///< UTF-8
    bool operator==(const Field&) const = default;
};

/// One row of a file.
struct Record {
    qint64 number = 0;  ///< from 1
    qint64 line = 0;    ///< where it begins, from 1
    std::vector<Field> fields;
    QString problem;  ///< why it cannot be a row at all; empty where it can
};

}  // namespace dewpoint::transfer
