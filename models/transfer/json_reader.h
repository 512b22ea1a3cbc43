// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/record_reader.h"
#include "transfer/text_source.h"

#include <QHash>

namespace dewpoint::transfer {

/// An array of objects, objects one behind another, or one object a line: each of them a row.
class JsonReader final : public RecordReader
{
public:
    JsonReader(const QString& path, ReadOptions options);
    Result<> begin();

    QStringList columns() const override { return m_columns; }
    Result<bool> next(Record& record) override;
    qint64 bytesRead() const override { return m_source.bytesRead(); }
    qint64 size() const override { return m_source.size(); }

private:
    Result<bool> nextLine(Record& record);
    Result<bool> nextValue(Record& record);
    Result<bool> load();  ///< more of the file; false at its end
    Result<bool> skipSpace();
    std::unexpected<Error> broken(const QString& what) const;
    void read(QByteArrayView object, Record& record);
    int placeOf(const QByteArray& name, Record& record);
    void consume(qsizetype end);

    ReadOptions m_options;
    TextSource m_source;
    bool m_grows;
    QStringList m_columns;
    QHash<QByteArray, int> m_places;
    QList<QByteArray> m_names;
    std::vector<bool> m_met;  ///< of this record
    int m_likely = 0;         ///< the column that stands next in most records
    QByteArray m_data;
    qsizetype m_at = 0;
    qint64 m_line = 1;
    qint64 m_number = 0;
    bool m_ended = false;
    bool m_inArray = false;
    bool m_done = false;
};

}  // namespace dewpoint::transfer
