// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/generate.h"

namespace dewpoint::apply {

Result<project::Migration> generate(const project::Project& project, const NewMigration& wanted)
{
    return project::formatOf(project).generate(project, wanted);
}

}  // namespace dewpoint::apply
