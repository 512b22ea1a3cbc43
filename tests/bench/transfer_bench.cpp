// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "transfer_bench.h"

#include "catalog/inspect.h"
#include "data.h"
#include "floor.h"
#include "rows/commit.h"
#include "transfer/export_rows.h"
#include "transfer/import_rows.h"

#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

constexpr int editedRows = 10'000;

class TransferBench final
{
public:
    TransferBench(Board& board, QString engine, drivers::Target target, const Events& events)
        : m_board(board)
        , m_engine(std::move(engine))
        , m_target(std::move(target))
        , m_connection(connect(m_target))
        , m_floor(Floor::open(m_target))
        , m_size(events)
        , m_file(m_folder.filePath(u"events.csv"_s))
    {
        run(u"CREATE TABLE copied AS SELECT * FROM %1 WHERE false"_s.arg(m_size.table));
        const schema::Database database = catalog::inspect(*m_connection).value();
        for (const schema::Table& table : database.tables) {
            if (table.name == m_size.table)
                m_events = rows::relationOf(table, m_target.engine);
            else if (table.name == u"copied")
                m_copied = rows::relationOf(table, m_target.engine);
        }
    }
    ~TransferBench() { run(u"DROP TABLE copied"_s); }
    Q_DISABLE_COPY_MOVE(TransferBench)

    void run()
    {
        exported();
        imported();
        committed();
    }

private:
    bool isSqlite() const { return m_target.engine == Engine::Sqlite; }
    QString name(const char* what) const
    {
        return u"%1, %2 rows: %3"_s.arg(m_engine, QLocale(QLocale::English).toString(m_size.rows),
                                        QLatin1String(what));
    }
    static void must(const auto& result)
    {
        if (!result)
            qFatal("%s", qUtf8Printable(result.error().oneLine()));
    }
    void run(const QString& sql) const { must(m_connection->execute(sql)); }

    /// What the engine's own shell does with these commands, and nothing else in its session.
    void shell(const QStringList& commands) const
    {
        QProcess process;
        if (isSqlite())
            process.start(u"sqlite3"_s, QStringList{u"-bail"_s, m_target.location} + commands);
        else
            process.start(u"psql"_s, {u"-qX"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-d"_s, m_target.location,
                                      u"-c"_s, commands.join(u' ')});
        if (!process.waitForFinished(-1) || process.exitCode() != 0)
            qFatal("%s", process.readAllStandardError().constData());
    }

    void exportEvents() const
    {
        transfer::Progress progress;
        const transfer::ExportSource source = transfer::ViewRows{.relation = m_events, .spec = {}};
        must(transfer::exportRows(*m_connection, source, transfer::Format::Csv,
                                  transfer::optionsFor(source, m_target.engine), m_file, progress));
    }

    void exported() const
    {
        const QString other = m_folder.filePath(u"shell.csv"_s);
        m_board.compare(
            name("export of all rows as CSV"), [&] { exportEvents(); },
            [&] {
                if (isSqlite())
                    shell({u".headers on"_s, u".mode csv"_s, u".once '%1'"_s.arg(other),
                           u"SELECT * FROM "_s + m_size.table});
                else
                    shell({u"\\copy %1 TO '%2' WITH (FORMAT csv, HEADER)"_s.arg(m_size.table, other)});
            },
            isSqlite() ? 0.7 : 1.1);
    }

    void imported() const
    {
        const QString row = name("import of all rows from CSV");
        if (!m_board.wants(row))
            return;
        exportEvents();
        const auto emptied = [this] { run(isSqlite() ? u"DELETE FROM copied"_s : u"TRUNCATE copied"_s); };
        QList<int> mapping;
        for (int i = 0; i < m_copied.columns.size(); ++i)
            mapping += i;
        QList<double> ours;
        QList<double> floor;
        for (int round = 0; round < m_board.options().rounds; ++round) {
            emptied();
            ours += milliseconds([&] {
                transfer::Progress progress;
                const auto done = transfer::importRows(
                    *m_connection, {.relation = m_copied, .path = m_file, .mapping = mapping}, progress);
                must(done);
                if (done->written != m_size.rows)
                    qFatal("%lld rows were imported", static_cast<long long>(done->written));
            });
            emptied();
            if (isSqlite()) {
                QFile file(m_file);
                if (!file.open(QIODevice::ReadOnly))
                    qFatal("no file");
                file.readLine();
                const QByteArray csv = file.readAll();
                floor += milliseconds([&] {
                    insertCsv(m_target.location.toUtf8(), "INSERT INTO copied VALUES (?,?,?,?,?,?,?)", csv);
                });
            } else {
                floor += milliseconds(
                    [&] { shell({u"\\copy copied FROM '%1' WITH (FORMAT csv, HEADER)"_s.arg(m_file)}); });
            }
        }
        emptied();
        m_board.ratio(row, median(ours), median(floor), isSqlite() ? 1.5 : 1.2);
    }

    /// Every round writes values that were not there before.
    void committed() const
    {
        const QString row = name("commit of 10,000 staged updates");
        if (!m_board.wants(row))
            return;
        QList<double> ours;
        QList<double> floor;
        for (int round = 0; round < m_board.options().rounds; ++round) {
            const rows::TableEdits edits = staged(round);
            ours += milliseconds([&] {
                const auto report = rows::commit(*m_connection, {edits});
                must(report);
                if (!report->committed)
                    qFatal("the edits were refused");
            });
            floor += milliseconds([&] { updateOneByOne(round); });
        }
        m_board.ratio(row, median(ours), median(floor), 1.5);
    }

    rows::TableEdits staged(int round) const
    {
        rows::TableEdits edits{.relation = m_events, .edits = {}, .dependants = {}};
        const auto batch = m_connection->query(
            u"SELECT id, note FROM %1 WHERE id <= %2"_s.arg(m_size.table).arg(editedRows));
        must(batch);
        for (int i = 0; i < batch->rowCount(); ++i)
            edits.edits.setCell({{batch->at(i, 0)}}, {{u"note"_s, batch->at(i, 1)}}, u"note"_s,
                                textValue(u"ours %1 %2"_s.arg(round).arg(i)));
        return edits;
    }

    void updateOneByOne(int round) const
    {
        m_floor->run("BEGIN");
        m_floor->repeat(
            "UPDATE " + m_size.table.toLatin1() + " SET note = $1 WHERE id = $2", editedRows, [&](int i) {
                return QByteArrayList{"floor " + QByteArray::number(round) + ' ' + QByteArray::number(i),
                                      QByteArray::number(i + 1)};
            });
        m_floor->run("COMMIT");
    }

    Board& m_board;
    QString m_engine;
    drivers::Target m_target;
    std::unique_ptr<drivers::Connection> m_connection;
    std::unique_ptr<Floor> m_floor;
    Events m_size;
    QTemporaryDir m_folder;
    QString m_file;
    rows::Relation m_events;
    rows::Relation m_copied;
};

}  // namespace

void benchTransfer(Board& board, const QString& engine, const drivers::Target& target, const Events& events)
{
    TransferBench(board, engine, target, events).run();
}

}  // namespace dewpoint::bench
