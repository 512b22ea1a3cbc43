// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "rows/view_spec.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace dewpoint::grid {

class FilterPill;

/// What stands above a grid: the search field, and filter pills on a line of their own. Sorting is not its
/// business: spec() and setSpec() leave it alone.
class FilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(rows::Relation relation, QWidget* parent = nullptr);

    rows::ViewSpec spec(rows::ViewSpec base) const;
    void setSpec(const rows::ViewSpec& spec);
    void addFilter(const rows::Filter& filter);
    void addRawWhere(const QString& text = {}, bool on = true);
    /// Marks the one of the conditions that are on that the server does not take, and says why; an empty text takes that away.
    void showProblem(const QString& problem, int condition = -1, int position = -1);
    QString problem() const;
    void focusSearch();
    bool clearSearch();              ///< false when there was nothing in it
    void addStart(QWidget* button);  ///< behind the filter button
    void addEnd(QWidget* button);    ///< behind the search field

Q_SIGNALS:
    void changed();
    void searchEscaped();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void add(FilterPill* pill);
    void addMenu();
    void buildShelf();
    void renderShelf();
    QList<FilterPill*> rawPills() const;

    rows::Relation m_relation;
    QList<FilterPill*> m_pills;
    QHBoxLayout* m_row;
    QScrollArea* m_shelf;
    QHBoxLayout* m_pillRow;
    QLineEdit* m_search;
    QLabel* m_problem;
};

}  // namespace dewpoint::grid
