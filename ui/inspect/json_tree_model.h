// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "json/document.h"

#include <QAbstractItemModel>

#include <functional>

namespace dewpoint::inspect {

/// A JSON document as a tree of name, value and type. Containers are read when they are unfolded, so a large
/// document is there at once.
class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, Type };
    using QAbstractItemModel::QAbstractItemModel;

    void setDocument(json::Document document);
    const json::Document& document() const { return m_document; }
    json::Document& document() { return m_document; }
    void setEditable(bool editable);
    bool isEditable() const { return m_editable; }

    const json::Node* node(const QModelIndex& index) const;
    /// Reads what is on the way.
    QModelIndex indexOf(const json::Path& path, int column = Name);
    /// Whether it is near enough to be listed: each line of a tree costs time with every change.
    static bool isNear(const json::Path& path);
    /// The next ones of a container that is too long to be listed at once.
    void listMore(const QModelIndex& parent);
    /// What was read elsewhere, in place of the text as it is.
    void adopt(const json::Change& change, json::Document::Step step, json::Document::Read read);

    void apply(const json::Change& change, bool joinTyping = false);
    bool undo();
    bool redo();

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

Q_SIGNALS:
    void edited(const dewpoint::json::Change& change);
    /// A step that changes a long text as a whole: to be read elsewhere and adopted.
    void longStepWanted(const dewpoint::json::Change& change, dewpoint::json::Document::Step step);
    void refused(const QString& reason);  ///< what was typed is no value; it stays as it was

private:
    bool isLong(const json::Change& change) const;
    void append(const QModelIndex& parent, const json::Node& shown);
    QModelIndex indexFor(const json::Node* node, int column = Name) const;
    void perform(const json::Change& change, const std::function<void()>& doIt);
    void revalue(const json::Change& change, const std::function<void()>& doIt);
    QVariant shown(const json::Node& node, int column) const;
    bool rename(const json::Node& node, const QString& name);
    bool setValue(const json::Node& node, const QString& text);

    json::Document m_document;
    bool m_editable = false;
};

/// "object", "number" …
QString typeName(json::Kind kind);

/// The value of another type that says most of what this one says.
QByteArray converted(const json::Document& document, const json::Node& node, json::Kind kind);

}  // namespace dewpoint::inspect
