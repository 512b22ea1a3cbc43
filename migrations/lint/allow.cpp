// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/allow.h"

#include <QMap>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

using Allowed = QMap<QString, QString>;  ///< code → reason

void readLine(const QString& line, Allowed& allowed)
{
    static const QRegularExpression pattern(uR"(--\s*dewpoint:\s*allow\s+([\w\-, ]+?)\s*(?::\s*(.*))?$)"_s);
    const auto match = pattern.match(line.trimmed());
    if (!match.hasMatch())
        return;
    static const QRegularExpression between(uR"([\s,]+)"_s);
    const QStringList names = match.captured(1).split(between, Qt::SkipEmptyParts);
    for (const QString& name : names)
        allowed.insert(name, match.captured(2).trimmed());
}

/// The comment lines that touch the statement from above.
Allowed beforeStatement(const QStringList& lines, int line)
{
    Allowed allowed;
    for (int above = line - 2; above >= 0; --above) {
        const QString text = lines.at(above).trimmed();
        if (!text.startsWith("--"_L1))
            break;
        readLine(text, allowed);
    }
    return allowed;
}

/// The comment lines at the beginning of the file, unless they touch its first statement.
Allowed atHead(const QStringList& lines, int firstLine)
{
    Allowed allowed;
    int line = 0;
    while (line < lines.size() && lines.at(line).trimmed().startsWith("--"_L1))
        readLine(lines.at(line++), allowed);
    return line + 1 == firstLine ? Allowed() : allowed;
}

}  // namespace

void applyComments(Report& report, const QString& script)
{
    if (!script.contains("dewpoint:"_L1))
        return;
    const QStringList lines = script.split(u'\n');
    const int first = report.statements.isEmpty() ? 0 : report.statements.first().place.line;
    const Allowed whole = atHead(lines, first);
    for (Finding& finding : report.findings) {
        Allowed allowed = whole;
        if (finding.statement < 0 || finding.statement == 0)
            allowed.insert(beforeStatement(lines, first));
        if (finding.statement > 0)
            allowed.insert(beforeStatement(lines, report.line(finding)));
        if (allowed.contains(finding.code))
            finding.allowed = allowed.value(finding.code);
    }
}

}  // namespace dewpoint::lint
