// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/outside_effects.h"

#include "base/words.h"
#include "sql/statements.h"

#include <QRegularExpression>

namespace dewpoint::shadow {

namespace {

bool reachesOut(const QString& statement, Engine engine)
{
    static const QRegularExpression sqlite(QStringLiteral("^(ATTACH|DETACH|VACUUM\\b.*\\bINTO)\\b"),
                                           QRegularExpression::CaseInsensitiveOption
                                               | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression postgres(
        QStringLiteral("^((CREATE|ALTER|DROP)\\s+(ROLE|USER(?!\\s+MAPPING)|GROUP|DATABASE|TABLESPACE|SYSTEM|"
                       "SUBSCRIPTION)\\b"
                       "|REASSIGN\\s+OWNED|DROP\\s+OWNED|COPY\\b.*\\b(FROM|TO)\\s*(PROGRAM|E?'|\\$))"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    return (engine == Engine::Sqlite ? sqlite : postgres).match(statement).hasMatch();
}

}  // namespace

Result<> refuseOutsideEffects(const QString& script, Engine engine)
{
    for (const auto& statement : sql::split(script, engine)) {
        const QString text = script.mid(statement.start, statement.length);
        if (!reachesOut(text, engine))
            continue;
        return fail(ErrorKind::Unsupported,
                    Words::tr("Line %1 reaches beyond the database, so it cannot be previewed: %2")
                        .arg(statement.line)
                        .arg(text.simplified().first(std::min<qsizetype>(text.simplified().size(), 80))),
                    Words::tr("Running the migration is still possible."));
    }
    return {};
}

}  // namespace dewpoint::shadow
