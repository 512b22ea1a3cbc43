// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "app_info.h"
#include "base/words.h"
#include "cli/cli.h"
#include "cli/console.h"
#include "window.h"

#include <QApplication>
#include <QCoreApplication>
#include <QLocale>
#include <QTextStream>
#include <QTranslator>

#include <memory>

namespace {

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("dewpoint"));
    QCoreApplication::setOrganizationName(QStringLiteral("Dewpoint"));
    QCoreApplication::setApplicationVersion(dewpoint::version());
}

/// Qt would abort the program otherwise.
bool hasDisplay()
{
#ifdef Q_OS_UNIX
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
           || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

int complain(const QString& text)
{
    QTextStream(stderr) << "dewpoint: " << text << '\n';
    return dewpoint::cli::Usage;
}

}  // namespace

int main(int argc, char** argv)
{
    nameProgram();
    QTranslator plurals;
    dewpoint::Result<dewpoint::WindowOptions> options;
    {
        // Sub-commands need no display: QApplication is not even made for them.
        const QCoreApplication application(argc, argv);
        if (plurals.load(QStringLiteral(":/dewpoint/translations/dewpoint_en.qm")))
            QCoreApplication::installTranslator(&plurals);
        if (const auto code = dewpoint::cli::runSubCommand(QCoreApplication::arguments()))
            return *code;
        options = dewpoint::readWindowOptions(QCoreApplication::arguments());
        if (!options)
            return complain(options.error().oneLine());
        if (!hasDisplay())
            return complain(dewpoint::Words::tr(
                "There is no display for the window. The sub-commands work without one: dewpoint --help."));
    }
    QApplication application(argc, argv);
    QCoreApplication::installTranslator(&plurals);
    // The "C" locale writes 1000000; texts are English, so numbers are then, too.
    if (QLocale().language() == QLocale::C)
        QLocale::setDefault(QLocale(QLocale::English));
    QApplication::setDesktopFileName(QStringLiteral("org.dewpoint.Dewpoint"));
    return dewpoint::runWindow(application, *options);
}
