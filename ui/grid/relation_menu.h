// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/declared.h"
#include "rows/reference.h"

#include <QObject>

#include <functional>

class QMenu;
class QWidget;

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::grid {

class RelationField;

/// What a person may say of a table's relations: to where its columns point, and what says what a row is.
class RelationMenu final : public QObject
{
    Q_OBJECT
public:
    /// What relations may point to, and whether one was declared here and may be forgotten.
    struct Source {
        std::function<QList<rows::Relation>()> targets;
        std::function<bool(const rows::RelationForeignKey&)> isDeclared;
    };
    /// A new relation is asked for over `page`.
    RelationMenu(const items::TableModel& model, QWidget* page);
    void setSource(Source source) { m_source = std::move(source); }
    void addEntries(QMenu* menu, int column);

Q_SIGNALS:
    void declared(const dewpoint::rows::DeclaredRelation& relation);
    void forgotten(const dewpoint::rows::DeclaredRelation& relation);
    void labelChosen(const dewpoint::rows::Relation& target, const QString& column);

private:
    void addLabelEntries(QMenu* menu, const rows::Reference& reference);

    const items::TableModel& m_model;
    RelationField* m_field;
    Source m_source;
};

}  // namespace dewpoint::grid
