// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>

namespace dewpoint::kit {

/// One action as menu, palette, toolbar and tests see it. Views return theirs; the shell makes
/// QActions of them.
struct Command {
    QString id;     ///< "grid.commit": stable, for tests and key settings
    QString title;  ///< "Commit changes"
    QKeySequence shortcut;
    std::function<bool()> enabledWhen;  ///< empty: always
    std::function<void()> run;
    std::function<bool()> checkedWhen;  ///< empty: it is no switch

    bool isEnabled() const { return !enabledWhen || enabledWhen(); }
};

}  // namespace dewpoint::kit
