// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/snapshots.h"

#include <QHash>

namespace dewpoint::timeline {

namespace {

using schema::Database;
using schema::Dependency;

template <class T>
using Shared = QList<std::shared_ptr<const T>>;

size_t placeOf(const schema::Table& table)
{
    return qHashMulti(0, table.schema, table.name);
}

size_t placeOf(const schema::View& view)
{
    return qHashMulti(0, view.schema, view.name);
}

size_t placeOf(const schema::Routine& routine)
{
    return qHashMulti(0, routine.schema, routine.name, routine.arguments);
}

size_t placeOf(const Dependency& dependency)
{
    const schema::ObjectId& object = dependency.object;
    const schema::ObjectId& on = dependency.on;
    return qHashMulti(0, object.schema, object.name, object.member, on.schema, on.name, on.member);
}

/// `now`, and what of it was in `before` already is that one's.
template <class T>
Shared<T> shared(const Shared<T>& before, const QList<T>& now)
{
    QMultiHash<size_t, std::shared_ptr<const T>> known;
    known.reserve(before.size());
    for (const std::shared_ptr<const T>& thing : before)
        known.insert(placeOf(*thing), thing);
    Shared<T> result;
    result.reserve(now.size());
    bool isSame = before.size() == now.size();
    for (const T& thing : now) {
        std::shared_ptr<const T> kept;
        const auto [first, last] = known.equal_range(placeOf(thing));
        for (auto each = first; each != last && !kept; ++each)
            kept = **each == thing ? *each : nullptr;
        isSame = isSame && kept == before.at(result.size());
        result.append(kept ? kept : std::make_shared<const T>(thing));
    }
    return isSame ? before : result;
}

template <class T>
QList<T> plain(const Shared<T>& things)
{
    QList<T> result;
    result.reserve(things.size());
    for (const std::shared_ptr<const T>& thing : things)
        result.append(*thing);
    return result;
}

}  // namespace

void Snapshots::append(const Database& state)
{
    const Frame before = m_frames.isEmpty() ? Frame() : m_frames.constLast();
    Database rest = state;
    rest.tables.clear();
    rest.views.clear();
    rest.routines.clear();
    rest.dependencies.clear();
    m_frames.append({.tables = shared(before.tables, state.tables),
                     .views = shared(before.views, state.views),
                     .routines = shared(before.routines, state.routines),
                     .dependencies = shared(before.dependencies, state.dependencies),
                     .rest = before.rest && *before.rest == rest
                                 ? before.rest
                                 : std::make_shared<const Database>(std::move(rest))});
}

Database Snapshots::at(qsizetype step) const
{
    const Frame& frame = m_frames.at(step);
    Database state = *frame.rest;
    state.tables = plain(frame.tables);
    state.views = plain(frame.views);
    state.routines = plain(frame.routines);
    state.dependencies = plain(frame.dependencies);
    return state;
}

}  // namespace dewpoint::timeline
