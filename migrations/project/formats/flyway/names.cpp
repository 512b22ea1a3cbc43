// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/flyway/flyway.h"

#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::project::flyway {

namespace {

using Kind = FileName::Kind;

struct Prefix {
    QString text;
    Kind kind = Kind::Versioned;
};

QList<Prefix> prefixes(const Project& project)
{
    QList<Prefix> all{
        {option(project, QLatin1StringView("sqlMigrationPrefix"), "V"), Kind::Versioned},
        {option(project, QLatin1StringView("undoSqlMigrationPrefix"), "U"), Kind::Undo},
        {option(project, QLatin1StringView("baselineMigrationPrefix"), "B"), Kind::Baseline},
        {option(project, QLatin1StringView("repeatableSqlMigrationPrefix"), "R"), Kind::Repeatable}};
    std::ranges::stable_sort(all, std::ranges::greater{}, [](const Prefix& one) { return one.text.size(); });
    return all;
}

/// The name without its suffix; empty when it has another one.
QString withoutSuffix(const QString& name, const Project& project)
{
    const QString all = option(project, QLatin1StringView("sqlMigrationSuffixes"), ".sql");
    for (const QString& suffix : all.split(u',', Qt::SkipEmptyParts)) {
        if (name.endsWith(suffix.trimmed(), Qt::CaseInsensitive))
            return name.chopped(suffix.trimmed().size());
    }
    return {};
}

/// Every part by value; "1.0" is "1".
QString normalised(const QString& version)
{
    QStringList parts;
    for (const QString& part : version.split(u'.')) {
        qsizetype zeros = 0;
        while (zeros + 1 < part.size() && part[zeros] == u'0')
            ++zeros;
        parts << part.sliced(zeros);
    }
    while (parts.size() > 1 && parts.last() == QLatin1String("0"))
        parts.removeLast();
    return parts.join(u'.');
}

std::strong_ordering compareVersions(const QString& left, const QString& right)
{
    const QStringList a = left.split(u'.');
    const QStringList b = right.split(u'.');
    for (qsizetype i = 0; i < std::max(a.size(), b.size()); ++i) {
        const QString l = a.value(i, QStringLiteral("0"));
        const QString r = b.value(i, QStringLiteral("0"));
        if (numberLess(l, r) || numberLess(r, l))
            return numberLess(l, r) ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return std::strong_ordering::equal;
}

}  // namespace

std::optional<FileName> parseFileName(const QString& name, const Project& project)
{
    static const QRegularExpression version(QStringLiteral("^[0-9]+(\\.[0-9]+)*$"));
    const QString base = withoutSuffix(name, project);
    const QString separator = option(project, QLatin1StringView("sqlMigrationSeparator"), "__");
    for (const Prefix& prefix : prefixes(project)) {
        if (prefix.text.isEmpty() || !base.startsWith(prefix.text))
            continue;
        const QString rest = base.sliced(prefix.text.size());
        const qsizetype at = rest.indexOf(separator);
        FileName result{.kind = prefix.kind};
        result.version = rest.first(at < 0 ? rest.size() : at).replace(u'_', u'.');
        result.description = at < 0 ? QString() : rest.sliced(at + separator.size()).replace(u'_', u' ');
        const bool fits = prefix.kind == Kind::Repeatable ? result.version.isEmpty() && at >= 0
                                                          : version.match(result.version).hasMatch();
        if (fits)
            return result;
    }
    return std::nullopt;
}

QString identity(Kind kind, const QString& version, const QString& description)
{
    switch (kind) {
    case Kind::Versioned:
    case Kind::Undo: return normalised(version);
    case Kind::Baseline: return u'B' + normalised(version);
    case Kind::Repeatable: return QStringLiteral("R__") + QString(description).replace(u' ', u'_');
    }
    Q_UNREACHABLE_RETURN({});
}

QString ledgerDescription(const QString& description)
{
    constexpr qsizetype longest = 200;
    return description.size() > longest ? description.first(longest - 3) + QStringLiteral("...")
                                        : description;
}

bool identityLess(const QString& left, const QString& right)
{
    const bool leftRepeats = left.startsWith(u'R');
    if (leftRepeats || right.startsWith(u'R'))
        return leftRepeats == right.startsWith(u'R') ? left < right : !leftRepeats;
    const auto number = [](const QString& text) { return text.startsWith(u'B') ? text.sliced(1) : text; };
    const auto order = compareVersions(number(left), number(right));
    return order == std::strong_ordering::equal ? left.startsWith(u'B') < right.startsWith(u'B') : order < 0;
}

}  // namespace dewpoint::project::flyway
