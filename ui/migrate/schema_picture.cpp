// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/schema_picture.h"

#include "theme/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

struct Colours {
    theme::Role strong, soft;
};

Colours coloursOf(Sign sign)
{
    switch (sign) {
    case Sign::Added: return {theme::Role::Added, theme::Role::AddedSoft};
    case Sign::Removed: return {theme::Role::Removed, theme::Role::RemovedSoft};
    case Sign::Changed: return {theme::Role::Changed, theme::Role::ChangedSoft};
    }
    std::unreachable();
}

QString actionText(Sign sign)
{
    switch (sign) {
    case Sign::Added: return SchemaPicture::tr("added");
    case Sign::Removed: return SchemaPicture::tr("removed");
    case Sign::Changed: return SchemaPicture::tr("changed");
    }
    std::unreachable();
}

/// One box. Drawn by hand: a hundred labels per migration would be slow to lay out.
class CardBox final : public QWidget
{
public:
    CardBox(Card card, QWidget* parent) : QWidget(parent), m_card(std::move(card))
    {
        setFixedHeight(theme::space::rowHeight * static_cast<int>(m_card.lines.size() + 1) + theme::space::s);
        setAccessibleName(cardsText({m_card}));
        setToolTip(m_card.lines.size() <= 12 ? cardsText({m_card}) : QString());
        connect(&theme::Watch::instance(), &theme::Watch::changed, this, [this] { update(); });
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Colours colours = coloursOf(m_card.sign);
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(theme::color(theme::Role::Border));
        painter.setBrush(theme::color(theme::Role::Surface));
        painter.drawRoundedRect(box, theme::space::radius, theme::space::radius);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::color(colours.strong));
        painter.drawRoundedRect(QRect(0, 0, theme::space::xs, height()), theme::space::hair * 2,
                                theme::space::hair * 2);
        drawTitle(painter, colours);
        int top = theme::space::rowHeight;
        for (const CardLine& line : m_card.lines) {
            drawLine(painter, line, top);
            top += theme::space::rowHeight;
        }
    }

private:
    void drawTitle(QPainter& painter, const Colours& colours) const
    {
        QFont bold = theme::textFont();
        bold.setBold(true);
        bold.setStrikeOut(m_card.sign == Sign::Removed);
        QRect place(theme::space::l, 0, width() - theme::space::xl, theme::space::rowHeight);
        painter.setPen(theme::color(colours.strong));
        painter.setFont(theme::smallFont());
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                         u"%1 %2 %3"_s.arg(signText(m_card.sign), m_card.kind, actionText(m_card.sign)));
        painter.setFont(bold);
        painter.setPen(theme::color(theme::Role::Text));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, m_card.title);
    }

    void drawLine(QPainter& painter, const CardLine& line, int top) const
    {
        const Colours colours = coloursOf(line.sign);
        const int height = theme::space::rowHeight;
        painter.fillRect(QRect(theme::space::s, top, width() - theme::space::l, height - theme::space::hair),
                         theme::color(colours.soft));
        QFont mono = theme::monoFont();
        painter.setFont(mono);
        painter.setPen(theme::color(colours.strong));
        painter.drawText(QRect(theme::space::s, top, theme::space::xl, height), Qt::AlignCenter,
                         signText(line.sign));
        int left = theme::space::s + theme::space::xl;
        const bool gone = line.sign == Sign::Removed;
        left = drawPiece(painter, line.name, theme::Role::Text, gone, left, top) + theme::space::m;
        if (!line.before.isEmpty())
            left = drawPiece(painter, line.before, theme::Role::TextMuted, true, left, top) + theme::space::s;
        if (line.sign == Sign::Changed && !line.before.isEmpty())
            left = drawPiece(painter, u"→"_s, colours.strong, false, left, top) + theme::space::s;
        if (!line.after.isEmpty())
            drawPiece(painter, line.after,
                      line.sign == Sign::Changed ? theme::Role::Text : theme::Role::TextMuted, false, left,
                      top);
    }

    // Returns the right end.
    int drawPiece(QPainter& painter, const QString& text, theme::Role role, bool struck, int left,
                  int top) const
    {
        QFont mono = theme::monoFont();
        mono.setStrikeOut(struck);
        painter.setFont(mono);
        painter.setPen(theme::color(role));
        const int room = qMax(0, width() - left - theme::space::l);
        const QString shown = QFontMetrics(mono).elidedText(text, Qt::ElideRight, room);
        painter.drawText(QRect(left, top, room, theme::space::rowHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         shown);
        return left + QFontMetrics(mono).horizontalAdvance(shown);
    }

    Card m_card;
};

}  // namespace

SchemaPicture::SchemaPicture(QWidget* parent) : QScrollArea(parent)
{
    setObjectName(u"schemaPicture"_s);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QWidget* SchemaPicture::fresh()
{
    auto* content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(theme::space::l, theme::space::m, theme::space::l, theme::space::l);
    m_column->setSpacing(theme::space::m);
    return content;
}

void SchemaPicture::showCards(const QList<Card>& cards)
{
    QWidget* content = fresh();
    for (const Card& card : cards)
        m_column->addWidget(new CardBox(card, content));
    m_column->addStretch(1);
    content->setAccessibleName(tr("Schema changes"));
    content->setAccessibleDescription(cardsText(cards));
    setWidget(content);
}

void SchemaPicture::showNote(const QString& text)
{
    QWidget* content = fresh();
    auto* label = new QLabel(text, content);
    label->setObjectName(u"pictureNote"_s);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    m_column->addWidget(label, 1);
    setWidget(content);
}

}  // namespace dewpoint::migrate
