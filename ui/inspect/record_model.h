// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"

#include <QAbstractListModel>

namespace dewpoint::inspect {

/// The fields of a row, one below the other.
class RecordModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRecord(const Record& record);
    const Record& record() const { return m_record; }
    const Field* field(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    Record m_record;
};

/// "NULL" or "DEFAULT" where there is no value; empty where there is one.
QString absenceOf(const Field& field);

/// A value in one line: what does not fit is cut, line breaks become spaces; "NULL" and "empty" are
/// for the caller to set apart.
QString oneLine(const Value& value);

}  // namespace dewpoint::inspect
