// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ledger/statement.h"

#include <QRegularExpression>

namespace dewpoint::ledger {

QString displayed(const Statement& statement, Engine engine)
{
    // Quoted names and texts are passed over: a table may well be called "why?".
    static const QRegularExpression place(
        QStringLiteral(R"re("[^"]*"|'[^']*'|`[^`]*`|(?<mark>\?)|\$(?<number>\d+))re"));
    QString text;
    qsizetype copied = 0;
    qsizetype next = 0;
    for (const auto& found : place.globalMatch(statement.sql)) {
        const bool counted = found.hasCaptured(u"number");
        if (!counted && !found.hasCaptured(u"mark"))
            continue;
        const qsizetype index = counted ? found.captured(u"number").toInt() - 1 : next++;
        text += QStringView(statement.sql).sliced(copied, found.capturedStart() - copied);
        text += sql::literal(statement.parameters.value(index), engine);
        copied = found.capturedEnd();
    }
    text += QStringView(statement.sql).sliced(copied);
    text = text.trimmed();
    return text.endsWith(u';') ? text : text + u';';
}

QString displayed(const QList<Statement>& statements, Engine engine)
{
    QStringList lines;
    for (const Statement& statement : statements)
        lines << displayed(statement, engine);
    return lines.join(u'\n');
}

Result<> send(drivers::Connection& connection, const Statement& statement)
{
    return connection.execute(statement.sql, statement.parameters).transform([](qint64) {});
}

Result<> send(drivers::Connection& connection, const QList<Statement>& statements)
{
    for (const Statement& statement : statements) {
        if (auto sent = send(connection, statement); !sent)
            return sent;
    }
    return {};
}

}  // namespace dewpoint::ledger
