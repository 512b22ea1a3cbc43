// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"
#include "rows/input_check.h"
#include "rows/whole_value.h"

#include <QLocale>
#include <QSaveFile>
#include <QUuid>

#include <utility>

// Copies of rows and cells. A page holds only the beginning of a long value, and a copy never less than all.
namespace dewpoint::items {

namespace {

constexpr qint64 mostBytes = 256LL * 1024 * 1024;

struct Wanted {
    rows::RowKey key;
    QString column;
};

Error keylessRefusal()
{
    return {.kind = ErrorKind::Unsupported,
            .message = TableModel::tr("Only the beginning of a value is loaded, and without a key of its row "
                                      "the rest cannot be read."),
            .hint = TableModel::tr("Read it in parts, with substr() in a query.")};
}

QByteArray bytesOf(const Value& value)
{
    if (const auto* blob = std::get_if<Blob>(&value))
        return blob->bytes;
    if (const auto* text = std::get_if<Text>(&value))
        return text->utf8;
    return displayText(value).toUtf8();
}

Result<qint64> writeFile(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorKind::File,
                    TableModel::tr("%1 could not be written: %2").arg(path, file.errorString()),
                    TableModel::tr("Choose another place, or make room there."));
    return bytes.size();
}

}  // namespace

runtime::Job TableModel::readWhole(const QModelIndexList& cells, const WholeRead& done)
{
    QList<Wanted> wanted;
    qint64 bytes = 0;
    bool keyless = false;
    for (const QModelIndex& cell : cells) {
        const auto key = keyOf(cell.row());
        keyless = keyless || !key;
        bytes += std::max<qint64>(0, cellState(cell).wholeSize);
        wanted += {key.value_or(rows::RowKey{}), m_relation.columns[cell.column()].name};
    }
    std::optional<Error> refusal;
    if (keyless)
        refusal = keylessRefusal();
    else if (bytes > mostBytes)
        refusal = Error{.kind = ErrorKind::Unsupported,
                        .message = tr("These values have %1 together, which is too much at once.")
                                       .arg(QLocale().formattedDataSize(bytes)),
                        .hint = tr("Choose fewer rows, or save single values to files.")};
    return m_session.run(
        runtime::Session::Lane::Read, this,
        [relation = m_relation, wanted, refusal](drivers::Connection& connection,
                                                 const runtime::StopToken&) -> Result<QList<Value>> {
            if (refusal)
                return fail(*refusal);
            QList<Value> values;
            for (const Wanted& cell : wanted) {
                const auto value = rows::wholeValue(connection, relation, cell.key, cell.column);
                if (!value)
                    return fail(value.error());
                values += *value;
            }
            return values;
        },
        done);
}

runtime::Job TableModel::saveWhole(const QModelIndex& cell, const QString& path,
                                   const std::function<void(const Result<qint64>&)>& done)
{
    const bool cut = cellState(cell).truncated;
    const auto key = keyOf(cell.row());
    return m_session.run(
        runtime::Session::Lane::Read, this,
        [relation = m_relation, column = m_relation.columns[cell.column()].name, path, cut, key,
         value = valueAt(cell).value_or(Null{})](drivers::Connection& connection,
                                                 const runtime::StopToken&) -> Result<qint64> {
            if (cut && !key)
                return fail(keylessRefusal());
            return (cut ? rows::wholeValue(connection, relation, *key, column) : Result<Value>(value))
                .and_then([&](const Value& whole) { return writeFile(path, bytesOf(whole)); });
        },
        done);
}

// The key of a copy is left to the server where it can make one, made anew where it is a UUID, and
// otherwise to be typed. Of a key of several columns one part differs, so the others are copied.
TableModel::RowValues TableModel::copyOf(int row, QModelIndexList& cut) const
{
    RowValues values;
    const bool single = m_relation.keyColumns.size() == 1;
    for (int column = 0; column < columnCount(); ++column) {
        const rows::RelationColumn& info = m_relation.columns[column];
        const QModelIndex cell = index(row, column);
        const bool key = m_relation.keyColumns.contains(info.name);
        if (info.readOnly || (key && rows::hasServerValue(info)))
            continue;
        if (cellState(cell).truncated && !(key && single))
            cut += cell;
        else if (key && single && rows::isUuid(info))
            values.emplace(info.name, textValue(QUuid::createUuid().toString(QUuid::WithoutBraces)));
        else if (const auto value = valueAt(cell); value && !(key && single))
            values.emplace(info.name, *value);
    }
    return values;
}

void TableModel::duplicateRows(const QList<int>& rows)
{
    if (!m_relation.editable)
        return;
    QList<RowValues> copies;
    QModelIndexList cut;
    QList<qsizetype> owners;  // the copy that each cut value belongs to
    QSet<int> missing;
    for (const int row : rows) {
        if (rowState(row) == RowState::Loading) {
            missing.insert(row);
            continue;
        }
        copies += copyOf(row, cut);
        owners.resize(cut.size(), copies.size() - 1);
    }
    tellLeftOut(missing);
    if (cut.isEmpty())
        return insertCopies(std::move(copies));
    if (m_wholeJob.isRunning())
        return Q_EMIT inputRefused({.kind = ErrorKind::Conflict,
                                    .message = tr("The rows before are still being duplicated."),
                                    .hint = tr("Try once more in a moment.")});
    QStringList columns;
    for (const QModelIndex& cell : std::as_const(cut))
        columns += m_relation.columns[cell.column()].name;
    m_wholeJob = readWhole(cut, [this, copies, owners, columns](const Result<QList<Value>>& values) mutable {
        if (!values)
            return Q_EMIT inputRefused(values.error());
        for (qsizetype i = 0; i < values->size(); ++i)
            copies[owners[i]].emplace(columns[i], (*values)[i]);
        insertCopies(std::move(copies));
    });
}

}  // namespace dewpoint::items
