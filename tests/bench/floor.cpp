// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "floor.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <vector>

namespace dewpoint::bench {

namespace {

class SqliteFloor final : public Floor
{
public:
    explicit SqliteFloor(const QByteArray& path)
    {
        if (sqlite3_open_v2(path.constData(), &m_db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
            qFatal("%s: %s", path.constData(), sqlite3_errmsg(m_db));
    }
    ~SqliteFloor() override { sqlite3_close(m_db); }
    Q_DISABLE_COPY_MOVE(SqliteFloor)

    qint64 run(const QByteArray& sql) override
    {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(m_db, sql.constData(), -1, &statement, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql.constData(), sqlite3_errmsg(m_db));
        qint64 bytes = 0;
        const int columns = sqlite3_column_count(statement);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            for (int i = 0; i < columns; ++i) {
                const bool number = sqlite3_column_type(statement, i) == SQLITE_INTEGER;
                bytes += number ? sqlite3_column_int64(statement, i) & 7 : sqlite3_column_bytes(statement, i);
            }
        }
        sqlite3_finalize(statement);
        return bytes;
    }

    void repeat(const QByteArray& sql, int times,
                const std::function<QByteArrayList(int)>& parameters) override
    {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(m_db, sql.constData(), -1, &statement, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql.constData(), sqlite3_errmsg(m_db));
        for (int i = 0; i < times; ++i) {
            const QByteArrayList texts = parameters(i);
            for (int at = 0; at < texts.size(); ++at)
                sqlite3_bind_text(statement, at + 1, texts[at].constData(),
                                  static_cast<int>(texts[at].size()), SQLITE_TRANSIENT);
            if (sqlite3_step(statement) != SQLITE_DONE)
                qFatal("%s: %s", sql.constData(), sqlite3_errmsg(m_db));
            sqlite3_reset(statement);
        }
        sqlite3_finalize(statement);
    }

private:
    sqlite3* m_db = nullptr;
};

class PostgresFloor final : public Floor
{
public:
    explicit PostgresFloor(const QByteArray& conninfo) : m_pg(PQconnectdb(conninfo.constData()))
    {
        if (PQstatus(m_pg) != CONNECTION_OK)
            qFatal("%s", PQerrorMessage(m_pg));
    }
    ~PostgresFloor() override { PQfinish(m_pg); }
    Q_DISABLE_COPY_MOVE(PostgresFloor)

    qint64 run(const QByteArray& sql) override
    {
        PGresult* result = PQexec(m_pg, sql.constData());
        if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
            qFatal("%s: %s", sql.constData(), PQerrorMessage(m_pg));
        qint64 bytes = 0;
        for (int row = 0; row < PQntuples(result); ++row) {
            for (int i = 0; i < PQnfields(result); ++i)
                bytes += PQgetlength(result, row, i);
        }
        PQclear(result);
        return bytes;
    }

    void repeat(const QByteArray& sql, int times,
                const std::function<QByteArrayList(int)>& parameters) override
    {
        PQclear(PQprepare(m_pg, "repeated", sql.constData(), 0, nullptr));
        for (int i = 0; i < times; ++i) {
            const QByteArrayList texts = parameters(i);
            std::vector<const char*> values;
            for (const QByteArray& text : texts)
                values.push_back(text.constData());
            PGresult* result = PQexecPrepared(m_pg, "repeated", static_cast<int>(values.size()),
                                              values.data(), nullptr, nullptr, 0);
            if (PQresultStatus(result) != PGRES_COMMAND_OK)
                qFatal("%s: %s", sql.constData(), PQerrorMessage(m_pg));
            PQclear(result);
        }
        PQclear(PQexec(m_pg, "DEALLOCATE repeated"));
    }

private:
    PGconn* m_pg;
};

void must(sqlite3* db, int status)
{
    if (status != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(db));
}

}  // namespace

std::unique_ptr<Floor> Floor::open(const drivers::Target& target)
{
    if (target.engine == Engine::Sqlite)
        return std::make_unique<SqliteFloor>(target.location.toUtf8());
    return std::make_unique<PostgresFloor>(target.location.toUtf8());
}

void insertCsv(const QByteArray& path, const QByteArray& sql, const QByteArray& csv)
{
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    must(db, sqlite3_open_v2(path.constData(), &db, SQLITE_OPEN_READWRITE, nullptr));
    must(db, sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr));
    must(db, sqlite3_prepare_v2(db, sql.constData(), -1, &statement, nullptr));
    const char* at = csv.constData();
    for (const char* end = at + csv.size(); at < end;) {
        for (int column = 1;; ++column) {
            const char* field = at;
            while (*at && *at != ',' && *at != '\r' && *at != '\n')
                ++at;
            if (at > field)
                sqlite3_bind_text(statement, column, field, static_cast<int>(at - field), SQLITE_STATIC);
            else
                sqlite3_bind_null(statement, column);
            if (*at++ != ',')
                break;
        }
        at += *at == '\n' ? 1 : 0;
        if (sqlite3_step(statement) != SQLITE_DONE)
            qFatal("%s", sqlite3_errmsg(db));
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    must(db, sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr));
    sqlite3_close(db);
}

}  // namespace dewpoint::bench
