// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

#include <QJsonObject>
#include <QToolButton>

#include <functional>

class QMenu;

namespace dewpoint::grid {

class NameField;

/// Filters, sort and columns of a table that are kept under a name, and the menu that offers them.
class ViewButton final : public QToolButton
{
    Q_OBJECT
public:
    /// How the table is looked at now, and how it is to be looked at: empty for all rows and columns.
    struct Table {
        std::function<QJsonObject()> now;
        std::function<void(const QJsonObject& view)> show;
    };
    /// Names are asked for over `page`.
    ViewButton(Table table, QWidget* page);

    const QJsonObject& kept() const { return m_kept; }
    void setKept(const QJsonObject& views) { m_kept = views; }
    void keep(const QString& name);
    void show(const QString& name);
    void showPlain();
    QList<kit::Command> commands();

Q_SIGNALS:
    void changed();  ///< other views are kept
    void said(const QString& text);

private:
    void fill(QMenu* menu);
    void askForName(const QString& before);
    void forget(const QString& name);

    Table m_table;
    NameField* m_nameField;
    QJsonObject m_kept;
    QString m_shown;  ///< the one that was shown last
};

}  // namespace dewpoint::grid
