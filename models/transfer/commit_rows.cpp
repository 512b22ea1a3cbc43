// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/commit_rows.h"

#include "base/words.h"

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

Result<> commitRows(drivers::Connection& connection, drivers::Transaction& transaction)
{
    if (connection.engine() == Engine::Postgres) {
        if (auto checked = connection.execute(u"SET CONSTRAINTS ALL IMMEDIATE"_s); !checked)
            return fail(checked.error());
    }
    auto done = transaction.commit();
    if (!done && done.error().kind == ErrorKind::Connection)
        return fail(
            ErrorKind::OutcomeUnknown,
            Words::tr("The connection was lost during COMMIT: whether the rows were written is unknown."),
            Words::tr("Look at the table before you write them again."));
    return done;
}

}  // namespace dewpoint::transfer
