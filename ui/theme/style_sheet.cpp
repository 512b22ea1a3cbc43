// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "theme/style_sheet.h"

#include "theme/theme.h"

#include <QList>

namespace dewpoint::theme {

namespace {

constexpr const char* rules = R"(
QMainWindow, QDialog { background: @window; }
QToolTip { color: @text; background: @raised; border: 1px solid @border; padding: 4px 6px; }
QLineEdit, QComboBox, QSpinBox { background: @surface; border: 1px solid @border; border-radius: 5px;
    padding: 3px 8px; min-height: 20px; selection-background-color: @selection; selection-color: @text; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox::down-arrow { image: url(:/dewpoint/icons/arrow-down-@scheme.svg); width: 9px; height: 9px; }
QToolButton::menu-indicator { image: url(:/dewpoint/icons/arrow-down-@scheme.svg); width: 9px; height: 9px;
    subcontrol-position: right center; right: 5px; }
QToolButton[popupMode="2"] { padding-right: 18px; }
QCheckBox::indicator, QListView::indicator { width: 14px; height: 14px; background: @surface;
    border: 1px solid @faint; border-radius: 3px; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: @accent; border-color: @accent;
    image: url(:/dewpoint/icons/check-@scheme.svg); }
QCheckBox::indicator:focus { border: 2px solid @accent; width: 12px; height: 12px; }
QCheckBox::indicator:checked:focus { border: 2px solid @text; width: 12px; height: 12px; }
QCheckBox::indicator:disabled { background: @window; border-color: @borderStrong; }
QCheckBox::indicator:checked:disabled { background: @faint; border-color: @faint; }
QPushButton { background: @raised; border: 1px solid @border; border-radius: 5px; padding: 4px 12px; min-height: 20px; }
QPushButton:hover { border-color: @borderStrong; background: @alternate; }
QPushButton:pressed { background: @accentSoft; }
QPushButton:disabled { color: @faint; background: @window; }
QPushButton:default, QPushButton[primary="true"] { background: @accent; border-color: @accent; color: @accentText; }
QPushButton[primary="true"]:disabled { background: @window; border-color: @border; color: @faint; }
QPushButton[danger="true"] { color: @danger; border-color: @danger; }
QPushButton:focus, QPushButton[danger="true"]:focus { border: 2px solid @accent; padding: 3px 11px; }
QPushButton:default:focus, QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 3px 11px; }
QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 4px 8px; }
QToolButton:hover { background: @accentSoft; }
QToolButton:checked { background: @accentSoft; color: @accent; }
QToolButton:focus { border-color: @accent; }
QTabWidget::pane { border: none; border-top: 1px solid @border; background: @surface; }
QTabBar { background: @window; }
QStackedWidget[role="pages"] { background: @surface; border-top: 1px solid @border; }
QTabBar::tab { background: transparent; color: @muted; padding: 8px 14px; border: none;
    border-bottom: 2px solid transparent; }
QTabWidget#previewTabs QTabBar::tab { padding: 8px 8px; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; background: @surface; }
QTabBar::tab:selected:focus { background: @accentSoft; border: 1px solid @accent; border-bottom: 2px solid @accent;
    padding: 7px 13px 8px 13px; }
QTabBar::tab:hover:!selected { color: @text; background: @alternate; }
QToolButton#closeTab { padding: 2px; }
QHeaderView { background: @alternate; }
QHeaderView::section { background: @alternate; color: @muted; border: none; border-right: 1px solid @grid;
    border-bottom: 1px solid @border; padding: 4px 8px; }
QTableView { background: @surface; gridline-color: @grid; border: 1px solid transparent; selection-background-color: @selection;
    selection-color: @text; }
QTableView::item { padding: 0 6px; }
QTableCornerButton::section { background: @alternate; border: none; border-right: 1px solid @grid;
    border-bottom: 1px solid @border; }
QTreeView, QListView { background: transparent; border: 1px solid transparent; outline: none; }
QTreeView:focus, QListView:focus, QTableView:focus { border: 1px solid @accent; }
QTreeView::item, QListView::item { padding: 3px 4px; border: none; }
QListView::item { border-radius: 4px; }
QTreeView::item:hover, QListView::item:hover { background: @alternate; }
QTreeView::item:selected, QListView::item:selected { background: @selection; color: @text; }
QTreeView::item:focus, QListView::item:focus { border: 1px solid @accent; padding: 2px 3px; }
QPlainTextEdit, QTextEdit { background: @surface; border: 1px solid transparent; selection-background-color: @selection;
    selection-color: @text; }
QPlainTextEdit:focus, QTextEdit:focus, QScrollArea:focus { border-color: @accent; }
QPlainTextEdit[role="cell"] { border: 2px solid @accent; }
QLineEdit[role="cell"] { border: 2px solid @accent; border-radius: 0; padding: 0 5px; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"] { border: 2px solid @danger; background: @dangerSoft; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: @window; border-top: 1px solid @border; color: @muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { padding: 0 6px; }
QMenuBar { background: @window; border-bottom: 1px solid @border; }
QMenuBar::item { padding: 5px 9px; background: transparent; }
QMenuBar::item:selected { background: @accentSoft; border-radius: 4px; }
QMenu { background: @raised; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::handle { background: @borderStrong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
    border: none; width: 0; height: 0; }
QProgressBar { border: none; border-radius: 3px; background: @grid; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="title"] { font-size: 15pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="badge"] { background: @accentSoft; color: @accent; border-radius: 8px; padding: 1px 8px; }
QToolButton[role="driftBadge"] { background: @warningSoft; color: @warning; border: none; border-radius: 8px; padding: 1px 8px; }
QToolButton[role="driftBadge"]:focus { border: 1px solid @warning; padding: 0 7px; }
QLabel[role="danger"] { color: @danger; }
QLabel[role="problem"] { background: @dangerSoft; border-left: 4px solid @danger; }
QLabel[role="consequence"] { background: @warningSoft; border-left: 4px solid @warning; }
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[role="refusal"] { background: @dangerSoft; border: none; border-left: 4px solid @danger; }
QFrame[role="conflict"] { background: @warningSoft; border: none; border-left: 4px solid @warning; }
QFrame[role="sidebar"] { background: @window; border-right: 1px solid @border; }
QFrame[role="inspector"] { background: @window; border-left: 1px solid @border; }
)";

}  // namespace

QString styleSheet()
{
    // Longer names first: "@accentSoft" begins like "@accent".
    const QList<std::pair<const char*, Role>> names{{"@accentSoft", Role::AccentSoft},
                                                    {"@accentText", Role::AccentText},
                                                    {"@accent", Role::Accent},
                                                    {"@alternate", Role::SurfaceAlternate},
                                                    {"@surface", Role::Surface},
                                                    {"@raised", Role::Raised},
                                                    {"@borderStrong", Role::BorderStrong},
                                                    {"@border", Role::Border},
                                                    {"@muted", Role::TextMuted},
                                                    {"@faint", Role::TextFaint},
                                                    {"@text", Role::Text},
                                                    {"@window", Role::Window},
                                                    {"@selection", Role::Selection},
                                                    {"@grid", Role::Grid},
                                                    {"@dangerSoft", Role::DangerSoft},
                                                    {"@warningSoft", Role::WarningSoft},
                                                    {"@warning", Role::Warning},
                                                    {"@danger", Role::Danger}};
    QString sheet = QString::fromLatin1(rules);
    sheet.replace(QLatin1String("@scheme"), isDark() ? QLatin1String("dark") : QLatin1String("light"));
    for (const auto& [name, role] : names)
        sheet.replace(QLatin1String(name), color(role).name());
    return sheet;
}

QString frameStyleSheet(Role role)
{
    return QStringLiteral("QMenuBar { border-top: 3px solid %1; } QStatusBar { border-top: 2px solid %1; } "
                          "QTabBar::tab:selected { border-bottom-color: %1; }")
        .arg(color(role).name());
}

}  // namespace dewpoint::theme
