// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "app_info.h"
#include "cli/cli.h"
#include "window.h"

#include <QApplication>
#include <QCoreApplication>

#include <memory>

namespace {

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("dewpoint"));
    QCoreApplication::setOrganizationName(QStringLiteral("Dewpoint"));
    QCoreApplication::setApplicationVersion(dewpoint::version());
}

}  // namespace

int main(int argc, char** argv)
{
    nameProgram();
    {
        // Sub-commands need no display: QApplication is not even made for them.
        const QCoreApplication application(argc, argv);
        if (const auto code = dewpoint::cli::runSubCommand(QCoreApplication::arguments()))
            return *code;
    }
    QApplication application(argc, argv);
    QApplication::setDesktopFileName(QStringLiteral("org.dewpoint.Dewpoint"));
    return dewpoint::runWindow(application);
}
