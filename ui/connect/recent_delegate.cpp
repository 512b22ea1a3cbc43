// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "connect/recent_delegate.h"

#include "theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace dewpoint::connect {

QSize RecentDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    if (index.data(placeRole).toString().isEmpty())
        return plain;
    const int lines = QFontMetrics(theme::textFont()).height() + QFontMetrics(theme::smallFont()).height();
    return {0, lines + 2 * theme::space::s};
}

void RecentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    const QString place = index.data(placeRole).toString();
    if (place.isEmpty())
        return QStyledItemDelegate::paint(painter, option, index);
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    const QString name = std::exchange(ground.text, QString());
    const QIcon icon = std::exchange(ground.icon, QIcon());
    ground.features &= ~QStyleOptionViewItem::HasDecoration;
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
    painter->save();
    QRect inner = option.rect.adjusted(theme::space::s, theme::space::s, -theme::space::s, -theme::space::s);
    const int line = QFontMetrics(theme::textFont()).height();
    icon.paint(painter, QRect(inner.topLeft(), QSize(line, line)));
    inner.setLeft(inner.left() + line + theme::space::s);
    painter->setFont(theme::textFont());
    painter->setPen(theme::color(theme::Role::Text));
    painter->drawText(inner, Qt::AlignLeft | Qt::AlignTop,
                      QFontMetrics(theme::textFont()).elidedText(name, Qt::ElideRight, inner.width()));
    painter->setFont(theme::smallFont());
    painter->setPen(theme::color(theme::Role::TextMuted));
    painter->drawText(inner.adjusted(0, line, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                      QFontMetrics(theme::smallFont()).elidedText(place, Qt::ElideMiddle, inner.width()));
    painter->restore();
}

}  // namespace dewpoint::connect
