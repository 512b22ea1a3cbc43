// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace dewpoint::structure {

enum class ClauseKind { Type, NotNull, Null, Default, Collate, Generated, Key, Check, References };

/// A stretch of a column's description.
struct Clause {
    ClauseKind kind = ClauseKind::Type;
    qsizetype start = 0;
    qsizetype end = 0;
};

/// The stretches of "name TYPE clause clause …", in their order. https://sqlite.org/syntax/column-def.html
QList<Clause> clausesOf(const QString& column);

/// One column's text that is changed clause by clause.
class ColumnText final
{
public:
    explicit ColumnText(QString core) : m_core(std::move(core)) {}

    const QString& core() const { return m_core; }
    void set(ClauseKind kind, const QString& text);  ///< an empty one goes
    void cut(const Clause& clause) { replace(clause, {}); }

private:
    void replace(const Clause& clause, const QString& text);
    qsizetype placeFor(ClauseKind kind, const QList<Clause>& all) const;

    QString m_core;
};

}  // namespace dewpoint::structure
