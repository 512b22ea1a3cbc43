// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "inspect/array_list.h"
#include "inspect/array_model.h"
#include "inspect/document_keys.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

// What one can do with the elements of an array, with its keys: told once, for the menu, the keys and their list.
namespace dewpoint::inspect {

QList<kit::Command> arrayKeys()
{
    return {
        keyed(u"array.edit"_s, Words::tr("Edit the element; Return does so as well"), Qt::Key_F2),
        keyed(u"array.add"_s, Words::tr("Add an element below"), Qt::Key_Insert),
        keyed(u"array.duplicate"_s, Words::tr("Duplicate it"), Qt::CTRL | Qt::Key_D),
        keyed(u"array.remove"_s, Words::tr("Remove the selected elements"), Qt::Key_Delete),
        keyed(u"array.up"_s, Words::tr("Move the selected elements up"), Qt::ALT | Qt::Key_Up),
        keyed(u"array.down"_s, Words::tr("Move the selected elements down"), Qt::ALT | Qt::Key_Down),
        keyed(u"array.setNull"_s, Words::tr("Set NULL"), Qt::CTRL | Qt::Key_0),
        keyed(u"array.setEmpty"_s, Words::tr("Set empty text"), Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace),
        keyed(u"array.undo"_s, Words::tr("Undo"), Qt::CTRL | Qt::Key_Z),
        keyed(u"array.redo"_s, Words::tr("Redo"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
        keyed(u"array.copy"_s, Words::tr("Copy the selected elements"), Qt::CTRL | Qt::Key_C),
        keyed(u"array.paste"_s, Words::tr("Paste below, each line as an element"), Qt::CTRL | Qt::Key_V),
        keyed(u"array.find"_s, Words::tr("Find an element"), Qt::CTRL | Qt::Key_F),
        keyed(u"array.next"_s, Words::tr("Find the next one"), Qt::Key_F3),
        keyed(u"array.previous"_s, Words::tr("Find the one before"), Qt::SHIFT | Qt::Key_F3),
    };
}

QList<kit::Command> ArrayList::elementCommands()
{
    const auto edits = [this] { return mayEdit(); };
    const auto takesNull = [this] { return mayEdit() && !m_model.array().hasParts(); };
    const auto takesEmpty = [this, takesNull] {
        const rows::ColumnFamily family = m_model.element().family;
        return takesNull() && m_model.element().choices.isEmpty()
               && (family == rows::ColumnFamily::Text || family == rows::ColumnFamily::Other);
    };
    return {
        {.id = u"array.edit"_s, .enabledWhen = edits, .run = [this] { editElement(); }},
        {.id = u"array.add"_s,
         .enabledWhen = [this] { return m_model.isEditable(); },
         .run = [this] { add(); }},
        {.id = u"array.duplicate"_s, .enabledWhen = edits, .run = [this] { duplicate(); }},
        {.id = u"array.remove"_s, .enabledWhen = edits, .run = [this] { remove(); }},
        {.id = u"array.up"_s, .enabledWhen = [this] { return mayMove(-1); }, .run = [this] { moveBy(-1); }},
        {.id = u"array.down"_s, .enabledWhen = [this] { return mayMove(1); }, .run = [this] { moveBy(1); }},
        {.id = u"array.setNull"_s, .enabledWhen = takesNull, .run = [this] { setAll(std::nullopt); }},
        {.id = u"array.setEmpty"_s, .enabledWhen = takesEmpty, .run = [this] { setAll(QByteArray("")); }},
    };
}

QList<kit::Command> ArrayList::otherCommands()
{
    const auto edits = [this] { return m_model.isEditable(); };
    return {
        {.id = u"array.undo"_s, .enabledWhen = edits, .run = [this] { Q_EMIT undoAsked(false); }},
        {.id = u"array.redo"_s, .enabledWhen = edits, .run = [this] { Q_EMIT undoAsked(true); }},
        {.id = u"array.copy"_s,
         .enabledWhen = [this] { return selectionModel()->hasSelection(); },
         .run = [this] { copy(); }},
        {.id = u"array.paste"_s,
         .enabledWhen = [this] { return m_model.isEditable() && QGuiApplication::clipboard()->mimeData(); },
         .run = [this] { paste(); }},
        {.id = u"array.find"_s, .run = [this] { Q_EMIT findAsked(); }},
        {.id = u"array.next"_s, .run = [this] { Q_EMIT findNextAsked(false); }},
        {.id = u"array.previous"_s, .run = [this] { Q_EMIT findNextAsked(true); }},
    };
}

QList<kit::Command> ArrayList::commands()
{
    return withKeys(elementCommands() + otherCommands(), arrayKeys());
}

}  // namespace dewpoint::inspect
