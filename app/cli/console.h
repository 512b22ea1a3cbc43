// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QIODevice>
#include <QString>

#include <optional>

namespace dewpoint::cli {

/// What scripts rely on.
enum ExitCode { Fine = 0, No = 1, Usage = 2, Refused = 3 };

/// Where a sub-command writes: answers to `out`, one clear line per error to `err`.
class Console final
{
public:
    /// `terminal`: where a person answers questions; null when nobody is there.
    Console(QIODevice& out, QIODevice& err, QIODevice* terminal = nullptr)
        : m_out(out), m_err(err), m_terminal(terminal)
    {}

    /// --quiet: from now on nothing but errors and questions; answers stay where they are asked for.
    void hush(bool answersToo);

    void write(const QByteArray& bytes);
    void line(const QString& text);             ///< and at once, so that a killed run has said what it did
    void note(const QString& text);             ///< a line on standard error that is no failure
    bool isBroken() const { return m_broken; }  ///< an earlier write failed (disk full)

    /// One line on standard error; returns the code, so that `return console.fail(…)` reads well.
    int fail(const Error& error, ExitCode code = Refused);
    int usage(const QString& message);

    /// Asks on standard error and waits for y or n; nothing when nobody is there to answer.
    std::optional<bool> confirm(const QString& question);

private:
    QIODevice& m_out;
    QIODevice& m_err;
    QIODevice* m_terminal;
    bool m_broken = false;
    bool m_answers = true;
    bool m_notes = true;
};

}  // namespace dewpoint::cli
