// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTabBar>

namespace dewpoint::shell {

/// A tab bar of which one tab may be a preview: its title is slanted.
class TabBar final : public QTabBar
{
    Q_OBJECT
public:
    explicit TabBar(QWidget* parent = nullptr);
    void setPreview(int index);  ///< -1: none
    int preview() const { return m_preview; }

protected:
    void initStyleOption(QStyleOptionTab* option, int tabIndex) const override;
    void paintEvent(QPaintEvent* event) override;

private:
    int m_preview = -1;
    bool m_withoutTitle = false;  ///< while everything but the slanted title is drawn
};

}  // namespace dewpoint::shell
