// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/view_button.h"

#include "grid/name_field.h"
#include "kit/menu_text.h"
#include "theme/theme.h"

#include <QMenu>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

ViewButton::ViewButton(Table table, QWidget* page)
    : m_table(std::move(table)), m_nameField(new NameField(page))
{
    setObjectName(u"views"_s);
    setText(tr("Views"));
    setIcon(theme::icon(u"view-list-details"_s));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    setToolTip(tr("Filters, sort and columns, kept by name"));
    connect(&theme::Watch::instance(), &theme::Watch::changed, this,
            [this] { setIcon(theme::icon(u"view-list-details"_s)); });
    auto* menu = new QMenu(this);
    menu->setObjectName(u"viewMenu"_s);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(menu); });
    setMenu(menu);
}

void ViewButton::keep(const QString& name)
{
    m_kept[name] = m_table.now();
    m_shown = name;
    Q_EMIT changed();
    Q_EMIT said(tr("The view %1 is kept.").arg(name));
}

void ViewButton::show(const QString& name)
{
    if (!m_kept.contains(name))
        return;
    m_shown = name;
    m_table.show(m_kept[name].toObject());
}

void ViewButton::showPlain()
{
    m_shown.clear();
    m_table.show({});
}

void ViewButton::askForName(const QString& before)
{
    const QPoint at = mapTo(m_nameField->parentWidget(), rect().bottomLeft());
    m_nameField->ask(
        before.isEmpty() ? tr("Keep this view as") : tr("Another name for %1").arg(before), before, at,
        [this, before](const QString& name) {
            return name != before && m_kept.contains(name) ? tr("There is a view of this name.") : QString();
        },
        [this, before](const QString& name) {
            if (before.isEmpty())
                return keep(name);
            const QJsonValue view = m_kept.take(before);
            m_kept[name] = view;
            m_shown = name;
            Q_EMIT changed();
        });
}

void ViewButton::forget(const QString& name)
{
    m_kept.remove(name);
    if (m_shown == name)
        m_shown.clear();
    Q_EMIT changed();
    Q_EMIT said(tr("The view %1 is forgotten; the rows stay as they are shown.").arg(name));
}

void ViewButton::fill(QMenu* menu)
{
    menu->clear();
    const QStringList names = m_kept.keys();
    for (const QString& name : names) {
        QAction* action = menu->addAction(kit::menuText(name), this, [this, name] { show(name); });
        action->setCheckable(true);
        action->setChecked(name == m_shown);
    }
    menu->addAction(tr("All rows and columns"), this, &ViewButton::showPlain)->setObjectName(u"view.plain"_s);
    menu->addSeparator();
    menu->addAction(kit::menuText(tr("Keep this view…"), u"Ctrl+Shift+V"_s), this, [this] { askForName({}); })
        ->setObjectName(u"view.keep"_s);
    if (!m_kept.contains(m_shown))
        return;
    const QString name = m_shown;
    QAction* update = menu->addAction(tr("Keep the changes of %1").arg(kit::menuText(name)), this,
                                      [this, name] { keep(name); });
    update->setObjectName(u"view.update"_s);
    update->setEnabled(m_kept[name].toObject() != m_table.now());
    menu->addAction(tr("Rename %1…").arg(kit::menuText(name)), this, [this, name] { askForName(name); })
        ->setObjectName(u"view.rename"_s);
    menu->addAction(tr("Forget %1").arg(kit::menuText(name)), this, [this, name] { forget(name); })
        ->setObjectName(u"view.forget"_s);
}

QList<kit::Command> ViewButton::commands()
{
    QList<kit::Command> commands{
        {u"grid.keepView"_s,
         tr("Keep this view"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V),
         {},
         [this] { askForName({}); }},
        {u"grid.plainView"_s,
         tr("Show all rows and columns"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P),
         {},
         [this] { showPlain(); }},
    };
    const QStringList names = m_kept.keys();
    for (const QString& name : names)
        commands +=
            {u"grid.view."_s + name, tr("Show the view %1").arg(name), {}, {}, [this, name] { show(name); }};
    return commands;
}

}  // namespace dewpoint::grid
