// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/relation_field.h"
#include "grid/table_page.h"

#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

// What a person may say of a table's relations: to where its columns point, and what says what a row is.
namespace dewpoint::grid {

void TablePage::declareRelation(const QString& column)
{
    if (m_relations.targets)
        m_relationField->ask(relation(), column, m_relations.targets());
}

void TablePage::addRelationEntries(QMenu* menu, const QModelIndex& cell)
{
    if (!m_relations.targets)
        return;
    for (const int reference : m_model.referencesAt(cell.column()))
        addLabelEntries(menu, m_model.references()[reference]);
    const QString column = relation().columns[cell.column()].name;
    QAction* declare =
        menu->addAction(tr("Declare a relation…"), this, [this, column] { declareRelation(column); });
    declare->setObjectName(u"declareRelation"_s);
    for (const rows::RelationForeignKey& key : relation().foreignKeys) {
        if (!key.columns.contains(column) || !m_relations.isDeclared(key))
            continue;
        menu->addAction(
            tr("Forget the declared relation to %1").arg(QString(key.targetTable).replace(u'&', u"&&"_s)),
            this, [this, key] {
                Q_EMIT relationForgotten({.schema = relation().schema, .table = relation().name, .key = key});
            });
    }
}

void TablePage::addLabelEntries(QMenu* menu, const rows::Reference& reference)
{
    const QList<rows::Relation> targets = m_relations.targets();
    const auto target = std::ranges::find_if(targets, [&](const rows::Relation& each) {
        return each.schema == reference.target.schema && each.name == reference.target.name;
    });
    if (target == targets.end())
        return;
    QMenu* labels =
        menu->addMenu(tr("Label of %1").arg(QString(reference.targetTitle).replace(u'&', u"&&"_s)));
    labels->setObjectName(u"labelMenu"_s);
    for (const rows::RelationColumn& column : target->columns) {
        QAction* action = labels->addAction(
            QString(column.name).replace(u'&', u"&&"_s), this,
            [this, relation = *target, name = column.name] { Q_EMIT labelChosen(relation, name); });
        action->setCheckable(true);
        action->setChecked(column.name == reference.label);
    }
}

}  // namespace dewpoint::grid
