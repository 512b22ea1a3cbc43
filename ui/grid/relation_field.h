// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/declared.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace dewpoint::grid {

/// Asks in its place what a column points to, where the database has no foreign key that says so.
class RelationField final : public QFrame
{
    Q_OBJECT
public:
    explicit RelationField(QWidget* parent);
    void ask(const rows::Relation& from, const QString& column, const QList<rows::Relation>& targets);

Q_SIGNALS:
    void declared(const dewpoint::rows::DeclaredRelation& relation);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Pair {
        QWidget* row = nullptr;
        QComboBox* own = nullptr;
        QComboBox* other = nullptr;
    };
    void addPair(const QString& column);
    void fillColumns();
    void take();
    void leave();

    rows::Relation m_from;
    QList<rows::Relation> m_targets;
    QList<Pair> m_pairs;
    QLabel* m_title;
    QComboBox* m_table;
    QVBoxLayout* m_rows;
    QLabel* m_problem;
};

}  // namespace dewpoint::grid
