// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "command/command.h"

#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QUrl>

namespace dewpoint::command {

namespace {

/// Ends with * where every name that begins so is meant.
const QStringList& neededVariables()
{
    static const QStringList names{
        // the system
        QStringLiteral("PATH"), QStringLiteral("HOME"), QStringLiteral("USER"), QStringLiteral("LOGNAME"),
        QStringLiteral("SHELL"), QStringLiteral("LANG"), QStringLiteral("LANGUAGE"), QStringLiteral("LC_*"),
        QStringLiteral("TZ"), QStringLiteral("TMPDIR"), QStringLiteral("XDG_*"),
        // the way to packages and certificates
        QStringLiteral("SSL_CERT_*"), QStringLiteral("http_proxy"), QStringLiteral("https_proxy"),
        QStringLiteral("no_proxy"), QStringLiteral("HTTP_PROXY"), QStringLiteral("HTTPS_PROXY"),
        QStringLiteral("NO_PROXY"),
        // toolchains
        QStringLiteral("CARGO_*"), QStringLiteral("RUSTUP_*"), QStringLiteral("RUSTC*"),
        QStringLiteral("RUSTFLAGS"), QStringLiteral("GO*"), QStringLiteral("CC"), QStringLiteral("CXX"),
        QStringLiteral("PKG_CONFIG_PATH"), QStringLiteral("NODE_PATH"), QStringLiteral("NVM_*"),
        QStringLiteral("VIRTUAL_ENV"), QStringLiteral("PYTHONPATH"), QStringLiteral("PYENV_*"),
        QStringLiteral("GEM_*"), QStringLiteral("RBENV_*"), QStringLiteral("JAVA_HOME"),
        QStringLiteral("DOTNET_*"), QStringLiteral("ASDF_*"), QStringLiteral("MISE_*"),
        // files with secrets that the user keeps for database clients; where to connect is in the URL
        QStringLiteral("PGPASSFILE"), QStringLiteral("PGSSL*")};
    return names;
}

bool isNeeded(const QString& name, const QStringList& passedOn)
{
    const auto fits = [&](const QString& pattern) {
        // goose's own variables begin like the Go toolchain's, and say where to connect.
        if (pattern == QLatin1String("GO*") && name.startsWith(QLatin1String("GOOSE")))
            return false;
        return pattern.endsWith(u'*') ? name.startsWith(QStringView(pattern).chopped(1)) : name == pattern;
    };
    return passedOn.contains(name) || std::ranges::any_of(neededVariables(), fits);
}

QString quoted(const QString& word)
{
    static const QRegularExpression plain(QStringLiteral("^[\\w@%+=:,./{}&?-]+$"));
    if (plain.match(word).hasMatch() && !word.contains(u'&') && !word.contains(u'?'))
        return word;
    return u'\'' + QString(word).replace(QLatin1String("'"), QLatin1String("'\\''")) + u'\'';
}

}  // namespace

QString shown(const Command& command)
{
    QStringList words;
    for (const QString& word : QStringList{command.program} + command.arguments) {
        QString text = word;
        if (!command.password.isEmpty()) {
            text.replace(command.password, QStringLiteral("…"));
            text.replace(QString::fromLatin1(QUrl::toPercentEncoding(command.password)), QStringLiteral("…"));
        }
        words << quoted(text);
    }
    return words.join(u' ');
}

QString resolved(const Command& command)
{
    if (!command.program.contains(u'/'))
        return QStandardPaths::findExecutable(command.program);
    const QFileInfo file(QDir(command.folder).absoluteFilePath(command.program));
    return file.isFile() && file.isExecutable() ? QDir::cleanPath(file.absoluteFilePath()) : QString();
}

QStringList environmentOf(const Command& command)
{
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment theirs;
    for (const QString& name : ours.keys()) {
        if (isNeeded(name, command.passedOn))
            theirs.insert(name, ours.value(name));
    }
    // The output is read by a person in a plain text view.
    theirs.insert(QStringLiteral("TERM"), QStringLiteral("dumb"));
    theirs.insert(QStringLiteral("NO_COLOR"), QStringLiteral("1"));
    theirs.insert(QStringLiteral("CARGO_TERM_COLOR"), QStringLiteral("never"));
    for (const auto& [name, value] : command.environment.asKeyValueRange())
        theirs.insert(name, value);
    return theirs.toStringList();
}

}  // namespace dewpoint::command
