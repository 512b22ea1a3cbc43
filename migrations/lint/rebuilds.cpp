// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/allow.h"
#include "lint/lint.h"
#include "lint/sqlite.h"

#include <algorithm>
#include <climits>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

/// Which statement drops the table.
int droppingStatement(const Report& report, const QString& table)
{
    for (int i = 0; i < report.statements.size(); ++i) {
        const WordList words(report.statements.at(i).text.left(1000));
        qsizetype at = words.are(2, {"IF"_L1, "EXISTS"_L1}) ? 4 : 2;
        if (words.are(0, {"DROP"_L1, "TABLE"_L1}) && words.relation(at).name == table)
            return i;
    }
    return -1;
}

/// The columns that the INSERT into the new table names; nothing where it names none.
QStringList copiedColumns(const Report& report, const QString& newTable)
{
    for (const Judged& statement : report.statements) {
        const WordList words(statement.text);
        qsizetype at = words.find("INTO"_L1) + 1;
        if (at == 0 || !words.is(0, "INSERT"_L1) || words.relation(at).name != newTable
            || !words.is(at, "("_L1))
            continue;
        return words.namesInBrackets(at);
    }
    return {};
}

bool isThereAgain(const schema::Table& after, const schema::Index& index)
{
    return std::ranges::any_of(after.indexes, [&](const schema::Index& other) {
        return other.name == index.name || (other.parts == index.parts && other.unique == index.unique);
    });
}

bool standsOnColumns(const schema::Table& after, const schema::Index& index)
{
    return std::ranges::all_of(index.parts, [&](const schema::IndexPart& part) {
        return part.column.isEmpty() || after.column(part.column);
    });
}

/// What the script calls this column in the end.
QString laterName(const schema::Table& table, const QString& column, const QList<ColumnRename>& renames)
{
    const auto same = [](const QString& a, const QString& b) {
        return a.compare(b, Qt::CaseInsensitive) == 0;
    };
    QString owner = table.name;  // the old table may be moved away before
    QString name = column;
    for (const ColumnRename& rename : renames) {
        if (!same(rename.table.name, owner))
            continue;
        if (rename.from.isEmpty() && !isGone(rename.to))
            owner = rename.to;
        else if (same(rename.from, name))
            name = rename.to;
    }
    return name;
}

void compare(Report& report, const schema::Table& before, const schema::Table& after, int statement,
             const QStringList& copied, const QList<ColumnRename>& renames)
{
    const auto add = [&](const QString& code, const QString& subject, const QString& text) {
        report.findings.append({.code = code,
                                .statement = statement,
                                .subject = subject,
                                .text = text,
                                .rewrite = {},
                                .allowed = {}});
    };
    for (const schema::Column& column : before.columns) {
        const QString subject = before.name + u'.' + column.name;
        const QString name = laterName(before, column.name, renames);
        const schema::Column* kept = after.column(isGone(name) ? column.name : name);
        if (!kept)
            add(u"drop-column"_s, subject, Words::tr("The new table has no column %1.").arg(subject));
        else if (!copied.isEmpty() && !copied.contains(kept->name, Qt::CaseInsensitive)
                 && kept->generated == schema::Generated::None)
            add(u"rebuild-forgets-column"_s, subject,
                Words::tr("The values of %1 are not copied.").arg(subject));
        else if (kept->notNull && !column.notNull)
            add(u"set-not-null"_s, subject, Words::tr("Fails where %1 is NULL.").arg(subject));
    }
    for (const schema::Index& index : before.indexes) {
        if (!index.implicit && !isThereAgain(after, index) && standsOnColumns(after, index))
            add(u"rebuild-loses-index"_s, index.name,
                Words::tr("The index %1 is not made again.").arg(index.name));
    }
    for (const schema::Trigger& trigger : before.triggers) {
        if (!std::ranges::contains(after.triggers, trigger.name, &schema::Trigger::name))
            add(u"rebuild-loses-trigger"_s, trigger.name,
                Words::tr("The trigger %1 is not made again.").arg(trigger.name));
    }
}

}  // namespace

void judgeRebuilds(Report& report, const QString& script, const schema::Database& before,
                   const schema::Database& after, const QList<ColumnRename>& renames)
{
    const sqlite::Rebuilds rebuilds = sqlite::rebuildsOf(report);
    for (const schema::Table& table : before.tables) {
        const schema::Table* now = after.table(table.schema, table.name);
        if (!now || !rebuilds.rebuilt.contains(table.name))
            continue;
        const int statement = droppingStatement(report, table.name);
        compare(report, table, *now, statement, copiedColumns(report, rebuilds.newNames.key(table.name)),
                renames);
    }
    std::ranges::stable_sort(report.findings, {}, [](const Finding& finding) {
        return finding.statement < 0 ? INT_MAX : finding.statement;
    });
    applyComments(report, script);
}

}  // namespace dewpoint::lint
