// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace dewpoint::sql {

/// True for a word that is reserved by SQLite or PostgreSQL (their keyword lists; the union, since a
/// needless quote does no harm). Any case.
bool isKeyword(const QString& word);

/// The words a completion offers, in upper case.
const QStringList& keywords();

}  // namespace dewpoint::sql
