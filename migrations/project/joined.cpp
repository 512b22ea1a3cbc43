// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/joined.h"

#include "project/format.h"
#include "sql/lexer.h"
#include "sql/statements.h"

#include <QRegularExpression>

namespace dewpoint::project {

namespace {

/// Latin-1 keeps each byte one character, so places in the text are places in the script.
bool endsBehind(const QString& text, qsizetype end, Engine engine)
{
    sql::Token token = sql::nextToken(text, end, engine);
    while (token.kind == sql::TokenKind::Comment || token.kind == sql::TokenKind::Space)
        token = sql::nextToken(text, token.start + token.length, engine);
    return token.kind != sql::TokenKind::End;
}

}  // namespace

QByteArray terminated(QByteArray script, Engine engine)
{
    const QString text = QString::fromLatin1(script);
    if (const auto statements = sql::split(text, engine); !statements.isEmpty()) {
        const qsizetype end = statements.last().start + statements.last().length;
        if (!endsBehind(text, end, engine))
            script.insert(end, ';');
    }
    if (!script.isEmpty() && !script.endsWith('\n'))
        script += '\n';
    return script;
}

QByteArray ofPieces(const Script& script, Engine engine)
{
    QByteArray text;
    for (const Script::Piece& piece : script.pieces) {
        const QByteArray one = script.text.sliced(piece.start, piece.length).trimmed();
        if (!one.isEmpty())
            text += terminated(one, engine);
    }
    return text;
}

QByteArray belowFirstLine(const QByteArray& text)
{
    const qsizetype newline = text.indexOf('\n');
    return newline < 0 ? QByteArray() : text.sliced(newline + 1);
}

Result<QByteArray> bodyOf(const Project& project, const Migration& migration, Direction direction)
{
    constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");
    const auto own = formatOf(project).squash.body;
    auto body =
        own ? own(project, migration, direction)
            : script(project, migration, direction).transform([](const Script& whole) { return whole.text; });
    if (body && body->startsWith(byteOrderMark))
        body->remove(0, byteOrderMark.size());
    return body;
}

QString spelledVersion(const Project& project, const Migration& migration)
{
    const SquashFormat& format = formatOf(project).squash;
    if (format.numbersItself)
        return {};
    if (format.version)
        return format.version(migration);
    static const QRegularExpression head(QStringLiteral("^[VU]?([0-9]+)"));
    return head.match(migration.folder).captured(1);
}

}  // namespace dewpoint::project
