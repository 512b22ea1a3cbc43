// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/lint_project.h"

namespace dewpoint::apply {

/// Another text for a migration's file, to be looked at before it is written.
struct FileChange {
    QString path;
    QByteArray before;
    QByteArray after;
};

/// Whether the safer way of this finding can be written into the file: where a statement has to run outside a
/// transaction, it must be alone in it, and the tool must have a word for that.
bool canRewrite(const project::Project& project, const Linted& linted, const lint::Finding& finding);

/// The file with the safer statement in the place of the one that is there; every other byte stays.
Result<FileChange> rewritten(const project::Project& project, const Linted& linted,
                             const lint::Finding& finding);

/// The file with one more statement before its first.
Result<FileChange> withStatementFirst(const Linted& linted, const QString& sql);

/// Lines that go and come, with a few around them.
QString shownDifference(const FileChange& change);

/// Conflict where the file is not as it was when the change was worked out.
Result<> write(const FileChange& change);

}  // namespace dewpoint::apply
