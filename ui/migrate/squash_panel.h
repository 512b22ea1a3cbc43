// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace dewpoint::migrate {

/// Asks, in its place above the list, which pending migrations are to become one, and how it is called.
class SquashPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit SquashPanel(QWidget* parent = nullptr);

    /// From the migration of this version, where it is one of the pending ones, to the last.
    void begin(const apply::Status& status, const QString& version);
    QString from() const;
    QString to() const;
    QString name() const;

    /// Those that can be chosen, in their order.
    static QList<project::Migration> choices(const apply::Status& status);

Q_SIGNALS:
    void wanted();  ///< to be worked out and looked at

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();

    QComboBox* m_from;
    QComboBox* m_to;
    QLineEdit* m_name;
    QLabel* m_count;
    QPushButton* m_review;
};

}  // namespace dewpoint::migrate
