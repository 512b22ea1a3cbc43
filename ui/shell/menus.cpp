// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/menus.h"

#include "base/words.h"

#include <QMenu>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace dewpoint::shell {

namespace {

struct Group {
    QString title;
    QString prefix;  ///< of the ids
    QStringList names;
};

/// What is looked for most stands in the menu itself, and so does what is not named here.
QList<Group> groups()
{
    return {
        {Words::tr("Migrations"), u"database"_s, {u"migrations"_s, u"drift"_s, u"time"_s, u"compare"_s}},
        {Words::tr("Structure"), u"database"_s, {u"newTable"_s, u"reviewStructure"_s}},
        {Words::tr("Changes and history"),
         u"database"_s,
         {u"pending"_s, u"history"_s, u"scenarios"_s, u"log"_s}},
        {Words::tr("Inspector"),
         u"database"_s,
         {u"inspector"_s, u"record"_s, u"value"_s, u"referrers"_s, u"valueHistory"_s, u"json"_s}},
        {Words::tr("JSON in the inspector"), u"json"_s, {}},
        {Words::tr("Array in the inspector"), u"array"_s, {}},
        {Words::tr("Tabs"),
         u"database"_s,
         {u"back"_s, u"forward"_s, u"nextTab"_s, u"previousTab"_s, u"closeTab"_s, u"reopenTab"_s}},
        {Words::tr("Changes"),
         u"grid"_s,
         {u"commit"_s, u"preview"_s, u"discard"_s, u"undo"_s, u"redo"_s, u"takeBack"_s, u"nextRefusal"_s,
          u"previousRefusal"_s, u"revert"_s}},
        {Words::tr("Rows"),
         u"grid"_s,
         {u"addRow"_s, u"duplicateRow"_s, u"deleteRow"_s, u"fillDown"_s, u"replace"_s, u"setNull"_s,
          u"setEmpty"_s, u"setDefault"_s}},
        {Words::tr("Filters"),
         u"grid"_s,
         {u"filterEqual"_s, u"filterOther"_s, u"filterContains"_s, u"filterNull"_s, u"clearFilters"_s,
          u"addFilter"_s, u"addWhere"_s}},
        {Words::tr("Columns and views"),
         u"grid"_s,
         {u"columns"_s, u"hideColumn"_s, u"freezeColumn"_s, u"sort"_s, u"addSort"_s, u"keepView"_s,
          u"plainView"_s}},
        {Words::tr("Go to"),
         u"grid"_s,
         {u"openReference"_s, u"pickReference"_s, u"goToRow"_s, u"first"_s, u"last"_s}},
        {Words::tr("Files"), u"grid"_s, {u"export"_s, u"subset"_s, u"import"_s, u"testRows"_s}},
    };
}

}  // namespace

QMenu* placeOf(const QString& id, QMenu* menu)
{
    static const QList<Group> known = groups();
    const QString prefix = id.section(u'.', 0, 0);
    const QString name = id.section(u'.', 1);
    for (const Group& group : known) {
        if (group.prefix != prefix || !(group.names.isEmpty() || group.names.contains(name)))
            continue;
        if (auto* made = menu->findChild<QMenu*>(group.title, Qt::FindDirectChildrenOnly))
            return made;
        QMenu* made = menu->addMenu(group.title);
        made->setObjectName(group.title);
        return made;
    }
    return menu;
}

void emptyMenu(QMenu* menu)
{
    // One of their entries may have brought us here.
    for (QMenu* sub : menu->findChildren<QMenu*>(Qt::FindDirectChildrenOnly)) {
        sub->clear();
        sub->setObjectName({});
        sub->deleteLater();
    }
    menu->clear();
}

}  // namespace dewpoint::shell
