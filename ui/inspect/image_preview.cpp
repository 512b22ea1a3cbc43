// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/image_preview.h"

#include "theme/theme.h"

#include <QPainter>

namespace dewpoint::inspect {

ImagePreview::ImagePreview(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Picture in the cell"));
    setMinimumSize(theme::space::xxl, theme::space::xxl);
}

void ImagePreview::setImage(const QImage& image)
{
    m_image = image;
    update();
}

void ImagePreview::paintEvent(QPaintEvent*)
{
    if (m_image.isNull())
        return;
    QPainter painter(this);
    const QRect room = rect().adjusted(theme::space::m, theme::space::m, -theme::space::m, -theme::space::m);
    QSize size = m_image.size();
    if (size.width() > room.width() || size.height() > room.height())
        size.scale(room.size(), Qt::KeepAspectRatio);
    QRect target(QPoint(), size);
    target.moveCenter(room.center());
    painter.setClipRect(target);
    painter.fillRect(target, theme::color(theme::Role::Surface));
    constexpr int square = theme::space::s;
    for (int y = target.top(), row = 0; y <= target.bottom(); y += square, ++row) {
        for (int x = target.left() + (row % 2) * square; x <= target.right(); x += 2 * square)
            painter.fillRect(x, y, square, square, theme::color(theme::Role::Border));
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, m_image);
}

}  // namespace dewpoint::inspect
