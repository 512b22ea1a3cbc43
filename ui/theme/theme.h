// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>

class QApplication;

namespace dewpoint::theme {

enum class Scheme { FollowSystem, Light, Dark };

/// High: text and edges as far from their ground as they go, in light and in dark alike. What the system
/// wants is known from Qt 6.10 on; before, following it is Usual.
enum class Contrast { FollowSystem, Usual, High };

/// What a colour means; the only names the rest of ui/ may draw with.
enum class Role {
    Window,
    Surface,
    SurfaceAlternate,
    Raised,
    Border,
    BorderStrong,
    Text,
    TextMuted,
    TextFaint,
    Accent,
    AccentText,
    AccentSoft,
    Added,
    AddedSoft,
    Changed,
    ChangedSoft,
    Removed,
    RemovedSoft,  ///< Soft: a cell's or card's fill
    Warning,
    WarningSoft,
    Danger,
    DangerSoft,
    Link,
    Selection,
    Grid,
};

QColor color(Role role);
bool isDark();
bool isHighContrast();

/// Distances in device-independent pixels.
namespace space {
inline constexpr int hair = 1, xs = 4, s = 8, m = 12, l = 16, xl = 24, xxl = 40;
inline constexpr int rowHeight = 28, toolBarHeight = 40, sidebarWidth = 260, sidebarLeast = 200,
                     pageLeast = 360, inspectorWidth = 300;
inline constexpr int startWidth = 900, messageWidth = 520, paletteWidth = 620, paletteHeight = 420;
inline constexpr int radius = 6;
}  // namespace space

/// Durations in milliseconds.
namespace time {
inline constexpr int saveDelay = 1000, saveLatest = 5000, patience = 500;
}  // namespace time

QFont textFont();
QFont smallFont();  ///< captions, badges
QFont monoFont();   ///< SQL, values

/// A Breeze icon ("view-refresh") in one of the scheme's colours.
QIcon icon(const QString& name, Role normal = Role::TextMuted);

/// Sets palette, style sheet and fonts of the whole program; call again to switch.
void apply(QApplication& application, Scheme wanted);
Scheme scheme();
void setContrast(QApplication& application, Contrast wanted);
Contrast contrast();

/// For one window, over the program's: its frame, tabs and status bar in this colour.
QString frameStyleSheet(Role role);

/// Told after every switch, so that cached drawings can be thrown away.
class Watch final : public QObject
{
    Q_OBJECT
public:
    static Watch& instance();
Q_SIGNALS:
    void changed();

private:
    Watch() = default;
    friend void apply(QApplication&, Scheme);
};

}  // namespace dewpoint::theme
