// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/exact_text.h"

#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QStringList>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace dewpoint::kit {

namespace {

/// What a text editor takes for the end of a line, each in its own way.
const QStringList& lineEnds()
{
    static const QStringList ends{u"\n"_s,
                                  u"\r\n"_s,
                                  u"\r"_s,
                                  QString(QChar::ParagraphSeparator),
                                  QString(QChar(0xfdd0)),
                                  QString(QChar(0xfdd1))};
    return ends;
}

struct Line {
    QString text;
    int end = -1;  ///< of the line before, in lineEnds(); -1 for the first
};

QList<Line> linesOf(const QString& text)
{
    static const QRegularExpression anyEnd(u"\r\n|[\n\r\u2029\ufdd0\ufdd1]"_s);
    QList<Line> lines;
    qsizetype begin = 0;
    int end = -1;
    for (auto found = anyEnd.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        lines += {text.sliced(begin, match.capturedStart() - begin), end};
        begin = match.capturedEnd();
        end = static_cast<int>(lineEnds().indexOf(match.captured()));
    }
    lines += {text.sliced(begin), end};
    return lines;
}

}  // namespace

// Each block's state says how the line before it ended; a line that is typed ends as the first one did.
void fillExactly(QPlainTextEdit& area, const QString& text)
{
    const QList<Line> lines = linesOf(text);
    QStringList shown;
    for (const Line& line : lines)
        shown += line.text;
    area.setPlainText(shown.join(u'\n'));
    QTextBlock block = area.document()->begin();
    for (const Line& line : lines) {
        block.setUserState(line.end);
        block = block.next();
    }
    area.setProperty("lineEnd", lines.size() > 1 ? lines[1].end : 0);
}

QString exactText(const QPlainTextEdit& area)
{
    QString text;
    const QTextDocument* document = area.document();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        const int own = block.userState();
        if (block != document->begin())
            text += lineEnds().value(own >= 0 ? own : area.property("lineEnd").toInt());
        text += block.text();
    }
    return text;
}

bool hasSeveralLines(const QString& text)
{
    return linesOf(text).size() > 1;
}

}  // namespace dewpoint::kit
