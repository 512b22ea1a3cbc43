// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QString>

namespace dewpoint::shadow {

/// A script for psql as the server takes it. What pg_dump writes for psql alone becomes blanks, with every other
/// character and line where it was: \restrict and \unrestrict, and rows with the COPY … FROM stdin before them.
/// Another command of psql is Unsupported, as nobody is there to follow it (psql's manual page, Meta-Commands).
Result<QString> withoutPsql(QString script);

}  // namespace dewpoint::shadow
