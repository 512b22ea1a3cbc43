// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QList>
#include <QString>

namespace dewpoint::query {

enum class CandidateKind { Join, Column, Alias, Table, Keyword };

struct Candidate {
    CandidateKind kind = CandidateKind::Keyword;
    QString text;    ///< what is inserted, quoted where it has to be
    QString detail;  ///< type of a column, table of an alias …

    bool operator==(const Candidate&) const = default;
};

struct Completion {
    qsizetype start = 0;  ///< the prefix within the statement, replaced on acceptance
    QString prefix;
    bool qualified = false;  ///< behind "alias." or a JOIN's ON: worth offering without a prefix
    QList<Candidate> candidates;
};

/// What may stand at `cursor` of this statement: joins by foreign keys behind ON, columns of the
/// tables named in it, aliases, tables, keywords, in this order. A pure function.
Completion complete(const QString& statement, qsizetype cursor, const schema::Database& database);

}  // namespace dewpoint::query
