// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/outside_effects.h"

#include "base/words.h"
#include "sql/lexer.h"
#include "sql/statements.h"

#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::shadow {

namespace {

using sql::Token;
using sql::TokenKind;

enum class Strings { Keep, Empty };

/// Without comments, which could hide a word or look like one.
QString bare(QStringView text, Engine engine, Strings strings)
{
    QString result;
    for (Token token = sql::nextToken(text, 0, engine); token.kind != TokenKind::End;
         token = sql::nextToken(text, token.start + token.length, engine)) {
        if (token.kind == TokenKind::Comment)
            result += u' ';
        else if (token.kind == TokenKind::String && strings == Strings::Empty)
            result += QLatin1StringView("''");
        else
            result += token.text(text);
    }
    return result;
}

/// What a DO block runs: its strings, without their quotes.
QString bodies(QStringView statement)
{
    QString result;
    for (Token token = sql::nextToken(statement, 0, Engine::Postgres); token.kind != TokenKind::End;
         token = sql::nextToken(statement, token.start + token.length, Engine::Postgres)) {
        if (token.kind != TokenKind::String)
            continue;
        const QStringView text = token.text(statement);
        const qsizetype quote = text.startsWith(u'$') ? text.indexOf(u'$', 1) + 1 : text.indexOf(u'\'') + 1;
        result += bare(text.sliced(quote).chopped(std::min(quote, text.size() - quote)), Engine::Postgres,
                       Strings::Keep)
                  + u';';
    }
    return result;
}

/// Statements that write what all databases of a server share (PostgreSQL manual, System Catalogs), keep
/// a database from being dropped, or reach files, programs and, by a user mapping, other servers.
const QString& sharedPattern()
{
    static const QString pattern = QStringLiteral(
        R"((?:CREATE|ALTER|DROP)\s+(?:ROLE|USER|GROUP|DATABASE|TABLESPACE|SYSTEM|SUBSCRIPTION)\b)"
        R"(|(?:REASSIGN|DROP)\s+OWNED\b|PREPARE\s+TRANSACTION\b)"
        R"(|COPY\b[^;]*\b(?:FROM|TO)\s*(?:PROGRAM\b|E?'|\$))"
        R"(|(?:COMMENT|SECURITY\s+LABEL\b[^;]*?)\s+ON\s+(?:DATABASE|ROLE|TABLESPACE)\b)"
        R"(|(?:GRANT|REVOKE)\b(?![^;]*\bON\s+(?!DATABASE\b|TABLESPACE\b|PARAMETER\b)))"
        R"(|(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+(?:ONLY\s+)?(?:pg_catalog\s*\.\s*)?"?)"
        R"(pg_(?:authid|auth_members|database|db_role_setting|parameter_acl|replication_origin|shdepend)"
        R"(|shdescription|shseclabel|subscription|tablespace)\b)");
    return pattern;
}

bool callsOut(const QString& code)
{
    static const QRegularExpression functions(
        QStringLiteral(
            R"(\b(?:pg_(?:create|drop|copy)_\w*replication_slot|pg_replication_origin_\w+)"
            R"(|pg_(?:terminate|cancel)_backend|pg_(?:reload_conf|rotate_logfile|promote|switch_wal)"
            R"(|create_restore_point|file_\w+)|lo_export|dblink\w*)\s*\()"),
        QRegularExpression::CaseInsensitiveOption);
    return functions.match(code).hasMatch();
}

bool reachesOutOfPostgres(const QString& statement)
{
    static const QRegularExpression statementItself(QStringLiteral("^\\s*(?:%1)").arg(sharedPattern()),
                                                    QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression inside(QStringLiteral("\\b(?:%1)").arg(sharedPattern()),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QStringList running{QStringLiteral("SELECT"), QStringLiteral("WITH"),
                                     QStringLiteral("INSERT"), QStringLiteral("UPDATE"),
                                     QStringLiteral("DELETE"), QStringLiteral("MERGE"),
                                     QStringLiteral("CALL"),   QStringLiteral("VALUES"),
                                     QStringLiteral("COPY"),   QStringLiteral("EXPLAIN")};
    static const QRegularExpression filled(
        QStringLiteral(R"(^\s*CREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED)\s+)*)"
                       R"((?:TABLE|MATERIALIZED\s+VIEW)\b.*\bAS\b)"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const QString code = bare(statement, Engine::Postgres, Strings::Empty);
    const QString word = sql::leadingKeyword(code);
    if (word == QLatin1String("DO")) {
        const QString body = bodies(statement);
        return inside.match(body).hasMatch() || callsOut(body);
    }
    return statementItself.match(code).hasMatch()
           || ((running.contains(word) || filled.match(code).hasMatch()) && callsOut(code));
}

bool reachesOutOfSqlite(const QString& statement)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^\s*(?:ATTACH|DETACH|VACUUM\b.*\bINTO)\b)"),
                                            QRegularExpression::CaseInsensitiveOption
                                                | QRegularExpression::DotMatchesEverythingOption);
    return pattern.match(bare(statement, Engine::Sqlite, Strings::Empty)).hasMatch();
}

bool reachesOut(const QString& statement, Engine engine)
{
    return engine == Engine::Sqlite ? reachesOutOfSqlite(statement) : reachesOutOfPostgres(statement);
}

/// A membership is granted without ON; everything else that is granted is granted on something. A user mapping
/// is a role's way to another server: without it foreign tables are there, and nothing is written to them.
bool isAboutRoles(const QString& statement)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(^\s*(?:(?:CREATE|ALTER|DROP)\s+(?:ROLE|USER|GROUP)\b)"
                       R"(|COMMENT\s+ON\s+ROLE\b|(?:GRANT|REVOKE)\b(?![^;]*\bON\b)))"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(bare(statement, Engine::Postgres, Strings::Empty)).hasMatch();
}

QByteArray blank(QByteArray statement)
{
    for (char& byte : statement) {
        if (byte != '\n')
            byte = ' ';
    }
    return statement;
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

Result<QByteArray> withoutRoles(const QByteArray& script, Engine engine)
{
    // A QString never has it, so places in the text would not be places in the script.
    if (static const QByteArray mark("\xEF\xBB\xBF"); script.startsWith(mark))
        return withoutRoles(script.sliced(mark.size()), engine).transform([](const QByteArray& kept) {
            return mark + kept;
        });
    const QString text = QString::fromUtf8(script);
    QByteArray kept;
    // Where bytes are no UTF-8, places in the text are not places in the script.
    if (engine == Engine::Postgres && text.toUtf8() == script) {
        for (const auto& statement : sql::split(text, engine)) {
            const QString whole = text.mid(statement.start, statement.length);
            if (!isAboutRoles(whole))
                continue;
            const qsizetype start = QStringView(text).first(statement.start).toUtf8().size();
            const qsizetype length = whole.toUtf8().size();
            kept += script.mid(kept.size(), start - kept.size()) + blank(script.mid(start, length));
        }
    }
    kept += script.mid(kept.size());
    return refuseOutsideEffects(QString::fromUtf8(kept), engine).transform([&] { return kept; });
}

bool isMissingRole(const Error& error)
{
    return error.sqlState == QLatin1String("42704") && error.message.contains(QLatin1String("role \""));
}

}  // namespace dewpoint::shadow
