// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "inspect/document_keys.h"
#include "inspect/json_tree.h"

using namespace Qt::StringLiterals;

// What one can do in a JSON tree, with its keys: told once, for the menu, the keys and their list.
namespace dewpoint::inspect {

QList<kit::Command> jsonKeys()
{
    return {
        keyed(u"json.edit"_s, Words::tr("Edit the value; Return does so as well"), Qt::Key_F2),
        keyed(u"json.rename"_s, Words::tr("Rename the member"), Qt::SHIFT | Qt::Key_F2),
        keyed(u"json.type"_s, Words::tr("Change the type"), Qt::ALT | Qt::Key_T),
        keyed(u"json.add"_s, Words::tr("Add a member or element"), Qt::Key_Insert),
        keyed(u"json.duplicate"_s, Words::tr("Duplicate it"), Qt::CTRL | Qt::Key_D),
        keyed(u"json.remove"_s, Words::tr("Remove it"), Qt::Key_Delete),
        keyed(u"json.up"_s, Words::tr("Move it up"), Qt::ALT | Qt::Key_Up),
        keyed(u"json.down"_s, Words::tr("Move it down"), Qt::ALT | Qt::Key_Down),
        keyed(u"json.undo"_s, Words::tr("Undo"), Qt::CTRL | Qt::Key_Z),
        keyed(u"json.redo"_s, Words::tr("Redo"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
        keyed(u"json.copy"_s, Words::tr("Copy the value"), Qt::CTRL | Qt::Key_C),
        keyed(u"json.path"_s, Words::tr("Copy the path"), Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        keyed(u"json.find"_s, Words::tr("Find in the document"), Qt::CTRL | Qt::Key_F),
        keyed(u"json.next"_s, Words::tr("Find the next place"), Qt::Key_F3),
        keyed(u"json.previous"_s, Words::tr("Find the place before"), Qt::SHIFT | Qt::Key_F3),
        keyed(u"json.expand"_s, Words::tr("Unfold all below"), Qt::Key_Asterisk),
        keyed(u"json.collapse"_s, Words::tr("Fold everything"), Qt::CTRL | Qt::Key_Minus),
        keyed(u"json.stage"_s, Words::tr("Stage the document"), Qt::CTRL | Qt::Key_Return),
    };
}

QList<kit::Command> JsonTree::valueCommands()
{
    const auto child = [this] { return mayEdit() && current()->parent; };
    return {
        {.id = u"json.edit"_s,
         .enabledWhen = [this] { return current() != nullptr; },
         .run = [this] { editColumn(JsonTreeModel::Value); }},
        {.id = u"json.rename"_s,
         .enabledWhen = [this] { return mayEdit() && current()->hasKey(); },
         .run = [this] { editColumn(JsonTreeModel::Name); }},
        {.id = u"json.type"_s, .enabledWhen = [this] { return mayEdit(); }, .run = [this] { popUpTypes(); }},
        {.id = u"json.add"_s, .enabledWhen = [this] { return mayEdit(); }, .run = [this] { add(); }},
        {.id = u"json.duplicate"_s, .enabledWhen = child, .run = [this] { duplicate(); }},
        {.id = u"json.remove"_s, .enabledWhen = child, .run = [this] { remove(); }},
    };
}

QList<kit::Command> JsonTree::placeCommands()
{
    return {
        {.id = u"json.up"_s, .enabledWhen = [this] { return mayMove(-1); }, .run = [this] { moveBy(-1); }},
        {.id = u"json.down"_s, .enabledWhen = [this] { return mayMove(1); }, .run = [this] { moveBy(1); }},
        {.id = u"json.undo"_s,
         .enabledWhen = [this] { return m_model.document().nextUndo().has_value(); },
         .run = [this] { m_model.undo(); }},
        {.id = u"json.redo"_s,
         .enabledWhen = [this] { return m_model.document().nextRedo().has_value(); },
         .run = [this] { m_model.redo(); }},
        {.id = u"json.copy"_s,
         .enabledWhen = [this] { return current() != nullptr; },
         .run = [this] { copyValue(); }},
        {.id = u"json.path"_s,
         .enabledWhen = [this] { return current() != nullptr; },
         .run = [this] { copyPath(); }},
    };
}

QList<kit::Command> JsonTree::viewCommands()
{
    return {
        {.id = u"json.find"_s, .run = [this] { Q_EMIT findAsked(); }},
        {.id = u"json.next"_s, .run = [this] { Q_EMIT findNextAsked(false); }},
        {.id = u"json.previous"_s, .run = [this] { Q_EMIT findNextAsked(true); }},
        {.id = u"json.expand"_s,
         .enabledWhen = [this] { return current() != nullptr; },
         .run =
             [this] {
                 int left = 2000;
                 expandSome(currentIndex().siblingAtColumn(0), left);
             }},
        {.id = u"json.collapse"_s,
         .run =
             [this] {
                 collapseAll();
                 expand(m_model.index(0, 0));
             }},
        {.id = u"json.stage"_s,
         .enabledWhen = [this] { return m_stageable; },
         .run = [this] { Q_EMIT stageAsked(); }},
    };
}

QList<kit::Command> JsonTree::commands()
{
    return withKeys(valueCommands() + placeCommands() + viewCommands(), jsonKeys());
}

}  // namespace dewpoint::inspect
