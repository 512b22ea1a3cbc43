// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "bench.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <print>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

double milliseconds(const Board::Work& work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double percentile(QList<double> values, double part)
{
    std::ranges::sort(values);
    const auto last = static_cast<double>(values.size() - 1);
    return values.isEmpty() ? 0 : values[static_cast<qsizetype>(last * part)];
}

double median(QList<double> values)
{
    return percentile(std::move(values), 0.5);
}

double residentMiB()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    const auto line =
        std::ranges::find_if(lines, [](const QByteArray& text) { return text.startsWith("VmRSS:"); });
    // "VmRSS:   29696 kB" (proc(5)); a figure to print, so a double is exact enough.
    return line == lines.end() ? 0 : line->mid(6).trimmed().split(' ').first().toDouble() / 1024;
}

void Board::compare(const QString& name, const Work& ours, const Work& floor, double goal)
{
    if (!wants(name))
        return;
    QList<double> own;
    QList<double> least;
    for (int i = 0; i < m_options.rounds; ++i) {
        least += milliseconds(floor);
        own += milliseconds(ours);
    }
    ratio(name, bench::median(own), bench::median(least), goal);
}

void Board::median(const QString& name, const Work& ours, double goal)
{
    if (!wants(name))
        return;
    QList<double> times;
    for (int i = 0; i < m_options.rounds; ++i)
        times += milliseconds(ours);
    limit(name, bench::median(times), u"ms"_s, goal);
}

void Board::ratio(const QString& name, double ours, double floor, double goal)
{
    if (!wants(name))
        return;
    const double times = floor > 0 ? ours / floor : 0;
    std::println("{:66} {:10.2f} ms  floor {:10.2f} ms  {:7.2f}x  goal {:5.2f}x  {}", name.toStdString(),
                 ours, floor, times, goal, times <= goal ? "met" : "MISSED");
    std::fflush(stdout);
    m_rows +=
        QJsonObject{{u"name"_s, name},    {u"ours"_s, ours}, {u"floor"_s, floor},      {u"ratio"_s, times},
                    {u"unit"_s, u"ms"_s}, {u"goal"_s, goal}, {u"met"_s, times <= goal}};
}

void Board::limit(const QString& name, double value, const QString& unit, double goal)
{
    if (!wants(name))
        return;
    std::println("{:66} {:10.2f} {:3} {:36}  goal {:5.1f} {}  {}", name.toStdString(), value,
                 unit.toStdString(), "", goal, unit.toStdString(), value <= goal ? "met" : "MISSED");
    std::fflush(stdout);
    m_rows += QJsonObject{{u"name"_s, name},
                          {u"ours"_s, value},
                          {u"unit"_s, unit},
                          {u"goal"_s, goal},
                          {u"met"_s, value <= goal}};
}

bool Board::writeJson() const
{
    if (m_options.json.isEmpty())
        return true;
    QFile file(m_options.json);
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(m_rows).toJson()) > 0;
}

}  // namespace dewpoint::bench
