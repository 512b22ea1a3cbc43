// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/keys_dialog.h"

#include "base/words.h"
#include "inspect/array_list.h"
#include "inspect/json_tree.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::shell {

namespace {

/// `id`: the action of a menu that does the same.
kit::Command key(const QString& keys, const QString& title, const QString& id = {})
{
    return {.id = id, .title = title, .shortcut = QKeySequence(keys)};
}

}  // namespace

QList<KeySection> fixedKeys()
{
    return {
        {Words::tr("In a grid"),
         {
             key(u"F2"_s, Words::tr("Edit the cell; Return and typing do so as well")),
             key(u"Ctrl+0"_s, Words::tr("Set NULL"), u"grid.setNull"_s),
             key(u"Ctrl+Shift+D"_s, Words::tr("Set DEFAULT"), u"grid.setDefault"_s),
             key(u"Ctrl+Shift+Backspace"_s, Words::tr("Set empty text"), u"grid.setEmpty"_s),
             key(u"Ctrl+D"_s, Words::tr("Fill down"), u"grid.fillDown"_s),
             key(u"Del"_s, Words::tr("Delete rows"), u"grid.deleteRow"_s),
             key(u"Ctrl+Shift+N"_s, Words::tr("Duplicate rows"), u"grid.duplicateRow"_s),
             key(u"F4"_s, Words::tr("Choose the referenced row"), u"grid.pickReference"_s),
             key(u"F12"_s, Words::tr("Open the referenced row; Ctrl+click does so as well"),
                 u"grid.openReference"_s),
             key(u"Ctrl+G"_s, Words::tr("Go to a row by its number"), u"grid.goToRow"_s),
             key(u"Ctrl+C"_s, Words::tr("Copy")),
             key(u"Ctrl+V"_s, Words::tr("Paste")),
             key(u"Ctrl+A"_s, Words::tr("Select all")),
             key(u"Ctrl+Home"_s, Words::tr("The first row and column"), u"grid.first"_s),
             key(u"Ctrl+End"_s, Words::tr("The last row and column"), u"grid.last"_s),
             key(u"Shift+F10"_s, Words::tr("Menu of the cell")),
             key(u"Esc"_s, Words::tr("Stop reading or counting")),
         }},
        {Words::tr("In a cell's editor"),
         {
             key(u"Return"_s, Words::tr("Stage the value")),
             key(u"Ctrl+Return"_s, Words::tr("Stage it in all selected cells")),
             key(u"Tab"_s, Words::tr("Stage it and go on to the next cell")),
             key(u"Esc"_s, Words::tr("Leave the cell as it was")),
         }},
        {Words::tr("In the inspector"),
         {
             key(u"Right"_s, Words::tr("Unfold the row that a foreign key points to")),
             key(u"Left"_s, Words::tr("Fold it")),
             key(u"F12"_s, Words::tr("Open the row that the line points to")),
             key(u"Return"_s, Words::tr("Edit the field, or open the row below")),
         }},
        {Words::tr("In a JSON tree"), inspect::jsonKeys()},
        {Words::tr("In the elements of an array"), inspect::arrayKeys()},
        {Words::tr("In the list of columns"),
         {
             key(u"Space"_s, Words::tr("Show or hide the column")),
             key(u"Alt+Up"_s, Words::tr("Move the column to the left")),
             key(u"Alt+Down"_s, Words::tr("Move the column to the right")),
             key(u"Alt+F"_s, Words::tr("Freeze or unfreeze the column")),
             key(u"Return"_s, Words::tr("Go to the column")),
         }},
        {Words::tr("Tabs"),
         {
             key(u"Ctrl+PgDown"_s, Words::tr("Next tab")),
             key(u"Ctrl+PgUp"_s, Words::tr("Previous tab")),
         }},
    };
}

QKeySequence keyOf(const kit::Command& command)
{
    if (!command.shortcut.isEmpty() || command.id.isEmpty())
        return command.shortcut;
    const QList<KeySection> sections = fixedKeys();
    for (const KeySection& section : sections) {
        const auto own = std::ranges::find(section.commands, command.id, &kit::Command::id);
        if (own != section.commands.end())
            return own->shortcut;
    }
    return {};
}

KeysDialog::KeysDialog(const QList<KeySection>& sections, QWidget* parent)
    : QDialog(parent), m_filter(new QLineEdit), m_tree(new QTreeWidget)
{
    setObjectName(u"keysDialog"_s);
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_filter->setObjectName(u"keysFilter"_s);
    m_filter->setPlaceholderText(tr("Find an action or a key"));
    m_filter->setAccessibleName(tr("Find an action or a key"));
    m_filter->setClearButtonEnabled(true);
    m_tree->setObjectName(u"keysTree"_s);
    m_tree->setAccessibleName(tr("Actions and their keys"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderLabels({tr("Action"), tr("Key")});
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    for (const KeySection& section : sections) {
        if (section.commands.isEmpty())
            continue;
        auto* group = new QTreeWidgetItem(m_tree, {section.title});
        QFont strong = theme::textFont();
        strong.setWeight(QFont::DemiBold);
        group->setFont(0, strong);
        const QString palette = QKeySequence(u"Ctrl+K"_s).toString(QKeySequence::NativeText);
        for (const kit::Command& command : section.commands) {
            const QString keys = keyOf(command).toString(QKeySequence::NativeText);
            // Whatever has no key of its own is run by the palette.
            auto* item = new QTreeWidgetItem(
                group, {command.title, keys.isEmpty() ? tr("%1, its name").arg(palette) : keys});
            item->setFont(1, theme::monoFont());
        }
        group->setExpanded(true);
    }
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(0, theme::space::areaWidth);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_filter);
    column->addWidget(m_tree, 1);
    resize(theme::space::paletteWidth + theme::space::xxl, theme::space::messageWidth);
    connect(m_filter, &QLineEdit::textChanged, this, &KeysDialog::filter);
    m_filter->setFocus();
}

void KeysDialog::filter(const QString& text)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_tree->topLevelItem(i);
        bool any = false;
        for (int row = 0; row < group->childCount(); ++row) {
            QTreeWidgetItem* item = group->child(row);
            const bool fits = item->text(0).contains(text.trimmed(), Qt::CaseInsensitive)
                              || item->text(1).contains(text.trimmed(), Qt::CaseInsensitive);
            item->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
}

}  // namespace dewpoint::shell
