// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/record_reader.h"
#include "transfer/text_source.h"

namespace dewpoint::transfer {

/// RFC 4180 with any delimiter and line ends of all kinds; what is wrong with a row is told, not mended.
class CsvReader final : public RecordReader
{
public:
    CsvReader(const QString& path, ReadOptions options);
    Result<> begin();

    QStringList columns() const override { return m_columns; }
    Result<bool> next(Record& record) override;
    qint64 bytesRead() const override { return m_source.bytesRead(); }
    qint64 size() const override { return m_source.size(); }

private:
    enum class Outcome { Complete, NeedsMore };

    Result<bool> nextRaw(Record& record);
    Outcome parse(Record& record);
    Outcome parseField(qsizetype& at, Field& field, Record& record) const;
    Outcome parseQuoted(qsizetype& at, Field& field, Record& record) const;
    qsizetype plainEnd(qsizetype at) const;
    void check(Record& record) const;

    ReadOptions m_options;
    TextSource m_source;
    QStringList m_columns;
    QByteArray m_data;
    qsizetype m_at = 0;
    qint64 m_line = 1;
    qint64 m_number = 0;
    bool m_ended = false;
};

}  // namespace dewpoint::transfer
