// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/repair_texts.h"

#include "base/words.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate::texts {

namespace {

constexpr qsizetype namedOnes = 6;

using apply::RepairKind;

QString names(const apply::Repair& repair)
{
    QStringList lines;
    for (qsizetype i = 0; i < qMin(repair.migrations.size(), namedOnes); ++i) {
        const project::Migration& migration = repair.migrations[i].migration;
        const QString name = migration.folder.isEmpty() ? migration.version : migration.folder;
        lines << (repair.sources.isEmpty() ? name : repair.sources[i] + u" → "_s + name);
    }
    if (repair.migrations.size() > namedOnes)
        lines << Words::tr("and %1 more").arg(repair.migrations.size() - namedOnes);
    return lines.join(u'\n');
}

}  // namespace

QString repairQuestion(const apply::Repair& repair, const QString& ledger)
{
    switch (repair.kind) {
    case RepairKind::MarkApplied: return Words::tr("Mark as applied in %1, without running it?").arg(ledger);
    case RepairKind::MarkPending:
        return Words::tr("Mark as not applied in %1, without reverting it?").arg(ledger);
    case RepairKind::AcceptFile: return Words::tr("Accept the edited file in %1?").arg(ledger);
    case RepairKind::ClearFailed: return Words::tr("Clear what failed in %1?").arg(ledger);
    case RepairKind::Baseline: return Words::tr("Begin %1 with these as applied?").arg(ledger);
    case RepairKind::Convert: return Words::tr("Write %1 from the other tool's ledger?").arg(ledger);
    }
    std::unreachable();
}

QString repairDetail(const apply::Repair& repair)
{
    QStringList lines{names(repair)};
    for (const QString& note : repair.notes)
        lines << u"⚠ "_s + note;
    lines << Words::tr("No migration runs. This is all that is sent, in one transaction:");
    return lines.join(u'\n');
}

QString repairAccept(const apply::Repair& repair)
{
    switch (repair.kind) {
    case RepairKind::MarkApplied: return Words::tr("Mark as applied");
    case RepairKind::MarkPending: return Words::tr("Mark as not applied");
    case RepairKind::AcceptFile: return Words::tr("Accept");
    case RepairKind::ClearFailed: return Words::tr("Clear");
    case RepairKind::Baseline: return Words::tr("Baseline");
    case RepairKind::Convert: return Words::tr("Take over");
    }
    std::unreachable();
}

QString repairDone(const apply::Repair& repair)
{
    switch (repair.kind) {
    case RepairKind::MarkApplied: return Words::tr("Marked as applied.");
    case RepairKind::MarkPending: return Words::tr("Marked as not applied.");
    case RepairKind::AcceptFile: return Words::tr("The file is accepted.");
    case RepairKind::ClearFailed: return Words::tr("The failure is cleared.");
    case RepairKind::Baseline: return Words::tr("The ledger is there.");
    case RepairKind::Convert: return Words::tr("The ledger is taken over.");
    }
    std::unreachable();
}

}  // namespace dewpoint::migrate::texts
