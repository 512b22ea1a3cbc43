// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "migrate/desk.h"
#include "squash/squash.h"

#include <QObject>

#include <optional>

namespace dewpoint::migrate {

class SquashPanel;

/// Several pending migrations become one, and that is taken back.
class Squashes final : public QObject
{
    Q_OBJECT
public:
    Squashes(Desk& desk, SquashPanel* panel, QObject* parent);

    QList<kit::Command> commands();
    void dismiss();  ///< what is asked
    /// Where one is worked out: at once, whatever the server takes to clear up. False where none is.
    bool giveUp();
    void lookForKept();  ///< a squash of this project that can be taken back

Q_SIGNALS:
    void begun();  ///< the panel asks; other panels make way
    void squashed(const QString& version);

private:
    void review(const squash::Request& request);
    void reviewed(const squash::Request& request, const Result<squash::Squash>& worked);
    void end();
    void squash(const squash::Squash& agreed);
    void askBack();
    void takeBack(const squash::Kept& kept);

    Desk& m_desk;
    SquashPanel* m_panel;
    bool m_reviewing = false;
    std::optional<squash::Kept> m_kept;  ///< the last squash, which can be taken back
};

}  // namespace dewpoint::migrate
