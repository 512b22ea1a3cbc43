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

bool namesAgree(const MigrationState& left, const MigrationState& right)
{
    return nameOf(left).isEmpty() || nameOf(right).isEmpty() || sameName(left, right);
}

/// A moment, which two migrations do not share by chance; sequences begin at 0 with one tool and at 1
/// with another.
bool isTime(const MigrationState& state)
{
    constexpr qsizetype digits = 10;
    return numberOf(state).size() >= digits;
}

struct Candidates {
    QList<MigrationState> list;
    bool isSure = true;  ///< false: the numbers agree, but they are small and the names do not
};

Candidates candidates(const MigrationState& state, const QList<MigrationState>& others)
{
    const auto numbered =
        those(others, [&](const MigrationState& other) { return sameNumber(state, other); });
    const auto agreed =
        those(numbered, [&](const MigrationState& other) { return namesAgree(state, other); });
    if (!agreed.isEmpty())
        return {.list = agreed};
    if (!numbered.isEmpty() && isTime(state))
        return {.list = numbered};
    const auto named = those(others, [&](const MigrationState& other) { return sameName(state, other); });
    return named.isEmpty() ? Candidates{.list = numbered, .isSure = false} : Candidates{.list = named};
}

Matching::Pair pairOf(const MigrationState& from, const MigrationState& to)
{
    return {.from = from, .to = to, .sameName = namesAgree(from, to)};
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
        const auto [found, isSure] = candidates(state, others);
        const bool isTaken = std::ranges::any_of(matching.pairs, [&list = found](const Matching::Pair& pair) {
            return list.size() == 1 && pair.to == list.first();
        });
        if (found.isEmpty())
            matching.unmatched << shown(state);
        else if (found.size() > 1 || isTaken || !isSure)
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
