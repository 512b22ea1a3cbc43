// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/reference.h"
#include "runtime/session.h"

#include <QHash>
#include <QObject>

#include <vector>

namespace dewpoint::items {

/// What referenced rows are called: the labels of all keys wanted so far in one query per foreign key.
class ReferenceLabels final : public QObject
{
    Q_OBJECT
public:
    ReferenceLabels(runtime::Session& session, QList<rows::Reference> references);

    const QList<rows::Reference>& references() const { return m_references; }
    /// The references a column is part of, best first: those of this column alone.
    QList<int> referencesAt(const QString& column) const;
    /// The reference whose label stands in this column; -1 for none.
    int labelled(const QString& column) const;
    /// Empty while it is not known, and where there is no such row.
    QString label(int reference, const std::vector<Value>& key) const;
    void want(int reference, std::vector<Value> key);
    void fetch();  ///< what is wanted, unless a fetch is under way: then after it
    void forget();

Q_SIGNALS:
    void arrived();

private:
    runtime::Session& m_session;
    QList<rows::Reference> m_references;
    std::vector<QHash<QByteArray, QString>> m_labels;       ///< by reference, then labelKey()
    std::vector<QHash<QByteArray, rows::RowKey>> m_wanted;  ///< the same, not asked for yet
    runtime::Job m_job;
    bool m_fetching = false;
};

}  // namespace dewpoint::items
