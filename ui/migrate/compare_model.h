// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "shadow/difference.h"

#include <QAbstractTableModel>

namespace dewpoint::migrate {

/// What has to happen to one schema so that it is the other, a line each: what is only called otherwise
/// first, then the changes.
class CompareModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Kind, Text, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setWay(const shadow::Difference& way, Engine engine);
    change::Name relationAt(int row) const;  ///< empty for what is in no table
    QStringList sentences() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        std::optional<change::Kind> kind;  ///< none: a new name
        QString text;
        change::Name relation;
    };
    static QString kindText(const Line& line);

    QList<Line> m_lines;
};

}  // namespace dewpoint::migrate
