// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/rules_table.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

enum Part { NamePart, TypePart, KindPart, DetailPart, SharePart };

bool refers(const rows::Relation& relation, const QString& column)
{
    return std::ranges::any_of(relation.foreignKeys, [&](const rows::RelationForeignKey& key) {
        return key.columns.contains(column);
    });
}

}  // namespace

RulesTable::RulesTable(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(u"rulesTable"_s);
    setAccessibleName(tr("How the values of each column are made up"));
    setColumnCount(5);
    setHorizontalHeaderLabels({tr("Column"), tr("Type"), tr("Values"), tr("Details"), tr("NULL")});
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::NoSelection);
    setFocusPolicy(Qt::NoFocus);  // what can be changed are the fields in it
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(theme::space::rowHeight + theme::space::s);
    horizontalHeader()->setHighlightSections(false);
    for (const Part part : {NamePart, TypePart, DetailPart})
        horizontalHeader()->setSectionResizeMode(part, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(KindPart, QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(SharePart, QHeaderView::Fixed);
    setColumnWidth(KindPart, theme::space::sidebarLeast);
    for (int i = 0; i < columnCount(); ++i)
        horizontalHeaderItem(i)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void RulesTable::addKinds(int row, const testdata::ColumnRule& rule)
{
    const rows::RelationColumn& column = m_columns[row];
    auto* box = new QComboBox;
    box->setObjectName(u"ruleKind%1"_s.arg(row));
    box->setAccessibleName(tr("Values of %1").arg(rule.column));
    for (const testdata::RuleInfo& info : testdata::ruleKinds()) {
        const bool possible =
            info.kind == testdata::RuleKind::Omit
            || (testdata::takesRule(column) && (info.kind != testdata::RuleKind::Null || column.nullable)
                && (info.kind != testdata::RuleKind::Reference || m_refers[row]));
        if (possible)
            box->addItem(info.title, static_cast<int>(info.kind));
    }
    box->setCurrentIndex(std::max(0, box->findData(static_cast<int>(rule.kind))));
    box->setMinimumContentsLength(1);
    connect(box, &QComboBox::activated, this, [this, row] {
        const int share = ruleAt(row).nullShare;
        renderRow(row, {.column = m_columns[row].name, .nullShare = share});
        Q_EMIT rulesChanged();
    });
    setCellWidget(row, KindPart, box);
}

void RulesTable::addDetail(int row, const testdata::ColumnRule& rule)
{
    auto* field = new QLineEdit(rule.detail);
    field->setCursorPosition(0);
    field->setPlaceholderText(testdata::infoOf(kindAt(row)).hint);
    field->setObjectName(u"ruleDetail%1"_s.arg(row));
    field->setAccessibleName(tr("Details of %1").arg(rule.column));
    connect(field, &QLineEdit::textEdited, this, &RulesTable::rulesChanged);
    setCellWidget(row, DetailPart, field);
}

void RulesTable::addShare(int row, const testdata::ColumnRule& rule)
{
    auto* share = new QSpinBox;
    share->setObjectName(u"ruleNulls%1"_s.arg(row));
    share->setAccessibleName(tr("Share of NULL in %1").arg(rule.column));
    share->setRange(0, 100);
    share->setButtonSymbols(QAbstractSpinBox::NoButtons);
    share->setSuffix(tr(" %"));
    share->setValue(rule.nullShare);
    connect(share, &QSpinBox::valueChanged, this, &RulesTable::rulesChanged);
    setCellWidget(row, SharePart, share);
}

void RulesTable::show(const testdata::FillPlan& plan)
{
    setRowCount(0);
    setRowCount(static_cast<int>(plan.rules.size()));
    m_columns = plan.relation.columns;
    m_refers.clear();
    for (const rows::RelationColumn& column : std::as_const(m_columns))
        m_refers += refers(plan.relation, column.name);
    for (int row = 0; row < rowCount(); ++row) {
        const rows::RelationColumn& column = plan.relation.columns[row];
        setItem(row, NamePart, new QTableWidgetItem(column.name));
        auto* type = new QTableWidgetItem(column.declared());
        type->setForeground(theme::color(theme::Role::TextMuted));
        setItem(row, TypePart, type);
        addKinds(row, plan.rules[row]);
        renderRow(row, plan.rules[row]);
    }
    QSpinBox widest;
    widest.setRange(0, 100);
    widest.setSuffix(tr(" %"));
    setColumnWidth(SharePart, widest.sizeHint().width() + theme::space::s);
}

testdata::RuleKind RulesTable::kindAt(int row) const
{
    const auto* box = qobject_cast<const QComboBox*>(cellWidget(row, KindPart));
    return box ? static_cast<testdata::RuleKind>(box->currentData().toInt()) : testdata::RuleKind::Omit;
}

/// Fields that mean nothing with this rule are not there to be filled in.
void RulesTable::renderRow(int row, const testdata::ColumnRule& rule)
{
    const testdata::RuleKind kind = kindAt(row);
    removeCellWidget(row, DetailPart);
    removeCellWidget(row, SharePart);
    if (!testdata::infoOf(kind).hint.isEmpty())
        addDetail(row, rule);
    if (kind != testdata::RuleKind::Omit && kind != testdata::RuleKind::Null && m_columns[row].nullable)
        addShare(row, rule);
    // What was made last comes where it stands.
    QWidget* before = cellWidget(row, KindPart);
    for (const Part part : {DetailPart, SharePart}) {
        if (QWidget* field = cellWidget(row, part)) {
            setTabOrder(before, field);
            before = field;
        }
    }
}

testdata::ColumnRule RulesTable::ruleAt(int row) const
{
    const auto* detail = qobject_cast<const QLineEdit*>(cellWidget(row, DetailPart));
    const auto* share = qobject_cast<const QSpinBox*>(cellWidget(row, SharePart));
    return {.column = m_columns[row].name,
            .kind = kindAt(row),
            .detail = detail ? detail->text() : QString(),
            .nullShare = share ? share->value() : 0};
}

QList<testdata::ColumnRule> RulesTable::rules() const
{
    QList<testdata::ColumnRule> rules;
    for (int row = 0; row < rowCount(); ++row)
        rules += ruleAt(row);
    return rules;
}

}  // namespace dewpoint::exchange
