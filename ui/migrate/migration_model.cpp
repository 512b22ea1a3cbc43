// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/migration_model.h"

#include "migrate/findings_panel.h"
#include "migrate/state_sign.h"
#include "theme/theme.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

constexpr qsizetype minutes = 16;  ///< of "2026-06-22 10:15:30.123"; the tool tip has it whole

}  // namespace

void MigrationModel::setStatus(const apply::Status& status)
{
    if (status.migrations == m_migrations)
        return;
    beginResetModel();
    m_migrations = status.migrations;
    endResetModel();
}

void MigrationModel::setNotes(const DownNotes& notes)
{
    if (std::exchange(m_notes, notes) != notes && !m_migrations.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

/// A down brings no values back that were not parked.
std::optional<DownNote> MigrationModel::noteOf(const apply::MigrationState& migration) const
{
    const auto found = m_notes.constFind(migration.migration.version);
    if (found == m_notes.constEnd())
        return std::nullopt;
    const bool loses = m_classes.value(migration.migration.version) == lint::Class::DataLoss;
    if (!found->withoutRows || !loses || !migration.isPending())
        return *found;
    return DownNote{.tone = DownNote::Tone::Warning,
                    .text = tr("structure only"),
                    .more =
                        tr("The down restores the structure. Values come back where they are parked as it "
                           "runs; a rehearsal tells.")};
}

QString MigrationModel::downText(const apply::MigrationState& migration) const
{
    if (migration.state == apply::State::Missing)
        return {};
    const auto note = noteOf(migration);
    if (!note)
        return migration.migration.reversible() ? u"⮌"_s : tr("no");
    switch (note->tone) {
    case DownNote::Tone::Good: return u"✓ "_s + note->text;
    case DownNote::Tone::Warning: return u"⚠ "_s + note->text;
    case DownNote::Tone::Bad: return u"✕ "_s + note->text;
    }
    std::unreachable();
}

void MigrationModel::setFailed(const QString& version)
{
    m_failed = version;
    if (!m_migrations.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void MigrationModel::setClasses(const Classes& classes)
{
    m_classes = classes;
    if (!m_migrations.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int MigrationModel::rowOf(const QString& version) const
{
    const auto found =
        std::ranges::find_if(m_migrations, [&](const auto& m) { return m.migration.version == version; });
    return found == m_migrations.end() ? -1 : static_cast<int>(found - m_migrations.begin());
}

int MigrationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_migrations.size());
}

int MigrationModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MigrationModel::data(const QModelIndex& index, int role) const
{
    const apply::MigrationState& migration = m_migrations.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(migration, index.column());
    case Qt::ForegroundRole: return colour(migration, index.column());
    case Qt::ToolTipRole: return toolTip(migration);
    default: return {};
    }
}

QString MigrationModel::text(const apply::MigrationState& migration, int column) const
{
    switch (column) {
    case State:
        if (!m_failed.isEmpty() && migration.migration.version == m_failed)
            return u"✕ "_s + tr("Failed");
        return stateSign(migration.state) + u' ' + apply::stateTitle(migration.state);
    case Name: return migration.migration.name;
    case Version: return migration.migration.version;
    case Risk: return riskText(migration.migration.version);
    case AppliedAt: return migration.appliedAt.first(qMin(migration.appliedAt.size(), minutes));
    case Reversible: return downText(migration);
    default: return {};
    }
}

QString MigrationModel::riskText(const QString& version) const
{
    const auto found = m_classes.constFind(version);
    if (found == m_classes.cend())
        return {};
    const bool failed = version == m_failed && *found == lint::Class::Safe;
    return failed || !*found ? u"? "_s + tr("Not known") : signOf(**found) + u' ' + lint::classTitle(**found);
}

QVariant MigrationModel::colour(const apply::MigrationState& migration, int column) const
{
    if (column == State)
        return theme::color(migration.migration.version == m_failed ? theme::Role::Danger
                                                                    : stateRole(migration.state));
    const lint::Class level = m_classes.value(migration.migration.version).value_or(lint::Class::Safe);
    if (column == Risk && migration.isPending() && level != lint::Class::Safe)
        return theme::color(level == lint::Class::DataLoss ? theme::Role::Danger : theme::Role::Warning);
    const auto note = column == Reversible ? noteOf(migration) : std::nullopt;
    if (note)
        return theme::color(note->tone == DownNote::Tone::Good      ? theme::Role::TextMuted
                            : note->tone == DownNote::Tone::Warning ? theme::Role::Warning
                                                                    : theme::Role::Danger);
    return column == Name ? QVariant() : theme::color(theme::Role::TextMuted);
}

QString MigrationModel::toolTip(const apply::MigrationState& migration) const
{
    QStringList lines{migration.migration.folder.isEmpty() ? migration.migration.version
                                                           : migration.migration.folder};
    if (migration.state == apply::State::OutOfOrder)
        lines.append(tr("It is older than the newest applied one; it will run all the same."));
    if (migration.state == apply::State::Missing)
        lines.append(tr("The database says it was applied, but its files are gone."));
    if (const auto note = noteOf(migration))
        lines.append(note->more);
    if (!migration.appliedAt.isEmpty())
        lines.append(tr("Applied at %1 UTC").arg(migration.appliedAt));
    if (!migration.migration.runInTransaction)
        lines.append(tr("Runs outside a transaction: what it did before a failure stays."));
    return lines.join(u'\n');
}

QVariant MigrationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State: return tr("State");
    case Name: return tr("Name");
    case Version: return tr("Version");
    case Risk: return tr("Risk");
    case AppliedAt: return tr("Applied at (UTC)");
    case Reversible: return tr("Down");
    default: return {};
    }
}

}  // namespace dewpoint::migrate
