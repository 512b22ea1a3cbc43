// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace dewpoint::kit {

/// A rectangle of texts as spreadsheets exchange it: tabs, lines, and quotes where a text holds either.
QString toTsv(const QList<QStringList>& rows);
QList<QStringList> fromTsv(const QString& text);

}  // namespace dewpoint::kit
