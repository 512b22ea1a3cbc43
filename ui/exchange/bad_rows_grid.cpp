// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/bad_rows_grid.h"

#include "theme/measures.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

constexpr int leadColumns = 2;  ///< line and message
constexpr int changedRole = Qt::UserRole;

}  // namespace

BadRowsGrid::BadRowsGrid(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(u"badRows"_s);
    setAccessibleName(tr("Bad rows"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTableWidget::itemChanged, this, [](QTableWidgetItem* item) {
        if (item->column() >= leadColumns && !item->data(changedRole).toBool())
            item->setData(changedRole, true);
    });
}

void BadRowsGrid::addRow(int row, const transfer::BadRow& bad, const transfer::ImportPlan& plan)
{
    auto* line = new QTableWidgetItem(QString::number(bad.record.line));
    auto* why = new QTableWidgetItem(bad.message);
    why->setToolTip(bad.message);
    why->setForeground(theme::color(bad.odd ? theme::Role::Warning : theme::Role::Danger));
    for (QTableWidgetItem* item : {line, why})
        item->setFlags(item->flags() & ~Qt::ItemIsEditable);
    if (bad.odd) {
        why->setCheckState(Qt::Unchecked);
        why->setToolTip(bad.message + u' ' + tr("Checked, the row is imported as it is."));
    }
    setItem(row, 0, line);
    setItem(row, 1, why);
    for (int i = 0; i + leadColumns < columnCount(); ++i) {
        const auto field = static_cast<size_t>(i);
        const bool there = field < bad.record.fields.size();
        auto* cell =
            new QTableWidgetItem(there ? QString::fromUtf8(bad.record.fields[field].text) : QString());
        const int column = plan.mapping.value(i, -1);
        if (column >= 0 && (column == bad.column || bad.further.contains(column)))
            cell->setBackground(theme::color(bad.odd ? theme::Role::WarningSoft : theme::Role::DangerSoft));
        if (column < 0)
            cell->setForeground(theme::color(theme::Role::TextFaint));
        setItem(row, i + leadColumns, cell);
    }
}

void BadRowsGrid::show(const QList<transfer::BadRow>& rows, const QStringList& columns,
                       const transfer::ImportPlan& plan)
{
    const QSignalBlocker quiet(this);
    m_rows = rows;
    m_leftOut.clear();
    clear();
    setRowCount(0);
    setColumnCount(leadColumns + static_cast<int>(columns.size()));
    setHorizontalHeaderLabels(QStringList{tr("Line"), tr("Why")} + columns);
    setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < rowCount(); ++row)
        addRow(row, rows[row], plan);
    resizeColumnsToContents();
    setColumnWidth(1, std::min(columnWidth(1), theme::space::areaWidth));
    for (int i = leadColumns; i < columnCount(); ++i)
        setColumnWidth(i, std::clamp(columnWidth(i), theme::space::xxl * 2, theme::space::sidebarWidth));
    if (rowCount() > 0) {
        const auto place = std::max<qsizetype>(0, plan.mapping.indexOf(rows.first().column));
        setCurrentCell(0, leadColumns + (rows.first().column < 0 ? 0 : static_cast<int>(place)));
    }
}

/// A cell that nobody touched is what it was in the file: NULL, a text in quotes, a number of JSON.
std::vector<transfer::Field> BadRowsGrid::fieldsOf(int row) const
{
    std::vector<transfer::Field> fields = m_rows[row].record.fields;
    fields.resize(static_cast<size_t>(columnCount() - leadColumns));
    for (size_t i = 0; i < fields.size(); ++i) {
        const QTableWidgetItem* cell = item(row, static_cast<int>(i) + leadColumns);
        if (!cell->data(changedRole).toBool())
            continue;
        fields[i].text = cell->text().toUtf8();
        fields[i].kind =
            fields[i].text.isEmpty() ? transfer::Field::Kind::Empty : transfer::Field::Kind::Text;
    }
    return fields;
}

void BadRowsGrid::applyTo(transfer::ImportPlan& plan) const
{
    for (const qint64 number : m_leftOut)
        plan.leftOut.insert(number);
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[row].odd && item(row, 1)->checkState() == Qt::Checked)
            plan.kept.insert(m_rows[row].record.number);
        bool touched = m_rows[row].record.problem.isEmpty();
        for (int i = leadColumns; i < columnCount(); ++i)
            touched = touched || item(row, i)->data(changedRole).toBool();
        if (touched)
            plan.fixes.insert(m_rows[row].record.number, fieldsOf(row));
    }
}

void BadRowsGrid::leaveOutSelected()
{
    QSet<int> chosen;
    for (const QModelIndex& index : selectedIndexes())
        chosen.insert(index.row());
    QList<int> rows = chosen.values();
    std::ranges::sort(rows, std::greater());
    for (const int row : rows) {
        m_leftOut += m_rows.takeAt(row).record.number;
        removeRow(row);
    }
    Q_EMIT leftOutChanged(static_cast<int>(m_leftOut.size()));
}

bool BadRowsGrid::hasOdd() const
{
    return std::ranges::any_of(m_rows, &transfer::BadRow::odd);
}

void BadRowsGrid::finishEditing()
{
    QWidget* editor = viewport()->findChild<QLineEdit*>();
    if (state() != QAbstractItemView::EditingState || !editor)
        return;
    commitData(editor);
    closeEditor(editor, QAbstractItemDelegate::NoHint);
}

/// Tab goes from value to value; the line and the reason are only read.
QModelIndex BadRowsGrid::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    QModelIndex to = QTableWidget::moveCursor(action, modifiers);
    while (to.isValid() && to.column() < leadColumns && (action == MoveNext || action == MovePrevious)) {
        const bool back = action == MovePrevious;
        if (back && to.row() == 0)
            return currentIndex();
        to = back ? model()->index(to.row() - 1, columnCount() - 1) : model()->index(to.row(), leadColumns);
    }
    return to;
}

void BadRowsGrid::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && state() != QAbstractItemView::EditingState)
        return leaveOutSelected();
    QTableWidget::keyPressEvent(event);
}

}  // namespace dewpoint::exchange
