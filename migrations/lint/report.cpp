// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/report.h"

#include "base/words.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

QString lockName(LockMode mode)
{
    switch (mode) {
    case LockMode::AccessShare: return u"ACCESS SHARE"_s;
    case LockMode::RowShare: return u"ROW SHARE"_s;
    case LockMode::RowExclusive: return u"ROW EXCLUSIVE"_s;
    case LockMode::ShareUpdateExclusive: return u"SHARE UPDATE EXCLUSIVE"_s;
    case LockMode::Share: return u"SHARE"_s;
    case LockMode::ShareRowExclusive: return u"SHARE ROW EXCLUSIVE"_s;
    case LockMode::Exclusive: return u"EXCLUSIVE"_s;
    case LockMode::AccessExclusive: return u"ACCESS EXCLUSIVE"_s;
    }
    std::unreachable();
}

QString lockEffect(LockMode mode)
{
    switch (mode) {
    case LockMode::AccessShare:
    case LockMode::RowShare:
    case LockMode::RowExclusive: return Words::tr("others read and write");
    case LockMode::ShareUpdateExclusive: return Words::tr("others read and write; no other schema change");
    case LockMode::Share:
    case LockMode::ShareRowExclusive:
    case LockMode::Exclusive: return Words::tr("others read, and wait to write");
    case LockMode::AccessExclusive: return Words::tr("others wait to read and to write");
    }
    std::unreachable();
}

Class Report::worst() const
{
    Class worst = Class::Safe;
    for (const Finding& finding : findings) {
        if (!finding.allowed)
            worst = std::max(worst, finding.level());
    }
    return worst;
}

int Report::line(const Finding& finding) const
{
    return finding.statement < 0 ? 1 : statements.at(finding.statement).place.line;
}

}  // namespace dewpoint::lint
