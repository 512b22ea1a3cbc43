// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QLatin1StringView>
#include <QList>

namespace dewpoint::render {

/// A file of an output.
struct File {
    QString name;  ///< "schema.ts"
    QString text;
    bool operator==(const File&) const = default;
};

/// One way to write a schema down.
struct Output {
    QLatin1StringView name;  ///< "drizzle": what --format takes
    Result<QList<File>> (*make)(const schema::Database&) = nullptr;
    QLatin1StringView comment;  ///< what begins a comment line in it
};

const QList<Output>& outputs();

/// Null when there is none of that name.
const Output* outputNamed(const QString& name);

/// All files in one text; several have a comment line with the name before each.
QString joined(const QList<File>& files, const Output& output);

}  // namespace dewpoint::render
