// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/script.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

namespace {

/// A sentence may quote a default or a check of several lines.
QString comment(const QString& sentence)
{
    static const QRegularExpression lineEnd(u"[\\r\\n]"_s);  // PostgreSQL ends a comment at either
    QStringList lines = sentence.split(lineEnd);
    for (QString& line : lines)
        line = (u"-- "_s + line).trimmed();
    return lines.join(u'\n');
}

/// A comment at the end of a stored text would swallow the semicolon.
QString statement(const QString& sql)
{
    return sql.contains(u"--") && sql.lastIndexOf(u"--") > sql.lastIndexOf(u'\n') ? sql + u"\n;"_s
                                                                                  : sql + u';';
}

QString text(const Step& step)
{
    QStringList lines{comment(step.sentence)};
    for (const QString& sql : step.sql)
        lines << statement(sql);
    return lines.join(u'\n');
}

/// Steps that follow each other and can share a transaction.
struct Stretch {
    QStringList texts;
    bool inTransaction = true;
};

QList<Stretch> stretches(const Plan& plan)
{
    QList<Stretch> result;
    for (const Step& step : plan.steps) {
        if (result.isEmpty() || result.constLast().inTransaction != step.inTransaction)
            result.append({.texts = {}, .inTransaction = step.inTransaction});
        result.last().texts << text(step);
    }
    return result;
}

}  // namespace

QList<QByteArray> pieces(const Plan& plan, Sender sender)
{
    QList<QByteArray> result;
    const auto piece = [&](const QStringList& parts) { result << parts.join(u"\n\n"_s).toUtf8() + '\n'; };
    if (plan.foreignKeysOff)
        piece({u"PRAGMA foreign_keys = OFF;"_s});
    for (const Stretch& stretch : stretches(plan)) {
        const bool wraps = sender == Sender::Shell && stretch.inTransaction;
        QStringList parts;
        if (wraps)
            parts << u"BEGIN;"_s;
        if (plan.looseBodies && stretch.inTransaction)
            parts << u"SET LOCAL check_function_bodies = off;"_s;
        parts << stretch.texts;
        if (wraps)
            parts << u"COMMIT;"_s;
        piece(parts);
    }
    if (plan.foreignKeysOff)
        piece({u"PRAGMA foreign_keys = ON;"_s});
    return result;
}

QByteArray script(const Plan& plan, Sender sender)
{
    return pieces(plan, sender).join('\n');
}

}  // namespace dewpoint::plan
