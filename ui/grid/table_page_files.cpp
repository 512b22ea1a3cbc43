// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/grid_view.h"
#include "grid/table_page.h"
#include "rows/whole_value.h"

#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QSaveFile>

using namespace Qt::StringLiterals;

// Cells to files and back; reading and writing are the lane's work, as both may take their time.
namespace dewpoint::grid {

namespace {

constexpr qint64 largestFile = 256LL * 1024 * 1024;

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
                    TablePage::tr("%1 could not be written: %2").arg(path, file.errorString()));
    return bytes.size();
}

Result<QByteArray> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::File, TablePage::tr("%1 could not be read: %2").arg(path, file.errorString()));
    if (file.size() > largestFile)
        return fail(ErrorKind::File, TablePage::tr("%1 is larger than 256 MiB.").arg(path));
    return file.readAll();
}

}  // namespace

void TablePage::saveCell(const QString& column, const QString& path)
{
    const QModelIndex cell = m_model.index(m_grid->currentIndex().row(), relation().indexOf(column));
    const auto value = m_model.valueAt(cell);
    if (!value)
        return;
    const bool whole = !m_model.cellState(cell).truncated;
    const auto key = m_model.keyOf(cell.row());
    m_fileJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [relation = relation(), key, value, whole, column,
         path](drivers::Connection& connection, const runtime::StopToken&) -> Result<qint64> {
            if (whole || !key)
                return writeFile(path, bytesOf(*value));
            return rows::wholeValue(connection, relation, *key, column).and_then([&](const Value& all) {
                return writeFile(path, bytesOf(all));
            });
        },
        [this, path](const Result<qint64>& size) {
            Q_EMIT statusText(size ? tr("%1 written to %2").arg(QLocale().formattedDataSize(*size), path)
                                   : size.error().oneLine());
        });
}

void TablePage::copyCell(const QString& column)
{
    const QModelIndex cell = m_model.index(m_grid->currentIndex().row(), relation().indexOf(column));
    if (!cell.isValid())
        return;
    m_fileJob = m_model.readWhole({cell}, [this](const Result<QList<Value>>& values) {
        if (!values)
            return Q_EMIT statusText(tr("Nothing was copied: %1").arg(values.error().oneLine()));
        QGuiApplication::clipboard()->setText(displayText(values->first()));
        Q_EMIT statusText(tr("The whole value was copied."));
    });
}

void TablePage::loadCell(const QString& column, const QString& path)
{
    const QModelIndex cell = m_model.index(m_grid->currentIndex().row(), relation().indexOf(column));
    if (!m_model.isEditable(cell))
        return Q_EMIT statusText(
            m_model.cellState(cell).truncated
                ? tr("Only the beginning of this value is loaded, so it cannot be replaced here.")
                : tr("This cell cannot be edited."));
    m_fileJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [path](drivers::Connection&, const runtime::StopToken&) { return readFile(path); },
        [this, place = QPersistentModelIndex(cell), path](const Result<QByteArray>& bytes) {
            if (!bytes)
                return Q_EMIT statusText(bytes.error().oneLine());
            if (!place.isValid())
                return Q_EMIT statusText(tr("The row moved meanwhile; nothing was changed."));
            m_model.setValue({place}, rows::EditValue(Value(Blob{*bytes})));
            Q_EMIT statusText(
                tr("%1 loaded from %2")
                    .arg(QLocale().formattedDataSize(bytes->size()), QFileInfo(path).fileName()));
        });
}

}  // namespace dewpoint::grid
