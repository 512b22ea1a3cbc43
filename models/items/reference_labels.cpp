// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/reference_labels.h"

#include <algorithm>
#include <utility>

namespace dewpoint::items {

namespace {

constexpr qsizetype labelsKept = 50'000;  ///< per foreign key

}  // namespace

ReferenceLabels::ReferenceLabels(runtime::Session& session, QList<rows::Reference> references)
    : m_session(session)
    , m_references(std::move(references))
    , m_labels(static_cast<size_t>(m_references.size()))
    , m_wanted(static_cast<size_t>(m_references.size()))
{}

QList<int> ReferenceLabels::referencesAt(const QString& column) const
{
    QList<int> found;
    for (int i = 0; i < m_references.size(); ++i) {
        if (m_references[i].columns.contains(column))
            found += i;
    }
    std::ranges::stable_sort(found, {}, [this](int i) { return m_references[i].columns.size(); });
    return found;
}

// A key of several columns is labelled once, at its last one.
int ReferenceLabels::labelled(const QString& column) const
{
    if (m_references.isEmpty())
        return -1;
    for (const int i : referencesAt(column)) {
        if (!m_references[i].label.isEmpty() && m_references[i].columns.last() == column)
            return i;
    }
    return -1;
}

QString ReferenceLabels::label(int reference, const std::vector<Value>& key) const
{
    return m_labels[static_cast<size_t>(reference)].value(rows::labelKey(key));
}

void ReferenceLabels::want(int reference, std::vector<Value> key)
{
    const auto place = static_cast<size_t>(reference);
    const QByteArray name = rows::labelKey(key);
    if (!m_references[reference].label.isEmpty() && !m_labels[place].contains(name))
        m_wanted[place].insert(name, rows::RowKey{std::move(key)});
}

void ReferenceLabels::forget()
{
    for (auto& labels : m_labels)
        labels.clear();
}

void ReferenceLabels::fetch()
{
    const bool some = std::ranges::any_of(m_wanted, [](const auto& keys) { return !keys.isEmpty(); });
    if (!some || m_fetching)
        return;
    m_fetching = true;
    using Found = std::vector<QHash<QByteArray, QString>>;
    auto wanted = std::exchange(m_wanted, std::vector<QHash<QByteArray, rows::RowKey>>(m_labels.size()));
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [references = m_references, wanted](drivers::Connection& connection,
                                            const runtime::StopToken&) -> Result<Found> {
            Found found(wanted.size());
            for (size_t i = 0; i < wanted.size(); ++i) {
                std::vector<rows::RowKey> keys(wanted[i].cbegin(), wanted[i].cend());
                // A table that may not be read only means that its rows have no labels here.
                if (auto labels = rows::labelsOf(connection, references[static_cast<qsizetype>(i)], keys))
                    found[i] = *std::move(labels);
                else if (labels.error().kind == ErrorKind::Connection)
                    return fail(labels.error());
            }
            return found;
        },
        [this, wanted](const Result<Found>& found) {
            m_fetching = false;
            if (!found)
                return;
            for (size_t i = 0; i < m_labels.size(); ++i) {
                if (m_labels[i].size() > labelsKept)
                    m_labels[i].clear();
                // Where there is no such row it is not asked for again.
                for (auto key = wanted[i].keyBegin(); key != wanted[i].keyEnd(); ++key)
                    m_labels[i].insert(*key, (*found)[i].value(*key));
            }
            Q_EMIT arrived();
            fetch();
        });
}

}  // namespace dewpoint::items
