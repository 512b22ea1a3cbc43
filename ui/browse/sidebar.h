// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QFrame>
#include <QHash>
#include <QSet>

class QAction;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QToolButton;
class QTreeView;

namespace dewpoint::browse {

class SchemaModel;
struct SchemaNode;

/// The left side: which database this is, ways into its parts, and its schema tree with a filter
/// that finds tables and columns.
class Sidebar final : public QFrame
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget* parent = nullptr);

    void setConnection(const QString& name, const QString& engine, const QString& note);
    void setDatabase(const schema::Database& database, const QHash<QString, qint64>& counts);
    void setPendingCount(int count);
    void setDriftCount(int count);  ///< in which the database is not what its migrations make
    void focusFilter();
    void select(const QString& schemaName, const QString& table);

Q_SIGNALS:
    /// `pin` is true for a double click or Return, false for a single click's preview.
    void relationActivated(const QString& schemaName, const QString& name, bool pin);
    void migrationsActivated();
    void driftActivated();
    void diagramActivated();
    void queryActivated();
    void structureRequested(const QString& schemaName, const QString& name);
    void newTableRequested(const QString& schemaName);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTree();
    QToolButton* entry(const QString& objectName, const QString& icon, const QString& title);
    void activate(const QModelIndex& index, bool pin);
    void popUpMenu(const QPoint& place);
    void filter(const QString& given);
    void expandSchemas();
    QSet<QString> openTables() const;
    void openTables(const QSet<QString>& names);
    bool unfoldHits(const QModelIndex& parent, const QString& text);
    QModelIndex bestHit(const QString& text) const;
    void fitNotes();

    QLabel* m_name;
    QLabel* m_note;
    QLabel* m_badge;
    QToolButton* m_drift;
    QLineEdit* m_filter;
    QTreeView* m_tree;
    QAction* m_structure;
    SchemaModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QSet<QString> m_openBefore;  ///< tables that were unfolded when a filter began
};

}  // namespace dewpoint::browse
