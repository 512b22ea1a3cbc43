// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/commands.h"

#include <QBuffer>
#include <QStringList>

#include <optional>

namespace dewpoint::test {

/// What a sub-command printed, and its exit code.
struct CliAnswer {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// `typed`: what a person at a terminal answers; without it nobody is there, as in a script.
inline CliAnswer runCli(const QStringList& arguments, const std::optional<QByteArray>& typed = {})
{
    QBuffer out;
    QBuffer err;
    QBuffer in;
    in.setData(typed.value_or(QByteArray()));
    out.open(QIODevice::WriteOnly);
    err.open(QIODevice::WriteOnly);
    in.open(QIODevice::ReadOnly);
    cli::Console console(out, err, typed ? &in : nullptr);
    const auto code = cli::runSubCommand(QStringList{QStringLiteral("dewpoint")} + arguments, console);
    return {.code = code.value_or(-1), .out = out.data(), .err = err.data()};
}

}  // namespace dewpoint::test
