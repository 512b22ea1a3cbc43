// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QIODevice>
#include <QString>

namespace dewpoint::cli {

/// What scripts rely on.
enum ExitCode { Fine = 0, No = 1, Usage = 2, Refused = 3 };

/// Where a sub-command writes: answers to `out`, one clear line per error to `err`.
class Console final
{
public:
    /// `in` only where a person sits at a terminal.
    Console(QIODevice& out, QIODevice& err, QIODevice* in = nullptr) : m_out(out), m_err(err), m_in(in) {}

    void write(const QByteArray& bytes);
    void line(const QString& text);  ///< and at once, so that a killed run has said what it did
    void note(const QString& text);  ///< a line on standard error that is no failure
    /// A question on standard error; yes only where somebody typed it.
    bool confirms(const QString& question);
    bool canAsk() const { return m_in != nullptr; }
    bool isBroken() const { return m_broken; }  ///< an earlier write failed (disk full)

    /// One line on standard error; returns the code, so that `return console.fail(…)` reads well.
    int fail(const Error& error, ExitCode code = Refused);
    int usage(const QString& message);

private:
    QIODevice& m_out;
    QIODevice& m_err;
    QIODevice* m_in;
    bool m_broken = false;
};

}  // namespace dewpoint::cli
