// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/completion_model.h"

#include "theme/theme.h"

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

QString iconName(CandidateKind kind)
{
    switch (kind) {
    case CandidateKind::Join: return u"link"_s;
    case CandidateKind::Column: return u"view-form-table"_s;
    case CandidateKind::Alias: return u"tag"_s;
    case CandidateKind::Table: return u"table"_s;
    case CandidateKind::Keyword: return u"code-context"_s;
    }
    std::unreachable();
}

}  // namespace

void CompletionModel::setCandidates(const QList<Candidate>& candidates)
{
    beginResetModel();
    m_candidates = candidates;
    endResetModel();
}

int CompletionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_candidates.size());
}

QVariant CompletionModel::data(const QModelIndex& index, int role) const
{
    const Candidate& candidate = m_candidates.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return candidate.text;
    case Qt::ToolTipRole: return candidate.detail;
    case Qt::DecorationRole: return theme::icon(iconName(candidate.kind));
    case Qt::FontRole: return theme::monoFont();
    default: return {};
    }
}

}  // namespace dewpoint::query
