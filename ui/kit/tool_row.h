// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QScrollArea>

namespace dewpoint::kit {

/// A page's row of tool buttons. Where it is too narrow for all texts, the last ones are icons with
/// tooltips; in an even narrower window it scrolls.
class ToolRow final : public QScrollArea
{
    Q_OBJECT
public:
    /// A tool button with this property keeps its text longer than the others.
    static constexpr const char* keepsText = "keepsText";

    /// `row` has a layout.
    explicit ToolRow(QWidget* row, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    QString m_fitted;  ///< what there was room for: width and texts
};

}  // namespace dewpoint::kit
