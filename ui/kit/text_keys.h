// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QWidget;

namespace dewpoint::kit {

/// Leaves Backspace, Delete and Return to the fields of a page in which one types, whatever is held with them:
/// there Ctrl+Backspace takes a word away, though a command of the page has the same keys.
class TextKeys final : public QObject
{
    Q_OBJECT
public:
    /// For the fields that the page has by now. It goes with the page.
    explicit TextKeys(QWidget* page);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace dewpoint::kit
