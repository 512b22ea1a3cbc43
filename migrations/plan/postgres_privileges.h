// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/postgres_nodes.h"

namespace dewpoint::plan {

/// GRANT and REVOKE behind everything else: what differs, and what is lost where an object has to be made
/// again. None where the privileges of one side were not read.
QList<Node> privilegeNodes(const schema::Database& from, const schema::Database& to,
                           const PostgresFates& fates);

}  // namespace dewpoint::plan
