// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/relation_menu.h"

#include "grid/relation_field.h"
#include "items/table_model.h"
#include "kit/menu_text.h"

#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

RelationMenu::RelationMenu(const items::TableModel& model, QWidget* page)
    : QObject(page), m_model(model), m_field(new RelationField(page))
{
    connect(m_field, &RelationField::declared, this, &RelationMenu::declared);
}

void RelationMenu::addEntries(QMenu* menu, int column)
{
    if (!m_source.targets)
        return;
    for (const int reference : m_model.referencesAt(column))
        addLabelEntries(menu, m_model.references()[reference]);
    const rows::Relation& relation = m_model.relation();
    const QString name = relation.columns[column].name;
    menu->addAction(tr("Declare a relation…"), this,
                    [this, name] { m_field->ask(m_model.relation(), name, m_source.targets()); })
        ->setObjectName(u"declareRelation"_s);
    for (const rows::RelationForeignKey& key : relation.foreignKeys) {
        if (!key.columns.contains(name) || !m_source.isDeclared(key))
            continue;
        menu->addAction(tr("Forget the declared relation to %1").arg(kit::menuText(key.targetTable)), this,
                        [this, key] {
                            const rows::Relation& from = m_model.relation();
                            Q_EMIT forgotten({.schema = from.schema, .table = from.name, .key = key});
                        });
    }
}

void RelationMenu::addLabelEntries(QMenu* menu, const rows::Reference& reference)
{
    const QList<rows::Relation> targets = m_source.targets();
    const auto target = std::ranges::find_if(targets, [&](const rows::Relation& each) {
        return each.schema == reference.target.schema && each.name == reference.target.name;
    });
    if (target == targets.end())
        return;
    QMenu* labels = menu->addMenu(tr("Label of %1").arg(kit::menuText(reference.targetTitle)));
    labels->setObjectName(u"labelMenu"_s);
    for (const rows::RelationColumn& column : target->columns) {
        QAction* action = labels->addAction(
            kit::menuText(column.name), this,
            [this, relation = *target, name = column.name] { Q_EMIT labelChosen(relation, name); });
        action->setCheckable(true);
        action->setChecked(column.name == reference.label);
    }
}

}  // namespace dewpoint::grid
