// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractTableModel>
#include <QTime>

namespace dewpoint::shell {

/// Every statement that Dewpoint sent in this session, newest first, with its duration and
/// rows.
class StatementLog final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void add(const QString& sql, qint64 microseconds, qint64 rows);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Entry {
        QTime time;
        QString sql;
        qint64 microseconds = 0;
        qint64 rows = 0;
        int times = 1;  ///< one after the other, with other parameters
    };
    QList<Entry> m_entries;  ///< oldest first
};

}  // namespace dewpoint::shell
