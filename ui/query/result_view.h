// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "query/run.h"

#include <QWidget>

class QTableView;

namespace dewpoint::query {

/// The rows of one statement with a line below that says how many, how long it took, and when
/// these are only the first ones.
class ResultView final : public QWidget
{
    Q_OBJECT
public:
    explicit ResultView(std::shared_ptr<Outcome> outcome, QWidget* parent = nullptr);

    const Outcome& outcome() const { return *m_outcome; }
    void copySelection() const;

Q_SIGNALS:
    void wholeResultWanted(const dewpoint::query::Request& request);

private:
    void buildTable();
    QWidget* footer();

    std::shared_ptr<Outcome> m_outcome;
    QTableView* m_table;
};

/// "1 row", "10,000 rows"
QString rowsText(qint64 count);

/// "3 ms", "1.24 s"
QString durationText(qint64 microseconds);

}  // namespace dewpoint::query
