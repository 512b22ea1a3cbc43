// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/side_files.h"

#include "base/words.h"
#include "project/migration.h"
#include "project/new_file.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

namespace dewpoint::project {

namespace {

constexpr int patienceMilliseconds = 120'000;

}  // namespace

Result<> updateFile(const QString& path, const QByteArray& bytes, QStringList& written)
{
    if (const auto there = readScript(path); there && *there == bytes)
        return {};
    if (auto made = makeFolder(QFileInfo(path).absolutePath()); !made)
        return made;
    if (auto replaced = replaceFile(path, bytes); !replaced)
        return replaced;
    written << path;
    return {};
}

Result<QByteArray> outputOf(const QString& program, const QStringList& arguments, const Environment& more)
{
    const QString found = QStandardPaths::findExecutable(program);
    if (found.isEmpty())
        return fail(ErrorKind::NotFound, Words::tr("The program %1 is not installed here.").arg(program));
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (auto entry = more.cbegin(); entry != more.cend(); ++entry)
        environment.insert(entry.key(), entry.value());
    process.setProcessEnvironment(environment);
    process.start(found, arguments, QIODevice::ReadOnly);
    if (!process.waitForFinished(patienceMilliseconds))
        return fail(ErrorKind::File,
                    Words::tr("%1 does not come to an end: %2").arg(program, process.errorString()));
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        return fail(ErrorKind::File,
                    Words::tr("%1 failed: %2")
                        .arg(program, QString::fromUtf8(process.readAllStandardError()).trimmed()));
    }
    return process.readAllStandardOutput();
}

}  // namespace dewpoint::project
