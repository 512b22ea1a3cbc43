// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "transfer/sniff.h"

#include <QTableWidget>

namespace dewpoint::exchange {

/// The first rows of a file as an import reads them: which column each goes to, what is NULL, what is broken.
class PreviewTable final : public QTableWidget
{
    Q_OBJECT
public:
    explicit PreviewTable(QWidget* parent = nullptr);

    /// `mapping`: by column of the file, the relation's column or -1.
    void show(const transfer::Sniffed& file, const rows::Relation& relation, const QList<int>& mapping);

private:
    void addCell(int row, int column, const transfer::Record& record, const rows::RelationColumn* target);
};

}  // namespace dewpoint::exchange
