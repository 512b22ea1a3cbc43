// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/read_ahead.h"

#include <utility>

namespace dewpoint::transfer {

namespace {

constexpr size_t batches = 3;
constexpr size_t mostRecords = 512;
constexpr qint64 mostBytes = 1024 * 1024;
constexpr qsizetype keptCapacity = 4096;

/// Long fields here and there must not end up as a thousand long buffers.
void letGoOfLong(Record& record)
{
    for (Field& field : record.fields) {
        if (field.text.capacity() > keptCapacity)
            field.text = {};
    }
}

}  // namespace

ReadAhead::ReadAhead(RecordReader& reader) : m_reader(reader), m_empty(batches)
{
    m_thread = std::jthread([this](const std::stop_token& stop) { read(stop); });
}

ReadAhead::~ReadAhead() = default;

void ReadAhead::read(const std::stop_token& stop)
{
    for (bool more = true; more;) {
        Batch batch;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return !m_empty.empty(); }))
                return;
            batch = std::move(m_empty.front());
            m_empty.pop_front();
        }
        fill(batch);
        more = !batch.isLast;
        {
            const std::lock_guard lock(m_mutex);
            m_full.push_back(std::move(batch));
        }
        m_changed.notify_all();
    }
}

void ReadAhead::fill(Batch& batch)
{
    const qint64 before = m_reader.bytesRead();
    for (batch.count = 0; batch.count < mostRecords && m_reader.bytesRead() - before < mostBytes;) {
        if (batch.count == batch.records.size())
            batch.records.emplace_back();
        letGoOfLong(batch.records[batch.count]);
        const auto some = m_reader.next(batch.records[batch.count]);
        if (!some)
            batch.error = some.error();
        batch.isLast = !some || !*some;
        if (batch.isLast)
            break;
        ++batch.count;
    }
    batch.bytes = m_reader.bytesRead();
}

Result<bool> ReadAhead::next(Record& record)
{
    while (m_at == m_current.count) {
        if (m_current.error)
            return fail(*m_current.error);
        if (m_current.isLast)
            return false;
        {
            std::unique_lock lock(m_mutex);
            if (!m_current.records.empty())
                m_empty.push_back(std::exchange(m_current, {}));
            m_changed.notify_all();
            m_changed.wait(lock, [this] { return !m_full.empty(); });
            m_current = std::move(m_full.front());
            m_full.pop_front();
        }
        m_at = 0;
    }
    std::swap(record, m_current.records[m_at++]);
    return true;
}

}  // namespace dewpoint::transfer
