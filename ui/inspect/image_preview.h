// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QWidget>

namespace dewpoint::inspect {

/// A picture as large as there is room, never larger than life, over squares that show what is
/// transparent.
class ImagePreview final : public QWidget
{
    Q_OBJECT
public:
    explicit ImagePreview(QWidget* parent = nullptr);
    void setImage(const QImage& image);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_image;
};

}  // namespace dewpoint::inspect
