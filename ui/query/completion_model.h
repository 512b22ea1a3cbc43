// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "query/completion.h"

#include <QAbstractListModel>

namespace dewpoint::query {

/// The popup's rows: the text that would be inserted, with its kind and detail as tool tip.
class CompletionModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setCandidates(const QList<Candidate>& candidates);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<Candidate> m_candidates;
};

}  // namespace dewpoint::query
