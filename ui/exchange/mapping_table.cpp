// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/mapping_table.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

enum Part { FromPart, SamplePart, ToPart, VerdictPart };

QString samplesOf(const transfer::Sniffed& file, size_t column)
{
    constexpr qsizetype mostSamples = 3;
    constexpr qsizetype longest = 24;
    QStringList texts;
    for (const transfer::Record& record : file.sample) {
        if (texts.size() == mostSamples)
            break;
        if (column >= record.fields.size() || record.fields[column].text.isEmpty())
            continue;
        const QString text = QString::fromUtf8(record.fields[column].text).simplified();
        texts += text.size() > longest ? text.left(longest) + u'…' : text;
    }
    return texts.join(u"  ·  "_s);
}

}  // namespace

MappingTable::MappingTable(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(u"mappingTable"_s);
    setAccessibleName(tr("Columns of the file"));
    setColumnCount(4);
    setHorizontalHeaderLabels({tr("Column of the file"), tr("First values"), tr("Goes into"), tr("Verdict")});
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::NoSelection);
    setFocusPolicy(Qt::NoFocus);  // what can be changed are the boxes in it
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(theme::space::rowHeight + theme::space::s);
    horizontalHeader()->setHighlightSections(false);
    for (const Part part : {FromPart, SamplePart, VerdictPart})
        horizontalHeader()->setSectionResizeMode(part, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(ToPart, QHeaderView::Fixed);
    setColumnWidth(ToPart, theme::space::sidebarLeast);
    for (int i = 0; i < columnCount(); ++i)
        horizontalHeaderItem(i)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void MappingTable::addTargets(int row, const rows::Relation& relation, int chosen, const QString& name)
{
    auto* box = new QComboBox;
    box->setObjectName(u"mapping%1"_s.arg(row));
    box->setAccessibleName(tr("%1 goes into").arg(name));
    box->addItem(tr("— left out —"), -1);
    for (int i = 0; i < relation.columns.size(); ++i) {
        if (transfer::isImportable(relation.columns[i]))
            box->addItem(u"%1  (%2)"_s.arg(relation.columns[i].name, relation.columns[i].declared()), i);
    }
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
    box->setMinimumContentsLength(1);
    connect(box, &QComboBox::activated, this, &MappingTable::mappingChanged);
    setCellWidget(row, ToPart, box);
}

void MappingTable::show(const transfer::Sniffed& file, const rows::Relation& relation,
                        const QList<int>& mapping)
{
    setRowCount(0);
    setRowCount(static_cast<int>(file.columns.size()));
    for (int row = 0; row < rowCount(); ++row) {
        auto* name = new QTableWidgetItem(file.columns[row]);
        setItem(row, FromPart, name);
        auto* values = new QTableWidgetItem(samplesOf(file, static_cast<size_t>(row)));
        values->setForeground(theme::color(theme::Role::TextMuted));
        setItem(row, SamplePart, values);
        addTargets(row, relation, mapping.value(row, -1), file.columns[row]);
        setItem(row, VerdictPart, new QTableWidgetItem);
    }
}

QList<int> MappingTable::mapping() const
{
    QList<int> mapping;
    for (int row = 0; row < rowCount(); ++row) {
        const auto* box = qobject_cast<const QComboBox*>(cellWidget(row, ToPart));
        mapping += box ? box->currentData().toInt() : -1;
    }
    return mapping;
}

void MappingTable::clearVerdicts()
{
    for (int row = 0; row < rowCount(); ++row)
        item(row, VerdictPart)->setText({});
}

void MappingTable::showVerdicts(const transfer::Checked& checked, bool whole)
{
    const QLocale locale;
    const QList<int> places = mapping();
    for (int row = 0; row < rowCount() && row < checked.columns.size(); ++row) {
        const transfer::ColumnVerdict& verdict = checked.columns[row];
        QTableWidgetItem* cell = item(row, VerdictPart);
        theme::Role role = theme::Role::Added;
        QString text = whole ? tr("✓ all fit") : tr("✓ so far");
        if (places[row] < 0) {
            text.clear();
        } else if (verdict.bad > 0) {
            role = theme::Role::Danger;
            text = tr("✗ %1 do not fit — line %2: %3")
                       .arg(locale.toString(verdict.bad), locale.toString(verdict.line), verdict.problem);
        } else if (verdict.odd > 0) {
            role = theme::Role::Warning;
            text = tr("⚠ %1 would be kept as text — line %2: %3")
                       .arg(locale.toString(verdict.odd), locale.toString(verdict.line), verdict.problem);
        } else if (verdict.nulls > 0) {
            text += u", "_s + tr("%1 NULL").arg(locale.toString(verdict.nulls));
        }
        cell->setText(text);
        cell->setToolTip(text);
        cell->setForeground(theme::color(role));
    }
}

}  // namespace dewpoint::exchange
