// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace dewpoint::kit {

/// Lets one file of this machine be dropped on a page. It goes with the page.
class FileDrop final : public QObject
{
    Q_OBJECT
public:
    /// `isWanted` is asked while the file is over the page; without it every file is.
    explicit FileDrop(QWidget* page, std::function<bool()> isWanted = {});

Q_SIGNALS:
    void dropped(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::function<bool()> m_isWanted;
};

}  // namespace dewpoint::kit
