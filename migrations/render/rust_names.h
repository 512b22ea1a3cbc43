// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

/// Names as Rust code wants them.
namespace dewpoint::render::rust {

/// True for what cannot be an identifier: strict and reserved keywords (Rust reference, Keywords).
bool isKeyword(const QString& word);

/// The words of a name as the heck crate finds them: at what is no letter or digit, where a capital
/// follows a small letter, and before the last capital of a run ("HTTPServer" is HTTP, Server).
QStringList words(const QString& name);

QString upperCamel(const QString& name);
QString snake(const QString& name);

}  // namespace dewpoint::render::rust
