// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/conflict_panel.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

constexpr int choiceColumn = 5;
constexpr int mostLines = 6;  ///< more are scrolled to

QString shown(const rows::RowImage& values, const QString& column)
{
    const auto found = values.find(column);
    if (found == values.end())
        return u"…"_s;
    return isNull(found->second) ? u"NULL"_s : displayText(found->second);
}

QString shown(const rows::EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    return !plain ? u"DEFAULT"_s : isNull(*plain) ? u"NULL"_s : displayText(*plain);
}

}  // namespace

ConflictPanel::ConflictPanel(QWidget* parent) : QFrame(parent), m_title(new QLabel), m_table(new QTableWidget)
{
    setObjectName(u"conflicts"_s);
    setProperty("role", u"conflict"_s);
    m_table->setObjectName(u"conflictTable"_s);
    m_table->setAccessibleName(tr("Conflicts"));
    m_table->setColumnCount(6);
    m_table->setHorizontalHeaderLabels(
        {tr("Row"), tr("Column"), tr("As read"), tr("Theirs"), tr("Mine"), tr("Keep")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* mine = new QPushButton(tr("All mine"));
    mine->setObjectName(u"allMine"_s);
    auto* theirs = new QPushButton(tr("All theirs"));
    theirs->setObjectName(u"allTheirs"_s);
    auto* apply = new QPushButton(tr("Apply and commit"));
    apply->setObjectName(u"resolve"_s);
    apply->setProperty("primary", true);
    connect(mine, &QPushButton::clicked, this, [this] { chooseAll(Choice::Mine); });
    connect(theirs, &QPushButton::clicked, this, [this] { chooseAll(Choice::Theirs); });
    connect(apply, &QPushButton::clicked, this, &ConflictPanel::resolved);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(mine);
    top->addWidget(theirs);
    top->addWidget(apply);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::s, theme::space::s, theme::space::s);
    column->addLayout(top);
    column->addWidget(m_table);
    hide();
}

void ConflictPanel::addLine(const Line& line, const QStringList& texts)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    for (int i = 0; i < texts.size(); ++i)
        m_table->setItem(row, i, new QTableWidgetItem(texts[i]));
    auto* choice = new QComboBox;
    choice->addItems({tr("Mine"), tr("Theirs")});
    choice->setAccessibleName(tr("Keep, for %1").arg(texts.first() + u' ' + line.column));
    m_table->setCellWidget(row, choiceColumn, choice);
    m_lines += line;
}

void ConflictPanel::addConflict(int index)
{
    const rows::Conflict& conflict = m_conflicts[index];
    const QString key = rows::displayText(conflict.row.key);
    if (conflict.gone || conflict.deleting) {
        addLine({index, {}}, {key,
                              {},
                              {},
                              conflict.gone ? tr("row deleted") : tr("row changed"),
                              conflict.deleting ? tr("delete the row") : tr("insert it again")});
        return;
    }
    for (const auto& [column, mine] : conflict.mine)
        addLine({index, column},
                {key, column, shown(conflict.base, column), shown(conflict.theirs, column), shown(mine)});
}

void ConflictPanel::show(const QList<rows::Conflict>& conflicts)
{
    m_conflicts = conflicts;
    m_lines.clear();
    m_table->setRowCount(0);
    for (int i = 0; i < m_conflicts.size(); ++i)
        addConflict(i);
    m_title->setText(tr("%n row(s) changed since they were read. Nothing was written.", nullptr, count()));
    const int lines = std::min(m_table->rowCount(), mostLines);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + lines * m_table->verticalHeader()->defaultSectionSize() + theme::space::xs);
    setVisible(!conflicts.isEmpty());
}

QStringList ConflictPanel::theirsIn(int conflict) const
{
    QStringList columns;
    for (int row = 0; row < m_lines.size(); ++row) {
        const auto* choice = qobject_cast<const QComboBox*>(m_table->cellWidget(row, choiceColumn));
        if (m_lines[row].conflict == conflict && choice && choice->currentIndex() == 1)
            columns += m_lines[row].column;
    }
    return columns;
}

void ConflictPanel::chooseAll(Choice choice)
{
    for (int row = 0; row < m_lines.size(); ++row) {
        if (auto* box = qobject_cast<QComboBox*>(m_table->cellWidget(row, choiceColumn)))
            box->setCurrentIndex(choice == Choice::Theirs ? 1 : 0);
    }
}

}  // namespace dewpoint::grid
