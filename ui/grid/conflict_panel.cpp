// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/conflict_panel.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

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

/// Both sides made something else of it.
bool isContested(const rows::Conflict& conflict, const QString& column, const rows::EditValue& mine)
{
    const auto base = conflict.base.find(column);
    const auto theirs = conflict.theirs.find(column);
    const bool known = base != conflict.base.end() && theirs != conflict.theirs.end();
    return !known || (base->second != theirs->second && mine != rows::EditValue(theirs->second));
}

}  // namespace

ConflictPanel::ConflictPanel(QWidget* parent)
    : QFrame(parent), m_title(new QLabel), m_table(new QTableWidget), m_apply(new QPushButton)
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
    connect(m_table, &QTableWidget::cellClicked, this, &ConflictPanel::unfold);
    connect(m_table, &QTableWidget::cellActivated, this, &ConflictPanel::unfold);
    build();
    hide();
}

void ConflictPanel::build()
{
    auto* mine = new QPushButton(tr("All mine"));
    mine->setObjectName(u"allMine"_s);
    auto* theirs = new QPushButton(tr("All theirs"));
    theirs->setObjectName(u"allTheirs"_s);
    m_apply->setText(tr("Apply and commit"));
    m_apply->setObjectName(u"resolve"_s);
    m_apply->setProperty("primary", true);
    auto* later = new QPushButton(tr("Later"));
    later->setObjectName(u"conflictsLater"_s);
    later->setToolTip(tr("Your edits stay; the next commit asks again (Esc)."));
    connect(mine, &QPushButton::clicked, this, [this] { chooseAll(Choice::Mine); });
    connect(theirs, &QPushButton::clicked, this, [this] { chooseAll(Choice::Theirs); });
    connect(m_apply, &QPushButton::clicked, this, &ConflictPanel::resolved);
    connect(later, &QPushButton::clicked, this, &QWidget::hide);
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(1);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    for (QPushButton* button : {mine, theirs, m_apply, later})
        top->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::s, theme::space::s, theme::space::s);
    column->addLayout(top);
    column->addWidget(m_table);
}

void ConflictPanel::addLine(const Line& line, const QStringList& texts)
{
    insertLine(m_table->rowCount(), line, texts);
}

void ConflictPanel::insertLine(int row, const Line& line, const QStringList& texts)
{
    m_table->insertRow(row);
    m_lines.insert(row, line);
    for (int i = 0; i < texts.size(); ++i)
        m_table->setItem(row, i, new QTableWidgetItem(texts[i]));
    if (!line.folded.isEmpty())
        return m_table->setSpan(row, 1, 1, choiceColumn);
    auto* choice = new QComboBox;
    choice->setPlaceholderText(tr("Choose…"));
    choice->addItems({tr("Mine"), tr("Theirs")});
    choice->setCurrentIndex(-1);
    choice->setAccessibleName(tr("Keep, for %1").arg(texts.first() + u' ' + line.column));
    connect(choice, &QComboBox::currentIndexChanged, this, &ConflictPanel::considerChoices);
    m_table->setCellWidget(row, choiceColumn, choice);
}

void ConflictPanel::addColumn(int row, int conflict, const QString& column)
{
    const rows::Conflict& of = m_conflicts[conflict];
    insertLine(row, {conflict, column, {}},
               {rows::displayText(of.row.key), column, shown(of.base, column), shown(of.theirs, column),
                shown(of.mine.at(column))});
}

void ConflictPanel::addConflict(int index)
{
    const rows::Conflict& conflict = m_conflicts[index];
    const QString key = rows::displayText(conflict.row.key);
    if (conflict.gone || conflict.deleting) {
        addLine({index, {}, {}}, {key,
                                  {},
                                  {},
                                  conflict.gone ? tr("row deleted") : tr("row changed"),
                                  conflict.deleting ? tr("delete the row") : tr("insert it again")});
        return;
    }
    QStringList contested;
    QStringList others;
    for (const auto& [column, mine] : conflict.mine)
        (isContested(conflict, column, mine) ? contested : others) += column;
    // Where nothing is contested, whether mine goes beside what they did is the question.
    if (contested.isEmpty())
        std::swap(contested, others);
    for (const QString& column : std::as_const(contested))
        addColumn(m_table->rowCount(), index, column);
    if (!others.isEmpty())
        addLine({index, {}, others},
                {key, tr("%n more column(s) that they did not touch stay as you have them: %1", nullptr,
                         static_cast<int>(others.size()))
                          .arg(others.join(u", "_s))});
}

void ConflictPanel::unfold(int row)
{
    const Line line = m_lines.value(row);
    if (line.folded.isEmpty())
        return;
    m_table->setSpan(row, 1, 1, 1);
    m_table->removeRow(row);
    m_lines.removeAt(row);
    int place = row;
    for (const QString& column : line.folded) {
        addColumn(place, line.conflict, column);
        qobject_cast<QComboBox*>(m_table->cellWidget(place, choiceColumn))->setCurrentIndex(0);
        ++place;
    }
    fitHeight();
}

void ConflictPanel::fitHeight()
{
    const int lines = std::min(m_table->rowCount(), mostLines);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + lines * m_table->verticalHeader()->defaultSectionSize() + theme::space::xs);
}

/// Nothing is kept that nobody chose.
void ConflictPanel::considerChoices()
{
    int open = 0;
    for (int row = 0; row < m_lines.size(); ++row) {
        const auto* choice = qobject_cast<const QComboBox*>(m_table->cellWidget(row, choiceColumn));
        open += choice && choice->currentIndex() < 0 ? 1 : 0;
    }
    m_apply->setEnabled(open == 0);
    const QString changed =
        tr("%n row(s) changed since they were read. Nothing was written.", nullptr, count());
    m_title->setText(open == 0 ? changed : changed + u' ' + tr("%n choice(s) to make.", nullptr, open));
}

void ConflictPanel::show(const QList<rows::Conflict>& conflicts)
{
    m_conflicts = conflicts;
    m_lines.clear();
    m_table->clearSpans();
    m_table->setRowCount(0);
    for (int i = 0; i < m_conflicts.size(); ++i)
        addConflict(i);
    considerChoices();
    fitHeight();
    setVisible(!conflicts.isEmpty());
}

void ConflictPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return hide();
    QFrame::keyPressEvent(event);
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
