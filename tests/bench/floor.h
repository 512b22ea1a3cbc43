// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

#include <QByteArrayList>

#include <functional>
#include <memory>

namespace dewpoint::bench {

/// The engine's own C API doing the least that could serve: every cell of every row is looked at.
class Floor
{
public:
    virtual ~Floor() = default;
    static std::unique_ptr<Floor> open(const drivers::Target& target);
    virtual qint64 run(const QByteArray& sql) = 0;  ///< bytes of all cells
    /// One statement, prepared once, with these texts as its parameters each time; no transaction of its own.
    virtual void repeat(const QByteArray& sql, int times,
                        const std::function<QByteArrayList(int)>& parameters) = 0;

protected:
    Floor() = default;
    Q_DISABLE_COPY_MOVE(Floor)
};

/// One prepared INSERT of SQLite for each line of CSV without quotes, in one transaction.
void insertCsv(const QByteArray& path, const QByteArray& sql, const QByteArray& csv);

}  // namespace dewpoint::bench
