// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/preview_table.h"

#include "theme/measures.h"
#include "theme/theme.h"
#include "transfer/column_reader.h"

#include <QHeaderView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

PreviewTable::PreviewTable(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(u"importPreview"_s);
    setAccessibleName(tr("First rows of the file"));
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void PreviewTable::show(const transfer::Sniffed& file, const rows::Relation& relation,
                        const QList<int>& mapping)
{
    clear();
    setColumnCount(static_cast<int>(file.columns.size()));
    setRowCount(static_cast<int>(file.sample.size()));
    QList<const rows::RelationColumn*> targets;
    QStringList heads;
    for (qsizetype i = 0; i < file.columns.size(); ++i) {
        const int target = mapping.value(i, -1);
        targets += target < 0 ? nullptr : &relation.columns[target];
        heads += target < 0 ? file.columns[i] : relation.columns[target].name;
    }
    setHorizontalHeaderLabels(heads);
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        const transfer::Record& record = file.sample[static_cast<size_t>(row)];
        lines += QString::number(record.line);
        for (int column = 0; column < columnCount(); ++column)
            addCell(row, column, record, targets[column]);
    }
    setVerticalHeaderLabels(lines);
    resizeColumnsToContents();
    for (int i = 0; i < columnCount(); ++i)
        setColumnWidth(i, std::min(columnWidth(i), theme::space::sidebarWidth));
}

void PreviewTable::addCell(int row, int column, const transfer::Record& record,
                           const rows::RelationColumn* target)
{
    const auto place = static_cast<size_t>(column);
    const transfer::Field field = place < record.fields.size() ? record.fields[place] : transfer::Field{};
    const bool isEmpty = field.kind == transfer::Field::Kind::Empty;
    const bool isText = isEmpty && target && transfer::emptyIsText(*target);
    const bool nothing = isEmpty || field.kind == transfer::Field::Kind::Null;
    auto* cell = new QTableWidgetItem(isText    ? tr("empty text")
                                      : nothing ? u"NULL"_s
                                                : QString::fromUtf8(field.text));
    if (nothing || !target)
        cell->setForeground(theme::color(theme::Role::TextFaint));
    if (!record.problem.isEmpty()) {
        cell->setBackground(theme::color(theme::Role::DangerSoft));
        cell->setToolTip(record.problem);
    }
    setItem(row, column, cell);
}

}  // namespace dewpoint::exchange
