// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "timeline/history.h"

#include <QAbstractItemModel>

#include <memory>

namespace dewpoint::migrate {

/// The structure after a step as a tree: relations with their columns, keys, indexes and triggers, and by
/// which migration each was added and last changed.
class TimeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Type, Added, Changed, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setStep(std::shared_ptr<const timeline::History> history, int step);
    /// The step that this line names in this column; -1 for none.
    int stepOf(const QModelIndex& index) const;
    bool isTouched(const QModelIndex& index) const;  ///< by the step itself
    /// What identifies a line from one step to the next.
    QString keyOf(const QModelIndex& index) const;
    QModelIndex find(const QString& key) const;
    QModelIndex findRelation(const QString& schemaName, const QString& name) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        timeline::Part part;
        QString name;
        QString type;
        timeline::Origin origin;
        bool isColumn = false;
    };
    struct Relation {
        Line line;
        QList<Line> members;
    };

    Line lineOf(const timeline::Part& part, const QString& name, const QString& type) const;
    void addTable(const schema::Table& table);
    void addView(const schema::View& view);
    void addOthers(const schema::Database& state);
    void addColumns(Relation& relation, const QList<schema::Column>& columns) const;
    void addIndexes(Relation& relation, const QList<schema::Index>& indexes) const;
    void addTriggers(Relation& relation, const QList<schema::Trigger>& triggers) const;
    const Line& at(const QModelIndex& index) const;
    QString sign(const Line& line) const;
    QString titleOf(int step) const;

    std::shared_ptr<const timeline::History> m_history;
    int m_step = 0;
    QList<Relation> m_relations;
};

}  // namespace dewpoint::migrate
