// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/export.h"

#include "base/words.h"
#include "theme/theme.h"

#include <QBuffer>
#include <QGraphicsScene>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

constexpr qreal sharpness = 2;
constexpr qreal longestSide = 16'000;
constexpr qreal mostPixels = 60'000'000;

void render(QGraphicsScene& scene, QPaintDevice& device, const QRectF& target, const QRectF& part)
{
    QPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(target, theme::color(theme::Role::Window));
    scene.render(&painter, target, part);
}

QByteArray png(QGraphicsScene& scene, const QRectF& part)
{
    const qreal scale = std::min({sharpness, longestSide / std::max(part.width(), part.height()),
                                  std::sqrt(mostPixels / (part.width() * part.height()))});
    QImage image((part.size() * scale).toSize().expandedTo(QSize(1, 1)), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    render(scene, image, QRectF(image.rect()), part);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    return buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG") ? bytes : QByteArray();
}

}  // namespace

QByteArray svgPicture(QGraphicsScene& scene, const QRectF& part)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    const QRectF target(QPointF(), part.size());
    generator.setSize(target.size().toSize());
    generator.setViewBox(target);
    generator.setTitle(Words::tr("Diagram"));
    render(scene, generator, target, part);
    return bytes;
}

Result<> exportPicture(QGraphicsScene& scene, const QRectF& part, const QString& path)
{
    const bool vector = path.endsWith(".svg"_L1, Qt::CaseInsensitive);
    const QByteArray bytes = part.isEmpty() ? QByteArray()
                             : vector       ? svgPicture(scene, part)
                                            : png(scene, part);
    if (bytes.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("There is nothing to draw."));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorKind::File,
                    Words::tr("The picture could not be written to %1: %2").arg(path, file.errorString()));
    return {};
}

}  // namespace dewpoint::diagram
