// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/code_texts.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

QList<Code> indexTexts()
{
    return {
        {u"create-index-blocking"_s, Class::Lock, Words::tr("An index is built while writers wait."),
         Words::tr(
             "CREATE INDEX holds a SHARE lock until the transaction ends: reading goes on, every INSERT, "
             "UPDATE and DELETE waits."),
         Words::tr("CREATE INDEX CONCURRENTLY, alone and outside a transaction.")},
        {u"drop-index-blocking"_s, Class::Lock, Words::tr("An index is dropped under the strongest lock."),
         Words::tr("DROP INDEX waits for every running query of the table, and all new ones wait behind it."),
         Words::tr("DROP INDEX CONCURRENTLY, alone and outside a transaction.")},
        {u"reindex-blocking"_s, Class::Lock, Words::tr("An index is built anew while others wait."),
         Words::tr(
             "REINDEX holds a SHARE lock on the table and the strongest one on the index: writers wait, "
             "and so do queries that would use the index."),
         Words::tr("REINDEX CONCURRENTLY, alone and outside a transaction.")},
        {u"add-constraint-index"_s, Class::Lock,
         Words::tr("A key or exclusion constraint builds its index under the strongest lock."),
         Words::tr("ACCESS EXCLUSIVE: nobody reads or writes the table until the index is built and the "
                   "transaction ends."),
         Words::tr("Build a unique index CONCURRENTLY first, then ADD CONSTRAINT … USING INDEX.")},
        {u"refresh-view-blocking"_s, Class::Lock,
         Words::tr("A materialised view is filled while its readers wait."),
         Words::tr("REFRESH holds ACCESS EXCLUSIVE on the view until the query is done."),
         Words::tr("REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.")},
    };
}

QList<Code> scanTexts()
{
    return {
        {u"set-not-null-scan"_s, Class::Lock, Words::tr("Every row is read under the strongest lock."),
         Words::tr("SET NOT NULL holds ACCESS EXCLUSIVE while it looks for NULL: nobody reads or writes the "
                   "table meanwhile."),
         Words::tr("Add CHECK (column IS NOT NULL) NOT VALID, validate it in the next migration, and SET NOT "
                   "NULL then: with a valid check it reads no row.")},
        {u"add-constraint-scan"_s, Class::Lock, Words::tr("A constraint checks every row at once."),
         Words::tr(
             "A CHECK holds ACCESS EXCLUSIVE meanwhile; a foreign key holds SHARE ROW EXCLUSIVE on both "
             "tables, so that nobody writes either."),
         Words::tr(
             "Add it NOT VALID, and VALIDATE CONSTRAINT in the next migration, during which others read "
             "and write.")},
        {u"validate-same-transaction"_s, Class::Lock,
         Words::tr("A constraint is validated in the transaction that added it."),
         Words::tr("The strong lock of ADD CONSTRAINT is held until the end, so others wait all the same."),
         Words::tr("Validate it in the next migration.")},
        {u"attach-partition-scan"_s, Class::Lock,
         Words::tr("A table is read as a whole before it becomes a partition."),
         Words::tr("ATTACH PARTITION checks each row under ACCESS EXCLUSIVE on that table."),
         Words::tr("Give the table a valid CHECK that says the same as its bounds first.")},
        {u"alter-domain-scan"_s, Class::Lock, Words::tr("All columns of a domain are checked at once."),
         Words::tr("Every table that uses the domain is read under a SHARE lock: its writers wait."),
         Words::tr("Add the constraint NOT VALID, and validate it in the next migration.")},
        {u"lock-table"_s, Class::Lock, Words::tr("The migration takes a lock by hand."),
         Words::tr("It is held until the end of the transaction, whatever else the migration does."),
         Words::tr("Take the weakest lock that serves, as late as possible.")},
        {u"backfill-in-one-statement"_s, Class::Lock, Words::tr("Every row is written in one statement."),
         Words::tr("All rows stay locked until the end of the transaction, and the table grows to twice its "
                   "size."),
         Words::tr("Fill it in portions outside the migration, or in a migration of its own.")},
    };
}

QList<Code> rewriteTexts()
{
    return {
        {u"alter-type-rewrite"_s, Class::Rewrite, Words::tr("A new type writes the whole table anew."),
         Words::tr("Nobody reads or writes the table while every row and every index is written again under "
                   "ACCESS EXCLUSIVE."),
         Words::tr("Add a column of the new type, fill it in portions, and change over to it.")},
        {u"add-column-rewrite"_s, Class::Rewrite, Words::tr("A new column writes the whole table anew."),
         Words::tr(
             "Its value differs from row to row (a volatile default, a sequence, a stored expression, a "
             "domain with constraints), so each row is written under ACCESS EXCLUSIVE."),
         Words::tr("Add the column without it, set the default for new rows, and fill the old ones in "
                   "portions.")},
        {u"set-expression-rewrite"_s, Class::Rewrite,
         Words::tr("Another expression of a stored column writes the whole table anew."),
         Words::tr("Each row is computed and written under ACCESS EXCLUSIVE."),
         Words::tr("Add a second column with the new expression, and change over to it.")},
        {u"set-logged-rewrite"_s, Class::Rewrite,
         Words::tr("LOGGED or UNLOGGED writes the whole table anew."),
         Words::tr("Nobody reads or writes it meanwhile."), Words::tr("Do it when nobody needs the table.")},
        {u"set-storage-rewrite"_s, Class::Rewrite,
         Words::tr("Another tablespace or access method copies the whole table."),
         Words::tr("ACCESS EXCLUSIVE is held until it is copied."),
         Words::tr("Do it when nobody needs the table.")},
        {u"vacuum-full"_s, Class::Rewrite, Words::tr("VACUUM FULL or CLUSTER writes the whole table anew."),
         Words::tr("ACCESS EXCLUSIVE is held until it is written, and it needs the space twice."),
         Words::tr("A plain VACUUM frees the space for new rows, and nobody waits.")},
    };
}

}  // namespace

QList<Code> lockTexts()
{
    return indexTexts() + scanTexts() + rewriteTexts();
}

}  // namespace dewpoint::lint
