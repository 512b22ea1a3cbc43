// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/node_tools.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace dewpoint::test {

namespace {

constexpr int patienceMilliseconds = 240'000;

QString interopFolder()
{
    return qEnvironmentVariable("DEWPOINT_SOURCE") + u"/build/interop"_s;
}

}  // namespace

Answer run(const QString& program, const QStringList& arguments, const QString& folder,
           const QStringList& environment)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(folder);
    auto values = QProcessEnvironment::systemEnvironment();
    values.remove(u"DATABASE_URL"_s);
    for (const QString& entry : environment)
        values.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    process.setProcessEnvironment(values);
    process.start(program, arguments, QIODevice::ReadOnly);
    const bool ended = process.waitForFinished(patienceMilliseconds);
    const bool normal = ended && process.exitStatus() == QProcess::NormalExit;
    return {.code = normal && process.error() == QProcess::UnknownError ? process.exitCode() : -1,
            .text = QString::fromUtf8(process.readAll())};
}

NodeTools::NodeTools(const QString& name, const QStringList& packages)
    : m_folder(interopFolder() + u'/' + name)
{
    if (qEnvironmentVariable("DEWPOINT_SOURCE").isEmpty()) {
        m_problem = u"DEWPOINT_SOURCE is not set"_s;
        return;
    }
    if (QFileInfo(modules()).isDir())
        return;
    const QString npm = QStandardPaths::findExecutable(u"npm"_s);
    const QStringList install = QStringList{u"install"_s,   u"--ignore-scripts"_s, u"--legacy-peer-deps"_s,
                                            u"--no-save"_s, u"--prefix"_s,         m_folder}
                                + packages;
    if (npm.isEmpty()) {
        m_problem = u"there is no npm here; to have the tools: npm "_s + install.join(u' ');
        return;
    }
    QDir().mkpath(m_folder);
    if (const Answer answer = run(npm, install, m_folder); answer.code != 0) {
        m_problem = u"npm could not install the tools: "_s + answer.text.right(300);
        QDir(modules()).removeRecursively();
    }
}

QString NodeTools::nodeProgram()
{
    for (const QString& program :
         {qEnvironmentVariable("DEWPOINT_NODE"), QStandardPaths::findExecutable(u"node"_s),
          interopFolder() + u"/bin/node"_s}) {
        if (!program.isEmpty() && QFileInfo(program).isExecutable())
            return program;
    }
    return {};
}

Answer NodeTools::node(const QString& script, const QStringList& arguments, const QString& folder) const
{
    const QString path = QDir(modules()).absoluteFilePath(script);
    return run(nodeProgram(), QStringList{path} + arguments, folder, {u"NODE_PATH="_s + modules()});
}

}  // namespace dewpoint::test
