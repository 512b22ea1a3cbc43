// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHashFunctions>
#include <QString>

namespace dewpoint::lint {

/// A relation by name; "public" and "main" are where a bare name leads, so they are left out.
struct RelationName {
    QString schema;
    QString name;

    static RelationName of(const QString& schema, const QString& name);
    QString shown() const { return schema.isEmpty() ? name : schema + u'.' + name; }
    bool operator==(const RelationName&) const = default;
    bool operator<(const RelationName& other) const { return shown() < other.shown(); }
};

inline size_t qHash(const RelationName& name, size_t seed = 0)
{
    return qHashMulti(seed, name.schema, name.name);
}

}  // namespace dewpoint::lint
