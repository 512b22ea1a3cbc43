// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/unified_diff.h"

#include "base/words.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

namespace {

struct Hunk {
    qsizetype start = 0;  ///< 0-based line in the new text
    QStringList before;   ///< lines with their ends
    QStringList after;
    QChar last;  ///< how its latest line began
};

struct Line {
    QString text;
    bool isPatched = false;
};

QStringList linesOf(const QString& text)
{
    QStringList lines;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = text.indexOf(u'\n', at);
        const qsizetype next = end < 0 ? text.size() : end + 1;
        lines << text.sliced(at, next - at);
        at = next;
    }
    return lines;
}

/// "\ No newline at end of file" speaks of the line above it.
void endWithoutNewline(Hunk& hunk)
{
    if (hunk.last != u'+' && !hunk.before.isEmpty() && hunk.before.constLast().endsWith(u'\n'))
        hunk.before.last().chop(1);
    if (hunk.last != u'-' && !hunk.after.isEmpty() && hunk.after.constLast().endsWith(u'\n'))
        hunk.after.last().chop(1);
}

void addLine(Hunk& hunk, const QString& line)
{
    const QChar kind = line.front();
    if (kind == u'\\') {
        endWithoutNewline(hunk);
        return;
    }
    const QString rest = line == u"\n" ? line : line.sliced(1);  // some editors strip the only blank
    if (kind != u'+')
        hunk.before << rest;
    if (kind != u'-')
        hunk.after << rest;
    hunk.last = kind;
}

QList<Hunk> hunksOf(const QString& patch)
{
    static const QRegularExpression head(u"^@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@"_s);
    QList<Hunk> hunks;
    const QStringList lines = linesOf(patch);
    for (const QString& line : lines) {
        if (const auto match = head.match(line); match.hasMatch())
            hunks.append(Hunk{.start = std::max<qsizetype>(0, match.captured(1).toLongLong() - 1)});
        else if (!hunks.isEmpty())
            addLine(hunks.last(), line);
    }
    return hunks;
}

bool fits(const QList<Line>& image, const QStringList& before, qsizetype place)
{
    if (place < 0 || place + before.size() > image.size())
        return false;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const Line& line = image.at(place + i);
        if (line.isPatched || line.text != before.at(i))
            return false;
    }
    return true;
}

std::optional<qsizetype> placeOf(const QList<Line>& image, const Hunk& hunk)
{
    const qsizetype start = std::min(hunk.start, image.size());
    for (qsizetype away = 0; away <= image.size(); ++away) {
        if (fits(image, hunk.before, start - away))
            return start - away;
        if (fits(image, hunk.before, start + away))
            return start + away;
    }
    return std::nullopt;
}

}  // namespace

Result<QString> applyUnifiedDiff(const QString& text, const QString& patch)
{
    QList<Line> image;
    for (const QString& line : linesOf(text))
        image.append(Line{.text = line});
    const QList<Hunk> hunks = hunksOf(patch);
    for (qsizetype i = 0; i < hunks.size(); ++i) {
        const Hunk& hunk = hunks.at(i);
        const auto place = placeOf(image, hunk);
        if (!place) {
            return fail(ErrorKind::Conflict, Words::tr("Part %1 of the patch does not fit.").arg(i + 1));
        }
        image.remove(*place, hunk.before.size());
        for (qsizetype k = 0; k < hunk.after.size(); ++k)
            image.insert(*place + k, Line{.text = hunk.after.at(k), .isPatched = true});
    }
    QString result;
    for (const Line& line : std::as_const(image))
        result += line.text;
    return result;
}

}  // namespace dewpoint::render
