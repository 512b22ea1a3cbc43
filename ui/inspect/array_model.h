// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "values/array_text.h"

#include <QAbstractTableModel>

namespace dewpoint::inspect {

/// The elements of a PostgreSQL array as a flat list of number and value. Each change is one step, told by
/// edited().
class ArrayModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Number, Value };
    using QAbstractTableModel::QAbstractTableModel;

    void setArray(ArrayText array, const rows::RelationColumn& element);
    const ArrayText& array() const { return m_array; }
    void setEditable(bool editable) { m_editable = editable; }
    bool isEditable() const { return m_editable; }
    const ArrayElement& at(int row) const { return m_array.elements.at(static_cast<size_t>(row)); }
    /// What an element is edited as: parts of an array with several dimensions are texts.
    rows::RelationColumn element() const;

    void insert(int row, const std::vector<ArrayElement>& elements);
    void remove(const QList<int>& rows);  ///< ascending
    void set(const QList<int>& rows, const ArrayElement& element);
    /// By one place: up (-1) or down (1), where there is room. Ascending.
    void move(const QList<int>& rows, int by);
    bool put(int row, const ArrayElement& typed);
    /// Why what is typed over the element is none; empty where nothing speaks against it.
    QString problemOf(int row, const QString& typed) const;
    /// A line for what is about to be typed: it becomes an element by put() only.
    void makeRoom(int row);
    int room() const { return m_room; }  ///< -1 none
    void giveRoomUp();

    int find(const QString& text, int from, bool backwards) const;  ///< goes round; -1 nowhere

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

Q_SIGNALS:
    void edited();
    void refused(const QString& reason);  ///< what was typed is no element; it stays as it was

private:
    QString shown(int row, int column) const;
    void tellNumbers(int from);

    ArrayText m_array;
    rows::RelationColumn m_element;
    bool m_editable = false;
    int m_room = -1;
};

}  // namespace dewpoint::inspect
