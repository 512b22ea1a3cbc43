// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/lint_project.h"
#include "lint/question.h"

#include <QJsonObject>

/// What lint and preflight print.
namespace dewpoint::cli {

QString explanation(const lint::Code& code);
QString codeList();
QString lintText(const QList<apply::Linted>& linted);
QJsonObject lintJson(const QList<apply::Linted>& linted);
QString preflightText(const QList<lint::Question>& questions, int migrations);
QJsonObject preflightJson(const QList<lint::Question>& questions);

}  // namespace dewpoint::cli
