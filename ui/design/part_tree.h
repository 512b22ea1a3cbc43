// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"
#include "structure/edits.h"

#include <QTreeWidget>

#include <optional>

namespace dewpoint::design {

/// What a table consists of, by kind, with what shall become of each part: by sign as well as by colour.
class PartTree final : public QTreeWidget
{
    Q_OBJECT
public:
    explicit PartTree(QWidget* parent = nullptr);

    void show(const structure::Draft& draft, Engine engine, const QList<structure::Problem>& problems);
    /// The chosen part; nothing on a heading. Its field is Whole.
    std::optional<structure::Place> chosen() const;
    void choose(const structure::Place& place);

Q_SIGNALS:
    void chosenChanged();
    void dropRequested();  ///< Del
    void editRequested();  ///< Return, F2, double click

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Line {
        QString name;
        QString detail;
        bool isNew = false;
        bool dropped = false;
        bool changed = false;
    };

    QTreeWidgetItem* heading(const QString& title);
    void add(QTreeWidgetItem* parent, const Line& line, const structure::Place& place,
             const QList<structure::Problem>& problems);
    void addColumns(const structure::Draft& draft, const QList<structure::Problem>& problems);
    void addConstraints(const structure::Draft& draft, Engine engine,
                        const QList<structure::Problem>& problems);
    void addRest(const structure::Draft& draft, const QList<structure::Problem>& problems);

    bool m_filling = false;
};

}  // namespace dewpoint::design
