// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QScrollArea>

namespace dewpoint::kit {

/// A page's row of tool buttons. Where it is too narrow for all texts, buttons are icons with tooltips,
/// but for those that keep theirs; in an even narrower window it scrolls.
class ToolRow final : public QScrollArea
{
    Q_OBJECT
public:
    /// Tool buttons among `row` and its children with this property keep their text.
    static constexpr const char* keepsText = "keepsText";

    explicit ToolRow(QWidget* row, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    void setCompact(bool compact);

    bool m_compact = false;
    int m_wanted = 0;  ///< the width of all texts, when it was last too much
};

}  // namespace dewpoint::kit
