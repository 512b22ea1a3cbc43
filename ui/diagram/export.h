// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

class QGraphicsScene;
class QRectF;

namespace dewpoint::diagram {

/// The part of the scene as an SVG file.
QByteArray svgPicture(QGraphicsScene& scene, const QRectF& part);

/// Writes the part of the scene as a picture; the ending of the name decides: .svg, else PNG at twice
/// the size, less where that would need more memory than a picture is worth.
Result<> exportPicture(QGraphicsScene& scene, const QRectF& part, const QString& path);

}  // namespace dewpoint::diagram
