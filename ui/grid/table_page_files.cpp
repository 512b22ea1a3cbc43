// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/table_page.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

// Files into cells, which is the lane's work, as it may take its time.
namespace dewpoint::grid {

namespace {

constexpr qint64 largestFile = 256LL * 1024 * 1024;

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

void TablePage::loadCell(int column, const QString& path)
{
    const QModelIndex cell = m_model.index(m_grid->currentIndex().row(), column);
    if (!m_model.isSettable(cell))
        return Q_EMIT statusText(tr("This cell cannot be edited."));
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
