// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "theme/theme.h"

#include "theme/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QPalette>
#include <QStyleFactory>
#include <QStyleHints>

namespace dewpoint::theme {

namespace {

Scheme current = Scheme::FollowSystem;
Contrast currentContrast = Contrast::FollowSystem;
bool dark = false;
bool high = false;
constexpr int iconSize = 22;

struct Inks {
    QRgb light;
    QRgb dark;
    QRgb highLight;
    QRgb highDark;
};

Inks inksOf(Role role)
{
    switch (role) {
    case Role::Window: return {0xfff4f5f7, 0xff1b1d21, 0xffffffff, 0xff000000};
    case Role::Surface: return {0xffffffff, 0xff212429, 0xffffffff, 0xff000000};
    case Role::SurfaceAlternate: return {0xfffafbfc, 0xff25282e, 0xfff2f2f2, 0xff141414};
    case Role::Raised: return {0xffffffff, 0xff2b2f36, 0xffffffff, 0xff141414};
    case Role::Border: return {0xffdfe2e7, 0xff363b43, 0xff6b6b6b, 0xff9a9a9a};
    case Role::BorderStrong: return {0xffb9bfc9, 0xff525965, 0xff3a3a3a, 0xffd0d0d0};
    case Role::Text: return {0xff1d222a, 0xffe6e8eb, 0xff000000, 0xffffffff};
    case Role::TextMuted: return {0xff535c69, 0xffb5bcc6, 0xff262626, 0xffe8e8e8};
    case Role::TextFaint: return {0xff666e7b, 0xff929aa6, 0xff3d3d3d, 0xffcfcfcf};
    case Role::Accent: return {0xff1d5fd1, 0xff6aa4ff, 0xff0a3c96, 0xff9cc7ff};
    case Role::AccentText: return {0xffffffff, 0xff0e1522, 0xffffffff, 0xff000000};
    case Role::AccentSoft: return {0xffe4eefc, 0xff263a58, 0xffe0ebff, 0xff0d2444};
    case Role::Added: return {0xff17783e, 0xff5fcf8a, 0xff005423, 0xff7df0a8};
    case Role::AddedSoft: return {0xffe2f5e8, 0xff1f3a2a, 0xffdcf7e4, 0xff06301a};
    case Role::Changed: return {0xff8f5f00, 0xffe7b24a, 0xff5a3a00, 0xffffd27a};
    case Role::ChangedSoft: return {0xfffdf1d3, 0xff40351a, 0xfffff0c8, 0xff3a2c00};
    case Role::Removed: return {0xffb3261e, 0xfff28b82, 0xff8c0d08, 0xffffb3ad};
    case Role::RemovedSoft: return {0xfffce5e3, 0xff472526, 0xffffe3e0, 0xff4a0f0f};
    case Role::Warning: return {0xff8f5f00, 0xffe7b24a, 0xff5a3a00, 0xffffd27a};
    case Role::WarningSoft: return {0xfffdf1d3, 0xff40351a, 0xfffff0c8, 0xff3a2c00};
    case Role::Danger: return {0xffb3261e, 0xfff28b82, 0xff8c0d08, 0xffffb3ad};
    case Role::DangerSoft: return {0xfffce5e3, 0xff472526, 0xffffe3e0, 0xff4a0f0f};
    case Role::Link: return {0xff1d5fd1, 0xff8ab6ff, 0xff0a3c96, 0xff9cc7ff};
    case Role::Selection: return {0xffcfe1fb, 0xff2f4a73, 0xffb3d1ff, 0xff0b4a8f};
    case Role::Grid: return {0xffe9ebef, 0xff2f333a, 0xff8a8a8a, 0xff6e6e6e};
    }
    return {};
}

QFont sized(QFont font, int points)
{
    font.setPointSize(points);
    return font;
}

QPalette makePalette()
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Role ours) { palette.setColor(role, color(ours)); };
    set(QPalette::Window, Role::Window);
    set(QPalette::WindowText, Role::Text);
    set(QPalette::Base, Role::Surface);
    set(QPalette::AlternateBase, Role::SurfaceAlternate);
    set(QPalette::Text, Role::Text);
    set(QPalette::PlaceholderText, Role::TextFaint);
    set(QPalette::Button, Role::Raised);
    set(QPalette::ButtonText, Role::Text);
    set(QPalette::ToolTipBase, Role::Raised);
    set(QPalette::ToolTipText, Role::Text);
    set(QPalette::Highlight, Role::Selection);
    set(QPalette::HighlightedText, Role::Text);
    set(QPalette::Link, Role::Link);
    set(QPalette::Mid, Role::Border);
    set(QPalette::Dark, Role::BorderStrong);
    set(QPalette::Light, Role::Surface);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Role::TextFaint));
    return palette;
}

}  // namespace

QColor color(Role role)
{
    const Inks inks = inksOf(role);
    if (high)
        return QColor::fromRgba(dark ? inks.highDark : inks.highLight);
    return QColor::fromRgba(dark ? inks.dark : inks.light);
}

bool isDark()
{
    return dark;
}

bool isHighContrast()
{
    return high;
}

Scheme scheme()
{
    return current;
}

Contrast contrast()
{
    return currentContrast;
}

QFont textFont()
{
    static const bool inter = QFontDatabase::hasFamily(QStringLiteral("Inter"));
    QFont font =
        inter ? QFont(QStringLiteral("Inter")) : QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    return sized(font, 10);
}

QFont smallFont()
{
    return sized(textFont(), 9);
}

QFont monoFont()
{
    return sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), 10);
}

/// Breeze draws in near-black; the shape is kept and filled with the scheme's own colour.
QIcon icon(const QString& name, Role normal)
{
    static QHash<QString, QIcon> made;
    const QString key = name + color(normal).name();
    if (const auto found = made.constFind(key); found != made.constEnd())
        return *found;
    QIcon tinted;
    for (const auto& [mode, role] : {std::pair{QIcon::Normal, normal}, std::pair{QIcon::Selected, normal},
                                     std::pair{QIcon::Disabled, Role::BorderStrong}}) {
        QPixmap shape = QIcon::fromTheme(name).pixmap(QSize(iconSize, iconSize), 2.0);
        if (shape.isNull())
            continue;
        QPainter painter(&shape);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(shape.rect(), color(role));
        painter.end();
        tinted.addPixmap(shape, mode);
    }
    made.insert(key, tinted);
    return tinted;
}

namespace {

void draw(QApplication& application)
{
    QIcon::setThemeName(QStringLiteral("breeze"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(makePalette());
    QApplication::setFont(textFont());
    application.setStyleSheet(styleSheet());
    Q_EMIT Watch::instance().changed();
}

bool wantsDark()
{
    return current == Scheme::Dark
           || (current == Scheme::FollowSystem
               && QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
}

bool wantsHigh()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    if (currentContrast == Contrast::FollowSystem)
        return QGuiApplication::styleHints()->accessibility()->contrastPreference()
               == Qt::ContrastPreference::HighContrast;
#endif
    return currentContrast == Contrast::High;
}

void followContrast([[maybe_unused]] QApplication& application)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    static const auto followed =
        QObject::connect(QGuiApplication::styleHints()->accessibility(),
                         &QAccessibilityHints::contrastPreferenceChanged, &application, [&application] {
                             if (high != wantsHigh())
                                 setContrast(application, currentContrast);
                         });
#endif
}

}  // namespace

void apply(QApplication& application, Scheme wanted)
{
    current = wanted;
    dark = wantsDark();
    high = wantsHigh();
    draw(application);
    followContrast(application);
    static const auto followed =
        QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &application,
                         [&application](Qt::ColorScheme system) {
                             if (current != Scheme::FollowSystem || dark == (system == Qt::ColorScheme::Dark))
                                 return;
                             dark = system == Qt::ColorScheme::Dark;
                             draw(application);
                         });
}

void setContrast(QApplication& application, Contrast wanted)
{
    currentContrast = wanted;
    high = wantsHigh();
    draw(application);
}

Watch& Watch::instance()
{
    static Watch watch;
    return watch;
}

}  // namespace dewpoint::theme
