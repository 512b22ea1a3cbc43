// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// A review as a page of its own.
#include "base/words.h"
#include "migrate/review.h"
#include "theme/theme.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QString element(QLatin1StringView tag, const QString& text)
{
    return u"<%1>%2</%1>\n"_s.arg(tag, text.toHtmlEscaped());
}

QString list(const QStringList& texts)
{
    QString html = u"<ul>\n"_s;
    for (const QString& text : texts)
        html += element("li"_L1, text);
    return html + u"</ul>\n"_s;
}

QString script(const QString& title, const QString& text)
{
    const QString shown = text.trimmed().isEmpty() ? Words::tr("There is none.") : text;
    return element("h3"_L1, title) + u"<pre>"_s + shown.toHtmlEscaped() + u"</pre>\n"_s;
}

/// Each line has its sign, so the colour only helps.
QString diff(const QString& text)
{
    QString html = u"<pre>"_s;
    for (const QString& line : text.split(u'\n')) {
        const QString kind = line.startsWith(u'+')   ? u"added"_s
                             : line.startsWith(u'−') ? u"removed"_s
                             : line.startsWith(u'⋯') ? u"folded"_s
                                                     : u"same"_s;
        html += u"<span class=\"%1\">%2</span>\n"_s.arg(kind, line.toHtmlEscaped());
    }
    return html + u"</pre>\n"_s;
}

QString style()
{
    const auto colour = [](theme::Role role) { return theme::color(role).name(); };
    return u"body{font-family:sans-serif;margin:2rem auto;max-width:72rem;padding:0 "
           u"1rem;background:%1;color:%2}\n"
           "pre{background:%3;border:1px solid %4;border-radius:6px;padding:.75rem;overflow:auto}\n"
           ".picture{border:1px solid %4;border-radius:6px;overflow:auto;padding:.5rem}\n"
           ".picture svg{max-width:100%;height:auto}\n"
           ".added{background:%5}.removed{background:%6;text-decoration:line-through}.folded,.muted{color:%7}"
           "\n"
           "li.risk::marker{content:\"⚠ \"}\n"_s.arg(
               colour(theme::Role::Window), colour(theme::Role::Text), colour(theme::Role::Surface),
               colour(theme::Role::Border), colour(theme::Role::AddedSoft), colour(theme::Role::RemovedSoft),
               colour(theme::Role::TextMuted));
}

QString risks(const Review::Part& part)
{
    if (part.risks.isEmpty())
        return {};
    QString html = element("h3"_L1, Words::tr("Risks")) + u"<ul>\n"_s;
    for (const QString& risk : part.risks)
        html += u"<li class=\"risk\">%1</li>\n"_s.arg(risk.toHtmlEscaped());
    return html + u"</ul>\n"_s;
}

QString titleOf(const Review& review)
{
    const QString first = review.parts.isEmpty() ? QString() : review.parts.constFirst().name;
    return review.parts.size() < 2
               ? Words::tr("Review of %1").arg(first)
               : Words::tr("Review of %1 to %2").arg(first, review.parts.constLast().name);
}

}  // namespace

QString reviewHtml(const Review& review, const QByteArray& svg)
{
    QString html = u"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%1</title>\n"
                   "<style>\n%2</style>\n</head>\n<body>\n"_s.arg(titleOf(review).toHtmlEscaped(), style());
    html += element("h1"_L1, titleOf(review));
    html += u"<p class=\"muted\">%1</p>\n"_s.arg(
        Words::tr("For %1, written %2 by Dewpoint.")
            .arg(review.database, QDateTime::currentDateTime().toString(u"yyyy-MM-dd HH:mm"_s))
            .toHtmlEscaped());
    html += element("h2"_L1, Words::tr("What changes"));
    html += review.sentences.isEmpty()
                ? element("p"_L1, Words::tr("The structure stays as it is: only data changes, or nothing."))
                : list(review.sentences);
    if (!svg.isEmpty())
        html += element("h2"_L1, Words::tr("Picture")) + u"<div class=\"picture\">\n"_s
                + QString::fromUtf8(svg) + u"\n</div>\n"_s;
    for (const Review::Part& part : review.parts)
        html += element("h2"_L1, part.name) + risks(part) + script(Words::tr("Up"), part.up)
                + script(Words::tr("Down"), part.down);
    if (!review.sentences.isEmpty())
        html += element("h2"_L1, Words::tr("The schema as text")) + diff(review.textDiff);
    return html + u"</body>\n</html>\n"_s;
}

}  // namespace dewpoint::migrate
