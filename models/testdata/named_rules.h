// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "testdata/column_rule.h"

#include <QStringList>

namespace dewpoint::testdata {

/// A name of columns, and what stands in them.
struct NamedRule {
    QStringList words;  ///< parts of the name, all of them
    RuleKind kind;
    QString detail;
};

/// The parts of a column's name: "createdAt" and "created_at" have the same.
QStringList partsOf(const QString& name);

/// What a text or a number of this name usually is; null where the name says nothing.
const NamedRule* namedText(const QStringList& parts);
const NamedRule* namedNumber(const QStringList& parts);

}  // namespace dewpoint::testdata
