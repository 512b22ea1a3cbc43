// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/desk.h"

#include "kit/ask_bar.h"
#include "migrate/migration_list.h"
#include "project/format.h"

namespace dewpoint::migrate {

QString Desk::selectedVersion() const
{
    const apply::MigrationState* selected = list->selected();
    return selected ? selected->migration.version : QString();
}

void Desk::tell(const Error& error) const
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    QStringList rest{error.detail, error.hint};
    rest.removeAll(QString());
    ask->tell(kit::AskBar::Tone::Danger, error.message, rest.join(u'\n'));
}

bool Desk::canChangeLedger() const
{
    return session.target().guard != drivers::Guard::ReadOnly && !busy && status
           && project::formatOf(status->project).ledger.repair.mark;
}

}  // namespace dewpoint::migrate
