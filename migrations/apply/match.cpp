// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/match.h"

#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::apply {

namespace {

QString shown(const MigrationState& state)
{
    return state.migration.folder.isEmpty() ? state.migration.version : state.migration.folder;
}

/// "20250101000000" of "20250101000000_create_users"; empty where there is no number in front.
QString numberOf(const MigrationState& state)
{
    static const QRegularExpression number(QStringLiteral(R"(^\d+$)"));
    const QString text = project::normalisedVersion(state.migration.version);
    return number.match(text).hasMatch() ? text : QString();
}

bool sameNumber(const MigrationState& left, const MigrationState& right)
{
    const QString a = numberOf(left);
    const QString b = numberOf(right);
    return !a.isEmpty() && !b.isEmpty() && !project::numberLess(a, b) && !project::numberLess(b, a);
}

/// "create_users" of "Create users"; empty where the tool's ledger knows no name.
QString nameOf(const MigrationState& state)
{
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    static const QRegularExpression number(QStringLiteral(R"(^[\d_]*$)"));
    QString name = state.migration.name == state.migration.version ? state.migration.version.section(u'_', 1)
                                                                   : state.migration.name;
    name = name.toLower().replace(other, QStringLiteral("_"));
    return number.match(name).hasMatch() ? QString() : name;
}

bool sameName(const MigrationState& left, const MigrationState& right)
{
    const QString a = nameOf(left);
    return !a.isEmpty() && a == nameOf(right);
}

template <class Fits>
QList<MigrationState> those(const QList<MigrationState>& list, Fits fits)
{
    QList<MigrationState> found;
    std::ranges::copy_if(list, std::back_inserter(found), fits);
    return found;
}

QList<MigrationState> candidates(const MigrationState& state, const QList<MigrationState>& others)
{
    const auto numbered =
        those(others, [&](const MigrationState& other) { return sameNumber(state, other); });
    const auto named = those(numbered.isEmpty() ? others : numbered,
                             [&](const MigrationState& other) { return sameName(state, other); });
    return numbered.size() == 1 || named.isEmpty() ? numbered : named;
}

Matching::Pair pairOf(const MigrationState& from, const MigrationState& to)
{
    const bool bothNamed = !nameOf(from).isEmpty() && !nameOf(to).isEmpty();
    return {.from = from, .to = to, .sameName = !bothNamed || nameOf(from) == nameOf(to)};
}

QString choice(const MigrationState& state, const QList<MigrationState>& found)
{
    QStringList names;
    for (const MigrationState& each : found)
        names << shown(each);
    return shown(state) + QStringLiteral(": ") + names.join(QStringLiteral(", "));
}

}  // namespace

Matching matchByName(const QList<MigrationState>& applied, const QList<MigrationState>& others)
{
    Matching matching;
    for (const MigrationState& state : applied) {
        const auto found = candidates(state, others);
        const bool isTaken = std::ranges::any_of(matching.pairs, [&](const Matching::Pair& pair) {
            return found.size() == 1 && pair.to == found.first();
        });
        if (found.isEmpty())
            matching.unmatched << shown(state);
        else if (found.size() > 1 || isTaken)
            matching.ambiguous << choice(state, found);
        else
            matching.pairs << pairOf(state, found.first());
    }
    return matching;
}

Matching matchByOrder(const QList<MigrationState>& applied, const QList<MigrationState>& others)
{
    Matching matching;
    for (qsizetype i = 0; i < applied.size(); ++i) {
        if (i < others.size())
            matching.pairs << pairOf(applied[i], others[i]);
        else
            matching.unmatched << shown(applied[i]);
    }
    return matching;
}

Matching matchUpTo(const MigrationState& newest, const QList<MigrationState>& others)
{
    Matching matching;
    for (const MigrationState& other : others) {
        const QString number = numberOf(other);
        if (!number.isEmpty() && !project::numberLess(newest.migration.version, number))
            matching.pairs << Matching::Pair{.from = newest, .to = other};
    }
    return matching;
}

}  // namespace dewpoint::apply
