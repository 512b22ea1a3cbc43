// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/record_reader.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dewpoint::transfer {

/// Reads a file's records on a thread of its own, a little ahead of who takes them: taking a file apart and
/// writing its rows cost about the same. The reader is not to be touched while this lives.
class ReadAhead final
{
public:
    explicit ReadAhead(RecordReader& reader);
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// As RecordReader::next(). What the record held before is written over by a later one.
    Result<bool> next(Record& record);
    qint64 bytesRead() const { return m_current.bytes; }

private:
    struct Batch {
        std::vector<Record> records;  ///< as many as there ever were, for the room they have
        size_t count = 0;
        qint64 bytes = 0;            ///< of the file, so far
        std::optional<Error> error;  ///< behind the records
        bool isLast = false;
    };

    void read(const std::stop_token& stop);
    void fill(Batch& batch);

    RecordReader& m_reader;
    Batch m_current;
    size_t m_at = 0;
    std::mutex m_mutex;  ///< guards both queues
    std::condition_variable_any m_changed;
    std::deque<Batch> m_full;
    std::deque<Batch> m_empty;
    std::jthread m_thread;
};

}  // namespace dewpoint::transfer
