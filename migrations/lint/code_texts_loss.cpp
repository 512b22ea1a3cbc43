// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/code_texts.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

QList<Code> breakingTexts()
{
    return {
        {u"rename-column"_s, Class::Breaking, Words::tr("A column gets another name."),
         Words::tr("Programs that run now ask for the old name, and fail from this moment on."),
         Words::tr("Add a column of the new name, write both for a while, and drop the old one in a later "
                   "migration; or stop the programs meanwhile.")},
        {u"rename-table"_s, Class::Breaking, Words::tr("A table or view gets another name."),
         Words::tr("Programs that run now ask for the old name, and fail from this moment on."),
         Words::tr("Leave a view of the old name behind, or stop the programs meanwhile.")},
        {u"rename-moves-references"_s, Class::Breaking,
         Words::tr("The old table is renamed away before the new one has its name."),
         Words::tr(
             "SQLite changes the references of other tables, triggers and views along with the name, so "
             "they follow the old table, which is dropped."),
         Words::tr("Make the new table under another name, copy, drop the old one, and rename the new one.")},
        {u"rebuild-loses-index"_s, Class::Breaking,
         Words::tr("The table is made again, and an index of it is not."),
         Words::tr("Dropping the old table drops its indexes. Queries get slow, and what a unique index kept "
                   "apart may be doubled."),
         Words::tr("Create the index again behind the renaming.")},
        {u"rebuild-loses-trigger"_s, Class::Breaking,
         Words::tr("The table is made again, and a trigger of it is not."),
         Words::tr("Dropping the old table drops its triggers, and what they did no longer happens."),
         Words::tr("Create the trigger again behind the renaming.")},
    };
}

QList<Code> goneTexts()
{
    return {
        {u"drop-table"_s, Class::DataLoss, Words::tr("A table goes, with all its rows."),
         Words::tr("A down script can make the table again, but not its rows."),
         Words::tr("Rename it first, and drop it in a later migration, when nobody has missed it.")},
        {u"drop-column"_s, Class::DataLoss, Words::tr("A column goes, with its values."),
         Words::tr("A down script can add the column again, but not its values. Programs that name it fail."),
         Words::tr("Let the programs stop using it first; keep its values elsewhere if they may be needed.")},
        {u"drop-schema"_s, Class::DataLoss, Words::tr("A schema goes."),
         Words::tr("With CASCADE all its tables go, too, with their rows."),
         Words::tr("Drop what is in it by name, so that a reader sees what goes.")},
        {u"drop-cascade"_s, Class::DataLoss, Words::tr("CASCADE drops whatever depends on it."),
         Words::tr("Views, columns and constraints go that are not named here; which ones depends on the "
                   "database in which it runs."),
         Words::tr("Drop what depends on it by name, in statements before this one.")},
        {u"drop-table-cascades"_s, Class::DataLoss,
         Words::tr("With foreign keys on, SQLite deletes the rows before it drops the table."),
         Words::tr("Rows of other tables that refer to it go by ON DELETE CASCADE, or the statement fails."),
         Words::tr("Switch foreign keys off outside the transaction, and check them before the end.")},
        {u"rebuild-forgets-column"_s, Class::DataLoss,
         Words::tr("The table is made again, and a column's values are not copied."),
         Words::tr("The column is there afterwards, but every row has its default or NULL."),
         Words::tr("Name the column in the INSERT and in its SELECT.")},
        {u"rebuild-filters-rows"_s, Class::DataLoss,
         Words::tr("The table is made again from a part of its rows."),
         Words::tr("What the WHERE, LIMIT, DISTINCT or OR IGNORE leaves out is gone with the old table."),
         Words::tr("Copy all rows; delete what is not wanted in a statement that says so.")},
    };
}

QList<Code> rowTexts()
{
    return {
        {u"truncate"_s, Class::DataLoss, Words::tr("All rows of a table go."),
         Words::tr("No down script brings them back; with CASCADE the tables that refer to it are emptied, "
                   "too."),
         Words::tr("Delete the rows that are not wanted, with a WHERE.")},
        {u"delete-without-where"_s, Class::DataLoss, Words::tr("A DELETE without a WHERE."),
         Words::tr("All rows of the table go, and those that refer to it by ON DELETE CASCADE."),
         Words::tr("Say with a WHERE which rows are meant.")},
        {u"update-without-where"_s, Class::DataLoss, Words::tr("An UPDATE without a WHERE."),
         Words::tr("The values that every row had are overwritten, and no down script knows them."),
         Words::tr("Say with a WHERE which rows are meant, or write into a new column.")},
        {u"writable-schema"_s, Class::DataLoss, Words::tr("The schema table is written by hand."),
         Words::tr("A mistake in it makes the database unreadable."),
         Words::tr("Use ALTER TABLE, or make the table again.")},
    };
}

}  // namespace

QList<Code> lossTexts()
{
    return goneTexts() + rowTexts() + breakingTexts();
}

}  // namespace dewpoint::lint
