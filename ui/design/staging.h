// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "structure/edits.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <optional>

namespace dewpoint::design {

/// The structure edits of one database, which all its structure tabs share, with undo and redo.
class Staging final : public QObject
{
    Q_OBJECT
public:
    explicit Staging(QObject* parent = nullptr) : QObject(parent) {}

    const schema::Database& catalog() const { return m_catalog; }
    void setCatalog(const schema::Database& catalog);
    const structure::Edits& edits() const { return m_edits; }
    structure::Draft draft(const structure::TableId& id) const;

    /// One step of undo; nothing where it changes nothing.
    void change(const std::function<void(structure::Edits&)>& how);
    void undo();
    void redo();
    bool canUndo() const { return !m_before.isEmpty(); }
    bool canRedo() const { return !m_undone.isEmpty(); }

    /// What stands in the way, what the server said included.
    QList<structure::Problem> problems() const;
    /// Stands until something is edited.
    void setRefusal(const structure::Problem& problem);

    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void catalogComing();  ///< another one: what is typed belongs to the one that is still there
    void changed();

private:
    void become(const structure::Edits& edits);

    schema::Database m_catalog;
    structure::Edits m_edits;
    QList<structure::Edits> m_before;  ///< newest last
    QList<structure::Edits> m_undone;  ///< newest last
    std::optional<structure::Problem> m_refusal;
};

}  // namespace dewpoint::design
