// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record_node.h"

#include <QAbstractItemModel>

namespace dewpoint::inspect {

/// The fields of a row, one below the other, and what they point to below them: read when it is unfolded. A
/// row that stands above already is not unfolded again, so a circle ends where it closes.
class RecordModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    static constexpr int mostRows = 20;  ///< of those that point to a row

    using QAbstractItemModel::QAbstractItemModel;

    void setSource(RelatedSource source) { m_source = std::move(source); }
    /// Of the same row again: what is unfolded stays, where it is still what the field points to.
    void setRecord(const Record& record);
    /// In place of a row's fields: what points to a row.
    void setReferrers(const QList<Referrer>& referrers);
    const Record& record() const { return m_record; }
    const RecordNode* node(const QModelIndex& index) const;
    const Field* field(const QModelIndex& index) const;  ///< null for what is no field
    /// Where the line leads to, if it does.
    std::optional<rows::Link> linkAt(const QModelIndex& index) const;
    /// "customer_id/country_id": the same for the same field of another row.
    QString pathOf(const QModelIndex& index) const;
    void retry(const QModelIndex& index);  ///< where reading failed

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    using Nodes = std::vector<std::unique_ptr<RecordNode>>;
    RecordNode* nodeAt(const QModelIndex& index) const;
    QModelIndex indexFor(const RecordNode* node) const;
    static bool mayOpen(const RecordNode& node);
    static bool isAbove(const RecordNode& node, const QString& identity);
    rows::ValueOf valuesBeside(const RecordNode& node) const;
    void open(RecordNode& node);
    void read(RecordNode& node);
    void arrived(RecordNode& node, const Result<RowBatch>& rows);
    void close(RecordNode& node);
    void replace(RecordNode& node, Nodes children);
    Nodes rowsBelow(RecordNode& node, const RowBatch& rows) const;
    void openPointing(RecordNode& node);
    void count(RecordNode& node, int tries);
    void addPointing(Nodes& fields, const rows::Relation& relation) const;
    Nodes fieldsOf(const rows::Relation& relation, const RowBatch& rows, int row) const;
    static Nodes note(const QString& title);

    Record m_record;
    RelatedSource m_source;
    RecordNode m_root;
};

/// "NULL" or "DEFAULT" where there is no value; empty where there is one.
QString absenceOf(const Field& field);

/// "12", "more than 10,000", or "?" where it could not be counted.
QString countText(qint64 count);

/// A value in one line: what does not fit is cut, line breaks become spaces; "NULL" and "empty" are
/// for the caller to set apart.
QString oneLine(const Value& value);

}  // namespace dewpoint::inspect
