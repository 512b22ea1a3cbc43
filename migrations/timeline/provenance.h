// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "timeline/renames.h"

#include <QHash>
#include <QList>

namespace dewpoint::timeline {

/// Steps are counted as states are: 0 is the empty database, n what the n-th migration made of it.
struct Origin {
    int added = -1;    ///< -1: it is not there
    int changed = -1;  ///< the last change of it or, of a relation, in it; `added` where there was none
    bool operator==(const Origin&) const = default;
};

/// Which migration added each thing, and which ones changed it: fed with one step after another, and asked
/// for any of them.
class Provenance final
{
public:
    explicit Provenance(Engine engine) : m_engine(engine) {}

    /// What is there before any migration.
    void begin(const schema::Database& empty);
    void append(const schema::Database& before, const schema::Database& after, const Renames& renames);

    /// Of a member that is not known by itself, what is known of its relation.
    Origin originOf(const Part& part, int step) const;
    int steps() const { return m_step; }

private:
    struct Event {
        enum class What { Added, Changed, Renamed, Carried, Removed };
        int step = 0;
        What what = What::Added;
        QString from;  ///< as it was called before, where it is called otherwise
    };

    QString keyOf(const Part& part) const;
    void note(const QString& key, Event::What what, const QString& from = {});
    void touch(const Part& part);
    void move(const QList<std::pair<Part, Part>>& moves, const Renames& renames);
    void compareParts(const QList<Part>& before, const QList<Part>& after);
    Origin trace(QString key, int step) const;

    Engine m_engine;
    int m_step = 0;
    QHash<QString, QList<Event>> m_events;
};

}  // namespace dewpoint::timeline
