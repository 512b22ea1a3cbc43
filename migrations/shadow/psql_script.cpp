// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/psql_script.h"

#include "base/words.h"
#include "sql/lexer.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace dewpoint::shadow {

namespace {

void blankOut(QString& script, qsizetype start, qsizetype end)
{
    for (qsizetype at = start; at < end; ++at) {
        if (script.at(at) != u'\n')
            script[at] = u' ';
    }
}

qsizetype endOfLine(const QString& script, qsizetype at)
{
    const qsizetype end = script.indexOf(u'\n', at);
    return end < 0 ? script.size() : end;
}

/// Behind the line that ends the rows, which begin in the line after `at`.
qsizetype endOfRows(const QString& script, qsizetype at)
{
    for (qsizetype line = endOfLine(script, at) + 1; line < script.size();) {
        const qsizetype end = endOfLine(script, line);
        if (QStringView(script).sliced(line, end - line).trimmed() == u"\\.")
            return end;
        line = end + 1;
    }
    return script.size();
}

/// The words of the statement so far say whether rows stand behind it.
bool takesRows(const QStringList& words)
{
    const qsizetype from = words.indexOf(u"FROM"_s);
    return words.value(0) == u"COPY" && from > 0 && words.value(from + 1) == u"STDIN";
}

}  // namespace

Result<QString> withoutPsql(QString script)
{
    QStringList words;
    qsizetype first = -1;
    for (qsizetype at = 0; at < script.size();) {
        const sql::Token token = sql::nextToken(script, at, Engine::Postgres);
        if (token.kind == sql::TokenKind::End)
            break;
        at = token.start + token.length;
        if (token.kind == sql::TokenKind::Space || token.kind == sql::TokenKind::Comment)
            continue;
        const QStringView text = token.text(script);
        if (first < 0 && text == u"\\") {
            const qsizetype end = endOfLine(script, token.start);
            const QString command = script.sliced(token.start, end - token.start).trimmed();
            const QString name = command.section(u' ', 0, 0);
            if (name != u"\\restrict" && name != u"\\unrestrict")
                return fail(ErrorKind::Unsupported,
                            Words::tr("%1 is a command of psql, which the server does not know.").arg(name),
                            Words::tr("Take line %1 out of the script.")
                                .arg(script.first(token.start).count(u'\n') + 1));
            blankOut(script, token.start, end);
            at = end;
            continue;
        }
        if (first < 0) {
            first = token.start;
            words.clear();
        }
        if (text == u";") {
            if (takesRows(words)) {
                at = endOfRows(script, at);
                blankOut(script, first, at);
            }
            first = -1;
        } else if (token.kind == sql::TokenKind::Word) {
            words << text.toString().toUpper();
        }
    }
    return script;
}

}  // namespace dewpoint::shadow
