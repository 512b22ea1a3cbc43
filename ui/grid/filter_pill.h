// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "rows/view_spec.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace dewpoint::grid {

/// One condition of a filter bar: on/off, column, operator, value; or a raw WHERE text.
class FilterPill final : public QFrame
{
    Q_OBJECT
public:
    FilterPill(const rows::Relation& relation, const rows::Filter& filter, QWidget* parent = nullptr);
    FilterPill(const QString& rawWhere, bool on, QWidget* parent = nullptr);

    bool isRaw() const { return !m_column; }
    bool isOn() const;
    rows::Filter filter() const;
    QString rawWhere() const;
    void focusValue();
    /// Why the value is none that the column can hold; such a filter is not used.
    QString valueProblem() const;
    /// What the server says is wrong, and where in the text (-1: not known); empty: nothing is.
    void setProblem(const QString& problem, int position = -1);

Q_SIGNALS:
    void changed();
    void removed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void offerValues();
    void takeValue();
    void stepOperator(int by);
    const rows::RelationColumn& column() const;
    QStringList choices() const;
    void build();
    void addEnd();
    void nameParts();

    QList<rows::RelationColumn> m_columns;
    Engine m_engine = Engine::Sqlite;
    QCheckBox* m_on = nullptr;
    QComboBox* m_column = nullptr;
    QComboBox* m_operator = nullptr;
    QLineEdit* m_value = nullptr;
};

}  // namespace dewpoint::grid
