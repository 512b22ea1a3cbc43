// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QStringView>

namespace dewpoint::sql {

enum class TokenKind { Word, QuotedName, String, Number, Comment, Space, Symbol, End };

struct Token {
    TokenKind kind = TokenKind::End;
    qsizetype start = 0;
    qsizetype length = 0;
    QStringView text(QStringView script) const { return script.mid(start, length); }
};

/// The next token at `position`; never fails (an unfinished string reaches to the end). Knows what
/// decides where a statement ends: '' and E'' strings, "" [] `` names, -- and /* */ comments
/// (nested on PostgreSQL only), $tag$ quotes (PostgreSQL only).
Token nextToken(QStringView script, qsizetype position, Engine engine);

}  // namespace dewpoint::sql
