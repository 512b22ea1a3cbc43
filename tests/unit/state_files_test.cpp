// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "store/connections.h"
#include "store/json_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <memory>

using namespace Qt::StringLiterals;
using namespace dewpoint;

namespace {

constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
                        | QFile::WriteOther | QFile::ExeOther;

bool isPrivate(const QString& path)
{
    return QFile::exists(path) && !(QFile::permissions(path) & others);
}

}  // namespace

/// What is remembered between two starts may hold rows and SQL.
class StateFilesTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning();
        umask(022);
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("DEWPOINT_STATE_DIR", m_folder->filePath(u"state"_s).toUtf8());
    }
    void cleanup() { qunsetenv("DEWPOINT_STATE_DIR"); }

    void nobodyElseCanReadThem()
    {
        const drivers::Target target{.location = u"/a.db"_s};
        const QString draft = store::workspaceFile(target);
        QVERIFY(store::writeJson(draft, {{u"text"_s, u"SELECT 'secret'"_s}}));
        QVERIFY(store::rememberConnection({.target = target, .lastUsed = {}}));
        QVERIFY(isPrivate(m_folder->filePath(u"state"_s)));
        QVERIFY(isPrivate(m_folder->filePath(u"state/workspaces"_s)));
        QVERIFY(isPrivate(m_folder->filePath(u"state/connections.json"_s)));
        QVERIFY(isPrivate(draft));
        QCOMPARE((*store::readJson(draft))[u"text"].toString(), u"SELECT 'secret'"_s);
    }

    void aFileOfAnOlderVersionIsTightened()
    {
        const QString draft = store::workspaceFile({.location = u"/a.db"_s});
        QFile file(draft);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QVERIFY(QFile::setPermissions(draft, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        QVERIFY(store::writeJson(draft, {}));
        QVERIFY(isPrivate(draft));
    }

    void aFolderThatWasThereKeepsItsPermissions()
    {
        const QString folder = m_folder->filePath(u"state"_s);
        QVERIFY(QDir().mkpath(folder));
        const auto before = QFile::permissions(folder);
        QCOMPARE(store::stateFolder(), folder);
        QCOMPARE(QFile::permissions(folder), before);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(StateFilesTest)
#include "state_files_test.moc"
