// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/sums.h"

#include "base/words.h"
#include "project/new_file.h"

namespace dewpoint::project {

Result<SumChange> sumChange(const Project& project)
{
    const Format& format = formatOf(project);
    if (!format.rehash)
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1 has no file with sums of the migrations.").arg(format.title));
    return format.rehash(project);
}

Result<> writeSum(const Project& project, const SumChange& agreed)
{
    const auto now = sumChange(project);
    if (!now)
        return fail(now.error());
    if (*now != agreed)
        return fail(ErrorKind::Conflict, Words::tr("The migrations have changed since the preview was made."),
                    Words::tr("Nothing was changed. Look at them again."));
    return replaceFile(agreed.path, agreed.after);
}

}  // namespace dewpoint::project
