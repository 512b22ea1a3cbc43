// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/past_delegate.h"

#include "inspect/record_model.h"
#include "kit/time_text.h"
#include "theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

using theme::Role;
using Kind = PastView::Line::Kind;

/// A value as one line shows it; a word is one of ours.
struct Shown {
    QString text;
    bool isWord = false;
};

Shown shown(const std::optional<Value>& value)
{
    if (!value)
        return {PastDelegate::tr("too large to be kept"), true};
    if (isNull(*value))
        return {u"NULL"_s, true};
    const QString text = oneLine(*value);
    const auto* whole = std::get_if<Text>(&*value);
    return whole && whole->utf8.isEmpty() ? Shown{PastDelegate::tr("empty text"), true} : Shown{text, false};
}

/// Both sides of the arrow; one alone for a row that came or went.
QList<Shown> sides(const PastView::Line& line)
{
    const bool whole = line.column.isEmpty();
    switch (line.kind) {
    case Kind::StagedDeletion: return {{PastDelegate::tr("the row is to be deleted"), true}};
    case Kind::Staged:
        return {shown(line.before), line.afterIsDefault ? Shown{u"DEFAULT"_s, true} : shown(line.after)};
    case Kind::Changed: return {shown(line.before), shown(line.after)};
    case Kind::Made: return {whole ? Shown{line.values.join(u", "_s), false} : shown(line.after)};
    case Kind::Deleted: return {whole ? Shown{line.values.join(u", "_s), false} : shown(line.before)};
    }
    std::unreachable();
}

/// As much as fits, and where what is behind it begins.
int drawSide(QPainter& painter, const QRect& rect, const Shown& side, Role role)
{
    QFont font = theme::textFont();
    font.setItalic(side.isWord);
    const QFontMetrics metrics(font);
    const QString text = metrics.elidedText(side.text, Qt::ElideRight, std::max(0, rect.width()));
    painter.setFont(font);
    painter.setPen(theme::color(side.isWord ? Role::TextFaint : role));
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    return rect.left() + metrics.horizontalAdvance(text);
}

void drawChange(QPainter& painter, const QRect& rect, const QList<Shown>& sides)
{
    if (sides.size() == 1) {
        drawSide(painter, rect, sides.first(), Role::Text);
        return;
    }
    const QString arrow = u" → "_s;
    const int arrowWidth = QFontMetrics(theme::textFont()).horizontalAdvance(arrow);
    // The new value gets what the old one leaves over, and half of the line where both are long.
    const QFontMetrics metrics(theme::textFont());
    const int room = rect.width() - arrowWidth;
    const int after = metrics.horizontalAdvance(sides.last().text) + theme::space::xs;
    const int before = std::max(room / 2, room - after);
    const int end = drawSide(painter, QRect(rect.topLeft(), QSize(before, rect.height())), sides.first(),
                             Role::TextMuted);
    painter.setFont(theme::textFont());
    painter.setPen(theme::color(Role::TextFaint));
    painter.drawText(QRect(end, rect.top(), arrowWidth, rect.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     arrow);
    drawSide(painter, rect.adjusted(end + arrowWidth - rect.left(), 0, 0, 0), sides.last(), Role::Text);
}

}  // namespace

QString whenText(const PastView::Line& line)
{
    if (line.commit.isEmpty())
        return PastDelegate::tr("not committed yet");
    return kit::momentText(line.at);
}

QString howText(const PastView::Line& line)
{
    QStringList parts;
    if (line.kind == Kind::Made)
        parts += PastDelegate::tr("row added");
    else if (line.kind == Kind::Deleted)
        parts += PastDelegate::tr("row deleted");
    if (line.byDatabase)
        parts += PastDelegate::tr("by a foreign key");
    if (line.takesBack)
        parts += PastDelegate::tr("took one back");
    return parts.join(u" · "_s);
}

QString changeText(const PastView::Line& line)
{
    QStringList texts;
    for (const Shown& side : sides(line))
        texts += side.text;
    return texts.join(u" → "_s);
}

QSize PastDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    const int lines = QFontMetrics(theme::smallFont()).height() + QFontMetrics(theme::textFont()).height();
    return {theme::space::xxl, lines + theme::space::s + theme::space::xs};
}

void PastDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const QList<PastView::Line>& lines = m_view.lines();
    if (index.row() >= lines.size())
        return;
    const PastView::Line& line = lines[index.row()];
    painter->save();
    if (line.commit.isEmpty())
        painter->fillRect(option.rect, theme::color(line.kind == Kind::StagedDeletion ? Role::RemovedSoft
                                                                                      : Role::ChangedSoft));
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, theme::color(Role::Selection));
        painter->fillRect(QRect(option.rect.topLeft(), QSize(theme::space::xs - 1, option.rect.height())),
                          theme::color(Role::Accent));
    } else {
        painter->fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), theme::space::hair),
            theme::color(Role::Grid));
    }
    const QRect inner =
        option.rect.adjusted(theme::space::m, theme::space::xs, -theme::space::m, -theme::space::xs);
    const int caption = QFontMetrics(theme::smallFont()).height();
    const QRect above(inner.topLeft(), QSize(inner.width(), caption));
    painter->setFont(theme::smallFont());
    painter->setPen(theme::color(Role::TextMuted));
    const QString when = line.column.isEmpty() || !m_view.isOfWholeRow()
                             ? whenText(line)
                             : line.column + u" · "_s + whenText(line);
    painter->drawText(above, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, when);
    painter->setPen(theme::color(Role::TextFaint));
    painter->drawText(above, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, howText(line));
    drawChange(*painter, inner.adjusted(0, caption + theme::space::xs / 2, 0, 0), sides(line));
    painter->restore();
}

}  // namespace dewpoint::inspect
