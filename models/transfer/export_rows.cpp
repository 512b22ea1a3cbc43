// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/export_rows.h"

#include "base/words.h"
#include "rows/query_builder.h"
#include "sql/statements.h"
#include "transfer/keyed_rows.h"
#include "transfer/whole_file.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <cstdio>
#include <span>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

rows::Relation withoutKey(rows::Relation relation)
{
    if (relation.hasHiddenKey()) {
        relation.keyKind = rows::KeyKind::None;
        relation.keyColumns.clear();
    }
    return relation;
}

/// Passes rows from wherever they come from to a writer.
class Pump final
{
public:
    Pump(drivers::Connection& connection, RowWriter& writer, Progress& progress)
        : m_connection(connection), m_writer(writer), m_progress(progress)
    {}

    Result<> run(const ExportSource& source)
    {
        auto done = std::visit(*this, source);
        return done ? m_writer.end() : done;
    }

    Result<> operator()(const ViewRows& view)
    {
        // The hidden key is no column of the table; without it the rows come as they lie there.
        const rows::Relation relation = withoutKey(view.relation);
        rows::Query query = rows::QueryBuilder(relation, view.spec).all();
        if (auto begun = begin(relation); !begun)
            return begun;
        return stream(query.sql, query.parameters);
    }

    Result<> operator()(const ChosenRows& chosen)
    {
        if (auto begun = begin(chosen.relation); !begun)
            return begun;
        return streamByKeys(m_connection, chosen.relation, chosen.keys,
                            [this](const rows::RowKey&, std::vector<Value>& row) { return write(row); });
    }

    Result<> operator()(const QueryRows& query)
    {
        if (auto done = stream(query.sql, {}); !done || m_begun)
            return done;
        // A result that had no row to tell its columns.
        const auto empty = m_connection.query(u"SELECT * FROM (%1\n) AS q LIMIT 0"_s.arg(query.sql));
        QList<OutColumn> columns;
        for (const ColumnInfo& info : empty ? empty->columns : QList<ColumnInfo>())
            columns += outColumnOf(info);
        return m_writer.begin(columns);
    }

    Result<> operator()(const HeldRows& held)
    {
        QList<OutColumn> columns;
        for (const ColumnInfo& info : held.batch->columns)
            columns += outColumnOf(info);
        if (auto begun = m_writer.begin(columns); !begun)
            return begun;
        const auto width = static_cast<qsizetype>(held.batch->columnCount());
        for (int row = 0; row < held.batch->rowCount(); ++row) {
            const auto first = held.batch->cells.begin() + row * width;
            if (auto done = write({first, first + width}); !done)
                return done;
        }
        return {};
    }

private:
    Result<> begin(const rows::Relation& relation)
    {
        QList<OutColumn> columns;
        for (const rows::RelationColumn& column : relation.columns)
            columns += outColumnOf(column, relation.engine);
        m_begun = true;
        return m_writer.begin(columns);
    }

    Result<> write(const std::vector<Value>& row)
    {
        if (auto stop = checkStop(m_connection); !stop)
            return stop;
        const auto done = m_writer.row(row);
        if (done)
            ++m_progress.rows;
        return done;
    }

    Result<> stream(const QString& sql, const QList<Value>& parameters)
    {
        Result<> written;
        const auto read = m_connection.stream(sql, parameters,
                                              [&](const QList<ColumnInfo>& columns, std::vector<Value>& row) {
                                                  if (!m_begun) {
                                                      QList<OutColumn> named;
                                                      for (const ColumnInfo& info : columns)
                                                          named += outColumnOf(info);
                                                      m_begun = true;
                                                      written = m_writer.begin(named);
                                                  }
                                                  if (written)
                                                      written = write(row);
                                                  return written.has_value();
                                              });
        return written ? read : written;
    }

    drivers::Connection& m_connection;
    RowWriter& m_writer;
    Progress& m_progress;
    bool m_begun = false;
};

/// Made beside its place; libxlsxwriter writes by name.
Result<Exported> exportWorkbook(drivers::Connection& connection, const ExportSource& source,
                                const WriteOptions& options, const QString& path, Progress& progress)
{
    QTemporaryFile place(QFileInfo(path).absolutePath() + u"/.dewpoint-XXXXXX.xlsx"_s);
    if (!place.open())
        return fail(fileError(path, place.errorString()));
    place.close();
    {
        const auto writer = makeWorkbookWriter(place.fileName(), options);
        if (auto done = Pump(connection, *writer, progress).run(source); !done)
            return fail(done.error());
    }
    const Exported exported{.rows = progress.rows, .bytes = QFileInfo(place.fileName()).size()};
    // A temporary file is for its owner alone; what a person exports is as any file they make.
    const auto rights = QFile::exists(path)
                            ? QFile::permissions(path)
                            : QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
    place.setPermissions(rights);
    if (std::rename(QFile::encodeName(place.fileName()).constData(), QFile::encodeName(path).constData())
        != 0)
        return fail(fileError(path, qt_error_string()));
    place.setAutoRemove(false);
    return exported;
}

}  // namespace

Result<Exported> exportRows(drivers::Connection& connection, const ExportSource& source, Format format,
                            const WriteOptions& options, const QString& path, Progress& progress)
{
    if (format == Format::Xlsx)
        return exportWorkbook(connection, source, options, path, progress);
    Exported exported;
    const auto done = writeWholeFile(path, [&](const ByteSink& sink) -> Result<> {
        const auto written = exportRows(connection, source, format, options, sink, progress);
        if (!written)
            return fail(written.error());
        exported = *written;
        return {};
    });
    return done ? Result<Exported>(exported) : fail(done.error());
}

Result<Exported> exportRows(drivers::Connection& connection, const ExportSource& source, Format format,
                            const WriteOptions& options, const ByteSink& sink, Progress& progress)
{
    const auto counted = [&](const QByteArray& bytes) {
        progress.bytes += bytes.size();
        return sink(bytes);
    };
    if (format != Format::Xlsx) {
        const auto writer = RowWriter::make(format, options, counted);
        if (auto done = Pump(connection, *writer, progress).run(source); !done)
            return fail(done.error());
        return Exported{.rows = progress.rows, .bytes = progress.bytes};
    }
    QTemporaryFile file;
    if (!file.open())
        return fail(fileError(file.fileTemplate(), file.errorString()));
    const auto done = exportWorkbook(connection, source, options, file.fileName(), progress);
    QFile made(file.fileName());
    if (done && !made.open(QIODevice::ReadOnly))
        return fail(fileError(file.fileName(), made.errorString()));
    constexpr qint64 piece = 1024 * 1024;
    while (done && !made.atEnd()) {
        if (!counted(made.read(piece)))
            return fail(ErrorKind::File, Words::tr("The output could not be written."));
    }
    return done;
}

WriteOptions optionsFor(const ExportSource& source, Engine engine)
{
    WriteOptions options{.engine = engine, .table = sql::quoted(u"result"_s)};
    const rows::Relation* relation = nullptr;
    if (const auto* view = std::get_if<ViewRows>(&source))
        relation = &view->relation;
    else if (const auto* chosen = std::get_if<ChosenRows>(&source))
        relation = &chosen->relation;
    if (!relation)
        return options;
    options.title = relation->name;
    // SQLite's "main" is wherever the script runs.
    options.table = engine == Engine::Sqlite ? sql::quoted(relation->name) : relation->quotedName();
    options.overriding = engine == Engine::Postgres
                         && std::ranges::any_of(relation->columns, [](const rows::RelationColumn& column) {
                                return column.readOnly && !isGenerated(column);
                            });
    return options;
}

ReadingOnly::ReadingOnly(drivers::Connection& connection) : m_connection(connection)
{
    if (connection.engine() != Engine::Sqlite)
        return;
    const auto before = connection.scalar(u"PRAGMA query_only"_s);
    m_changed =
        before && displayText(*before) == u"0" && connection.query(u"PRAGMA query_only = ON"_s).has_value();
}

ReadingOnly::~ReadingOnly()
{
    const drivers::Sheltered cleanUp(m_connection);
    if (m_changed)
        (void)m_connection.query(u"PRAGMA query_only = OFF"_s);
}

}  // namespace dewpoint::transfer
