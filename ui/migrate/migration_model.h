// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "lint/codes.h"
#include "migrate/rehearse_work.h"

#include <QAbstractTableModel>
#include <QHash>

#include <optional>

namespace dewpoint::migrate {

/// What lint says, by version; may be less than all. Nothing: too little is known to say that it is safe.
using Classes = QHash<QString, std::optional<lint::Class>>;

/// The migrations as rows, oldest first; a state is a sign and a word, never only a colour.
class MigrationModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { State, Name, Risk, AppliedAt, Reversible, Version, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setStatus(const apply::Status& status);
    void setNotes(const DownNotes& notes);
    void setFailed(const QString& version);  ///< the one that stopped the last run; empty for none
    void setClasses(const Classes& classes);
    const apply::MigrationState& at(int row) const { return m_migrations.at(row); }
    int rowOf(const QString& version) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const apply::MigrationState& migration, int column) const;
    QString riskText(const QString& version) const;
    QVariant colour(const apply::MigrationState& migration, int column) const;
    std::optional<DownNote> noteOf(const apply::MigrationState& migration) const;
    QString downText(const apply::MigrationState& migration) const;
    QString toolTip(const apply::MigrationState& migration) const;

    QList<apply::MigrationState> m_migrations;
    QString m_failed;
    Classes m_classes;
    DownNotes m_notes;
};

}  // namespace dewpoint::migrate
