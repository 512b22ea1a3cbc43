// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

#include <QFrame>

class QLabel;
class QListWidget;

namespace dewpoint::grid {

/// Everything the database refused in a commit, each with its place; choosing one goes there.
class RefusalList final : public QFrame
{
    Q_OBJECT
public:
    explicit RefusalList(QWidget* parent = nullptr);
    /// With what else is known to be wrong in the rows; nothing where nothing was refused.
    void show(const QList<rows::Violation>& violations, const QList<rows::Violation>& known = {});
    int count() const { return static_cast<int>(m_violations.size()); }
    void step(int by);  ///< to the next one or the one before, round and round

Q_SIGNALS:
    void chosen(const dewpoint::rows::Violation& violation);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(int row);
    void fitHeight();
    void copyAll() const;

    QList<rows::Violation> m_violations;
    QLabel* m_title;
    QListWidget* m_list;
};

}  // namespace dewpoint::grid
