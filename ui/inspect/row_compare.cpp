// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/row_compare.h"

#include "inspect/record_model.h"
#include "theme/theme.h"

#include <QHeaderView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

QString textOf(const Field& field)
{
    const QString absence = absenceOf(field);
    const QString label = field.label.isEmpty() ? QString() : u"  "_s + field.label;
    return absence.isEmpty() ? oneLine(field.value) + label : absence;
}

bool differs(const QList<Record>& records, qsizetype column)
{
    const Value& first = records.first().fields[column].value;
    return std::ranges::any_of(records,
                               [&](const Record& each) { return each.fields[column].value != first; });
}

/// What the row is called: its key.
QString titleOf(const Record& record)
{
    QStringList keys;
    for (const Field& field : record.fields) {
        if (field.isKey)
            keys += oneLine(field.value);
    }
    return keys.join(u" · "_s);
}

}  // namespace

RowCompare::RowCompare(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(u"inspectorCompare"_s);
    setAccessibleName(tr("Selected rows beside each other"));
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void RowCompare::setRecords(const QList<Record>& records)
{
    clear();
    if (records.isEmpty())
        return;
    const QList<Field>& fields = records.first().fields;
    setColumnCount(static_cast<int>(records.size()));
    setRowCount(static_cast<int>(fields.size()));
    for (int row = 0; row < fields.size(); ++row) {
        const bool other = differs(records, row);
        auto* head = new QTableWidgetItem(other ? u"≠ "_s + fields[row].name : fields[row].name);
        head->setToolTip(fields[row].name + u' ' + fields[row].type);
        setVerticalHeaderItem(row, head);
        for (int column = 0; column < records.size(); ++column) {
            const Field& field = records[column].fields[row];
            auto* item = new QTableWidgetItem(textOf(field));
            item->setToolTip(item->text());
            QFont font = theme::textFont();
            font.setItalic(!absenceOf(field).isEmpty());
            font.setBold(other);
            item->setFont(font);
            if (!absenceOf(field).isEmpty())
                item->setForeground(theme::color(theme::Role::TextFaint));
            setItem(row, column, item);
        }
    }
    for (int column = 0; column < records.size(); ++column) {
        const QString title = titleOf(records[column]);
        setHorizontalHeaderItem(column,
                                new QTableWidgetItem(title.isEmpty() ? QString::number(column + 1) : title));
    }
    resizeColumnsToContents();
    for (int column = 0; column < columnCount(); ++column)
        setColumnWidth(column,
                       std::clamp(columnWidth(column), theme::space::xxl, theme::space::sidebarLeast));
}

}  // namespace dewpoint::inspect
