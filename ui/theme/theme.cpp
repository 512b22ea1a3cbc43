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
bool dark = false;
constexpr int iconSize = 22;

struct Pair {
    QRgb light;
    QRgb dark;
};

Pair pairOf(Role role)
{
    switch (role) {
    case Role::Window: return {0xfff4f5f7, 0xff1b1d21};
    case Role::Surface: return {0xffffffff, 0xff212429};
    case Role::SurfaceAlternate: return {0xfffafbfc, 0xff25282e};
    case Role::Raised: return {0xffffffff, 0xff2b2f36};
    case Role::Border: return {0xffdfe2e7, 0xff363b43};
    case Role::BorderStrong: return {0xffb9bfc9, 0xff525965};
    case Role::Text: return {0xff1d222a, 0xffe6e8eb};
    case Role::TextMuted: return {0xff5b6472, 0xffa3abb7};
    case Role::TextFaint: return {0xff79818e, 0xff858d99};
    case Role::Accent: return {0xff1d5fd1, 0xff6aa4ff};
    case Role::AccentText: return {0xffffffff, 0xff0e1522};
    case Role::AccentSoft: return {0xffe4eefc, 0xff263a58};
    case Role::Added: return {0xff1a7f42, 0xff5fcf8a};
    case Role::AddedSoft: return {0xffe2f5e8, 0xff1f3a2a};
    case Role::Changed: return {0xff8f5f00, 0xffe7b24a};
    case Role::ChangedSoft: return {0xfffdf1d3, 0xff40351a};
    case Role::Removed: return {0xffb3261e, 0xfff28b82};
    case Role::RemovedSoft: return {0xfffce5e3, 0xff472526};
    case Role::Warning: return {0xff8f5f00, 0xffe7b24a};
    case Role::WarningSoft: return {0xfffdf1d3, 0xff40351a};
    case Role::Danger: return {0xffb3261e, 0xfff28b82};
    case Role::DangerSoft: return {0xfffce5e3, 0xff472526};
    case Role::Link: return {0xff1d5fd1, 0xff8ab6ff};
    case Role::Selection: return {0xffcfe1fb, 0xff2f4a73};
    case Role::Grid: return {0xffe9ebef, 0xff2f333a};
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
    const Pair pair = pairOf(role);
    return QColor::fromRgba(dark ? pair.dark : pair.light);
}

bool isDark()
{
    return dark;
}

Scheme scheme()
{
    return current;
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

void draw(QApplication& application, bool inDark)
{
    dark = inDark;
    QIcon::setThemeName(QStringLiteral("breeze"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(makePalette());
    QApplication::setFont(textFont());
    application.setStyleSheet(styleSheet());
    Q_EMIT Watch::instance().changed();
}

}  // namespace

void apply(QApplication& application, Scheme wanted)
{
    current = wanted;
    const QStyleHints* hints = QGuiApplication::styleHints();
    draw(application,
         wanted == Scheme::Dark
             || (wanted == Scheme::FollowSystem && hints->colorScheme() == Qt::ColorScheme::Dark));
    static const auto followed = QObject::connect(
        hints, &QStyleHints::colorSchemeChanged, &application, [&application](Qt::ColorScheme system) {
            if (current == Scheme::FollowSystem && dark != (system == Qt::ColorScheme::Dark))
                draw(application, system == Qt::ColorScheme::Dark);
        });
}

Watch& Watch::instance()
{
    static Watch watch;
    return watch;
}

}  // namespace dewpoint::theme
