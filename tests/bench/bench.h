// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QString>

#include <functional>

namespace dewpoint::bench {

struct Options {
    QString name;  ///< only rows whose name contains it
    QString json;  ///< a file for the figures
    qint64 rows = 10'000'000;
    int tables = 1000;
    int rounds = 5;
    bool postgres = true;
    bool sqlite = true;
};

/// One figure beside the least work that could serve, measured in the same run.
class Board final
{
public:
    explicit Board(Options options) : m_options(std::move(options)) {}

    using Work = std::function<void()>;

    const Options& options() const { return m_options; }
    bool wants(const QString& name) const { return name.contains(m_options.name, Qt::CaseInsensitive); }
    /// Medians of both, in turns, so that a slow moment of the machine meets both.
    void compare(const QString& name, const Work& ours, const Work& floor, double goal);
    /// The median of our own work, whose goal is in milliseconds.
    void median(const QString& name, const Work& ours, double goal);
    /// A figure whose goal is absolute ("ms", "MiB").
    void limit(const QString& name, double value, const QString& unit, double goal);
    void ratio(const QString& name, double ours, double floor, double goal);
    bool writeJson() const;

private:
    Options m_options;
    QJsonArray m_rows;
};

double milliseconds(const Board::Work& work);
double median(QList<double> values);
double percentile(QList<double> values, double part);
/// What this process holds in memory now, in MiB (proc_pid_status(5), VmRSS).
double residentMiB();

}  // namespace dewpoint::bench
