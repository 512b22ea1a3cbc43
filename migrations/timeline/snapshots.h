// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QList>

#include <memory>

namespace dewpoint::timeline {

/// The states of one schema, one after another: what stays the same from one to the next is kept once, so
/// that hundreds of them take little more room than one and what changed.
class Snapshots final
{
public:
    void append(const schema::Database& state);
    qsizetype size() const { return m_frames.size(); }
    bool isEmpty() const { return m_frames.isEmpty(); }

    schema::Database at(qsizetype step) const;  ///< put together anew
    schema::Database last() const { return at(size() - 1); }

private:
    template <class T>
    using Shared = QList<std::shared_ptr<const T>>;

    struct Frame {
        Shared<schema::Table> tables;
        Shared<schema::View> views;
        Shared<schema::Routine> routines;
        Shared<schema::Dependency> dependencies;
        std::shared_ptr<const schema::Database> rest;  ///< without these
    };

    QList<Frame> m_frames;
};

}  // namespace dewpoint::timeline
