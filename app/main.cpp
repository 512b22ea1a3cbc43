// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "app_info.h"
#include "cli/cli.h"
#include "window.h"

#include <QApplication>
#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

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
    QTranslator plurals;
    {
        // Sub-commands need no display: QApplication is not even made for them.
        const QCoreApplication application(argc, argv);
        if (plurals.load(QStringLiteral(":/dewpoint/translations/dewpoint_en.qm")))
            QCoreApplication::installTranslator(&plurals);
        if (const auto code = dewpoint::cli::runSubCommand(QCoreApplication::arguments()))
            return *code;
    }
    QApplication application(argc, argv);
    QCoreApplication::installTranslator(&plurals);
    // The "C" locale writes 1000000; texts are English, so numbers are then, too.
    if (QLocale().language() == QLocale::C)
        QLocale::setDefault(QLocale(QLocale::English));
    QApplication::setDesktopFileName(QStringLiteral("org.dewpoint.Dewpoint"));
    return dewpoint::runWindow(application);
}
