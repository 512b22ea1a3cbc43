// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonValue>
#include <QStringList>

namespace dewpoint::lint {

/// The columns of which a CHECK's expression says that they are not NULL.
QStringList provenNotNull(const QJsonValue& expression);

/// The same of a definition as pg_get_constraintdef() writes it.
QStringList provenNotNull(const QString& definition);

/// True where the expression may give another value for each row, so that a default of it has to be
/// written into every row. A function that is not one of the server's own is taken for one.
bool mayVary(const QJsonValue& expression);

}  // namespace dewpoint::lint
