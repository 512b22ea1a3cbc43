// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/check_rows.h"
#include "transfer/sniff.h"

#include <QTableWidget>

namespace dewpoint::exchange {

/// A line for each column of the file: what stands in it, the column of the table it goes into, and what
/// that one says to its values.
class MappingTable final : public QTableWidget
{
    Q_OBJECT
public:
    explicit MappingTable(QWidget* parent = nullptr);

    void show(const transfer::Sniffed& file, const rows::Relation& relation, const QList<int>& mapping);
    QList<int> mapping() const;
    void showVerdicts(const transfer::Checked& checked, bool whole);
    void clearVerdicts();

Q_SIGNALS:
    void mappingChanged();

private:
    void addTargets(int row, const rows::Relation& relation, int chosen, const QString& name);
};

}  // namespace dewpoint::exchange
