// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/bench.h"

#include "base/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

void add(QStringList& list, const QString& text)
{
    if (!list.contains(text))
        list.append(text);
}

}  // namespace

Finding& Bench::find(const QString& code, const QString& subject, const QString& text)
{
    m_report.findings.append({.code = code,
                              .statement = m_statement,
                              .subject = subject,
                              .text = text,
                              .rewrite = {},
                              .allowed = {}});
    return m_report.findings.last();
}

void Bench::withdraw(const QString& code, int statement, const QString& subject)
{
    m_report.findings.removeIf([&](const Finding& finding) {
        return finding.code == code && finding.statement == statement && finding.subject == subject;
    });
}

void Bench::sortFindings()
{
    std::ranges::stable_sort(m_report.findings, {}, &Finding::statement);
}

bool Bench::has(const QString& code) const
{
    return std::ranges::any_of(m_report.findings, [&](const Finding& finding) {
        return finding.statement == m_statement && finding.code == code;
    });
}

void Bench::lock(const RelationName& table, LockMode mode)
{
    if (isFresh(table))
        return;
    QList<Lock>& locks = place().locks;
    const auto held = std::ranges::find(locks, table.shown(), &Lock::table);
    if (held == locks.end())
        locks.append({.table = table.shown(), .mode = mode});
    else
        held->mode = std::max(held->mode, mode);
}

void Bench::scan(const RelationName& table)
{
    if (!isFresh(table))
        add(place().scanned, table.shown());
}

void Bench::rewrite(const RelationName& table)
{
    if (!isFresh(table))
        add(place().rewritten, table.shown());
}

void Bench::write(const RelationName& table)
{
    add(place().written, table.shown());
}

void Bench::renameColumn(const RelationName& table, const QString& from, const QString& to)
{
    const KnownColumn* column = known.column(table, from);
    if (!isFresh(table) && !(column && column->fresh))
        find(u"rename-column"_s, table.shown() + u'.' + from,
             Words::tr("Renames %1.%2 to %3.").arg(table.shown(), from, to));
    if (column)
        known.tables[table].columns.insert(to, known.tables[table].columns.take(from));
    known.renames.append({.table = table, .from = from, .to = to});
}

void Bench::dropColumn(const RelationName& table, const QString& name)
{
    const KnownColumn* column = known.column(table, name);
    if (!column)
        return;
    if (!isFresh(table) && !column->fresh)
        known.renames.append({.table = table, .from = name, .to = goneName(name)});
    known.tables[table].columns.remove(name);
}

void Bench::renameTable(const RelationName& from, const RelationName& to)
{
    known.rename(from, to);
    scriptRows.renamed(from, to);
    const RelationName origin = originOf(from);
    m_called.remove(from);
    m_called.insert(to, origin);
}

void Bench::dropTable(const RelationName& table)
{
    known.drop(table);
    scriptRows.dropped(table);
    m_called.remove(table);
}

void Bench::forgetColumn(const RelationName& table, const QString& name)
{
    const KnownColumn* column = known.column(table, name);
    if (column && !column->fresh)
        known.renames.append({.table = table, .from = name, .to = goneName(name)});
}

}  // namespace dewpoint::lint
