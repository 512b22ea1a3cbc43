// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"

#include <algorithm>
#include <utility>

// How rows get here: wishes are noted while drawing and fetched one page at a time on the read lane.
namespace dewpoint::items {

namespace {

// A screen is one or two pages; older wishes are scrolled past.
constexpr qsizetype wishesKept = 3;

}  // namespace

TableModel::TableModel(runtime::Session& session, rows::Relation relation, QList<rows::Reference> references,
                       QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_relation(std::move(relation))
    , m_labels(session, std::move(references))
    , m_refusals(
          session, m_relation,
          [this](const QByteArray& row, const QString& column) { return stagedAt(row, column); },
          [this](const QByteArray& row) { return isStaged(row); })
{
    connect(&m_labels, &ReferenceLabels::arrived, this, &TableModel::redrawAll);
    connect(&m_refusals, &Refusals::found, this, &TableModel::redrawAll);
    connect(&m_refusals, &Refusals::found, this, &TableModel::problemFound);
    m_wish.setSingleShot(true);
    m_wish.setInterval(0);
    connect(&m_wish, &QTimer::timeout, this, &TableModel::fetchNext);
    reload();
}

TableModel::TableModel(runtime::Session& session, RowBatch result, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_relation(rows::relationOf(result, session.target().engine))
    , m_labels(session, {})
    , m_refusals(session, m_relation, {}, {})
    , m_whole(rows::Page{.rows = std::move(result), .keys = {}})
    , m_phase(Phase::Ready)
    , m_total{.rows = m_whole->rows.rowCount(), .exact = true}
{}

void TableModel::setSpec(rows::ViewSpec spec)
{
    if (m_whole || spec == m_spec)
        return;
    // Another order is no reason to count again.
    rows::ViewSpec sorted = m_spec;
    sorted.sorts = spec.sorts;
    const bool sameRows = sorted == spec && m_phase == Phase::Ready;
    const rows::RowCount known = sameRows ? m_total : rows::RowCount();
    m_spec = std::move(spec);
    reload(known);
}

void TableModel::refresh()
{
    m_labels.forget();
    reload();
}

bool TableModel::stop()
{
    // A count that runs beside a good guess is in nobody's way.
    if (isCounting() && m_total.atLeast) {
        m_backgroundJob.cancel();
        m_counting = false;
        Q_EMIT totalChanged();
        return true;
    }
    if (m_phase != Phase::Loading)
        return false;
    ++m_generation;
    m_pageJob.cancel();
    m_fetching = -1;
    m_wanted.clear();
    m_error = Error{.kind = ErrorKind::Cancelled, .message = tr("Loading was stopped.")};
    m_phase = Phase::Failed;
    Q_EMIT phaseChanged();
    return true;
}

void TableModel::setEdited(const QModelIndex& index)
{
    m_edited = index;
    if (!index.isValid() && m_afterEditing)
        QTimer::singleShot(0, this, std::exchange(m_afterEditing, {}));
}

void TableModel::reload(const rows::RowCount& known)
{
    if (m_whole)
        return;
    Q_EMIT rowsAboutToMove();
    ++m_generation;
    m_pageJob.cancel();
    m_backgroundJob.cancel();
    m_counting = false;
    m_rows = std::make_shared<rows::PagedRows>(m_relation, m_spec);
    m_rows->know(known);
    m_wanted.clear();
    m_fetching = -1;
    beginResetModel();
    m_cache.clear();
    m_total = {};
    m_phase = Phase::Loading;
    m_error.reset();
    endResetModel();
    Q_EMIT phaseChanged();
    want(0);
}

void TableModel::want(qint64 page) const
{
    if (m_phase == Phase::Failed || page == m_fetching || m_wanted.value(0, -1) == page)
        return;
    m_wanted.removeAll(page);
    m_wanted.prepend(page);
    if (m_wanted.size() > wishesKept)
        m_wanted.removeLast();
    if (!m_wish.isActive())
        m_wish.start();
}

void TableModel::fetchNext()
{
    while (!m_wanted.isEmpty() && m_cache.contains(m_wanted.first()))
        m_wanted.removeFirst();
    if (m_wanted.isEmpty())
        return;
    // A page that nobody wants any more makes room at once.
    if (m_fetching >= 0 && m_wanted.contains(m_fetching))
        return;
    if (m_fetching >= 0 && m_wanted.size() < wishesKept)
        return;
    m_fetching = m_wanted.takeFirst();
    // One sort costs the same for many rows, so the first page of an unindexed sort brings its neighbours.
    const qint64 position = m_fetching * pageRows;
    m_pageJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [source = m_rows, position](drivers::Connection& connection, const runtime::StopToken&) {
            return source->page(connection, position, pageRows);
        },
        [this, generation = m_generation, number = m_fetching](Result<rows::Page> page) {
            pageArrived(generation, number, std::move(page));
        });
}

void TableModel::pageArrived(quint64 generation, qint64 number, Result<rows::Page> page)
{
    if (generation != m_generation)
        return;
    m_fetching = -1;
    if (!page) {
        const ErrorKind kind = page.error().kind;
        // The server may only have been restarted: the lane connects again, and a read is safe to repeat.
        const bool passing = kind == ErrorKind::Cancelled || kind == ErrorKind::Connection;
        if (passing && !std::exchange(m_retried, true))
            return want(number);
        m_error = page.error();
        m_wanted.clear();
        m_phase = Phase::Failed;
        Q_EMIT phaseChanged();
        return;
    }
    m_retried = false;
    const bool first = m_phase == Phase::Loading;
    const rows::RowCount total = page->total;
    const auto count = page->rows.rowCount();
    if (m_edited.row() >= newCount())  // used just now, so that it is not the one that goes
        (void)m_cache.find((qint64(m_edited.row()) - newCount()) / pageRows);
    m_cache.insert(number, *std::move(page));
    setTotal(total);
    if (count > 0)
        wantLabels(newCount() + static_cast<int>(number * pageRows),
                   newCount() + static_cast<int>(number * pageRows) + count - 1);
    if (count > 0 && !first) {
        const int top = newCount() + static_cast<int>(number * pageRows);
        Q_EMIT dataChanged(index(top, 0), index(std::min(top + count, rowCount()) - 1, columnCount() - 1));
    }
    if (first) {
        m_phase = Phase::Ready;
        Q_EMIT phaseChanged();
        startBackground();
    }
    if (!m_wanted.isEmpty())
        m_wish.start();
}

void TableModel::setTotal(rows::RowCount total)
{
    if (total == m_total)
        return;
    const auto clamped = [](qint64 rows) { return static_cast<int>(std::min<qint64>(rows, 1'000'000'000)); };
    const int before = clamped(m_total.rows);
    const int after = clamped(total.rows);
    const int fresh = newCount();
    if (after > before) {
        beginInsertRows({}, fresh + before, fresh + after - 1);
        m_total = total;
        endInsertRows();
    } else if (after < before) {
        if (m_edited.row() >= fresh + after)
            Q_EMIT rowsAboutToMove();
        beginRemoveRows({}, fresh + after, fresh + before - 1);
        m_total = total;
        endRemoveRows();
    }
    m_total = total;
    Q_EMIT totalChanged();
}

void TableModel::startBackground()
{
    m_counting = true;
    m_backgroundJob = m_session.run(
        runtime::Session::Lane::Spare, this,
        [source = m_rows](drivers::Connection& connection, const runtime::StopToken&) {
            return source->estimate(connection);
        },
        [this, generation = m_generation](const Result<rows::RowCount>& total) {
            if (generation != m_generation)
                return;
            if (!total && total.error().kind == ErrorKind::Cancelled)
                return startBackground();  // a page came first
            if (!total)
                return stopCounting();
            setTotal(*total);
            advance();
        });
}

void TableModel::advance()
{
    struct Slice {
        bool done = false;
        rows::RowCount total;
    };
    m_backgroundJob = m_session.run(
        runtime::Session::Lane::Spare, this,
        [source = m_rows](drivers::Connection& connection, const runtime::StopToken& stop) -> Result<Slice> {
            const auto done = source->advance(connection, [stop] { return stop.stopRequested(); });
            if (!done)
                return fail(done.error());
            return Slice{*done, source->total()};
        },
        [this, generation = m_generation](const Result<Slice>& slice) {
            background(generation, slice.transform([](const Slice& s) { return s.done; }),
                       slice ? slice->total : m_total);
        });
}

void TableModel::background(quint64 generation, const Result<bool>& done, rows::RowCount total)
{
    if (generation != m_generation)
        return;
    if (!done && done.error().kind == ErrorKind::Cancelled)
        return advance();  // a page came first
    // A failure here only means that the count stays a guess; pages report their own errors.
    if (!done)
        return stopCounting();
    const bool moved = total.exact && total.rows != m_total.rows;
    if (moved && m_edited.isValid()) {
        m_afterEditing = [=, this] { background(generation, done, total); };
        return;
    }
    if (total.exact || total.rows > m_total.rows)
        setTotal(total);
    // Pages that were read from a guessed end stand at the wrong places now.
    if (moved && *done) {
        m_cache.dropGuessed();
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    if (*done)
        stopCounting();
    else
        advance();
}

void TableModel::stopCounting()
{
    m_counting = false;
    Q_EMIT totalChanged();
}

}  // namespace dewpoint::items
