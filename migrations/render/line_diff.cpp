// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/line_diff.h"

#include "base/words.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

namespace {

using Kind = DiffLine::Kind;

constexpr int mostDifferences = 3000;  ///< the search keeps so many rows of twice that length

QList<DiffLine> all(const QStringList& lines, Kind kind)
{
    QList<DiffLine> result;
    for (const QString& line : lines)
        result.append({.kind = kind, .text = line});
    return result;
}

/// How far each diagonal comes with so many differences: the shortest way through the grid of both texts.
class Search final
{
public:
    Search(const QStringList& before, const QStringList& after) : m_before(before), m_after(after) {}

    QList<DiffLine> lines()
    {
        const int most =
            static_cast<int>(std::min<qsizetype>(m_before.size() + m_after.size(), mostDifferences));
        m_offset = most + 1;
        QList<qsizetype> reach(2 * m_offset + 1, 0);
        for (int count = 0; count <= most; ++count) {
            m_trace.append(reach.sliced(m_offset - count - 1, 2 * count + 3));
            for (int diagonal = -count; diagonal <= count; diagonal += 2) {
                const qsizetype x = step(reach, diagonal, count);
                reach[m_offset + diagonal] = x;
                if (x >= m_before.size() && x - diagonal >= m_after.size())
                    return back(count);
            }
        }
        return all(m_before, Kind::Removed) + all(m_after, Kind::Added);
    }

private:
    qsizetype step(const QList<qsizetype>& reach, int diagonal, int count) const
    {
        const bool down =
            diagonal == -count
            || (diagonal != count && reach.at(m_offset + diagonal - 1) < reach.at(m_offset + diagonal + 1));
        qsizetype x = down ? reach.at(m_offset + diagonal + 1) : reach.at(m_offset + diagonal - 1) + 1;
        while (x < m_before.size() && x - diagonal < m_after.size()
               && m_before.at(x) == m_after.at(x - diagonal))
            ++x;
        return x;
    }

    QList<DiffLine> back(int count) const
    {
        QList<DiffLine> lines;
        qsizetype x = m_before.size();
        qsizetype y = m_after.size();
        for (; count > 0; --count) {
            const QList<qsizetype>& row = m_trace.at(count);  // diagonals from -count - 1 on
            const qsizetype diagonal = x - y;
            const auto reached = [&](qsizetype which) { return row.at(which + count + 1); };
            const bool down =
                diagonal == -count || (diagonal != count && reached(diagonal - 1) < reached(diagonal + 1));
            const qsizetype before = down ? diagonal + 1 : diagonal - 1;
            const qsizetype fromX = reached(before);
            const qsizetype fromY = fromX - before;
            while (x > fromX && y > fromY && x > 0 && y > 0 && (x - 1 >= fromX + (down ? 0 : 1))
                   && (y - 1 >= fromY + (down ? 1 : 0))) {
                lines.append({.kind = Kind::Same, .text = m_before.at(--x)});
                --y;
            }
            if (down)
                lines.append({.kind = Kind::Added, .text = m_after.at(--y)});
            else
                lines.append({.kind = Kind::Removed, .text = m_before.at(--x)});
        }
        while (x > 0) {
            lines.append({.kind = Kind::Same, .text = m_before.at(--x)});
            --y;
        }
        std::ranges::reverse(lines);
        return lines;
    }

    const QStringList& m_before;
    const QStringList& m_after;
    int m_offset = 0;
    QList<QList<qsizetype>> m_trace;
};

}  // namespace

QList<DiffLine> lineDiff(const QStringList& before, const QStringList& after)
{
    // What is alike at both ends need not be searched.
    qsizetype head = 0;
    while (head < before.size() && head < after.size() && before.at(head) == after.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < before.size() - head && tail < after.size() - head
           && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail))
        ++tail;
    const QStringList old = before.sliced(head, before.size() - head - tail);
    const QStringList now = after.sliced(head, after.size() - head - tail);
    return all(before.first(head), Kind::Same) + Search(old, now).lines()
           + all(before.last(tail), Kind::Same);
}

QList<DiffLine> folded(const QList<DiffLine>& lines, int context)
{
    QList<bool> near(lines.size(), false);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).kind == Kind::Same)
            continue;
        const qsizetype last = std::min<qsizetype>(lines.size() - 1, i + context);
        for (qsizetype j = std::max<qsizetype>(0, i - context); j <= last; ++j)
            near[j] = true;
    }
    QList<DiffLine> result;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (near.at(i))
            result.append(lines.at(i));
        else if (!result.isEmpty() && result.constLast().kind == Kind::Folded)
            ++result.last().count;
        else
            result.append({.kind = Kind::Folded, .text = {}});
    }
    return result;
}

QString diffText(const QList<DiffLine>& lines)
{
    QStringList text;
    for (const DiffLine& line : lines) {
        switch (line.kind) {
        case Kind::Same: text << u"  "_s + line.text; break;
        case Kind::Added: text << u"+ "_s + line.text; break;
        case Kind::Removed: text << u"− "_s + line.text; break;
        case Kind::Folded: text << u"⋯ "_s + Words::tr("lines that stay: %1").arg(line.count); break;
        }
    }
    return text.join(u'\n');
}

}  // namespace dewpoint::render
