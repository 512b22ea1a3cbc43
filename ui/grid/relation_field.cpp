// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/relation_field.h"

#include "kit/announce.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

RelationField::RelationField(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel)
    , m_table(new QComboBox)
    , m_rows(new QVBoxLayout)
    , m_problem(new QLabel)
{
    setObjectName(u"relationField"_s);
    setProperty("role", u"card"_s);
    setAutoFillBackground(true);
    m_title->setProperty("role", u"heading"_s);
    m_table->setObjectName(u"relationTable"_s);
    m_table->setAccessibleName(tr("Referenced table"));
    m_problem->setObjectName(u"relationProblem"_s);
    m_problem->setProperty("role", u"danger"_s);
    m_problem->setWordWrap(true);
    kit::announceTexts(m_problem, kit::Urgency::AtOnce);
    auto* note = new QLabel(tr("Only Dewpoint keeps this; the database is not changed."));
    note->setProperty("role", u"muted"_s);
    note->setWordWrap(true);
    auto* another = new QPushButton(tr("And another column"));
    another->setObjectName(u"relationAnother"_s);
    auto* declare = new QPushButton(tr("Declare"));
    declare->setObjectName(u"relationDeclare"_s);
    declare->setProperty("primary", true);
    auto* cancel = new QPushButton(tr("Cancel"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(another);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(declare);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::m);
    column->setSpacing(theme::space::s);
    column->addWidget(m_title);
    column->addWidget(m_table);
    column->addLayout(m_rows);
    column->addWidget(note);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    connect(m_table, &QComboBox::currentIndexChanged, this, &RelationField::fillColumns);
    connect(another, &QPushButton::clicked, this, [this] { addPair({}); });
    connect(declare, &QPushButton::clicked, this, &RelationField::take);
    connect(cancel, &QPushButton::clicked, this, &RelationField::leave);
    hide();
}

void RelationField::ask(const rows::Relation& from, const QString& column,
                        const QList<rows::Relation>& targets)
{
    m_from = from;
    m_targets = targets;
    for (const Pair& pair : std::as_const(m_pairs))
        delete pair.row;
    m_pairs.clear();
    m_title->setText(tr("%1 of %2 points to").arg(column, from.name));
    m_problem->clear();
    m_table->clear();
    int likely = 0;
    const QString stem = column.section(u'_', 0, 0);
    for (int i = 0; i < targets.size(); ++i) {
        const rows::Relation& each = targets[i];
        m_table->addItem(each.schema == from.schema ? each.name : each.schema + u'.' + each.name);
        // "user_id" most likely means users.
        if (likely == 0 && stem.size() > 1 && each.name.startsWith(stem, Qt::CaseInsensitive))
            likely = i;
    }
    m_table->setCurrentIndex(likely);
    addPair(column);
    resize(std::min(theme::space::areaWidth, parentWidget()->width()), sizeHint().height());
    move(std::max(0, (parentWidget()->width() - width()) / 2), theme::space::xl);
    raise();
    show();
    m_table->setFocus(Qt::PopupFocusReason);
}

void RelationField::addPair(const QString& column)
{
    Pair pair{.row = new QWidget, .own = new QComboBox, .other = new QComboBox};
    pair.own->setObjectName(u"relationOwn"_s);
    pair.own->setAccessibleName(tr("Column of this table"));
    pair.other->setObjectName(u"relationOther"_s);
    pair.other->setAccessibleName(tr("Column of the referenced table"));
    for (const rows::RelationColumn& each : std::as_const(m_from.columns))
        pair.own->addItem(each.name);
    pair.own->setCurrentText(column);
    auto* row = new QHBoxLayout(pair.row);
    row->setContentsMargins({});
    row->addWidget(pair.own, 1);
    row->addWidget(new QLabel(u"→"_s));
    row->addWidget(pair.other, 1);
    m_rows->addWidget(pair.row);
    m_pairs += pair;
    fillColumns();
    resize(width(), sizeHint().height());
}

/// The columns of the chosen table, its key first in the pairs that are not chosen yet.
void RelationField::fillColumns()
{
    if (m_table->currentIndex() < 0)
        return;
    const rows::Relation& target = m_targets[m_table->currentIndex()];
    for (qsizetype i = 0; i < m_pairs.size(); ++i) {
        const QString before = m_pairs[i].other->currentText();
        m_pairs[i].other->clear();
        for (const rows::RelationColumn& each : target.columns)
            m_pairs[i].other->addItem(each.name);
        m_pairs[i].other->setCurrentText(target.indexOf(before) >= 0 ? before : target.keyColumns.value(i));
    }
}

void RelationField::take()
{
    if (m_table->currentIndex() < 0)
        return;
    const rows::Relation& target = m_targets[m_table->currentIndex()];
    rows::DeclaredRelation relation{.schema = m_from.schema, .table = m_from.name};
    relation.key.targetSchema = target.schema;
    relation.key.targetTable = target.name;
    for (const Pair& pair : std::as_const(m_pairs)) {
        if (relation.key.columns.contains(pair.own->currentText()))
            return m_problem->setText(tr("%1 is there twice.").arg(pair.own->currentText()));
        relation.key.columns += pair.own->currentText();
        relation.key.targetColumns += pair.other->currentText();
    }
    if (m_from.foreignKeys.contains(relation.key))
        return m_problem->setText(tr("This relation is known already."));
    leave();
    Q_EMIT declared(relation);
}

void RelationField::leave()
{
    hide();
    parentWidget()->setFocus();
}

void RelationField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return leave();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return take();
    QFrame::keyPressEvent(event);
}

}  // namespace dewpoint::grid
