// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace dewpoint::command {

/// A program of a project's own, to be started without a shell.
struct Command {
    QString program;  ///< a name that PATH finds, or a path from `folder`
    QStringList arguments;
    QString folder;                      ///< the working directory, absolute
    QMap<QString, QString> environment;  ///< on top of the few variables that every program needs
    QStringList passedOn;                ///< names of further variables that it gets from ours
    QString password;                    ///< what is not to be shown where it stands in the arguments
    QString install;                     ///< where the program is missing: how one gets it

    bool operator==(const Command&) const = default;
};

/// As one would type it in a shell, without the password.
QString shown(const Command& command);

/// The program's absolute path; empty when it is nowhere or cannot be executed.
QString resolved(const Command& command);

/// All that the child's environment holds, as NAME=value: enough for compilers, interpreters and
/// database clients to work, none of the variables that would lead to another database.
QStringList environmentOf(const Command& command);

}  // namespace dewpoint::command
