// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/code_texts.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

QList<Code> failTexts()
{
    return {
        {u"add-not-null-without-default"_s, Class::MayFail,
         Words::tr("A new column must not be NULL, and has no default."),
         Words::tr("It fails as soon as the table has a row, because no row has a value for it."),
         Words::tr("Give it a default, or add it nullable, fill it, and set NOT NULL afterwards.")},
        {u"set-not-null"_s, Class::MayFail, Words::tr("A column that may be NULL now must not be."),
         Words::tr("It fails where a row has NULL there."),
         Words::tr("Fill the column before, with an UPDATE in this migration; pre-flight counts the rows.")},
        {u"add-unique"_s, Class::MayFail, Words::tr("Values that may be equal now must differ."),
         Words::tr("It fails where two rows have the same."),
         Words::tr("Put the doubles right before; pre-flight shows them.")},
        {u"add-foreign-key"_s, Class::MayFail, Words::tr("Values must exist in another table."),
         Words::tr("It fails where a row refers to none."),
         Words::tr("Put the orphans right before, or add it NOT VALID; pre-flight shows them.")},
        {u"add-check"_s, Class::MayFail, Words::tr("Rows must satisfy a condition."),
         Words::tr("It fails where a row does not."),
         Words::tr("Put the rows right before, or add it NOT VALID; pre-flight shows them.")},
        {u"add-exclusion"_s, Class::MayFail, Words::tr("Rows that may collide now must not."),
         Words::tr("It fails where two rows do."),
         Words::tr("Put them right before; pre-flight shows them.")},
        {u"change-type"_s, Class::MayFail, Words::tr("Values are turned into another type."),
         Words::tr("It fails where a value does not fit, and what the new type cannot hold is lost."),
         Words::tr("Look at the values before; pre-flight counts those that do not fit.")},
        {u"add-column-impossible"_s, Class::MayFail, Words::tr("SQLite cannot add such a column."),
         Words::tr("ALTER TABLE takes no PRIMARY KEY or UNIQUE column and no stored expression; with rows in "
                   "the table no default that is not a constant, and with foreign keys on no reference with "
                   "a default."),
         Words::tr("Add the column without it, or make the table again.")},
        {u"not-understood"_s, Class::MayFail, Words::tr("The statement could not be read."),
         Words::tr("PostgreSQL 17's own grammar refuses it: it fails, or is of a newer server."),
         Words::tr("Look at the place that the message names.")},
    };
}

QList<Code> transactionTexts()
{
    return {
        {u"concurrently-in-transaction"_s, Class::NotTransactional,
         Words::tr("CONCURRENTLY inside a transaction."),
         Words::tr("PostgreSQL refuses it, and the migration fails."),
         Words::tr("Run the migration outside a transaction, with this statement alone in it.")},
        {u"vacuum-in-transaction"_s, Class::NotTransactional,
         Words::tr("A statement that cannot be in a transaction."),
         Words::tr("The engine refuses VACUUM and its like there, and the migration fails."),
         Words::tr("Run the migration outside a transaction, with this statement alone in it.")},
        {u"enum-add-value-in-transaction"_s, Class::NotTransactional,
         Words::tr("A new value of an enum is used in the transaction that adds it."),
         Words::tr("PostgreSQL refuses the value until it is committed, and the migration fails."),
         Words::tr("Add the value in a migration of its own, before the one that uses it.")},
        {u"pragma-in-transaction"_s, Class::NotTransactional,
         Words::tr("A PRAGMA that does nothing, or fails, inside a transaction."),
         Words::tr("foreign_keys stays as it was, without a word; journal_mode and the page size cannot "
                   "change there."),
         Words::tr("Run the migration outside a transaction, or set it where the connection is opened.")},
        {u"transaction-control"_s, Class::NotTransactional,
         Words::tr("The script begins or ends a transaction by itself."),
         Words::tr("The tool's own transaction ends with it, so what follows stands although the migration "
                   "may fail."),
         Words::tr("Leave BEGIN and COMMIT to the tool.")},
        {u"outside-transaction"_s, Class::NotTransactional,
         Words::tr("Several statements run outside a transaction."),
         Words::tr("Where one fails, those before it stand, and the migration is half done."),
         Words::tr("Leave only the statement outside that has to be there.")},
        {u"enum-add-value"_s, Class::Irreversible, Words::tr("An enum gets a new value."),
         Words::tr("PostgreSQL cannot take it away again: a down script has to make the type anew."),
         Words::tr("Be sure of its spelling.")},
        {u"no-down"_s, Class::Irreversible, Words::tr("There is no down script."),
         Words::tr("The project's other migrations can be taken back, this one cannot."),
         Words::tr("Write one, or have it worked out: dewpoint migrate generate --down-for VERSION.")},
    };
}

}  // namespace dewpoint::lint
