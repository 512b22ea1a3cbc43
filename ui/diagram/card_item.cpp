// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/card_item.h"

#include "base/words.h"
#include "theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

constexpr qreal nearZoom = 0.45;    ///< from here on the columns can be read
constexpr qreal readableText = 11;  ///< pixels on the screen that a far name aims at
constexpr qreal faintestText = 4;

void drawElided(QPainter& painter, const QFont& font, const QColor& color, const QRectF& rect, int alignment,
                const QString& text)
{
    if (rect.width() <= 0)
        return;
    painter.setFont(font);
    painter.setPen(color);
    const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, alignment | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

QFont struckIf(bool struck, QFont font)
{
    font.setStrikeOut(struck);
    return font;
}

}  // namespace

CardItem::CardItem(Card card, const Metrics& metrics, const CardFonts& fonts)
    : m_card(std::move(card)), m_metrics(metrics), m_fonts(fonts)
{
    setPos(m_card.rect.topLeft());
}

void CardItem::setEmphasis(Emphasis emphasis)
{
    if (std::exchange(m_emphasis, emphasis) != emphasis)
        update();
}

void CardItem::markRow(int row)
{
    if (std::exchange(m_markedRow, row) != row)
        update();
}

QRectF CardItem::rowRect(int row) const
{
    return {0, m_metrics.headerHeight + m_metrics.padding / 2 + row * m_metrics.rowHeight,
            m_card.rect.width(), m_metrics.rowHeight};
}

QRectF CardItem::boundingRect() const
{
    const qreal rim = theme::space::xs;
    return QRectF(QPointF(), m_card.rect.size()).adjusted(-rim, -rim, rim, rim);
}

QString CardItem::kindText() const
{
    switch (m_card.kind) {
    case CardKind::Table: return {};
    case CardKind::Partitioned: return Words::tr("partitioned");
    case CardKind::Foreign: return Words::tr("foreign");
    case CardKind::Virtual: return Words::tr("virtual");
    case CardKind::View: return Words::tr("view");
    case CardKind::MaterializedView: return Words::tr("materialized");
    }
    std::unreachable();
}

QString CardItem::spoken() const
{
    const QString kind = m_card.kind == CardKind::Table ? Words::tr("table") : kindText();
    const qsizetype columns = m_card.rows.size() + m_card.hiddenRows;
    return columns == 1 ? Words::tr("%1, %2, 1 column").arg(m_card.name, kind)
                        : Words::tr("%1, %2, %3 columns").arg(m_card.name, kind).arg(columns);
}

QString CardItem::toolTipAt(const QPointF& position) const
{
    QStringList lines;
    const auto bold = [](const QString& text) { return u"<b>"_s + text.toHtmlEscaped() + u"</b>"_s; };
    for (int i = 0; i < m_card.rows.size(); ++i) {
        const CardRow& row = m_card.rows.at(i);
        if (!rowRect(i).contains(position))
            continue;
        lines.append(bold(row.name) + u' ' + row.type.toHtmlEscaped());
        if (row.key)
            lines.append(Words::tr("Primary key"));
        if (!row.target.isEmpty())
            lines.append(u"→ "_s + row.target.toHtmlEscaped());
        lines.append(row.nullable ? Words::tr("May be NULL") : QString());
        lines.append(row.comment.toHtmlEscaped());
    }
    if (lines.isEmpty())
        lines = {bold(m_card.showsSchema ? m_card.schema + u'.' + m_card.name : m_card.name),
                 m_card.comment.toHtmlEscaped()};
    lines.removeAll(QString());
    return lines.join(u"<br>"_s);
}

void CardItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const qreal zoom = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    paintBody(*painter);
    if (zoom < nearZoom) {
        paintName(*painter, zoom);
        return;
    }
    paintHeader(*painter);
    for (int row = 0; row < m_card.rows.size(); ++row)
        paintRow(*painter, row);
}

void CardItem::paintBody(QPainter& painter) const
{
    using theme::Role;
    const QRectF body(QPointF(), m_card.rect.size());
    const QRectF header(0, 0, body.width(), m_metrics.headerHeight);
    QPainterPath outline;
    outline.addRoundedRect(body, theme::space::radius, theme::space::radius);
    painter.fillPath(outline, theme::color(Role::Surface));
    painter.save();
    painter.setClipRect(header, Qt::IntersectClip);
    painter.fillPath(outline, theme::color(headerRole()));
    painter.restore();
    if (!m_card.rows.isEmpty())
        painter.fillRect(QRectF(0, header.bottom() - theme::space::hair, body.width(), theme::space::hair),
                         theme::color(Role::Border));
    QPen rim(theme::color(m_emphasis == Emphasis::None ? strongOf(m_card.mark) : Role::Accent));
    const bool isMarked = m_card.mark != Mark::None;
    rim.setWidthF(m_emphasis == Emphasis::Chosen || isMarked ? theme::space::hair * 2.5
                                                             : theme::space::hair * 1.0);
    const bool isDashed = m_card.mark == Mark::Removed || (m_card.isView() && !isMarked);
    rim.setStyle(isDashed && m_emphasis == Emphasis::None ? Qt::DashLine : Qt::SolidLine);
    painter.strokePath(outline, rim);
}

theme::Role CardItem::headerRole() const
{
    if (m_card.mark != Mark::None)
        return softOf(m_card.mark);
    return m_card.isView() ? theme::Role::ChangedSoft : theme::Role::AccentSoft;
}

/// In front of what differs; in a card that does, all lines begin behind it.
void CardItem::paintSign(QPainter& painter, const QFont& font, Mark mark, QRectF& rect) const
{
    if (m_card.mark == Mark::None)
        return;
    drawElided(painter, font, theme::color(strongOf(mark)), rect, Qt::AlignLeft, signOf(mark));
    rect.setLeft(rect.left() + m_metrics.badgeWidth * 0.75);
}

void CardItem::paintHeader(QPainter& painter) const
{
    using theme::Role;
    QRectF rect(0, 0, m_card.rect.width(), m_metrics.headerHeight);
    rect.adjust(m_metrics.padding, 0, -m_metrics.padding, 0);
    paintSign(painter, m_fonts.title, m_card.mark, rect);
    const QString kind = kindText();
    if (!kind.isEmpty()) {
        const qreal wide = QFontMetricsF(m_fonts.small).horizontalAdvance(kind) + theme::space::hair;
        drawElided(painter, m_fonts.small, theme::color(Role::TextMuted), rect, Qt::AlignRight, kind);
        rect.setRight(rect.right() - wide - m_metrics.padding);
    }
    if (m_card.showsSchema) {
        const QString prefix = m_card.schema + u'.';
        const qreal wide = std::min(QFontMetricsF(m_fonts.small).horizontalAdvance(prefix), rect.width() / 2);
        drawElided(painter, m_fonts.small, theme::color(Role::TextMuted),
                   QRectF(rect.topLeft(), QSizeF(wide, rect.height())), Qt::AlignLeft, prefix);
        rect.setLeft(rect.left() + wide + theme::space::hair);
    }
    drawElided(painter, struckIf(m_card.mark == Mark::Removed, m_fonts.title), theme::color(Role::Text), rect,
               Qt::AlignLeft, m_card.name);
}

void CardItem::paintRow(QPainter& painter, int index) const
{
    using theme::Role;
    const CardRow& row = m_card.rows.at(index);
    QRectF rect = rowRect(index);
    if (index == m_markedRow)
        painter.fillRect(rect.adjusted(theme::space::hair, 0, -theme::space::hair, 0),
                         theme::color(Role::Selection));
    if (row.mark != Mark::None)
        painter.fillRect(rect.adjusted(theme::space::hair * 2, 0, -theme::space::hair * 2, 0),
                         theme::color(softOf(row.mark)));
    rect.adjust(m_metrics.padding, 0, -m_metrics.padding, 0);
    paintSign(painter, m_fonts.title, row.mark, rect);
    const QFont nameFont = struckIf(row.mark == Mark::Removed, m_fonts.text);
    if (row.isNote) {
        drawElided(painter, nameFont, theme::color(Role::Text), rect, Qt::AlignLeft, row.name);
        return;
    }
    paintBadge(painter, row, QRectF(rect.topLeft(), QSizeF(m_metrics.badgeWidth, rect.height())));
    rect.setLeft(rect.left() + m_metrics.badgeWidth + theme::space::xs);
    if (row.nullable)
        drawElided(painter, m_fonts.small, theme::color(Role::TextFaint), rect, Qt::AlignRight, u"null"_s);
    if (row.before.isEmpty())
        rect.setRight(rect.right() - m_metrics.nullWidth);
    const qreal name =
        std::min(QFontMetricsF(m_fonts.text).horizontalAdvance(row.name) + theme::space::hair, rect.width());
    const QRectF typeRect = rect.adjusted(name + m_metrics.padding, 0, 0, 0);
    drawElided(painter, nameFont, theme::color(Role::Text), rect, Qt::AlignLeft, row.name);
    paintType(painter, row, typeRect);
}

/// What it is; where it changed, what it was before that, struck out.
void CardItem::paintType(QPainter& painter, const CardRow& row, QRectF rect) const
{
    using theme::Role;
    const QFont font = struckIf(row.mark == Mark::Removed, m_fonts.small);
    if (row.before.isEmpty()) {
        drawElided(painter, font, theme::color(Role::TextMuted), rect, Qt::AlignRight, row.type);
        return;
    }
    const QString arrow = u" → "_s;
    const QFontMetricsF metrics(m_fonts.small);
    const qreal after =
        std::min(metrics.horizontalAdvance(row.type) + theme::space::hair, rect.width() * 0.6);
    QRectF place(rect.right() - after, rect.top(), after, rect.height());
    drawElided(painter, m_fonts.small, theme::color(Role::Text), place, Qt::AlignRight, row.type);
    const qreal wide = metrics.horizontalAdvance(arrow);
    place = QRectF(place.left() - wide, rect.top(), wide, rect.height());
    drawElided(painter, m_fonts.small, theme::color(strongOf(row.mark)), place, Qt::AlignLeft, arrow);
    drawElided(painter, struckIf(true, m_fonts.small), theme::color(Role::TextMuted),
               QRectF(rect.left(), rect.top(), place.left() - rect.left(), rect.height()), Qt::AlignRight,
               row.before);
}

void CardItem::paintBadge(QPainter& painter, const CardRow& row, const QRectF& rect) const
{
    using theme::Role;
    if (!row.key && row.target.isEmpty())
        return;
    const bool both = row.key && !row.target.isEmpty();
    const QRectF badge = rect.adjusted(0, theme::space::xs * 0.75, 0, -theme::space::xs * 0.75);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::color(row.key ? Role::Accent : Role::AccentSoft));
    painter.drawRoundedRect(badge, theme::space::xs, theme::space::xs);
    painter.setBrush(Qt::NoBrush);
    drawElided(painter, m_fonts.small, theme::color(row.key ? Role::AccentText : Role::Text), badge,
               Qt::AlignHCenter, row.key ? (both ? u"PF"_s : u"PK"_s) : u"FK"_s);
}

/// Far away only the name matters: as large as the card allows, up to what is comfortable to read.
void CardItem::paintName(QPainter& painter, qreal zoom) const
{
    const QRectF body(QPointF(), m_card.rect.size());
    const QRectF room =
        body.adjusted(theme::space::xs, theme::space::xs, -theme::space::xs, -theme::space::xs);
    const qreal natural = std::max(1.0, m_metrics.title.width(m_card.name));
    const qreal grown = m_fonts.title.pixelSize() * room.width() / natural * 0.95;
    const qreal size = std::min({readableText / zoom, grown, room.height() * 0.8});
    const QRectF fill =
        body.adjusted(theme::space::hair, theme::space::hair, -theme::space::hair, -theme::space::hair);
    if (size * zoom < faintestText) {
        painter.fillRect(fill, theme::color(theme::Role::BorderStrong));
        return;
    }
    QFont font = m_fonts.title;
    font.setPixelSize(std::max(1, qRound(size)));
    painter.fillRect(fill, theme::color(headerRole()));
    const QString sign = m_card.mark == Mark::None ? QString() : signOf(m_card.mark) + u' ';
    drawElided(painter, struckIf(m_card.mark == Mark::Removed, font), theme::color(theme::Role::Text), room,
               Qt::AlignHCenter, sign + m_card.name);
}

}  // namespace dewpoint::diagram
