// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"
#include "project/project.h"

#include <QStringList>

/// Files beside the migrations that a tool rewrites when the schema has changed.
namespace dewpoint::project {

/// Writes the file where it says something else; its path is then added to `written`.
Result<> updateFile(const QString& path, const QByteArray& bytes, QStringList& written);

/// A program's standard output; an error with what it said when it is not there or fails.
Result<QByteArray> outputOf(const QString& program, const QStringList& arguments,
                            const Environment& more = {});

}  // namespace dewpoint::project
