// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "migrate_bench.h"

#include "data.h"
#include "project/project.h"
#include "shadow/kept_replay.h"
#include "support/node_tools.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QTemporaryDir>

#include <print>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

void runProgram(const QString& program, const QStringList& arguments, const QString& input = {})
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    if (!input.isEmpty())
        process.setStandardInputFile(input);
    process.start(program, arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("%s: %s", qUtf8Printable(program), process.readAllStandardError().constData());
}

class MigrateBench final
{
public:
    MigrateBench(Board& board, QString engine, int migrations, MakeDatabase fresh)
        : m_board(board)
        , m_name(u"%1, %2 migrations: "_s.arg(engine, QLocale(QLocale::English).toString(migrations)))
        , m_count(migrations)
        , m_fresh(std::move(fresh))
        , m_isSqlite(m_fresh().engine == Engine::Sqlite)
    {
        writeDbmate();
        writeDrizzle();
    }

    void run()
    {
        againstShell(u"dbmate"_s, u"one transaction each"_s);
        againstShell(u"drizzle"_s, u"one transaction"_s);
    }

    void runMore()
    {
        againstDbmate();
        againstDrizzle();
        replayed();
    }

private:
    static QByteArray up(int i)
    {
        const QByteArray number = QByteArray::number(i);
        return "CREATE TABLE made_" + number
               + " (id integer PRIMARY KEY, name text NOT NULL, size integer);\n";
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& text) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("no file %s", qUtf8Printable(name));
    }
    static QString versionOf(int i) { return QString::number(20250101000000LL + i); }
    void writeDbmate(int i, const QByteArray& comment) const
    {
        write(u"dbmate/db/migrations/%1_made.sql"_s.arg(versionOf(i)),
              "-- migrate:up\n" + comment + up(i) + "-- migrate:down\nDROP TABLE made_"
                  + QByteArray::number(i) + ";\n");
    }
    /// The same rows that the tool keeps, each with its migration.
    void writeDbmate() const
    {
        QByteArray script = "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);\n";
        for (int i = 0; i < m_count; ++i) {
            writeDbmate(i, {});
            script += "BEGIN;\n" + up(i) + "INSERT INTO schema_migrations VALUES ('" + versionOf(i).toLatin1()
                      + "');\nCOMMIT;\n";
        }
        write(u"dbmate.sql"_s, script);
    }
    void writeDrizzle() const
    {
        const QByteArray dialect = m_isSqlite ? "sqlite" : "postgresql";
        write(u"drizzle/drizzle.config.ts"_s, "export default { dialect: '" + dialect + "' }");
        QByteArrayList entries;
        QByteArray script =
            "BEGIN;\nCREATE TABLE ledger (id integer PRIMARY KEY, hash text, created_at bigint);\n";
        for (int i = 0; i < m_count; ++i) {
            const QByteArray index = QByteArray::number(i);
            const QByteArray tag = index.rightJustified(4, '0') + "_made";
            entries << R"({"idx":)" + index + R"(,"version":"7","when":)"
                           + QByteArray::number(1795252717370LL + i) + R"(,"tag":")" + tag
                           + R"(","breakpoints":true})";
            write(u"drizzle/drizzle/%1.sql"_s.arg(QString::fromLatin1(tag)), up(i));
            script += up(i) + "INSERT INTO ledger VALUES (" + index + ", '" + QByteArray(64, 'a')
                      + "', 1795252717370);\n";
        }
        write(u"drizzle/drizzle/meta/_journal.json"_s,
              R"({"version":"7","dialect":")" + dialect + R"(","entries":[)" + entries.join(',') + "]}");
        write(u"drizzle.sql"_s, script + "COMMIT;\n");
    }

    void shell(const drivers::Target& target, const QString& script) const
    {
        if (m_isSqlite)
            runProgram(u"sqlite3"_s, {u"-bail"_s, target.location}, script);
        else
            runProgram(u"psql"_s,
                       {u"-qX"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-d"_s, target.location, u"-f"_s, script});
    }
    /// libpq's name for what the program takes as a URL.
    QString urlOf(const drivers::Target& target) const
    {
        if (m_isSqlite)
            return target.location;
        QString url = u"postgres:///?"_s;
        for (const QString& word : target.location.split(u' ', Qt::SkipEmptyParts))
            url += word.section(u'=', 0, 0) + u'=' + word.section(u'=', 1).remove(u'\'') + u'&';
        return url.chopped(1);
    }
    void ours(const drivers::Target& target, const QString& project) const
    {
        runProgram(QStringLiteral(DEWPOINT_PROGRAM),
                   {u"migrate"_s, u"run"_s, u"--all"_s, u"--yes"_s, u"--db"_s, urlOf(target), u"--project"_s,
                    path(project)});
    }
    using OnDatabase = std::function<void(const drivers::Target&)>;
    /// Each time on an empty database, which is made outside the clock.
    void compare(const QString& name, const OnDatabase& own, const OnDatabase& other, double goal) const
    {
        if (!m_board.wants(name))
            return;
        QList<double> ours;
        QList<double> others;
        for (int i = 0; i < m_board.options().rounds; ++i) {
            drivers::Target target = m_fresh();
            others += milliseconds([&] { other(target); });
            target = m_fresh();
            ours += milliseconds([&] { own(target); });
        }
        m_board.ratio(name, median(ours), median(others), goal);
    }
    void againstShell(const QString& tool, const QString& how) const
    {
        compare(
            m_name + how, [&](const auto& target) { ours(target, tool); },
            [&](const auto& target) { shell(target, path(tool + u".sql"_s)); }, 1.3);
    }

    void againstDbmate() const
    {
        const QString name = m_name + u"against dbmate"_s;
        if (!m_board.wants(name))
            return;
        const test::NodeTools tools(u"dbmate"_s, {u"dbmate@2.36.0"_s});
        const QDir scope(tools.modules() + u"/@dbmate"_s);
        const QStringList platforms = scope.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        if (!tools.problem().isEmpty() || platforms.isEmpty())
            return std::println("{} skipped: {}", name.toStdString(), tools.problem().toStdString());
        const QString program = scope.filePath(platforms.first() + u"/bin/dbmate"_s);
        compare(
            name, [&](const auto& target) { ours(target, u"dbmate"_s); },
            [&](const auto& target) {
                const QString url = m_isSqlite
                                        ? u"sqlite:"_s + target.location
                                        : u"postgres://postgres@/%1?sslmode=disable&socket=%2"_s.arg(
                                              valueOf(target, u"dbname"_s), valueOf(target, u"host"_s));
                runProgram(program, {u"--no-dump-schema"_s, u"-d"_s, path(u"dbmate/db/migrations"_s),
                                     u"--url"_s, url, u"migrate"_s});
            },
            0.5);
    }
    static QString valueOf(const drivers::Target& target, const QString& key)
    {
        for (const QString& word : target.location.split(u' ', Qt::SkipEmptyParts)) {
            if (word.section(u'=', 0, 0) == key)
                return word.section(u'=', 1).remove(u'\'');
        }
        return {};
    }
    void againstDrizzle() const
    {
        const QString name = m_name + u"against drizzle-orm"_s;
        if (!m_board.wants(name))
            return;
        const test::NodeTools tools(u"drizzle0"_s, {u"drizzle-kit@0.31.11"_s, u"drizzle-orm@0.45.4"_s,
                                                    u"@libsql/client@0.18.0"_s, u"pg@8"_s});
        if (!tools.problem().isEmpty())
            return std::println("{} skipped: {}", name.toStdString(), tools.problem().toStdString());
        const QString script = QStringLiteral(DEWPOINT_SOURCE) + u"/tests/interop/drizzle_migrate.cjs"_s;
        compare(
            name, [&](const auto& target) { ours(target, u"drizzle"_s); },
            [&](const auto& target) {
                const QString folder = path(u"drizzle/drizzle"_s);
                const QStringList words = m_isSqlite ? QStringList{u"sqlite"_s, target.location, folder}
                                                     : QStringList{u"postgres"_s, valueOf(target, u"host"_s),
                                                                   valueOf(target, u"dbname"_s), folder};
                const test::Answer answer = tools.node(script, words, m_folder.path());
                if (answer.code != 0)
                    qFatal("%s", qUtf8Printable(answer.text));
            },
            0.5);
    }

    /// What a preview of the last migration costs, and again once its file was edited.
    void replayed() const
    {
        const drivers::Target target = m_fresh();
        const auto live = connect(target);
        const project::Project project = project::detect(path(u"dbmate"_s), {}).value().value();
        const QString last = versionOf(m_count - 1);
        const auto preview = [&] {
            if (const auto seen = shadow::preview(*live, project, last, last); !seen)
                qFatal("%s", qUtf8Printable(seen.error().oneLine()));
        };
        drivers::Target memory = target;
        memory.location = u":memory:"_s;
        const auto floor = [&] {
            shell(m_isSqlite ? memory : m_fresh(), path(m_isSqlite ? u"drizzle.sql"_s : u"dbmate.sql"_s));
        };
        m_board.compare(m_name + u"replay for a preview"_s, preview, floor, 1.3);
        if (!m_isSqlite)
            return;
        shadow::KeptReplay kept;
        int edits = 0;
        const auto again = [&] {
            writeDbmate(m_count - 1, "-- " + QByteArray::number(++edits) + '\n');
            if (const auto seen = kept.preview(*live, project, last, last); !seen)
                qFatal("%s", qUtf8Printable(seen.error().oneLine()));
        };
        m_board.compare(m_name + u"preview after an edit of the last"_s, again, floor, 1.0);
    }

    Board& m_board;
    QString m_name;
    int m_count;
    MakeDatabase m_fresh;
    bool m_isSqlite;
    QTemporaryDir m_folder;
};

}  // namespace

void benchMigrations(Board& board, const QString& engine, int migrations, const MakeDatabase& fresh)
{
    MigrateBench bench(board, engine, migrations, fresh);
    bench.run();
    if (migrations == 500)
        bench.runMore();
}

}  // namespace dewpoint::bench
