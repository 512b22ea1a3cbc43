// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"

#include <QTableWidget>

namespace dewpoint::inspect {

/// Several rows beside each other, a line for each column: what differs is marked.
class RowCompare final : public QTableWidget
{
    Q_OBJECT
public:
    explicit RowCompare(QWidget* parent = nullptr);
    void setRecords(const QList<Record>& records);
};

}  // namespace dewpoint::inspect
